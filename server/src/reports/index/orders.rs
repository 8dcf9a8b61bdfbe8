//! The orders of the list, day by day: each day's sessions are put in order once, and a page is merged from the days. So
//! it costs what is looked at until it is full, not what there is.

use std::{
    cmp::{Ordering, Reverse},
    collections::BinaryHeap,
    sync::{Arc, OnceLock},
};

use app::models::{
    ids::SessionId,
    query::{Place, Sort, SortKey},
};

use super::{day::Day, row::Row, words::Words};
use crate::store::entities::session;

/// Where a session stands in an order that is not in memory.
pub(in crate::reports) fn place_of_row(row: &session::Model, key: SortKey) -> Place {
    place(&Row::of(row, &mut Words::default()), key)
}

/// Where a session stands in an order.
pub(super) fn place(row: &Row, key: SortKey) -> Place {
    let value = match key {
        SortKey::Start => None,
        SortKey::Activity => Some(row.received_at),
        SortKey::Duration => Some(i64::from(row.duration_ms)),
        SortKey::Active => row.active_ms().map(i64::from),
        SortKey::Pages => Some(i64::from(row.pages)),
        SortKey::Events => Some(i64::from(row.events)),
    };
    Place { value, id: SessionId(row.id) }
}

/// An order of the list, or the way back through it. Unknown values come last in an order and first on the way back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Order {
    pub(super) sort: Sort,
    pub(super) back: bool,
}

impl From<Sort> for Order {
    fn from(sort: Sort) -> Self {
        Self { sort, back: false }
    }
}

impl Order {
    /// Whether earlier sessions come first, of those that are alike otherwise.
    pub(super) fn goes_up(self) -> bool {
        self.sort.ascending != self.back
    }

    /// Which of two comes first.
    pub(super) fn compare(self, a: Place, b: Place) -> Ordering {
        let forth = compare(self.sort, a, b);
        if self.back { forth.reverse() } else { forth }
    }
}

fn compare(sort: Sort, a: Place, b: Place) -> Ordering {
    let by_value = match (a.value, b.value) {
        (Some(_), None) => return Ordering::Less,
        (None, Some(_)) => return Ordering::Greater,
        (a, b) => a.cmp(&b),
    };
    let upwards = by_value.then_with(|| a.id.0.cmp(&b.id.0));
    if sort.ascending { upwards } else { upwards.reverse() }
}

/// How many sort keys there are.
const KEYS: usize = 6;

/// A day's rows by each sort key that was asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Orders([OnceLock<InOrder>; KEYS]);

/// Places of rows: the least value first, then those whose value is not known; alike ones in the order of their ids.
#[derive(Clone, Debug)]
struct InOrder {
    at: Box<[u32]>,
    known: usize,
}

impl Orders {
    fn by(&self, rows: &[Row], key: SortKey) -> Option<&InOrder> {
        Some(self.0.get(key as usize)?.get_or_init(|| in_order(rows, key)))
    }

    /// About how much memory they take.
    pub(super) fn bytes(&self) -> usize {
        self.0.iter().filter_map(OnceLock::get).map(|order| order.at.len() * size_of::<u32>()).sum()
    }
}

fn in_order(rows: &[Row], key: SortKey) -> InOrder {
    let value = |at: &u32| rows.get(*at as usize).and_then(|row| place(row, key).value);
    let (mut known, unknown): (Vec<u32>, Vec<u32>) = (0..).take(rows.len()).partition(|at| value(at).is_some());
    // Rows stand in the order of their ids, and a stable sort keeps that.
    known.sort_by_key(value);
    let count = known.len();
    known.extend(unknown);
    InOrder { at: known.into_boxed_slice(), known: count }
}

impl InOrder {
    /// The row that comes so many rows behind the first.
    fn nth(&self, order: Order, nth: usize) -> Option<u32> {
        let behind = self.at.len().checked_sub(nth + 1)?;
        let nth = if order.back { behind } else { nth };
        let from_the_least = match (order.sort.ascending, nth < self.known) {
            (true, _) => nth,
            (false, true) => self.known - nth - 1,
            (false, false) => self.at.len() + self.known - nth - 1,
        };
        self.at.get(from_the_least).copied()
    }
}

/// The rows of some days behind a place, each with its number among its day's and its day's among all.
pub(super) struct Merged<'a> {
    order: Order,
    days: &'a [Arc<Day>],
    heads: BinaryHeap<Reverse<Head>>,
}

/// The next row of a day.
struct Head {
    order: Order,
    place: Place,
    day: usize,
    row: usize,
    nth: usize,
}

impl<'a> Merged<'a> {
    pub(super) fn behind(days: &'a [Arc<Day>], order: Order, from: Option<Place>) -> Self {
        let mut merged = Self { order, days, heads: BinaryHeap::with_capacity(days.len()) };
        for (number, day) in days.iter().enumerate() {
            merged.push(number, from.map_or(0, |from| first_behind(day, order, from)));
        }
        merged
    }

    fn push(&mut self, day: usize, nth: usize) {
        self.heads.extend(head(self.days, self.order, day, nth).map(Reverse));
    }
}

impl Iterator for Merged<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let Reverse(Head { day, row, nth, .. }) = self.heads.pop()?;
        self.push(day, nth + 1);
        Some((day, row))
    }
}

fn head(days: &[Arc<Day>], order: Order, number: usize, nth: usize) -> Option<Head> {
    let day = days.get(number)?;
    let row = day.orders.by(&day.rows, order.sort.key)?.nth(order, nth)? as usize;
    Some(Head { order, place: place(day.rows.get(row)?, order.sort.key), day: number, row, nth })
}

/// How many of a day's rows do not stand behind a place.
fn first_behind(day: &Day, order: Order, from: Place) -> usize {
    let is_behind = |nth: usize| {
        let row = day.orders.by(&day.rows, order.sort.key).and_then(|rows| rows.nth(order, nth));
        let row = row.and_then(|row| day.rows.get(row as usize));
        row.is_none_or(|row| order.compare(place(row, order.sort.key), from) == Ordering::Greater)
    };
    let (mut low, mut high) = (0, day.rows.len());
    while low < high {
        let middle = low.midpoint(high);
        if is_behind(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

impl Ord for Head {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order.compare(self.place, other.place)
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Head {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use strum::IntoEnumIterator;

    use super::*;
    use crate::{
        reports::index::{day::Named, measures::Depth},
        seed::builders::{a_page, a_session},
    };

    const DAY_MS: i64 = 24 * 60 * 60 * 1000;

    /// Days of sessions with few different figures, so that many are alike.
    fn any_days() -> impl Strategy<Value = Vec<Arc<Day>>> {
        let sessions = prop::collection::vec((0..3i64, 0..4i64, prop::option::of(0..3i64)), 0..60);
        sessions.prop_map(|sessions| {
            let mut days = vec![Day::default(); 3];
            let mut words = Words::default();
            for (number, (day, duration, active)) in (0..).zip(sessions) {
                let session = a_session(day * DAY_MS + number).page(a_page("/")).row(|row| {
                    row.duration_ms = duration;
                    row.active_ms = active;
                });
                let row = Row::of(&session.build().session, &mut words);
                days[usize::try_from(day).unwrap()].put(Named {
                    row,
                    several: Vec::new(),
                    steps: Vec::new(),
                    depth: Depth::default(),
                    codes: Vec::new(),
                });
            }
            days.into_iter().map(Arc::new).collect()
        })
    }

    proptest! {
        #[test]
        fn merged_days_are_all_rows_put_in_order(days in any_days(), ascending: bool, back: bool, from in 0..60usize) {
            for key in SortKey::iter() {
                let order = Order { sort: Sort { key, ascending }, back };
                let mut all: Vec<Place> =
                    days.iter().flat_map(|day| &day.rows).map(|row| place(row, key)).collect();
                all.sort_by(|&a, &b| order.compare(a, b));
                let places = |merged: Merged<'_>| -> Vec<Place> {
                    merged.map(|(day, row)| place(&days[day].rows[row], key)).collect()
                };
                prop_assert_eq!(places(Merged::behind(&days, order, None)), all.clone());
                if let Some(&from_here) = all.get(from) {
                    let behind = places(Merged::behind(&days, order, Some(from_here)));
                    prop_assert_eq!(behind, all[from + 1..].to_vec());
                }
            }
        }
    }
}
