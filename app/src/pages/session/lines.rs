//! What stands under a page: its events and its long idle and hidden stretches, on one time axis.

use crate::models::{
    span::{Attention, Stretch},
    timeline::{GAP_FROM_MS, PageTime, TimelineEvent, TimelinePage},
};

/// A line under a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Line {
    /// Something happened.
    Event(Box<TimelineEvent>),
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

impl Line {
    fn offset_ms(&self) -> u64 {
        match self {
            Self::Event(event) => event.offset_ms,
            Self::Quiet { from_ms, .. } => *from_ms,
        }
    }
}

/// The lines of a page view, in order. Quiet time is worth a line from [`GAP_FROM_MS`] on.
pub(super) fn lines(page: &TimelinePage) -> Vec<Line> {
    let open_ms = match page.time {
        PageTime::Measured { open_ms, .. } => open_ms,
        PageTime::NotMeasured(_) => 0,
    };
    let quiet = page.spans.stretches(open_ms).filter_map(|Stretch { from, to, attention }| {
        let ms = to - from;
        (attention != Attention::Active && ms >= GAP_FROM_MS).then_some(Line::Quiet {
            from_ms: from,
            ms,
            hidden: attention == Attention::Hidden,
        })
    });
    let mut lines: Vec<_> =
        quiet.chain(page.events.iter().cloned().map(|event| Line::Event(Box::new(event)))).collect();
    lines.sort_by_key(Line::offset_ms);
    lines
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::models::{
        ids::PageViewId,
        samples::click,
        span::{Span, Spans},
        time::LocalTime,
        timeline::PageState,
    };

    fn page(open_ms: u64, spans: &[(u32, Attention)], events: Vec<TimelineEvent>) -> TimelinePage {
        TimelinePage {
            id: PageViewId(Uuid::nil()),
            number: 1,
            returns_to: None,
            at: LocalTime { ms: 0, offset_s: 0 },
            host: "shop.example".into(),
            path: "/".into(),
            title: None,
            time: PageTime::Measured { open_ms, visible_ms: open_ms, active_ms: open_ms },
            usual: None,
            spans: Spans::tidy(spans.iter().copied().map(Span::from), open_ms),
            state: PageState::Left,
            scroll: None,
            arrived_from: None,
            events,
        }
    }

    #[test]
    fn a_minute_in_the_background_stands_between_the_clicks_before_and_after() {
        let spans =
            [(0, Attention::Active), (100, Attention::Hidden), (700, Attention::Active), (900, Attention::Idle)];
        let lines = lines(&page(100_000, &spans, vec![click(5_000), click(75_000)]));
        let seen: Vec<_> =
            lines.iter().map(|line| (line.offset_ms(), matches!(line, Line::Quiet { hidden: true, .. }))).collect();
        assert_eq!(seen, [(5_000, false), (10_000, true), (75_000, false)]);
    }

    #[test]
    fn less_than_half_a_minute_of_silence_is_no_line() {
        let spans = [(0, Attention::Active), (100, Attention::Idle)];
        assert_eq!(lines(&page(39_900, &spans, vec![])), []);
        assert_eq!(lines(&page(40_000, &spans, vec![])).len(), 1);
    }
}
