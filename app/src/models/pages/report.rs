//! The report of one page.

use serde::{Deserialize, Serialize};

use super::PageRow;
use crate::models::{
    event::EventKind,
    path_rule::{PathRule, PathRules},
    time::LocalTime,
};

/// Which page's report is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageShown {
    /// Its path.
    pub of: String,
}

impl PageShown {
    /// Reads it from an address's parameters.
    pub fn from_params<'a>(params: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let of = params.filter(|(name, _)| *name == "of").last();
        Self { of: of.map(|(_, of)| of.to_owned()).unwrap_or_default() }
    }

    /// Its parameters.
    pub fn params(&self) -> Vec<(String, String)> {
        vec![("of".into(), self.of.clone())]
    }
}

/// What stands before or after a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Beside {
    /// Another page.
    Page(String),
    /// Nothing: the session began or ended here.
    Nothing,
}

/// How often something stood before or after a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BesideRow {
    /// What.
    pub what: Beside,
    /// How often.
    pub times: u64,
}

/// Something on a page that was used, or that did not work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Element {
    /// What happened.
    pub kind: EventKind,
    /// What it is called; empty where it has no name.
    pub name: String,
    /// Where it leads; empty where it leads nowhere.
    pub target: String,
    /// How often.
    pub times: u64,
    /// In how many sessions.
    pub sessions: u64,
}

/// The first of a list, and how many others there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Top<T> {
    /// The first ones.
    pub rows: Vec<T>,
    /// How many others there are.
    pub others: u64,
}

impl<T> Top<T> {
    /// How many are shown.
    pub const MOST: usize = 10;

    /// Those with the greatest number first; of equals the least.
    pub fn of<K: Ord>(mut rows: Vec<T>, times: impl Fn(&T) -> u64, key: impl Fn(&T) -> K) -> Self {
        rows.sort_by(|a, b| times(b).cmp(&times(a)).then_with(|| key(a).cmp(&key(b))));
        let others = u64::try_from(rows.len().saturating_sub(Self::MOST)).unwrap_or(u64::MAX);
        rows.truncate(Self::MOST);
        Self { rows, others }
    }
}

/// Up to where the bars of active time go, in seconds; the last one has no end.
pub const ACTIVE_BARS: [u32; 7] = [5, 10, 30, 60, 120, 300, 600];

/// Which bar of active time a length belongs to.
pub fn active_bar(active_ms: u64) -> usize {
    ACTIVE_BARS.iter().filter(|&&seconds| active_ms >= u64::from(seconds) * 1000).count()
}

/// Which bar of scroll depth a share in percent belongs to: tenths, the last one with what was seen whole.
pub fn scroll_bar(percent: u8) -> usize {
    usize::from(percent / 10).min(9)
}

/// The report of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageReport {
    /// The server's clock.
    pub now: LocalTime,
    /// The rule that joins it, if one does: then it is of the whole group.
    pub group: Option<PathRule>,
    /// How many sessions are selected.
    pub sessions: u64,
    /// Its figures.
    pub row: PageRow,
    /// How often it was looked at, reloads left out.
    pub looks: u64,
    /// What came before.
    pub before: Top<BesideRow>,
    /// What came after.
    pub after: Top<BesideRow>,
    /// Views by active time: below each of [`ACTIVE_BARS`] seconds, and above the last.
    pub active: Vec<u64>,
    /// Views by how much of the page they saw, in tenths.
    pub scroll: Vec<u64>,
    /// What was clicked on it.
    pub clicked: Top<Element>,
    /// What did not work on it.
    pub friction: Top<Element>,
}

impl PageReport {
    /// The same of a path that rules may join.
    #[must_use]
    pub fn grouped_by(self, path: &str, rules: &PathRules) -> Self {
        Self { group: rules.rule_of(path).cloned(), ..self }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(0, 0)]
    #[case(4_999, 0)]
    #[case(5_000, 1)]
    #[case(600_000, 7)]
    fn active_times_have_their_bar(#[case] ms: u64, #[case] bar: usize) {
        assert_eq!(active_bar(ms), bar);
    }

    #[rstest]
    #[case(0, 0)]
    #[case(9, 0)]
    #[case(10, 1)]
    #[case(100, 9)]
    fn depths_have_their_tenth(#[case] percent: u8, #[case] bar: usize) {
        assert_eq!(scroll_bar(percent), bar);
    }
}
