//! The selected sessions: a page of them in any order, their figures, their course in time, their spread over values.

use std::cmp::{Ordering, Reverse};

use app::models::{
    facet::{FacetValue, TOP},
    overview::{Bar, Summary},
    query::{Cursor, Dimension, Place as ListPlace, Sort, SortKey},
    sign::{SignFamily, SignKind},
};
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::{
    Days,
    conditions::{self, Conditions, Place},
    day::{Day, Row, Several, bit, bits},
    orders::{Merged, Order, place},
    words::Word,
};
use crate::store::reading::Zone;

/// How many rows are looked at in an order for a page. If it is not full by then, looking at all is quicker: a row in an
/// order costs five times as much as one after the other.
const WORTH_WALKING: usize = 20_000;

/// Sessions of some days, and which of them are meant.
#[derive(Clone, Debug)]
pub(in crate::reports) struct Selection {
    days: Days,
    conditions: Conditions,
}

/// A page of the list: ids in order, and whether there is more on either side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::reports) struct Page {
    pub(in crate::reports) sessions: Vec<ListPlace>,
    pub(in crate::reports) above: Option<Cursor>,
    pub(in crate::reports) below: Option<Cursor>,
}

impl Selection {
    pub(super) fn of(days: Days, conditions: Conditions) -> Self {
        Self { days, conditions }
    }

    /// The selected sessions in the order of their ids.
    fn rows(&self) -> impl DoubleEndedIterator<Item = (&Row, Option<&Several>)> {
        self.rows_within(Uuid::nil(), Uuid::max())
    }

    /// Those whose ids lie between two, both included.
    fn rows_within(&self, from: Uuid, to: Uuid) -> impl DoubleEndedIterator<Item = (&Row, Option<&Several>)> {
        let all = self.days.days.iter().flat_map(move |day| rows_of(day, from, to));
        all.filter(|(row, several)| self.conditions.hold(row, *several))
    }

    /// A page in an order, `size` sessions long.
    pub(in crate::reports) fn page(&self, sort: Sort, cursor: Cursor, size: usize) -> Page {
        match cursor {
            Cursor::Top => self.top(sort, size),
            Cursor::Below(from) => self.below(sort, from, size),
            // What turns out to be the top is filled up: a page of two, with the others one link away, would look as if
            // they were gone.
            Cursor::Above(from) => self.above(sort, from, size).unwrap_or_else(|| self.top(sort, size)),
        }
    }

    fn top(&self, sort: Sort, size: usize) -> Page {
        let (sessions, more) = cut(self.next(sort.into(), None, size + 1), size);
        Page { above: None, below: sessions.last().copied().filter(|_| more).map(Cursor::Below), sessions }
    }

    fn below(&self, sort: Sort, from: ListPlace, size: usize) -> Page {
        let (sessions, more) = cut(self.next(sort.into(), Some(from), size + 1), size);
        let any_above = !self.next(Order { sort, back: true }, Some(from), 1).is_empty() || self.has(sort.key, from);
        let first = sessions.first().copied();
        Page {
            above: any_above.then(|| first.map_or(Cursor::Top, Cursor::Above)),
            below: sessions.last().copied().filter(|_| more).map(Cursor::Below),
            sessions,
        }
    }

    /// `None` if what stands above is no more than the top.
    fn above(&self, sort: Sort, from: ListPlace, size: usize) -> Option<Page> {
        let (mut sessions, more) = cut(self.next(Order { sort, back: true }, Some(from), size + 1), size);
        if !more {
            return None;
        }
        sessions.reverse();
        let any_below = !self.next(sort.into(), Some(from), 1).is_empty() || self.has(sort.key, from);
        Some(Page {
            above: sessions.first().copied().map(Cursor::Above),
            below: sessions.last().copied().filter(|_| any_below).map(Cursor::Below),
            sessions,
        })
    }

    /// Whether the session of a place is still where it was.
    fn has(&self, key: SortKey, standing: ListPlace) -> bool {
        self.rows_within(standing.id.0, standing.id.0).any(|(row, _)| place(row, key) == standing)
    }

    /// The first `most` behind a place, in an order.
    fn next(&self, order: Order, behind: Option<ListPlace>, most: usize) -> Vec<ListPlace> {
        match order.sort.key {
            SortKey::Start => self.by_start(order, behind, most),
            _ => self.merged(order, behind, most).unwrap_or_else(|| self.best(order, behind, most)),
        }
    }

    /// Already in order: no more is looked at than is shown.
    fn by_start(&self, order: Order, behind: Option<ListPlace>, most: usize) -> Vec<ListPlace> {
        let id = behind.map(|place| place.id.0);
        let places = |(row, _): (&Row, Option<&Several>)| place(row, order.sort.key);
        let is_behind = |place: &ListPlace| behind.is_none_or(|from| order.compare(*place, from) == Ordering::Greater);
        if order.goes_up() {
            self.rows_within(id.unwrap_or(Uuid::nil()), Uuid::max()).map(places).filter(is_behind).take(most).collect()
        } else {
            let before = self.rows_within(Uuid::nil(), id.unwrap_or(Uuid::max()));
            before.rev().map(places).filter(is_behind).take(most).collect()
        }
    }

    /// From days in order, unless too many rows on the way are not meant.
    fn merged(&self, order: Order, behind: Option<ListPlace>, most: usize) -> Option<Vec<ListPlace>> {
        let mut found = Vec::with_capacity(most);
        let mut walk = Merged::behind(&self.days.days, order, behind);
        for _ in 0..WORTH_WALKING {
            let Some((day, at)) = walk.next() else { return Some(found) };
            let Some((row, several)) = self.days.days.get(day).and_then(|day| day.at(at)) else { continue };
            if self.conditions.hold(row, several) {
                found.push(place(row, order.sort.key));
                if found.len() >= most {
                    return Some(found);
                }
            }
        }
        None
    }

    /// The same from all rows, in memory for a few times as many as are wanted.
    fn best(&self, order: Order, behind: Option<ListPlace>, most: usize) -> Vec<ListPlace> {
        let places = self.rows().map(|(row, _)| place(row, order.sort.key));
        let is_behind = |place: &ListPlace| behind.is_none_or(|from| order.compare(*place, from) == Ordering::Greater);
        best(places.filter(is_behind), most, |a, b| order.compare(a, b))
    }

    /// Its figures.
    pub(in crate::reports) fn summary(&self) -> Summary {
        let mut summary = Summary::default();
        let (mut durations, mut active) = (Vec::new(), Vec::new());
        for (row, _) in self.rows() {
            summary.sessions += 1;
            summary.page_views += u64::from(row.pages);
            summary.signed += u64::from(self.conditions.signs(row) != 0);
            if row.could_bounce(self.conditions.limits, self.conditions.now) {
                summary.could_bounce += 1;
                summary.bounces += u64::from(row.bounces());
            }
            if !row.overlapping {
                durations.extend(row.known_duration_ms());
                active.extend(row.active_ms());
            }
        }
        summary.median_duration_ms = quantile(&mut durations, 50);
        summary.p90_duration_ms = quantile(&mut durations, 90);
        summary.median_active_ms = quantile(&mut active, 50);
        summary.p90_active_ms = quantile(&mut active, 90);
        summary
    }

    /// Its course in time: a bar from each cut to the next.
    pub(in crate::reports) fn histogram(&self, cuts: &[i64], zone: Zone) -> Vec<Bar> {
        let bar = |(&from, &to): (&i64, &i64)| Bar {
            from: zone.local(from),
            to: zone.local(to),
            friction: 0,
            suspicious: 0,
            outstanding: 0,
            plain: 0,
        };
        let mut bars: Vec<Bar> = cuts.iter().zip(cuts.iter().skip(1)).map(bar).collect();
        let of = |family| bits(|kind| kind.family() == family);
        let [friction, suspicious] = [SignFamily::Friction, SignFamily::Suspicious].map(of);
        for (row, _) in self.rows() {
            let at = cuts.partition_point(|&cut| cut <= row.began_at());
            let Some(bar) = at.checked_sub(1).and_then(|at| bars.get_mut(at)) else { continue };
            let signs = self.conditions.signs(row);
            if signs & friction != 0 {
                bar.friction += 1;
            } else if signs & suspicious != 0 {
                bar.suspicious += 1;
            } else if signs != 0 {
                bar.outstanding += 1;
            } else {
                bar.plain += 1;
            }
        }
        bars
    }

    /// The most frequent values of a dimension that contain `part`, and how many others there are.
    pub(in crate::reports) fn facet(&self, dimension: Dimension, part: &str) -> (Vec<FacetValue>, u64) {
        let counts = match conditions::place(dimension) {
            Place::One(text) => self.word_counts(|row, _, count| count(row.text(text))),
            Place::Several(kind) => self.word_counts(|_, several, count| {
                several.into_iter().flat_map(|several| several.of(kind)).for_each(|&word| count(word));
            }),
            Place::Signs => return top(self.sign_counts(), part),
        };
        let words = &self.days.words;
        top(counts.into_iter().map(|(word, count)| (words.text(word).to_owned(), count)).collect(), part)
    }

    fn word_counts(&self, each: impl Fn(&Row, Option<&Several>, &mut dyn FnMut(Word))) -> Vec<(Word, u64)> {
        let mut counts = vec![0u32; self.days.words.len()];
        for (row, several) in self.rows() {
            each(row, several, &mut |word| {
                if let Some(count) = counts.get_mut(word as usize) {
                    *count += 1;
                }
            });
        }
        (0..).zip(counts).filter(|&(_, count)| count > 0).map(|(word, count)| (word, u64::from(count))).collect()
    }

    fn sign_counts(&self) -> Vec<(String, u64)> {
        let mut counts: Vec<(SignKind, u64)> = SignKind::iter().map(|kind| (kind, 0)).collect();
        for signs in self.rows().map(|(row, _)| self.conditions.signs(row)).filter(|&signs| signs != 0) {
            counts.iter_mut().filter(|(kind, _)| signs & bit(*kind) != 0).for_each(|(_, count)| *count += 1);
        }
        counts
            .into_iter()
            .filter(|&(_, count)| count > 0)
            .map(|(kind, count)| (kind.as_ref().to_owned(), count))
            .collect()
    }
}

/// The sessions of a day whose ids lie between two; a plain index pairs both columns from either end.
fn rows_of(day: &Day, from: Uuid, to: Uuid) -> impl DoubleEndedIterator<Item = (&Row, Option<&Several>)> {
    let first = day.rows.partition_point(|row| row.id < from);
    let end = day.rows.partition_point(|row| row.id <= to);
    (first..end.max(first)).filter_map(move |at| day.at(at))
}

/// The page, and whether there was more.
fn cut(mut places: Vec<ListPlace>, size: usize) -> (Vec<ListPlace>, bool) {
    let more = places.len() > size;
    places.truncate(size);
    (places, more)
}

/// The first `most` in an order.
fn best(
    places: impl Iterator<Item = ListPlace>,
    most: usize,
    order: impl Fn(ListPlace, ListPlace) -> Ordering,
) -> Vec<ListPlace> {
    let room = most.max(1) * 16;
    let mut best: Vec<ListPlace> = Vec::with_capacity(room);
    let keep = |best: &mut Vec<ListPlace>| {
        if best.len() > most {
            best.select_nth_unstable_by(most, |&a, &b| order(a, b));
            best.truncate(most);
        }
    };
    for place in places {
        best.push(place);
        if best.len() >= room {
            keep(&mut best);
        }
    }
    keep(&mut best);
    best.sort_unstable_by(|&a, &b| order(a, b));
    best
}

/// The least value that `percent` of all are not above; `None` of none.
fn quantile(values: &mut [u32], percent: usize) -> Option<u64> {
    let rank = (values.len() * percent).div_ceil(100).checked_sub(1)?;
    let (_, value, _) = values.select_nth_unstable(rank);
    Some(u64::from(*value))
}

fn top(mut counts: Vec<(String, u64)>, part: &str) -> (Vec<FacetValue>, u64) {
    if !part.is_empty() {
        let part = part.to_lowercase();
        counts.retain(|(value, _)| value.to_lowercase().contains(&part));
    }
    counts.sort_unstable_by(|(a, many), (b, more)| (Reverse(many), a).cmp(&(Reverse(more), b)));
    let others = u64::try_from(counts.len().saturating_sub(TOP)).unwrap_or(u64::MAX);
    counts.truncate(TOP);
    (counts.into_iter().map(|(value, sessions)| FacetValue { value, sessions }).collect(), others)
}

/// The ids of a page, to read their rows by.
pub(in crate::reports) fn ids(page: &Page) -> Vec<Uuid> {
    page.sessions.iter().map(|place| place.id.0).collect()
}
