//! What stands under a page: its events and its long idle and hidden stretches, on one time axis. What happened again and
//! again is one line, which unfolds.

use std::mem;

use super::excerpt::Excerpt;
use crate::models::{
    span::{Attention, Stretch},
    timeline::{GAP_FROM_MS, TimelineEvent, TimelinePage},
};

/// So many events that are alike, one after the other, are one line.
const FOLD_FROM: usize = 3;

/// A line under a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Line {
    /// Something happened.
    Event(Box<TimelineEvent>),
    /// The same happened again and again: at least [`FOLD_FROM`] events.
    Fold(Vec<TimelineEvent>),
    /// Nothing happened for a while.
    Quiet {
        /// Milliseconds since the page view began.
        from_ms: u64,
        /// How long.
        ms: u64,
        /// Whether the page was in the background.
        hidden: bool,
    },
}

/// The lines of a page view, in order, with those of its events that are shown. Quiet time is worth a line from
/// [`GAP_FROM_MS`] on.
pub(super) fn lines(page: &TimelinePage, excerpt: Excerpt) -> Vec<Line> {
    let mut lines = quiet(page);
    lines.retain(|line| excerpt.covers(offset_ms(line)));
    lines.extend(excerpt.events.into_iter().map(|event| Line::Event(Box::new(event))));
    lines.sort_by_key(offset_ms);
    folded(lines)
}

fn quiet(page: &TimelinePage) -> Vec<Line> {
    let stretches = page.spans.stretches(page.time.open_ms().unwrap_or_default());
    stretches
        .filter(|stretch| stretch.attention != Attention::Active && stretch.ms() >= GAP_FROM_MS)
        .map(|stretch| {
            let Stretch { from, attention, .. } = stretch;
            Line::Quiet { from_ms: from, ms: stretch.ms(), hidden: attention == Attention::Hidden }
        })
        .collect()
}

/// When a line begins, in milliseconds since the page view began.
fn offset_ms(line: &Line) -> u64 {
    match line {
        Line::Event(event) => event.offset_ms,
        Line::Fold(events) => events.first().map_or(0, |event| event.offset_ms),
        Line::Quiet { from_ms, .. } => *from_ms,
    }
}

/// The same lines, with runs of events that are alike folded.
fn folded(lines: Vec<Line>) -> Vec<Line> {
    let mut out = Vec::with_capacity(lines.len());
    let mut run: Vec<TimelineEvent> = Vec::new();
    for line in lines {
        match line {
            Line::Event(event) => {
                if run.last().is_some_and(|last| !is_alike(last, &event)) {
                    put(mem::take(&mut run), &mut out);
                }
                run.push(*event);
            }
            other => {
                put(mem::take(&mut run), &mut out);
                out.push(other);
            }
        }
    }
    put(run, &mut out);
    out
}

/// A run as one line, or as lines of their own where it is short.
fn put(run: Vec<TimelineEvent>, out: &mut Vec<Line>) {
    if run.len() >= FOLD_FROM {
        out.push(Line::Fold(run));
    } else {
        out.extend(run.into_iter().map(|event| Line::Event(Box::new(event))));
    }
}

fn is_alike(one: &TimelineEvent, other: &TimelineEvent) -> bool {
    one.kind == other.kind && one.name == other.name && one.target == other.target
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;
    use crate::models::{
        event::EventKind,
        part::Places,
        samples::{self, click, event},
        shown::{Chosen, Shown},
        span::{Span, Spans},
        timeline::{PageTime, SessionDetail, TimelineItem},
    };

    fn page(open_ms: u64, spans: &[(u32, Attention)], events: Vec<TimelineEvent>) -> TimelinePage {
        TimelinePage {
            time: PageTime::Measured { open_ms, visible_ms: open_ms, active_ms: open_ms },
            usual: None,
            spans: Spans::tidy(spans.iter().copied().map(Span::from), open_ms),
            ..samples::page("/", events)
        }
    }

    /// The lines of a page that is all of its session.
    fn lines(page: &TimelinePage, shown: Shown) -> Vec<Line> {
        part(page, shown, 1)
    }

    fn part(page: &TimelinePage, shown: Shown, part: u32) -> Vec<Line> {
        let timeline = vec![TimelineItem::Page(Box::new(page.clone()))];
        let detail = SessionDetail { timeline, ..samples::detail(samples::session(1), vec![]) };
        let mut chosen = Chosen::default();
        (chosen.shown, chosen.part) = (shown, part);
        let places = Places::of(&detail, &chosen);
        super::lines(page, Excerpt::of(page, &places, &mut 0))
    }

    /// A line in a word: what it is, and how many events it holds.
    fn told(lines: &[Line]) -> Vec<String> {
        let told = |line: &Line| match line {
            Line::Event(event) => event.name.clone().unwrap_or_default(),
            Line::Fold(events) => {
                format!("{} {}", events.len(), events[0].name.clone().unwrap_or_default())
            }
            Line::Quiet { .. } => "quiet".into(),
        };
        lines.iter().map(told).collect()
    }

    #[test]
    fn a_minute_in_the_background_stands_between_the_clicks_before_and_after() {
        let spans =
            [(0, Attention::Active), (100, Attention::Hidden), (700, Attention::Active), (900, Attention::Idle)];
        let lines = lines(&page(100_000, &spans, vec![click(5_000), click(75_000)]), Shown::Everything);
        let seen: Vec<_> =
            lines.iter().map(|line| (offset_ms(line), matches!(line, Line::Quiet { hidden: true, .. }))).collect();
        assert_eq!(seen, [(5_000, false), (10_000, true), (75_000, false)]);
    }

    #[test]
    fn less_than_half_a_minute_of_silence_is_no_line() {
        let spans = [(0, Attention::Active), (100, Attention::Idle)];
        assert_eq!(lines(&page(39_900, &spans, vec![]), Shown::Everything), []);
        assert_eq!(lines(&page(40_000, &spans, vec![]), Shown::Everything).len(), 1);
    }

    const CLICK: EventKind = EventKind::Click;
    const RAGE: EventKind = EventKind::RageClick;

    #[rstest]
    #[case::nothing(&[], &[])]
    #[case::two_are_two(&[(CLICK, "Pay"), (CLICK, "Pay")], &["Pay", "Pay"])]
    #[case::three_are_one(&[(CLICK, "Pay"), (CLICK, "Pay"), (CLICK, "Pay")], &["3 Pay"])]
    #[case::what_comes_between_parts_them(
        &[(CLICK, "Pay"), (CLICK, "Pay"), (CLICK, "Home"), (CLICK, "Pay"), (CLICK, "Pay")],
        &["Pay", "Pay", "Home", "Pay", "Pay"]
    )]
    #[case::one_fold_after_the_other(
        &[(CLICK, "+"), (CLICK, "+"), (CLICK, "+"), (CLICK, "-"), (CLICK, "-"), (CLICK, "-"), (CLICK, "-")],
        &["3 +", "4 -"]
    )]
    #[case::of_another_kind(&[(CLICK, "Pay"), (CLICK, "Pay"), (RAGE, "Pay")], &["Pay", "Pay", "Pay"])]
    fn what_happened_again_and_again_is_one_line(#[case] events: &[(EventKind, &str)], #[case] expected: &[&str]) {
        let events = events.iter().map(|&(kind, name)| event(kind, name, "")).collect();
        assert_eq!(told(&lines(&page(60_000, &[], events), Shown::Everything)), expected);
    }

    #[test]
    fn links_of_one_name_that_lead_elsewhere_are_told_apart() {
        let events = ["/a", "/b", "/c"].map(|target| event(CLICK, "More", target)).into();
        assert_eq!(told(&lines(&page(60_000, &[], events), Shown::Everything)).len(), 3);
    }

    #[test]
    fn a_pause_parts_what_is_alike() {
        let spans = [(0, Attention::Idle)];
        let named = |offset_ms| TimelineEvent { offset_ms, ..event(CLICK, "Pay", "") };
        let before =
            page(40_000, &[(0, Attention::Active), (100, Attention::Idle)], [5_000, 6_000, 45_000].map(named).into());
        assert_eq!(told(&lines(&before, Shown::Everything)), ["Pay", "Pay", "quiet", "Pay"]);
        let after = page(40_000, &spans, [5_000, 6_000, 7_000].map(named).into());
        assert_eq!(told(&lines(&after, Shown::Everything)), ["quiet", "3 Pay"]);
    }

    #[test]
    fn what_is_not_asked_for_neither_shows_nor_parts_what_is() {
        let spans = [(0, Attention::Idle)];
        let kinds = [CLICK, CLICK, RAGE, CLICK];
        let page = page(40_000, &spans, kinds.map(|kind| event(kind, "Pay", "")).into());
        assert_eq!(told(&lines(&page, Shown::Clicks)), ["quiet", "3 Pay"]);
        assert_eq!(told(&lines(&page, Shown::Trouble)), ["quiet", "Pay"]);
        assert_eq!(told(&lines(&page, Shown::Pages)), ["quiet"]);
    }

    #[test]
    fn each_stretch_of_quiet_time_stands_on_one_part() {
        let spans = [
            (0, Attention::Idle),
            (400, Attention::Active),
            (1_000, Attention::Hidden),
            (1_500, Attention::Active),
            (3_000, Attention::Idle),
        ];
        let events = (0..500).map(|at| click(50_000 + at * 500)).collect();
        let page = page(400_000, &spans, events);
        let quiet = |number| {
            part(&page, Shown::Everything, number)
                .iter()
                .filter(|line| matches!(line, Line::Quiet { .. }))
                .map(offset_ms)
                .collect::<Vec<_>>()
        };
        assert_eq!([1, 2, 3].map(quiet), [vec![0, 100_000], vec![], vec![300_000]]);
    }

    fn any_line() -> impl Strategy<Value = Line> {
        let events = (0u64..100_000, prop::sample::select(vec![CLICK, RAGE]), prop::sample::select(vec!["Pay", ""]))
            .prop_map(|(offset_ms, kind, name)| {
                Line::Event(Box::new(TimelineEvent { offset_ms, ..event(kind, name, "") }))
            });
        prop_oneof![9 => events, 1 => Just(Line::Quiet { from_ms: 0, ms: GAP_FROM_MS, hidden: false })]
    }

    proptest! {
        #[test]
        fn folds_hold_every_line_in_its_order(lines in prop::collection::vec(any_line(), 0..60)) {
            let folded = folded(lines.clone());
            for pair in folded.windows(2) {
                let [Line::Fold(one), Line::Fold(next)] = pair else { continue };
                prop_assert!(!is_alike(&one[0], &next[0]), "two folds of one kind beside each other");
            }
            let unfolded: Vec<Line> = folded
                .into_iter()
                .flat_map(|line| match line {
                    Line::Fold(events) => {
                        assert!(events.len() >= FOLD_FROM && events.iter().all(|event| is_alike(event, &events[0])));
                        events.into_iter().map(|event| Line::Event(Box::new(event))).collect()
                    }
                    line => vec![line],
                })
                .collect();
            prop_assert_eq!(unfolded, lines);
        }
    }
}
