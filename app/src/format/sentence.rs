//! What the drawing of a session shows, in a sentence for those who do not see it.

use super::{count, duration};
use crate::models::{session::Session, strip::Strip};

/// How many pages of a strip are named; the rest is counted.
const NAMED_PAGES: usize = 5;

/// The facts of a strip: pages with their open times, in order, and how many events and problems there were. The strip is
/// the one that was drawn of the session, its own or the whole one.
pub fn strip_sentence(session: &Session, strip: &Strip) -> String {
    let Strip { views, marks } = strip;
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
    // A strip does not carry all the events of a long session.
    let least = if session.events as usize > marks.len() { "at least " } else { "" };
    let friction =
        if friction > 0 { format!(", {least}{}", count(friction, "problem", "problems")) } else { String::new() };
    format!(
        "{}: {}{more}; {}{friction}; {}",
        count(session.pages.into(), "page", "pages"),
        pages.join(", "),
        count(session.events.into(), "event", "events"),
        time_words(session),
    )
}

fn time_words(session: &Session) -> String {
    match session.active_ms {
        Some(active) => format!("{} ({} active)", unbroken(session.duration_ms), unbroken(active)),
        None => "a time that was not measured".into(),
    }
}

/// A duration that stays on one line.
pub(super) fn unbroken(ms: u64) -> String {
    duration(ms).replace(' ', "\u{a0}")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::models::{
        event::EventKind,
        samples::{session, view},
        strip::StripMark,
    };

    #[test]
    fn a_long_strip_names_its_first_pages_and_counts_the_rest() {
        let views = (0..8).map(|at| view("/a", at * 10, 10)).collect();
        let said = strip_sentence(&Session { pages: 8, ..session(1) }, &Strip { views, marks: vec![] });
        assert!(
            said.starts_with(
                "8 pages: /a open 10 s, /a open 10 s, /a open 10 s, /a open 10 s, /a open 10 s and 3 more;"
            ),
            "{said}"
        );
    }

    #[rstest]
    #[case::all_of_them(2, "; 2 events, 1 problem;")]
    #[case::some_of_them(200, "; 200 events, at least 1 problem;")]
    fn problems_are_counted_as_far_as_the_strip_carries_them(#[case] events: u32, #[case] expected: &str) {
        let marks = [EventKind::Click, EventKind::DeadClick].map(|kind| StripMark { at_ms: 0, kind });
        let strip = Strip { views: vec![], marks: marks.into() };
        let said = strip_sentence(&Session { events, ..session(1) }, &strip);
        assert!(said.contains(expected), "{said}");
    }
}
