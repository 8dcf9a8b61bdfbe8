//! The words for what sessions can be told apart by, and for its values.

use super::{device, event_kind};
use crate::models::{
    event::EventKind,
    query::Dimension,
    session::{Bounce, Country, Device},
    sign::{SignFamily, SignKind},
    source::Channel,
};

/// What a dimension is called.
pub fn dimension_words(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Source => "Source",
        Dimension::Channel => "Channel",
        Dimension::Campaign => "Campaign",
        Dimension::Medium => "Medium",
        Dimension::Country => "Country",
        Dimension::Device => "Device",
        Dimension::Os => "System",
        Dimension::Browser => "Browser",
        Dimension::Entry => "Entry page",
        Dimension::Exit => "Exit page",
        Dimension::Page => "Page",
        Dimension::Host => "Host",
        Dimension::Event => "Event",
        Dimension::Link => "Link",
        Dimension::Sign => "Sign",
        Dimension::Bounced => "Bounced",
        Dimension::Bot => "Machine",
    }
}

/// A value as people read it. What the closed lists do not know, as what others wrote, stands for itself.
pub fn value_words(dimension: Dimension, value: &str) -> String {
    if value.is_empty() {
        return nothing(dimension).into();
    }
    let known = match dimension {
        Dimension::Country => value.parse::<Country>().ok().map(|country| country.name().into_owned()),
        Dimension::Device => value.parse::<Device>().ok().map(|known| device(known).to_owned()),
        Dimension::Channel => value.parse::<Channel>().ok().map(|known| channel_words(known).to_owned()),
        Dimension::Event => value.parse::<EventKind>().ok().map(|kind| sentence_case(event_kind(kind))),
        Dimension::Sign => value.parse::<SignKind>().ok().map(|kind| sign_kind_words(kind).to_owned()),
        Dimension::Bounced => value.parse::<Bounce>().ok().map(|known| bounce_words(known).to_owned()),
        Dimension::Bot => Some(sentence_case(value)),
        Dimension::Source
        | Dimension::Campaign
        | Dimension::Medium
        | Dimension::Os
        | Dimension::Browser
        | Dimension::Entry
        | Dimension::Exit
        | Dimension::Page
        | Dimension::Host
        | Dimension::Link => None,
    };
    known.unwrap_or_else(|| value.to_owned())
}

/// What stands in the place of a value that is not known.
fn nothing(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Source => "Unknown source",
        Dimension::Channel => "Unknown channel",
        Dimension::Campaign => "No campaign",
        Dimension::Medium => "No medium",
        Dimension::Country => "Unknown country",
        Dimension::Device => "Unknown device",
        Dimension::Os => "Unknown system",
        Dimension::Browser => "Unknown browser",
        Dimension::Entry | Dimension::Exit | Dimension::Page => "Unknown page",
        Dimension::Host => "Unknown host",
        Dimension::Event => "No event",
        Dimension::Link => "No link",
        Dimension::Sign => "No sign",
        Dimension::Bounced => "Goes on or not measured",
        Dimension::Bot => "Not a machine",
    }
}

fn bounce_words(bounce: Bounce) -> &'static str {
    match bounce {
        Bounce::Yes => "Yes",
        Bounce::No => "No",
    }
}

/// The kind of a source.
pub fn channel_words(channel: Channel) -> &'static str {
    match channel {
        Channel::Direct => "Direct",
        Channel::Search => "Search engine",
        Channel::Social => "Social network",
        Channel::Email => "E-mail",
        Channel::Referral => "Another site",
        Channel::Campaign => "Campaign",
        Channel::Assistant => "AI assistant",
        Channel::Resumed => "Resumed",
    }
}

/// What is unusual.
pub fn sign_kind_words(kind: SignKind) -> &'static str {
    match kind {
        SignKind::RageClick => "Rage clicks",
        SignKind::DeadClick => "Dead clicks",
        SignKind::Error => "Script errors",
        SignKind::NotFound => "Pages not found",
        SignKind::FormLeft => "Form not sent",
        SignKind::Returns => "Came back to one page",
        SignKind::Fast => "Faster than one page a second",
        SignKind::Inactive => "No active time",
        SignKind::Machine => "Machine",
        SignKind::Overlapping => "Perhaps several people",
        SignKind::LongDuration => "Unusually long",
        SignKind::ManyPages => "Unusually many pages",
        SignKind::ManyEvents => "Unusually many events",
    }
}

/// A family of signs, as it stands in a sentence: `1 with friction`.
pub fn family_words(family: SignFamily) -> &'static str {
    match family {
        SignFamily::Friction => "with friction",
        SignFamily::Suspicious => "suspicious",
        SignFamily::Outstanding => "outstanding",
    }
}

/// The words as a sentence begins with them.
pub(super) fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use strum::IntoEnumIterator;

    use super::*;

    #[rstest]
    #[case(Dimension::Country, "NL", "Netherlands")]
    #[case::a_country_that_nobody_knows(Dimension::Country, "Q?", "Q?")]
    #[case(Dimension::Device, "phone", "Phone")]
    #[case(Dimension::Channel, "search", "Search engine")]
    #[case(Dimension::Event, "rage_click", "Rage click")]
    #[case::a_name_of_the_site_s_own(Dimension::Event, "lamp_configured", "lamp_configured")]
    #[case(Dimension::Sign, "form_left", "Form not sent")]
    #[case(Dimension::Bot, "driven by a program", "Driven by a program")]
    #[case(Dimension::Page, "/lamps", "/lamps")]
    #[case::what_is_not_known(Dimension::Country, "", "Unknown country")]
    fn values(#[case] dimension: Dimension, #[case] value: &str, #[case] words: &str) {
        assert_eq!(value_words(dimension, value), words);
    }

    #[test]
    fn everything_has_words() {
        for dimension in Dimension::iter() {
            assert!(!dimension_words(dimension).is_empty() && !value_words(dimension, "").is_empty());
        }
        for kind in SignKind::iter() {
            assert!(!value_words(Dimension::Sign, kind.as_ref()).contains('_'));
        }
    }
}
