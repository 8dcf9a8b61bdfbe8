//! The selected sessions, and a page of them in any order. What they come to is in [`super::figures`].

use std::{cmp::Ordering, sync::Arc};

use app::models::{
    ids::SessionId,
    path_rule::PathRules,
    query::{Cursor, Place, Sort, SortKey},
};
use rayon::prelude::*;
use uuid::Uuid;

use super::{
    Days,
    conditions::Conditions,
    conversions::Converted,
    day::{Day, Held},
    orders::{Merged, Order, place},
};

/// How many rows are looked at in an order for a page. If it is not full by then, looking at all is quicker: a row in an
/// order costs five times as much as one after the other.
const WORTH_WALKING: usize = 20_000;
/// So many sessions are worth a processor of their own. Few, as sharing costs microseconds, and so small sites are answered
/// the same way as great ones.
const WORTH_SHARING: usize = 4;

/// Sessions of some days, and which of them are meant.
#[derive(Clone, Debug)]
pub(in crate::reports) struct Selection {
    pub(super) days: Days,
    pub(super) conditions: Conditions,
    /// Of each day, who reached the goal that is asked for.
    converted: Vec<Arc<Converted>>,
}

/// A page of the list: ids in order, and whether there is more on either side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::reports) struct Page {
    pub(in crate::reports) sessions: Vec<Place>,
    pub(in crate::reports) above: Option<Cursor>,
    pub(in crate::reports) below: Option<Cursor>,
}

impl Selection {
    pub(super) fn of(days: Days, conditions: Conditions) -> Self {
        let reach = conditions.reach.as_ref();
        let of_day = |day: &Arc<Day>| reach.map_or_else(Arc::default, |reach| day.conversions.of(day, reach));
        let converted = days.days.iter().map(of_day).collect();
        Self { days, conditions, converted }
    }

    /// The rules that its paths are joined by.
    pub(in crate::reports) fn path_rules(&self) -> &PathRules {
        self.days.words.rules()
    }

    /// The selected sessions in the order of their ids.
    pub(super) fn rows(&self) -> impl DoubleEndedIterator<Item = Held<'_>> {
        self.rows_within(Uuid::nil(), Uuid::max())
    }

    /// Looks at the selected sessions on all processors, each at a share of them in the order of their ids; what was seen of
    /// each share, in this order too. A session is in one share alone.
    pub(super) fn shared<T: Send>(&self, look: impl Fn(&mut dyn Iterator<Item = Held<'_>>) -> T + Sync) -> Vec<T> {
        let sessions: usize = self.days.days.iter().map(|day| day.rows.len()).sum();
        let shares = (sessions / WORTH_SHARING).clamp(1, rayon::current_num_threads());
        let look_at = |share: usize| {
            let [from, to] = [share, share + 1].map(|shares_before| sessions * shares_before / shares);
            look(&mut self.rows_between(from, to))
        };
        (0..shares).into_par_iter().map(look_at).collect()
    }

    /// Those that stand between two places, the second not included, where those of all days stand one behind the other.
    fn rows_between(&self, from: usize, to: usize) -> impl Iterator<Item = Held<'_>> {
        let mut before = 0;
        let days = self.days.days.iter().zip(&self.converted).flat_map(move |(day, converted)| {
            let [first, end] = [from, to].map(|at| at.saturating_sub(before).min(day.rows.len()));
            before += day.rows.len();
            (first..end).filter_map(move |at| day.at(at, converted))
        });
        days.filter(|held| self.conditions.hold(*held))
    }

    /// Those whose ids lie between two, both included.
    fn rows_within(&self, from: Uuid, to: Uuid) -> impl DoubleEndedIterator<Item = Held<'_>> {
        self.all_within(from, to).filter(|held| self.conditions.hold(*held))
    }

    /// The same, selected or not.
    fn all_within(&self, from: Uuid, to: Uuid) -> impl DoubleEndedIterator<Item = Held<'_>> {
        let days = self.days.days.iter().zip(&self.converted);
        days.flat_map(move |(day, converted)| rows_of(day, converted, from, to))
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

    /// Where a session stands in an order, selected or not; `None` where its day is not held.
    pub(in crate::reports) fn place_of(&self, sort: Sort, id: SessionId) -> Option<Place> {
        self.all_within(id.0, id.0).next().map(|held| place(held.row, sort.key))
    }

    /// The selected sessions right above and right below a place.
    pub(in crate::reports) fn beside(&self, sort: Sort, from: Place) -> [Option<SessionId>; 2] {
        let orders = [Order { sort, back: true }, sort.into()];
        orders.map(|order| self.next(order, Some(from), 1).first().map(|place| place.id))
    }

    fn top(&self, sort: Sort, size: usize) -> Page {
        let (sessions, more) = cut(self.next(sort.into(), None, size + 1), size);
        Page { above: None, below: sessions.last().copied().filter(|_| more).map(Cursor::Below), sessions }
    }

    fn below(&self, sort: Sort, from: Place, size: usize) -> Page {
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
    fn above(&self, sort: Sort, from: Place, size: usize) -> Option<Page> {
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
    fn has(&self, key: SortKey, standing: Place) -> bool {
        self.rows_within(standing.id.0, standing.id.0).any(|held| place(held.row, key) == standing)
    }

    /// The first `most` behind a place, in an order.
    fn next(&self, order: Order, behind: Option<Place>, most: usize) -> Vec<Place> {
        match order.sort.key {
            SortKey::Start => self.by_start(order, behind, most),
            _ => self.merged(order, behind, most).unwrap_or_else(|| self.best(order, behind, most)),
        }
    }

    /// Already in order: no more is looked at than is shown.
    fn by_start(&self, order: Order, behind: Option<Place>, most: usize) -> Vec<Place> {
        let id = behind.map(|place| place.id.0);
        let places = |held: Held<'_>| place(held.row, order.sort.key);
        let is_behind = |place: &Place| behind.is_none_or(|from| order.compare(*place, from) == Ordering::Greater);
        if order.goes_up() {
            self.rows_within(id.unwrap_or(Uuid::nil()), Uuid::max()).map(places).filter(is_behind).take(most).collect()
        } else {
            let before = self.rows_within(Uuid::nil(), id.unwrap_or(Uuid::max()));
            before.rev().map(places).filter(is_behind).take(most).collect()
        }
    }

    /// From days in order, unless too many rows on the way are not meant.
    fn merged(&self, order: Order, behind: Option<Place>, most: usize) -> Option<Vec<Place>> {
        let mut found = Vec::with_capacity(most);
        let mut walk = Merged::behind(&self.days.days, order, behind);
        for _ in 0..WORTH_WALKING {
            let Some((day, at)) = walk.next() else { return Some(found) };
            let of_day = self.days.days.get(day).zip(self.converted.get(day));
            let Some(held) = of_day.and_then(|(day, converted)| day.at(at, converted)) else { continue };
            if self.conditions.hold(held) {
                found.push(place(held.row, order.sort.key));
                if found.len() >= most {
                    return Some(found);
                }
            }
        }
        None
    }

    /// The same from all rows, in memory for a few times as many as are wanted.
    fn best(&self, order: Order, behind: Option<Place>, most: usize) -> Vec<Place> {
        let places = self.rows().map(|held| place(held.row, order.sort.key));
        let is_behind = |place: &Place| behind.is_none_or(|from| order.compare(*place, from) == Ordering::Greater);
        best(places.filter(is_behind), most, |a, b| order.compare(a, b))
    }
}

/// The sessions of a day whose ids lie between two; a plain index pairs both columns from either end.
fn rows_of<'a>(
    day: &'a Day,
    converted: &'a Converted,
    from: Uuid,
    to: Uuid,
) -> impl DoubleEndedIterator<Item = Held<'a>> {
    let first = day.rows.partition_point(|row| row.id < from);
    let end = day.rows.partition_point(|row| row.id <= to);
    (first..end.max(first)).filter_map(move |at| day.at(at, converted))
}

/// The page, and whether there was more.
fn cut(mut places: Vec<Place>, size: usize) -> (Vec<Place>, bool) {
    let more = places.len() > size;
    places.truncate(size);
    (places, more)
}

/// The first `most` in an order.
fn best(places: impl Iterator<Item = Place>, most: usize, order: impl Fn(Place, Place) -> Ordering) -> Vec<Place> {
    let room = most.max(1) * 16;
    let mut best: Vec<Place> = Vec::with_capacity(room);
    let keep = |best: &mut Vec<Place>| {
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

/// The ids of a page, to read their rows by.
pub(in crate::reports) fn ids(page: &Page) -> Vec<Uuid> {
    page.sessions.iter().map(|place| place.id.0).collect()
}
