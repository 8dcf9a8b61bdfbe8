//! How values are spread, in few bytes: counts in buckets that are exact below 256 and less than 1 % wide above. Sketches
//! merge by adding up, in any order. In the manner of DDSketch (Masson, Rim and Lee, VLDB 2019), with the buckets of
//! HdrHistogram, which need no logarithm.

use std::collections::BTreeMap;

/// Buckets of each power of two, and the greatest exact value and one.
const FINE: u64 = 128;
/// What the stored form begins with.
const VERSION: u8 = 1;
/// The bucket of the greatest value.
const LAST_BUCKET: u32 = 56 * 128 + 255;

/// Counted values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch(BTreeMap<u32, u64>);

impl Sketch {
    /// Counts a value.
    pub fn add(&mut self, value: u64) {
        *self.0.entry(bucket(value)).or_default() += 1;
    }

    /// Takes in what another one counted.
    pub fn merge(&mut self, other: &Self) {
        for (&bucket, &count) in &other.0 {
            let all = self.0.entry(bucket).or_default();
            *all = all.saturating_add(count);
        }
    }

    /// How many values were counted.
    pub fn count(&self) -> u64 {
        self.0.values().fold(0, |sum, &count| sum.saturating_add(count))
    }

    /// The least value that `percent` of all are not above, or up to 1 % more; `None` of none.
    pub fn quantile(&self, percent: u64) -> Option<u64> {
        quantile(self.0.iter().map(|(&bucket, &count)| (bucket, count)), self.count(), percent)
    }

    /// As it is stored.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        let mut before = 0;
        for (&bucket, &count) in &self.0 {
            put(&mut bytes, u64::from(bucket - before));
            put(&mut bytes, count);
            before = bucket;
        }
        bytes
    }

    /// Read back; `None` if it is damaged or of another version.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self(counts(bytes)?.into_iter().collect()))
    }
}

/// What many stored sketches come to together: a place for every bucket up to the greatest, as a tree of them would cost
/// milliseconds for a month of a few pages.
#[derive(Clone, Debug, Default)]
pub struct Merged(Vec<u64>);

impl Merged {
    /// Takes in a stored sketch; of one that is damaged nothing.
    pub fn take_in(&mut self, bytes: &[u8]) {
        for (bucket, count) in counts(bytes).unwrap_or_default() {
            // A damaged one may name a bucket that no value has, as far away as it likes.
            let Some(at) = usize::try_from(bucket).ok().filter(|_| bucket <= LAST_BUCKET) else { continue };
            if self.0.len() <= at {
                self.0.resize(at + 1, 0);
            }
            if let Some(all) = self.0.get_mut(at) {
                *all = all.saturating_add(count);
            }
        }
    }

    /// How many values were counted.
    pub fn count(&self) -> u64 {
        self.0.iter().fold(0, |sum, &count| sum.saturating_add(count))
    }

    /// As [`Sketch::quantile`].
    pub fn quantile(&self, percent: u64) -> Option<u64> {
        quantile((0..).zip(self.0.iter().copied()), self.count(), percent)
    }
}

/// The greatest value of the bucket at which `percent` of all values are reached.
fn quantile(mut counts: impl Iterator<Item = (u32, u64)>, all: u64, percent: u64) -> Option<u64> {
    let rank = all.saturating_mul(percent).div_ceil(100).max(1);
    let mut counted = 0_u64;
    let reached = counts.find(|&(_, count)| {
        counted = counted.saturating_add(count);
        counted >= rank
    });
    reached.map(|(bucket, _)| greatest(bucket))
}

/// The counts of a stored sketch by bucket, in their order.
fn counts(bytes: &[u8]) -> Option<Vec<(u32, u64)>> {
    let (&VERSION, mut rest) = bytes.split_first()? else { return None };
    let mut counts = Vec::with_capacity(rest.len() / 2);
    let mut bucket = 0_u32;
    while !rest.is_empty() {
        bucket = bucket.checked_add(u32::try_from(take(&mut rest)?).ok()?)?;
        counts.push((bucket, take(&mut rest)?));
    }
    Some(counts)
}

/// The bucket of a value: the value itself below 256, then 128 to each power of two.
fn bucket(value: u64) -> u32 {
    let coarse = value.max(1).ilog2().saturating_sub(FINE.ilog2());
    let fine = value >> coarse;
    // Less than 57 * 128 + 256.
    u32::try_from(u64::from(coarse) * FINE + fine).unwrap_or(u32::MAX)
}

/// The greatest value of a bucket.
fn greatest(bucket: u32) -> u64 {
    let bucket = u64::from(bucket);
    let coarse = (bucket / FINE).saturating_sub(1);
    let next = u128::from(bucket - coarse * FINE + 1) << coarse.min(64);
    u64::try_from(next - 1).unwrap_or(u64::MAX)
}

/// Seven bits a byte, the lowest first; the eighth says that more follow.
fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        bytes.push(u8::try_from(number & 0x7f).unwrap_or_default() | 0x80);
        number >>= 7;
    }
    bytes.push(u8::try_from(number).unwrap_or_default());
}

fn take(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sketch(values: &[u64]) -> Sketch {
        let mut sketch = Sketch::default();
        values.iter().for_each(|&value| sketch.add(value));
        sketch
    }

    fn any_value() -> impl Strategy<Value = u64> {
        prop_oneof![3 => 0..300u64, 3 => 0..100_000_000u64, 1 => any::<u64>()]
    }

    proptest! {
        #[test]
        fn a_quantile_is_at_most_one_percent_too_high(
            mut values in prop::collection::vec(any_value(), 1..300), percent in 0..=100u64,
        ) {
            let found = sketch(&values).quantile(percent).unwrap();
            values.sort_unstable();
            let exact = values[(values.len() * percent as usize).div_ceil(100).max(1) - 1];
            prop_assert!(exact <= found && found - exact <= exact / 128, "{found} for {exact}");
        }

        #[test]
        fn parts_come_to_the_whole_in_any_order(
            one in prop::collection::vec(any_value(), 0..50), other in prop::collection::vec(any_value(), 0..50),
        ) {
            let whole = sketch(&[one.clone(), other.clone()].concat());
            for (first, second) in [(&one, &other), (&other, &one)] {
                let mut merged = sketch(first);
                merged.merge(&sketch(second));
                prop_assert_eq!(&merged, &whole);
            }
            let mut stored = Merged::default();
            for part in [&one, &other] {
                stored.take_in(&sketch(part).to_bytes());
            }
            prop_assert_eq!(stored.count(), whole.count());
            for percent in [0, 50, 99, 100] {
                prop_assert_eq!(stored.quantile(percent), whole.quantile(percent));
            }
            prop_assert_eq!(Sketch::from_bytes(&whole.to_bytes()), Some(whole));
        }

        #[test]
        fn whatever_is_stored_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            for bytes in [bytes.clone(), [vec![VERSION], bytes].concat()] {
                let mut merged = Merged::default();
                merged.take_in(&bytes);
                if let Some(read) = Sketch::from_bytes(&bytes) {
                    let _ = (read.count(), read.quantile(99));
                } else {
                    prop_assert_eq!(merged.count(), 0);
                }
            }
        }
    }

    #[test]
    fn small_values_are_exact_and_none_are_none() {
        let spread: Vec<u64> = (0..=255).collect();
        assert_eq!(sketch(&spread).quantile(100), Some(255));
        assert_eq!(sketch(&spread).quantile(50), Some(127));
        assert_eq!(sketch(&[]).quantile(99), None);
        assert_eq!(Sketch::from_bytes(&[2, 1, 1]), None, "a later version");
    }
}
