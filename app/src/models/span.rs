//! Attention: in which stretches a page was used, shown but idle, or hidden.

use serde::{Deserialize, Serialize};

/// What a page had of its visitor for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Attention {
    /// In the foreground, with a sign of life within the idle limit.
    #[serde(rename = "a")]
    Active,
    /// In the foreground, without one.
    #[serde(rename = "i")]
    Idle,
    /// In the background.
    #[serde(rename = "h")]
    Hidden,
}

/// The start of a stretch; it lasts until the next one's start, the last until the page view's open time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(u32, Attention)", into = "(u32, Attention)")]
pub struct Span {
    /// Tenths of a second since the page view began.
    pub from: u32,
    /// What the page had from there on.
    pub attention: Attention,
}

impl From<(u32, Attention)> for Span {
    fn from((from, attention): (u32, Attention)) -> Self {
        Self { from, attention }
    }
}

impl From<Span> for (u32, Attention) {
    fn from(span: Span) -> Self {
        (span.from, span.attention)
    }
}

/// The most stretches that a page view keeps.
pub const MAX_SPANS: usize = 64;

/// A stretch with both ends, in milliseconds since its page view began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Where it begins.
    pub from: u64,
    /// Where it ends.
    pub to: u64,
    /// What the page had in between.
    pub attention: Attention,
}

impl Stretch {
    /// How long it lasts.
    pub fn ms(&self) -> u64 {
        self.to.saturating_sub(self.from)
    }
}

/// The stretches of a page view, in order: the first begins at 0, no two neighbours are alike.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Spans(Vec<Span>);

impl Spans {
    /// Takes what a browser sent. Stretches that are out of order or repeat their neighbour are folded into the one
    /// before; a gap at the start becomes hidden. Those past the open time are dropped, and so is a last one shorter
    /// than a tenth: starts are rounded down to tenths, so that a page that is left at 0.52 s says it was hidden from
    /// 0.5 s on.
    pub fn tidy(raw: impl IntoIterator<Item = Span>, open_ms: u64) -> Self {
        let mut spans: Vec<Span> = Vec::new();
        for span in raw {
            let is_too_late = span.from > 0 && (u64::from(span.from) + 1) * 100 > open_ms;
            if spans.len() == MAX_SPANS || is_too_late {
                break;
            }
            match spans.last() {
                None if span.from > 0 => {
                    spans.push(Span { from: 0, attention: Attention::Hidden });
                    if span.attention != Attention::Hidden {
                        spans.push(span);
                    }
                }
                None => spans.push(span),
                Some(last) if span.from > last.from && span.attention != last.attention => spans.push(span),
                Some(_) => {}
            }
        }
        Self(spans)
    }

    /// Whether the browser told nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The starts, as they are stored.
    pub fn as_slice(&self) -> &[Span] {
        &self.0
    }

    /// The stretches with both ends, for a page view that was open for `open_ms`.
    pub fn stretches(&self, open_ms: u64) -> impl Iterator<Item = Stretch> + '_ {
        self.0.iter().enumerate().map(move |(at, span)| {
            let from = u64::from(span.from) * 100;
            let to = self.0.get(at + 1).map_or(open_ms, |next| u64::from(next.from) * 100);
            Stretch { from, to: to.max(from), attention: span.attention }
        })
    }

    /// The end of the last active stretch, in milliseconds since the page view began.
    pub fn last_active_ms(&self, open_ms: u64) -> Option<u64> {
        self.stretches(open_ms).filter(|s| s.attention == Attention::Active).map(|s| s.to).last()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_span() -> impl Strategy<Value = Span> {
        let attention = prop_oneof![Just(Attention::Active), Just(Attention::Idle), Just(Attention::Hidden)];
        (0u32..5_000, attention).prop_map(Span::from)
    }

    proptest! {
        #[test]
        fn whatever_a_browser_sends_covers_the_open_time_once(
            raw in prop::collection::vec(any_span(), 1..100),
            open_ms in 0u64..600_000,
        ) {
            let spans = Spans::tidy(raw, open_ms);
            let stretches: Vec<_> = spans.stretches(open_ms).collect();
            prop_assert!(stretches.len() <= MAX_SPANS);
            if let Some(first) = stretches.first() {
                prop_assert_eq!(first.from, 0);
            }
            for pair in stretches.windows(2) {
                prop_assert_eq!(pair[0].to, pair[1].from);
                prop_assert_ne!(pair[0].attention, pair[1].attention);
            }
            let total: u64 = stretches.iter().map(|s| s.to - s.from).sum();
            prop_assert!(stretches.is_empty() || total == open_ms);
        }

        #[test]
        fn tidy_spans_stay_as_they_are(raw in prop::collection::vec(any_span(), 0..100), open_ms in 0u64..600_000) {
            let once = Spans::tidy(raw, open_ms);
            prop_assert_eq!(Spans::tidy(once.as_slice().iter().copied(), open_ms), once);
        }
    }

    #[test]
    fn a_page_that_is_left_in_the_foreground_was_never_in_the_background() {
        let left_at = |open_ms| Spans::tidy([(0, Attention::Active), (5, Attention::Hidden)].map(Span::from), open_ms);
        assert_eq!(left_at(520).as_slice(), [Span { from: 0, attention: Attention::Active }]);
        assert_eq!(left_at(600).as_slice().len(), 2);
        assert_eq!(Spans::tidy([Span { from: 0, attention: Attention::Hidden }], 20).as_slice().len(), 1);
    }

    #[test]
    fn the_last_active_moment_is_the_end_of_the_last_active_stretch() {
        let spans = Spans::tidy(
            [(0, Attention::Active), (300, Attention::Idle), (400, Attention::Active), (450, Attention::Hidden)]
                .map(Span::from),
            60_000,
        );
        assert_eq!(spans.last_active_ms(60_000), Some(45_000));
    }
}
