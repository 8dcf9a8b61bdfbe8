//! The paths that sessions take through a site: step by step from a start, or back from where they came to.

use serde::{Deserialize, Serialize};
use strum::{AsRefStr, EnumIter, EnumString};

use super::{query::LONGEST_VALUE, time::LocalTime};

/// The most steps that are shown.
pub const STEPS: u8 = 5;
/// The most steps that are looked at: of the last one shown it is known whether it was the last.
pub const STEPS_SEEN: u8 = STEPS + 1;
/// How many pages of a step have a row of their own; the others share one.
pub const MOST_PAGES: usize = 6;

/// Where paths begin, or what they lead to. A page, and the goal, count the first time.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Anchor {
    /// The session's first page.
    #[default]
    Start,
    /// On from the first look at this page.
    After(String),
    /// Back from the session's last page.
    End,
    /// Back from the first look at this page.
    Before(String),
    /// Back from where the goal was reached.
    Goal,
}

/// An anchor without its page, as it stands in addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AsRefStr, EnumIter, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum Way {
    /// [`Anchor::Start`].
    Start,
    /// [`Anchor::After`].
    After,
    /// [`Anchor::End`].
    End,
    /// [`Anchor::Before`].
    Before,
    /// [`Anchor::Goal`].
    Goal,
}

impl Anchor {
    /// The anchor of a way and, where it needs one, a page; `None` where that is missing.
    pub fn of(way: Way, page: &str) -> Option<Self> {
        let page = || (!page.is_empty()).then(|| page.chars().take(LONGEST_VALUE).collect());
        Some(match way {
            Way::Start => Self::Start,
            Way::After => Self::After(page()?),
            Way::End => Self::End,
            Way::Before => Self::Before(page()?),
            Way::Goal => Self::Goal,
        })
    }

    /// Its way.
    pub fn way(&self) -> Way {
        match self {
            Self::Start => Way::Start,
            Self::After(_) => Way::After,
            Self::End => Way::End,
            Self::Before(_) => Way::Before,
            Self::Goal => Way::Goal,
        }
    }

    /// Its page; empty where it has none.
    pub fn page(&self) -> &str {
        match self {
            Self::After(page) | Self::Before(page) => page,
            Self::Start | Self::End | Self::Goal => "",
        }
    }

    /// Whether steps are counted against the course of time.
    pub fn is_back(&self) -> bool {
        matches!(self, Self::End | Self::Before(_) | Self::Goal)
    }
}

/// What the address says of the paths beside the selection: `way=after&of=/lamps`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathsShown {
    /// Where they begin, or what they lead to.
    pub anchor: Anchor,
}

impl PathsShown {
    /// Reads it from an address's parameters; what is not understood is as usual.
    pub fn from_params<'a>(params: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let (mut way, mut page) = (Way::Start, "");
        for (name, value) in params {
            match name {
                "way" => way = value.parse().unwrap_or(way),
                "of" => page = value.trim(),
                _ => {}
            }
        }
        Self { anchor: Anchor::of(way, page).unwrap_or_default() }
    }

    /// Its parameters: what is not as usual.
    pub fn params(&self) -> Vec<(String, String)> {
        let way = self.anchor.way();
        let page = self.anchor.page();
        let way = (way != Way::Start).then(|| ("way".to_owned(), way.as_ref().to_owned()));
        let page = (!page.is_empty()).then(|| ("of".to_owned(), page.to_owned()));
        way.into_iter().chain(page).collect()
    }
}

/// One row of a step, or what stands for none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Spot {
    /// The page at this place of the step.
    Page(u32),
    /// One of the others.
    Others,
    /// No further step: the session ended, or, going back, had begun.
    Nothing,
}

/// A page of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepPage {
    /// Its path.
    pub path: String,
    /// Sessions that were there in this step.
    pub sessions: u64,
    /// Those of them that reached the goal, if one is chosen.
    pub conversions: Option<u64>,
}

/// How many sessions went from one row of a step to one of the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Onward {
    /// From where.
    pub from: Spot,
    /// To where.
    pub to: Spot,
    /// How many.
    pub sessions: u64,
}

/// A step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowStep {
    /// Sessions that took it.
    pub sessions: u64,
    /// Its pages, those with the most sessions first; of equals the first in the alphabet.
    pub pages: Vec<StepPage>,
    /// How many other pages there are.
    pub other_pages: u64,
    /// How many sessions were on one of those.
    pub others: u64,
    /// Where they went on, in the order of the rows.
    pub onward: Vec<Onward>,
}

impl FlowStep {
    /// How many sessions of a row, or of all rows, took no further step.
    pub fn ended(&self, row: Option<Spot>) -> u64 {
        let is_of = |onward: &&Onward| onward.to == Spot::Nothing && row.is_none_or(|row| onward.from == row);
        self.onward.iter().filter(is_of).map(|onward| onward.sessions).sum()
    }
}

/// The paths of the selected sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathFlow {
    /// The server's clock.
    pub now: LocalTime,
    /// Where they begin, or what they lead to: a page that rules join as its group.
    pub anchor: Anchor,
    /// How many sessions are selected.
    pub sessions: u64,
    /// The steps, up to [`STEPS`]; none where no session has the anchor.
    pub steps: Vec<FlowStep>,
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn an_address_brings_back_what_is_shown() {
        for way in Way::iter() {
            let shown = PathsShown { anchor: Anchor::of(way, "/lamps/a b").unwrap() };
            let params = shown.params();
            assert_eq!(PathsShown::from_params(params.iter().map(|(a, b)| (a.as_str(), b.as_str()))), shown);
            assert_eq!(shown.anchor.way(), way);
        }
        assert_eq!(PathsShown::default().params(), []);
    }

    #[test]
    fn a_way_that_needs_a_page_and_has_none_is_the_usual_one() {
        for way in ["after", "before", "sideways"] {
            assert_eq!(PathsShown::from_params([("way", way), ("of", " ")].into_iter()), PathsShown::default());
        }
    }
}
