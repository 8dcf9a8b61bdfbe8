//! A session in a sentence: what the drawing shows, for those who do not see it, and what the detail page begins with.

use super::{count, device, duration};
use crate::models::{
    session::{Device, Session, SessionState},
    source::Channel,
    strip::Strip,
};

/// How many pages of a strip are named; the rest is counted.
const NAMED_PAGES: usize = 5;

/// The facts of a strip: pages with their open times, in order, and how many events and problems there were.
pub fn strip_sentence(session: &Session) -> String {
    let Strip { views, marks } = &session.strip;
    let pages: Vec<_> = views
        .iter()
        .take(NAMED_PAGES)
        .map(|view| match view.open_ms {
            Some(ms) => format!("{} open {}", view.path, duration(ms)),
            None => format!("{} not measured", view.path),
        })
        .collect();
    let more = (session.pages as usize).saturating_sub(pages.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let friction = marks.iter().filter(|mark| mark.kind.is_friction()).count() as u64;
    let friction = if friction > 0 { format!(", {}", count(friction, "problem", "problems")) } else { String::new() };
    format!(
        "{}: {}{more}; {}{friction}; {}",
        count(session.pages.into(), "page", "pages"),
        pages.join(", "),
        count(session.events.into(), "event", "events"),
        time_words(session),
    )
}

/// The session as one would tell it: where from, on what, how much and for how long, where to.
pub fn summary(session: &Session) -> String {
    let problems = session.strip.marks.iter().filter(|mark| mark.kind.is_friction()).count() as u64;
    let problems =
        if problems > 0 { format!(", met {}", count(problems, "problem", "problems")) } else { String::new() };
    let place = session.country.map(|country| format!(" in {}", country.name_in_text())).unwrap_or_default();
    let whole = format!(
        "{}{}{place}, opened {} and was there for {}{problems}",
        came_from(session),
        on_what(session),
        count(session.pages.into(), "page", "pages"),
        time_words(session),
    );
    match session.state {
        SessionState::Now => format!("{whole}. Now on {}.", session.last_page),
        SessionState::Open => format!("{whole}. Last seen on {}; the session can still go on.", session.last_page),
        SessionState::Closed => format!("{whole}, and left on {}.", session.last_page),
    }
}

fn came_from(session: &Session) -> String {
    match session.source.channel {
        Channel::Direct => "Came directly".into(),
        Channel::Resumed => "Came back to an open tab".into(),
        _ => format!("Came from {}", session.source.name),
    }
}

fn on_what(session: &Session) -> String {
    let with = match (&session.browser, &session.os) {
        (Some(browser), Some(os)) => format!(" with {browser} on {os}"),
        (Some(browser), None) => format!(" with {browser}"),
        (None, Some(os)) => format!(" with {os}"),
        (None, None) => String::new(),
    };
    match session.device {
        Device::Other => format!(" on another kind of device{with}"),
        Device::Unknown => format!(" on an unknown device{with}"),
        known => format!(" on a {}{with}", device(known).to_lowercase()),
    }
}

fn time_words(session: &Session) -> String {
    match session.active_ms {
        Some(active) => format!("{} ({} active)", unbroken(session.duration_ms), unbroken(active)),
        None => "a time that was not measured".into(),
    }
}

/// A duration that stays on one line.
fn unbroken(ms: u64) -> String {
    duration(ms).replace(' ', "\u{a0}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::{
        event::EventKind,
        samples::{session, view},
        source::Source,
        strip::StripMark,
    };

    #[test]
    fn a_session_is_told_from_where_it_came_to_where_it_left() {
        let strip = Strip { views: vec![], marks: vec![StripMark { at_ms: 0, kind: EventKind::RageClick }] };
        let told = summary(&Session {
            source: Source { channel: Channel::Search, name: "Google".into() },
            device: Device::Phone,
            browser: Some("Safari".into()),
            os: Some("iOS".into()),
            country: "NL".parse().ok(),
            pages: 5,
            duration_ms: 252_000,
            active_ms: Some(160_000),
            last_page: "/checkout".into(),
            strip,
            ..session(1)
        });
        assert_eq!(
            told,
            "Came from Google on a phone with Safari on iOS in the Netherlands, opened 5 pages and was there for \
             4\u{a0}min\u{a0}12\u{a0}s (2\u{a0}min\u{a0}40\u{a0}s active), met 1 problem, and left on /checkout."
        );
    }

    #[test]
    fn who_is_still_there_has_not_left_and_unmeasured_time_is_not_nothing() {
        let told = summary(&Session { state: SessionState::Now, active_ms: None, duration_ms: 0, ..session(1) });
        assert_eq!(
            told,
            "Came directly on an unknown device, opened 1 page and was there for a time that was not measured. Now on /."
        );
    }

    #[test]
    fn a_long_strip_names_its_first_pages_and_counts_the_rest() {
        let views = (0..8).map(|at| view("/a", at * 10, 10)).collect();
        let said = strip_sentence(&Session { pages: 8, strip: Strip { views, marks: vec![] }, ..session(1) });
        assert!(
            said.starts_with(
                "8 pages: /a open 10 s, /a open 10 s, /a open 10 s, /a open 10 s, /a open 10 s and 3 more;"
            ),
            "{said}"
        );
    }
}
