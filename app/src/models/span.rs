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
/// The most changes that are looked at in a report; the tracker sends 400. Each is compared with all others, so that
/// thousands would take long.
const MAX_CHANGES: usize = 500;

/// How long a page had which attention, in milliseconds, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attended {
    /// In the foreground.
    pub visible_ms: u64,
    /// In the foreground with a sign of life.
    pub active_ms: u64,
    /// The stretches, to the tenth of a second.
    pub spans: Spans,
}

impl Attended {
    /// Measures what a browser tells: from which millisecond on the page had what, as it happened. Totals are exact;
    /// of more than [`MAX_SPANS`] stretches the shortest join the ones before them.
    pub fn measure(changes: impl IntoIterator<Item = (u64, Attention)>, open_ms: u64) -> Self {
        let mut stretches = stretches(changes, open_ms);
        let total = |wanted: fn(Attention) -> bool| {
            stretches.iter().filter(|stretch| wanted(stretch.attention)).map(Stretch::ms).sum::<u64>()
        };
        let (visible_ms, active_ms) = (total(|had| had != Attention::Hidden), total(|had| had == Attention::Active));
        while stretches.len() > MAX_SPANS {
            join_shortest(&mut stretches);
        }
        let tenths = |ms: u64| u32::try_from(ms / 100).unwrap_or(u32::MAX);
        let spans = stretches.iter().map(|stretch| Span { from: tenths(stretch.from), attention: stretch.attention });
        Self { visible_ms, active_ms, spans: Spans::tidy(without_empty(spans), open_ms) }
    }
}

/// Of spans that begin at the same tenth only the last: the others lasted less.
fn without_empty(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut kept: Vec<Span> = Vec::new();
    for span in spans {
        kept.pop_if(|last| last.from == span.from);
        kept.push(span);
    }
    kept
}

/// The stretches between changes: none empty, no two neighbours alike, the first from 0 on, the last up to the open
/// time.
fn stretches(changes: impl IntoIterator<Item = (u64, Attention)>, open_ms: u64) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    // Nobody can have looked before the first change.
    let mut now = (0, Attention::Hidden);
    let changes = changes.into_iter().take(MAX_CHANGES);
    for (at, attention) in changes.chain([(open_ms, Attention::Hidden)]) {
        let at = at.min(open_ms);
        if at > now.0 {
            extend(&mut found, Stretch { from: now.0, to: at, attention: now.1 });
        }
        if at >= now.0 {
            now = (at, attention);
        }
    }
    found
}

/// Adds a stretch, or what it lasts to its neighbour if that is alike.
fn extend(stretches: &mut Vec<Stretch>, next: Stretch) {
    match stretches.last_mut() {
        Some(last) if last.attention == next.attention => last.to = next.to,
        _ => stretches.push(next),
    }
}

/// Lets the shortest stretch join the one before. Not the first, which has none before, nor the last, which may still
/// grow.
fn join_shortest(stretches: &mut Vec<Stretch>) {
    let inner = 1..stretches.len().saturating_sub(1);
    let Some(shortest) = inner.min_by_key(|&at| stretches.get(at).map(Stretch::ms)) else { return stretches.clear() };
    let mut joined = Vec::with_capacity(stretches.len());
    for (at, &stretch) in stretches.iter().enumerate() {
        let before = joined.last().map(|last: &Stretch| last.attention);
        let attention = if at == shortest { before.unwrap_or(stretch.attention) } else { stretch.attention };
        extend(&mut joined, Stretch { attention, ..stretch });
    }
    *stretches = joined;
}

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

    fn any_changes() -> impl Strategy<Value = Vec<(u64, Attention)>> {
        let attention = prop_oneof![Just(Attention::Active), Just(Attention::Idle), Just(Attention::Hidden)];
        prop::collection::vec((0u64..60_000, attention), 0..200).prop_map(|mut changes| {
            changes.sort_by_key(|&(at, _)| at);
            changes
        })
    }

    proptest! {
        #[test]
        fn totals_are_exact_however_many_changes_there_were(changes in any_changes(), open_ms in 0u64..70_000) {
            let attended = Attended::measure(changes.clone(), open_ms);
            let had = |ms: u64| changes.iter().rfind(|&&(at, _)| at <= ms).map_or(Attention::Hidden, |&(_, had)| had);
            let count = |wanted: fn(Attention) -> bool| (0..open_ms).filter(|&ms| wanted(had(ms))).count() as u64;
            prop_assert_eq!(attended.visible_ms, count(|had| had != Attention::Hidden));
            prop_assert_eq!(attended.active_ms, count(|had| had == Attention::Active));
        }

        #[test]
        fn few_stretches_are_kept_to_the_tenth(
            lengths in prop::collection::vec(100u64..30_000, 1..MAX_SPANS),
            first in 0usize..3,
        ) {
            let kinds = [Attention::Active, Attention::Idle, Attention::Hidden];
            let mut at = 0;
            let mut changes = Vec::new();
            for (place, length) in lengths.iter().enumerate() {
                changes.push((at, kinds[(first + place) % 3]));
                at += length;
            }
            let attended = Attended::measure(changes.clone(), at);
            let kept: Vec<_> = attended.spans.stretches(at).map(|s| (s.from, s.attention)).collect();
            let whole_tenths: Vec<_> = changes.iter().map(|&(at, had)| (at / 100 * 100, had)).collect();
            // The last may have begun within the last tenth.
            prop_assert!(kept == whole_tenths || kept == whole_tenths[..whole_tenths.len() - 1]);
        }

        #[test]
        fn out_of_order_or_late_changes_do_no_harm(
            changes in prop::collection::vec((any::<u64>(), any_span()), 0..600),
            open_ms in 0u64..600_000,
        ) {
            let attended = Attended::measure(changes.into_iter().map(|(at, span)| (at, span.attention)), open_ms);
            prop_assert!(attended.active_ms <= attended.visible_ms && attended.visible_ms <= open_ms);
            prop_assert!(attended.spans.as_slice().len() <= MAX_SPANS);
        }
    }

    #[test]
    fn of_too_many_stretches_the_shortest_join_the_ones_before() {
        let mut changes = vec![(0, Attention::Active), (50_000, Attention::Hidden), (50_400, Attention::Active)];
        changes.extend(
            (1..=62).map(|n| (50_400 + n * 1_000, if n % 2 == 1 { Attention::Hidden } else { Attention::Active })),
        );
        let attended = Attended::measure(changes, 200_000);
        assert_eq!(attended.spans.as_slice().len(), 63);
        let first = attended.spans.stretches(200_000).next().unwrap();
        assert_eq!((first.from, first.to), (0, 51_400));
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
