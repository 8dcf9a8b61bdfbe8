//! Which sessions to show. One type for the page's address, the server function, the export and the API.

mod choice;
mod deed;
mod dimension;
mod filter;
mod narrowed;
mod params;
mod period;
mod property;
mod sort;
mod step;
mod tab;
mod text;

pub use choice::{Choice, Subject};
pub use deed::{Act, Bounds, Deed};
pub use dimension::{Dimension, Metric};
pub use filter::{Filter, LONGEST_VALUE, MOST_FILTERS, MOST_VALUES, NumberTest, TextTest, text_holds};
pub(in crate::models) use params::{encoded, search_of};
pub use period::{DayTime, LocalMinute, NoPeriod, Period, Recent};
pub use property::Property;
pub use sort::{Sort, SortKey};
pub use step::PathStep;
pub use tab::Tab;

use serde::{Deserialize, Serialize};
use strum::{AsRefStr, EnumString};

use super::{
    goal::GoalMarks,
    ids::{GoalId, SessionId, SiteId},
    session::Session,
    sign::SignKind,
};

/// How many sessions a page of the list has.
pub const PAGE_SIZE: u64 = 50;

/// A place in the list: beside a session, by what the list is ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// What the session has of what the list is ordered by; `None` where that is not known, or is its start, which its
    /// id begins with.
    pub value: Option<i64>,
    /// The session.
    pub id: SessionId,
}

/// Where a page of the list begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cursor {
    /// The top of the list.
    #[default]
    Top,
    /// Below this place.
    Below(Place),
    /// Above this place.
    Above(Place),
}

/// What becomes of sessions that are taken for machines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, AsRefStr, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum Machines {
    /// They are left out, unless a condition asks for them.
    #[default]
    Hidden,
    /// They are among the others.
    Shown,
}

/// A selection of sessions of one site, in an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionQuery {
    /// The site.
    pub site: SiteId,
    /// Which stretch of time.
    pub period: Period,
    /// Which part of every day.
    pub time: Option<DayTime>,
    /// Whether machines are among them.
    pub machines: Machines,
    /// Conditions, all of which hold.
    pub filters: Vec<Filter>,
    /// The goal that everything is counted for.
    pub goal: Option<GoalId>,
    /// Whether they reached that goal, or did not.
    pub converted: Option<bool>,
    /// A text that the session's id, paths, titles, source, events or links contain, whatever its case.
    pub search: Option<String>,
    /// The order.
    pub sort: Sort,
    /// The page of the list.
    pub cursor: Cursor,
    /// Where it is looked at.
    pub tab: Tab,
}

impl SessionQuery {
    /// The newest sessions of a site.
    pub fn newest(site: SiteId) -> Self {
        Self {
            site,
            period: Period::default(),
            time: None,
            machines: Machines::default(),
            filters: Vec::new(),
            goal: None,
            converted: None,
            search: None,
            sort: Sort::default(),
            cursor: Cursor::Top,
            tab: Tab::default(),
        }
    }

    /// The same selection on another tab.
    pub fn on(&self, tab: Tab) -> Self {
        Self { tab, ..self.at_top() }
    }

    /// The same counted for a goal. Whether it was reached is another question for another goal.
    pub fn for_goal(&self, goal: Option<GoalId>) -> Self {
        Self { goal, converted: self.converted.filter(|_| goal == self.goal), ..self.at_top() }
    }

    /// Those that reached the goal, those that did not, or both.
    pub fn that_converted(&self, converted: Option<bool>) -> Self {
        Self { converted: converted.filter(|_| self.goal.is_some()), ..self.at_top() }
    }

    /// The top of the same selection.
    pub fn at_top(&self) -> Self {
        Self { cursor: Cursor::Top, ..self.clone() }
    }

    /// The same selection in another stretch of time.
    pub fn in_period(&self, period: Period) -> Self {
        Self { period, ..self.at_top() }
    }

    /// The same selection in another order.
    pub fn sorted(&self, sort: Sort) -> Self {
        Self { sort, ..self.at_top() }
    }

    /// What is left with one more condition. A value that is asked for already is not asked for twice.
    pub fn with(&self, filter: Filter) -> Self {
        let mut more = self.at_top();
        if let Some(standing) = more.filters.iter_mut().find(|standing| standing.is_like(&filter)) {
            standing.add(filter.values());
        } else if more.filters.len() < MOST_FILTERS {
            more.filters.push(filter);
        }
        more
    }

    /// What is left without one of the conditions.
    pub fn without(&self, filter: &Filter) -> Self {
        let mut fewer = self.at_top();
        fewer.filters.retain(|standing| standing != filter);
        fewer
    }

    /// The same stretch of time narrowed by these conditions alone.
    pub fn narrowed_by(&self, filters: Vec<Filter>) -> Self {
        Self { filters, search: None, time: None, converted: None, ..self.at_top() }
    }

    /// Whether it chooses by anything but the stretch of time.
    pub fn is_narrowed(&self) -> bool {
        !self.filters.is_empty() || self.search.is_some() || self.time.is_some() || self.converted.is_some()
    }

    /// What the values of a dimension or of a property are counted under: conditions on itself are left out, so that
    /// further values can be chosen. Machines that they asked for stay.
    pub fn but_for<'a>(&self, of: impl Into<Subject<'a>>) -> Self {
        let of = of.into();
        let mut fewer = self.at_top();
        if !self.hides_machines() {
            fewer.machines = Machines::Shown;
        }
        fewer.filters.retain(|filter| !of.is_of(filter));
        fewer
    }

    /// Whether sessions that are taken for machines are left out: not where a condition asks for the reason or the sign.
    pub fn hides_machines(&self) -> bool {
        let asks = |filter: &Filter| match filter {
            Filter::Text { dimension: Dimension::Bot, .. } => true,
            Filter::Text { dimension: Dimension::Sign, test, values } => {
                !test.denies() && text_holds(*test, values, std::iter::once(SignKind::Machine.as_ref()))
            }
            _ => false,
        };
        self.machines == Machines::Hidden && !self.filters.iter().any(asks)
    }

    /// The address of its tab with this query.
    pub fn href(&self) -> String {
        format!("/sites/{}/{}{}", self.site, self.tab.path(), search_of(self.all_params()))
    }

    /// The address of the list of these sessions.
    pub fn list_href(&self) -> String {
        self.on(Tab::Sessions).href()
    }

    /// The address of a session that is opened from this list, whichever page of it.
    pub fn session_href(&self, id: SessionId) -> String {
        format!("{}{}", session_href(self.site, id), self.at_top().search_string())
    }
}

/// The address of one session by itself.
pub fn session_href(site: SiteId, id: SessionId) -> String {
    format!("/sites/{site}/sessions/{id}")
}

/// The address of the page that says what has arrived for a site.
pub fn installation_href(site: SiteId) -> String {
    format!("/sites/{site}/installation")
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionPage {
    /// The server's clock when it answered, in milliseconds since the epoch.
    pub now_ms: i64,
    /// The sessions, in the order that was asked for.
    pub sessions: Vec<Session>,
    /// The page above, if there is one.
    pub above: Option<SessionQuery>,
    /// The page below, if there is one.
    pub below: Option<SessionQuery>,
    /// Which of them reached the goal that was asked for; `None` where none was, or it is gone.
    pub goal: Option<GoalMarks>,
}

/// The sessions beside one in a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighbours {
    /// The one above.
    pub previous: Option<SessionId>,
    /// The one below.
    pub next: Option<SessionId>,
}
