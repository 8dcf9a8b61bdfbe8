//! What the links of the ribbon lead to, in words.

use super::{
    clock_with_seconds, count, duration, event_kind,
    story::name::{path, quoted},
    unmeasured,
    values::sentence_case,
};
use crate::models::timeline::{PageTime, TimelineEvent, TimelinePage};

/// `2. /pricing, 10:42:07, 1 min 12 s active of 2 min 5 s open`, and of several page views that are one link
/// `12 pages from 2. /pricing, 10:42:07, to 13. /blog, 10:42:31`.
pub fn pages_words(pages: &[&TimelinePage]) -> String {
    match pages {
        [] => String::new(),
        [page] => format!("{}, {}", begun(page), spent(page.time)),
        [first, .., last] => {
            format!("{} from {}, to {}", count(pages.len() as u64, "page", "pages"), begun(first), begun(last))
        }
    }
}

fn begun(page: &TimelinePage) -> String {
    format!("{}. {}, {}", page.number, path(&page.path), clock_with_seconds(page.at))
}

fn spent(time: PageTime) -> String {
    let (active, open) = match time {
        PageTime::Measured { active_ms, open_ms, .. } => (duration(active_ms), duration(open_ms)),
        PageTime::NotMeasured(why) => return unmeasured(why).to_owned(),
    };
    if active == open { format!("{active} active") } else { format!("{active} active of {open} open") }
}

/// `Click “Pay”, 10:42:31`, and of several events that are one mark
/// `12 events from 10:42:31 to 10:42:35, the first: click “Pay”`.
pub fn events_words(events: &[&TimelineEvent]) -> String {
    match events {
        [] => String::new(),
        [event] => format!("{}, {}", sentence_case(&happened(event)), clock_with_seconds(event.at)),
        [first, .., last] => {
            let (one, many) = if first.kind.is_friction() { ("problem", "problems") } else { ("event", "events") };
            let (from, to) = (clock_with_seconds(first.at), clock_with_seconds(last.at));
            let when = if from == to { format!("at {from}") } else { format!("from {from} to {to}") };
            format!("{} {when}, the first: {}", count(events.len() as u64, one, many), happened(first))
        }
    }
}

/// What happened, and to what: `click “Pay”`.
fn happened(event: &TimelineEvent) -> String {
    let kind = event_kind(event.kind);
    event.name.as_deref().and_then(quoted).map_or_else(|| kind.to_owned(), |name| format!("{kind} {name}"))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::models::{
        event::EventKind,
        samples::{event, page},
        time::LocalTime,
        timeline::Unmeasured,
    };

    /// 24 November 2026, so many seconds after 14:02:10 in Berlin.
    fn at(s: i64) -> LocalTime {
        LocalTime { ms: 1_795_525_330_000 + s * 1000, offset_s: 3_600 }
    }

    fn spent_on(open_ms: u64, active_ms: u64) -> PageTime {
        PageTime::Measured { open_ms, visible_ms: open_ms, active_ms }
    }

    #[rstest]
    #[case::mostly_idle(spent_on(125_000, 72_000), "2. /pricing, 14:02:10, 1 min 12 s active of 2 min 5 s open")]
    #[case::the_same_in_words(spent_on(38_900, 38_200), "2. /pricing, 14:02:10, 38 s active")]
    #[case::unknown(
        PageTime::NotMeasured(Unmeasured::LeftWithoutAWord),
        "2. /pricing, 14:02:10, not measured: the browser left without a word"
    )]
    fn a_page(#[case] time: PageTime, #[case] expected: &str) {
        let page = TimelinePage { number: 2, at: at(0), time, ..page("/pricing", vec![]) };
        assert_eq!(pages_words(&[&page]), expected);
    }

    #[test]
    fn several_pages_are_counted_and_the_first_and_last_of_them_named() {
        let page = |number, s| TimelinePage { number, at: at(s), ..page("/a", vec![]) };
        let (first, second, third) = (page(4, 0), page(5, 1), page(7, 2));
        assert_eq!(pages_words(&[&first, &second, &third]), "3 pages from 4. /a, 14:02:10, to 7. /a, 14:02:12");
    }

    #[rstest]
    #[case::named(EventKind::Click, "Pay", "Click “Pay”, 14:02:10")]
    #[case::nameless(EventKind::NotFound, "", "Page not found, 14:02:10")]
    fn one_event(#[case] kind: EventKind, #[case] name: &str, #[case] expected: &str) {
        assert_eq!(events_words(&[&TimelineEvent { at: at(0), ..event(kind, name, "") }]), expected);
    }

    #[rstest]
    #[case::within_a_second(EventKind::Click, 0, "2 events at 14:02:10, the first: click “Pay”")]
    #[case::longer(EventKind::Click, 3, "2 events from 14:02:10 to 14:02:13, the first: click “Pay”")]
    #[case::what_went_wrong(EventKind::RageClick, 0, "2 problems at 14:02:10, the first: rage click “Pay”")]
    fn several_events(#[case] kind: EventKind, #[case] later_s: i64, #[case] expected: &str) {
        let first = TimelineEvent { at: at(0), ..event(kind, "Pay", "") };
        let last = TimelineEvent { at: at(later_s), ..event(kind, "", "") };
        assert_eq!(events_words(&[&first, &last]), expected);
    }

    #[test]
    fn nothing_is_no_words() {
        assert_eq!((pages_words(&[]), events_words(&[])), (String::new(), String::new()));
    }

    #[test]
    fn what_reads_from_right_to_left_does_not_turn_the_time() {
        let event = TimelineEvent { at: at(0), ..event(EventKind::Click, "مصباح", "") };
        assert_eq!(events_words(&[&event]), "Click “\u{2068}مصباح\u{2069}”, 14:02:10");
    }
}
