//! The sessions of one UTC day, column by column, read in a row without a database.

use uuid::Uuid;

use super::{
    conversions::{Conversions, Converted},
    lists::Lists,
    measures::Depth,
    orders::Orders,
    row::Row,
    several::Several,
    steps::Step,
    words::Word,
};

/// A session as it is held. What was not asked for is not there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held<'a> {
    pub(super) row: &'a Row,
    pub(super) several: Several<'a>,
    pub(super) steps: &'a [Step],
    pub(super) depth: Depth,
    pub(super) codes: &'a [i64],
    /// Whether it reached the goal that is asked for. One that is gone nobody reached.
    pub(super) converts: bool,
}

/// A session that was read by its name, with everything that can be held of it.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) row: Row,
    /// As a column holds it.
    pub(super) several: Vec<Word>,
    pub(super) steps: Vec<Step>,
    pub(super) depth: Depth,
    pub(super) codes: Vec<i64>,
}

/// The sessions of a day, in the order of their ids.
#[derive(Clone, Debug, Default)]
pub(super) struct Day {
    pub(super) rows: Vec<Row>,
    /// The same sessions' texts of which there are several; none until somebody asks for them.
    pub(super) several: Option<Lists<Word>>,
    /// What happened in them; nothing until somebody asks for it.
    pub(super) steps: Option<Lists<Step>>,
    /// How far down their pages were seen; nothing until somebody asks for it.
    pub(super) depths: Option<Vec<Depth>>,
    /// When their visitors were shown codes; nothing until somebody asks for it. Moments and not a number: each code leads to
    /// its session for a time only, and nothing tells of its end.
    pub(super) codes: Option<Lists<i64>>,
    /// How often sessions of this day had been erased when it was read.
    pub(super) erased: i32,
    /// Its rows in other orders.
    pub(super) orders: Orders,
    /// Which of them reached which goals.
    pub(super) conversions: Conversions,
}

impl Day {
    /// A session and what is held of it; `converted` are those that reached the goal that is asked for.
    pub(super) fn at(&self, at: usize, converted: &Converted) -> Option<Held<'_>> {
        let several = self.several.as_ref().map(|all| Several::of_column(all.get(at))).unwrap_or_default();
        let steps = self.steps.as_ref().map(|all| all.get(at)).unwrap_or_default();
        let depth = self.depths.as_ref().and_then(|all| all.get(at)).copied().unwrap_or_default();
        let codes = self.codes.as_ref().map(|all| all.get(at)).unwrap_or_default();
        let converts = converted.has(at);
        self.rows.get(at).map(|row| Held { row, several, steps, depth, codes, converts })
    }

    /// Puts a session in its place, new or changed.
    pub(super) fn put(&mut self, Named { row, several, steps, depth, codes }: Named) {
        self.orders = Orders::default();
        self.conversions = Conversions::default();
        let place = self.rows.binary_search_by_key(&row.id, |row| row.id);
        put_in(&mut self.rows, place, row);
        self.several.iter_mut().for_each(|all| all.put(place, &several));
        self.steps.iter_mut().for_each(|all| all.put(place, &steps));
        self.depths.iter_mut().for_each(|all| put_in(all, place, depth));
        self.codes.iter_mut().for_each(|all| all.put(place, &codes));
    }

    /// The version that is held of a session.
    pub(super) fn version_of(&self, id: Uuid) -> Option<i64> {
        let at = self.rows.binary_search_by_key(&id, |row| row.id).ok()?;
        self.rows.get(at).map(|row| row.changed_at)
    }

    /// About how much memory it takes.
    pub(super) fn bytes(&self) -> usize {
        let several = self.several.as_ref().map_or(0, Lists::bytes);
        let steps = self.steps.as_ref().map_or(0, Lists::bytes);
        let depths = self.depths.as_ref().map_or(0, |all| size_of_val(&**all));
        let codes = self.codes.as_ref().map_or(0, Lists::bytes);
        self.rows.len() * size_of::<Row>()
            + several
            + steps
            + depths
            + codes
            + self.orders.bytes()
            + self.conversions.bytes()
    }
}

/// Puts something in the place of a session that is known, or between those of others.
fn put_in<T>(column: &mut Vec<T>, place: Result<usize, usize>, of_session: T) {
    match place {
        Ok(at) => {
            if let Some(standing) = column.get_mut(at) {
                *standing = of_session;
            }
        }
        Err(at) => column.insert(at, of_session),
    }
}
