//! From when on a page had what of its visitor, added up.

use super::span::{Attention, MAX_SPANS, Span, Spans, Stretch};

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_attention() -> impl Strategy<Value = Attention> {
        prop_oneof![Just(Attention::Active), Just(Attention::Idle), Just(Attention::Hidden)]
    }

    fn any_changes() -> impl Strategy<Value = Vec<(u64, Attention)>> {
        prop::collection::vec((0u64..60_000, any_attention()), 0..200).prop_map(|mut changes| {
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
            changes in prop::collection::vec((any::<u64>(), any_attention()), 0..600),
            open_ms in 0u64..600_000,
        ) {
            let attended = Attended::measure(changes, open_ms);
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
}
