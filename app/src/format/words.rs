//! The words for what the closed lists hold.

use crate::models::{
    account::SignInProblem,
    ending::Ending,
    event::EventKind,
    outcome::{MessageKind, Outcome, Reason},
    session::Device,
    shown::Shown,
    source::{Channel, Source},
    timeline::Unmeasured,
    view::ViewProblem,
};

/// What happened, in words.
pub fn event_kind(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Click => "click",
        EventKind::Outbound => "outbound link",
        EventKind::Download => "download",
        EventKind::FormStart => "form started",
        EventKind::Form => "form sent",
        EventKind::Custom => "event",
        EventKind::RageClick => "rage click",
        EventKind::DeadClick => "dead click",
        EventKind::QuickBack => "quick back",
        EventKind::Error => "script error",
        EventKind::NotFound => "page not found",
    }
}

/// How a message ended, in words.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Stored => "Stored",
        Outcome::Duplicate => "Sent again",
        Outcome::Refused(Reason::Malformed) => "Not readable",
        Outcome::Refused(Reason::TooManyMessages) => "Too many at once",
        Outcome::Refused(Reason::UnknownSite) => "Unknown site",
        Outcome::Refused(Reason::HostNotAllowed) => "Host is not the site's",
        Outcome::Refused(Reason::OptOut) => "Does not want to be recorded",
        Outcome::Refused(Reason::RateLimited) => "Too fast",
        Outcome::Refused(Reason::InvalidUrl) => "No web page",
        Outcome::Refused(Reason::TooLate) => "Too late",
        Outcome::Refused(Reason::TurnedOff) => "Turned off",
        Outcome::Refused(Reason::Limit) => "Session is full",
    }
}

/// What a message was about.
pub fn message_kind(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::PageView => "page view",
        MessageKind::Time => "time on a page",
        MessageKind::Event(kind) => event_kind(kind),
        MessageKind::Forget => "wish to be forgotten",
        MessageKind::Reference => "reference code",
        MessageKind::Unreadable => "could not be read",
    }
}

/// What a session ran on.
pub fn device(device: Device) -> &'static str {
    match device {
        Device::Desktop => "Desktop",
        Device::Phone => "Phone",
        Device::Tablet => "Tablet",
        Device::Other => "Other device",
        Device::Unknown => "Unknown device",
    }
}

/// What kind of source it was, where the name alone does not say so.
pub fn source_title(source: &Source) -> &'static str {
    match source.channel {
        Channel::Direct => "Address typed in, a bookmark, or a browser that does not say",
        Channel::Search => "Search engine",
        Channel::Social => "Social network",
        Channel::Email => "E-mail",
        Channel::Referral => "Link on another site",
        Channel::Campaign => "Campaign",
        Channel::Assistant => "AI assistant",
        Channel::Resumed => "A tab that woke after a long pause, or a page of the site itself",
    }
}

/// Why there is no time.
pub fn unmeasured(why: Unmeasured) -> &'static str {
    match why {
        Unmeasured::NotYet => "not measured yet: the page is open and has not reported",
        Unmeasured::LeftWithoutAWord => "not measured: the browser left without a word",
    }
}

/// How a page view ended, as far as is known. The page that it went on to stands behind the words.
pub fn ended(ending: &Ending) -> &'static str {
    match ending {
        Ending::WentOn { .. } => "went on to",
        Ending::Closed => "closed or left here",
        Ending::LostSight { hidden: false } => "lost sight of: the browser left without a word",
        Ending::LostSight { hidden: true } => "lost sight of in the background: the browser left without a word",
        Ending::StillShown => "still shown",
        Ending::LastShown => "shown when last heard of",
        Ending::InBackground => "in the background",
    }
}

/// What of a session is shown.
pub fn shown_words(shown: Shown) -> &'static str {
    match shown {
        Shown::Everything => "Everything",
        Shown::Pages => "Pages only",
        Shown::Clicks => "Clicks",
        Shown::Forms => "Forms",
        Shown::Custom => "Custom events",
        Shown::Trouble => "Trouble",
    }
}

/// Why a view was not saved or deleted, and what to do.
pub fn view_problem(problem: ViewProblem) -> &'static str {
    match problem {
        ViewProblem::NameInvalid => "The view was not saved. Choose a name of 1 to 60 characters.",
        ViewProblem::QueryTooLong => "The view was not saved: its conditions are too long. Remove some of them first.",
        ViewProblem::TooMany => "The view was not saved: there are 50 already. Delete one of them first.",
        ViewProblem::Unavailable => {
            "Pulse could not write to its database just now. Nothing was changed; try again in a moment."
        }
    }
}

/// What went wrong on the sign-in and set-up pages, and what to do.
pub fn sign_in_problem(problem: SignInProblem) -> &'static str {
    match problem {
        SignInProblem::WrongPassword => "No account has this name and password. Check both and try again.",
        SignInProblem::TooManyAttempts => "Too many attempts. Wait a quarter of an hour, then try again.",
        SignInProblem::SetUpLinkInvalid => {
            "This set-up link is wrong, was used, or is from before a restart. The server prints a new one when it starts without an account."
        }
        SignInProblem::NameInvalid => "Choose a name of 1 to 100 characters.",
        SignInProblem::PasswordInvalid => "Choose a password of 10 to 200 characters.",
        SignInProblem::PasswordsDiffer => "The two passwords differ. Type the same one twice.",
        SignInProblem::Unavailable => {
            "Pulse could not read its database just now. Nothing was changed; try again in a moment."
        }
    }
}
