//! The events of a site, as the selected sessions had them.

use serde::{Deserialize, Serialize};
use strum::{AsRefStr, EnumIter, EnumString};

use super::{
    event::EventKind,
    pages::Top,
    ranked::{Behind, RankedPage, TableShown},
    time::LocalTime,
};

/// How many values of a property are shown; the rest is counted.
pub const MOST_VALUES: usize = 50;
/// Into how many parts the course of an event is cut.
pub const TREND: usize = 24;

/// What the table of events can be ordered by: its columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, AsRefStr, EnumIter, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum EventSort {
    /// How often it happened.
    #[default]
    Times,
    /// In how many sessions.
    Visits,
    /// In which share of those that had it the goal was reached.
    Rate,
}

/// What the address says of the table beside the selection.
pub type EventsShown = TableShown<EventSort>;

/// An event by what it goes by. What the site names can be called like a kind, so the kind belongs to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Called {
    /// Its kind.
    pub kind: EventKind,
    /// The name of what the site names, the kind of everything else.
    pub name: String,
}

/// Which event's report is shown: `of=signup` with `kind=…` where it is not one that the site names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventShown {
    /// Which.
    pub of: Called,
}

impl EventShown {
    /// Reads it from an address's parameters.
    pub fn from_params<'a>(params: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut of = Called { kind: EventKind::Custom, name: String::new() };
        for (name, value) in params {
            match name {
                "of" => value.clone_into(&mut of.name),
                "kind" => of.kind = value.parse().unwrap_or(of.kind),
                _ => {}
            }
        }
        Self { of }
    }

    /// Its parameters.
    pub fn params(&self) -> Vec<(String, String)> {
        let kind = (self.of.kind != EventKind::Custom).then(|| ("kind".to_owned(), self.of.kind.to_string()));
        std::iter::once(("of".to_owned(), self.of.name.clone())).chain(kind).collect()
    }
}

/// How often something happened in the selected sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted<T> {
    /// What.
    pub what: T,
    /// How often.
    pub times: u64,
    /// In how many sessions.
    pub sessions: u64,
    /// In how many of these the goal was reached, if one is chosen.
    pub conversions: Option<u64>,
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRow {
    /// How often.
    pub counted: Counted<Called>,
    /// How often in each of [`TREND`] equal parts of the period, by when its sessions began.
    pub trend: Vec<u32>,
}

impl EventRow {
    /// What it is ordered by.
    pub fn value(&self, sort: EventSort) -> Option<i64> {
        let whole = |number: u64| Some(i64::try_from(number).unwrap_or(i64::MAX));
        let Counted { times, sessions, conversions, .. } = self.counted;
        match sort {
            EventSort::Times => whole(times),
            EventSort::Visits => whole(sessions),
            EventSort::Rate => conversions.and_then(|conversions| super::pages::millionths(conversions, sessions)),
        }
    }
}

/// A page of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventTable {
    /// The server's clock.
    pub now: LocalTime,
    /// How many sessions are selected.
    pub sessions: u64,
    /// The rows.
    pub page: RankedPage<EventRow>,
}

impl EventTable {
    /// The part of the table that is asked for.
    pub fn of(now: LocalTime, sessions: u64, mut rows: Vec<EventRow>, shown: &EventsShown) -> Self {
        let part = shown.part.to_lowercase();
        rows.retain(|row| row.counted.what.name.to_lowercase().contains(&part));
        let key = |row: &EventRow| {
            let Called { kind, name } = &row.counted.what;
            Behind { value: row.value(shown.sort), name: format!("{name}~{kind}") }
        };
        Self { now, sessions, page: super::ranked::page(rows, shown.ascending, shown.behind.as_ref(), key) }
    }
}

/// The values of a property.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PropertyValues {
    /// The property.
    pub key: String,
    /// The values that were most frequent.
    pub values: Vec<Counted<String>>,
    /// How many others there are.
    pub others: u64,
}

/// Something of an event that is not the site's own: what it was called, and where it led.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Detail {
    /// The name of what was clicked, sent or failed.
    pub name: String,
    /// Where it leads.
    pub target: String,
}

/// The report of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventReport {
    /// The server's clock.
    pub now: LocalTime,
    /// How many sessions are selected.
    pub sessions: u64,
    /// Its figures.
    pub row: EventRow,
    /// Its properties, in the order of the alphabet.
    pub properties: Vec<PropertyValues>,
    /// What it was about; nothing of what the site names itself.
    pub details: Top<Counted<Detail>>,
    /// The pages on which it happened.
    pub pages: Top<Counted<String>>,
}

/// Those that happened most; of equals the first in order.
pub fn most_first<T: Ord + Clone>(mut all: Vec<Counted<T>>, most: usize) -> (Vec<Counted<T>>, u64) {
    all.sort_by(|a, b| b.times.cmp(&a.times).then_with(|| a.what.cmp(&b.what)));
    let others = u64::try_from(all.len().saturating_sub(most)).unwrap_or(u64::MAX);
    all.truncate(most);
    (all, others)
}

/// The part of a stretch that a moment belongs to, of [`TREND`] equal ones.
pub fn trend_part(from_ms: i64, to_ms: i64, ms: i64) -> usize {
    let length = i128::from(to_ms.saturating_sub(from_ms).max(1));
    let at = i128::from(ms.saturating_sub(from_ms)) * TREND as i128 / length;
    usize::try_from(at.clamp(0, TREND as i128 - 1)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn an_address_brings_back_what_is_shown() {
        for sort in EventSort::iter() {
            let behind = Some(Behind { value: Some(3), name: "a~click".into() });
            let shown = EventsShown { sort, ascending: true, part: "oak".into(), behind };
            let params = shown.params();
            assert_eq!(EventsShown::from_params(params.iter().map(|(a, b)| (a.as_str(), b.as_str()))), shown);
        }
        for kind in EventKind::iter() {
            let shown = EventShown { of: Called { kind, name: "a b".into() } };
            let params = shown.params();
            assert_eq!(EventShown::from_params(params.iter().map(|(a, b)| (a.as_str(), b.as_str()))), shown);
        }
    }

    #[rstest]
    #[case(0, 0)]
    #[case(-5, 0)]
    #[case(99, 0)]
    #[case(100, 1)]
    #[case(2_399, 23)]
    #[case(9_999, 23)]
    fn moments_have_their_part(#[case] ms: i64, #[case] part: usize) {
        assert_eq!(trend_part(0, 2_400, ms), part);
    }
}
