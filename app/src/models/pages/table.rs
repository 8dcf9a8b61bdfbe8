//! The table of pages.

use serde::{Deserialize, Serialize};
use strum::{AsRefStr, EnumIter, EnumString};

use crate::models::{
    path_rule::{PathRule, PathRules},
    ranked::{self, Behind, RankedPage, TableShown},
    time::LocalTime,
};

/// From this share of a page's height on it counts as read, in percent.
pub const READ_FROM: u8 = 75;

/// What the table of pages can be ordered by: its columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, AsRefStr, EnumIter, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum PageSort {
    /// Page views.
    #[default]
    Views,
    /// Sessions.
    Visits,
    /// Sessions that began there.
    Entries,
    /// Sessions that ended there.
    Exits,
    /// The share of its sessions that ended there.
    ExitRate,
    /// Median active time.
    Active,
    /// Median scroll depth.
    Scroll,
    /// The share of views that saw three quarters of it.
    Read,
    /// Friction.
    Friction,
    /// Errors.
    Errors,
    /// The share of its sessions that reached the goal.
    Rate,
}

/// What the address says of the table beside the selection.
pub type PagesShown = TableShown<PageSort>;

/// What the selected sessions did with a page. Medians leave out sessions of perhaps several people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageRow {
    /// Its path.
    pub path: String,
    /// The title that it had last.
    pub title: Option<String>,
    /// Page views.
    pub views: u64,
    /// Sessions that viewed it.
    pub sessions: u64,
    /// Sessions that began there.
    pub entries: u64,
    /// Sessions whose last page it is.
    pub exits: u64,
    /// Half of its views were active for so long at the most, in milliseconds; `None` where no time was measured.
    pub median_active_ms: Option<u64>,
    /// Half of its views saw so much of it at the most, in percent of its height; `None` where that was not measured.
    pub median_scroll: Option<u8>,
    /// Views of which it is known how far down they went.
    pub scrolled: u64,
    /// Those of them that saw [`READ_FROM`] of it.
    pub read: u64,
    /// Rage clicks, dead clicks and quick backs.
    pub friction: u64,
    /// Script errors, and how often it was not found.
    pub errors: u64,
    /// Sessions that viewed it and reached the goal, if one is chosen.
    pub conversions: Option<u64>,
}

impl PageRow {
    /// What it is ordered by.
    pub fn value(&self, sort: PageSort) -> Option<i64> {
        let whole = |number: u64| Some(i64::try_from(number).unwrap_or(i64::MAX));
        match sort {
            PageSort::Views => whole(self.views),
            PageSort::Visits => whole(self.sessions),
            PageSort::Entries => whole(self.entries),
            PageSort::Exits => whole(self.exits),
            PageSort::ExitRate => millionths(self.exits, self.sessions),
            PageSort::Active => self.median_active_ms.and_then(whole),
            PageSort::Scroll => self.median_scroll.map(i64::from),
            PageSort::Read => millionths(self.read, self.scrolled),
            PageSort::Friction => whole(self.friction),
            PageSort::Errors => whole(self.errors),
            PageSort::Rate => self.conversions.and_then(|conversions| millionths(conversions, self.sessions)),
        }
    }

    /// Whether its path or title contains a text, whatever the case. `part` is in lower case.
    pub fn has(&self, part: &str) -> bool {
        let has = |text: &str| text.to_lowercase().contains(part);
        part.is_empty() || has(&self.path) || self.title.as_deref().is_some_and(has)
    }
}

/// A share as a whole number, to put shares in order; `None` of nothing.
pub(in crate::models) fn millionths(part: u64, of: u64) -> Option<i64> {
    let share = u128::from(part) * 1_000_000;
    i64::try_from(share.checked_div(u128::from(of))?).ok()
}

/// A page of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageTable {
    /// The server's clock.
    pub now: LocalTime,
    /// How many sessions are selected.
    pub sessions: u64,
    /// The rows.
    pub page: RankedPage<PageRow>,
    /// The rules whose groups are among these rows.
    pub groups: Vec<PathRule>,
}

impl PageTable {
    /// The part of the table that is asked for.
    pub fn of(now: LocalTime, sessions: u64, mut rows: Vec<PageRow>, shown: &PagesShown) -> Self {
        let part = shown.part.to_lowercase();
        rows.retain(|row| row.has(&part));
        let key = |row: &PageRow| Behind { value: row.value(shown.sort), name: row.path.clone() };
        let page = ranked::page(rows, shown.ascending, shown.behind.as_ref(), key);
        Self { now, sessions, page, groups: Vec::new() }
    }

    /// The same, its paths joined by rules.
    #[must_use]
    pub fn grouped_by(self, rules: &PathRules) -> Self {
        let is_shown = |rule: &&PathRule| self.page.rows.iter().any(|row| row.path == rule.as_str());
        Self { groups: rules.iter().filter(is_shown).cloned().collect(), ..self }
    }

    /// Whether a row is a group.
    pub fn is_group(&self, row: &PageRow) -> bool {
        self.groups.iter().any(|rule| rule.as_str() == row.path)
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn an_address_brings_back_what_is_shown() {
        for sort in PageSort::iter() {
            let behind = Some(Behind { value: Some(3), name: "/a~b".into() });
            let shown = PagesShown { sort, ascending: true, part: "oak".into(), behind };
            let params = shown.params();
            let read = PagesShown::from_params(params.iter().map(|(name, value)| (name.as_str(), value.as_str())));
            assert_eq!(read, shown);
        }
        assert_eq!(PagesShown::default().params(), []);
    }

    #[test]
    fn a_second_click_turns_the_order_round() {
        let once = PagesShown::default().by(PageSort::Exits);
        assert_eq!((once.ascending, once.by(PageSort::Exits).ascending), (false, true));
    }
}
