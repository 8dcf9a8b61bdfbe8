//! Goals: what a site's owner wants sessions to come to.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use strum::{AsRefStr, EnumIter, EnumString};

use super::{
    event::Props,
    ids::{GoalId, SessionId, SiteId},
    query::{Dimension, Filter, SessionQuery, text_holds},
    timeline::TimelineEvent,
};

/// The most goals that a site may have.
pub const MOST_GOALS: usize = 20;

/// A goal with its name. A session reaches it once, whenever it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    /// Its id.
    pub id: GoalId,
    /// Its name.
    pub name: String,
    /// What reaches it.
    pub aim: Aim,
}

/// What reaches a goal: a page view or an event that a condition is on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Aim(Filter);

/// It travels as it is stored: as a condition in an address.
impl Serialize for Aim {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text(SiteId(0)))
    }
}

impl<'de> Deserialize<'de> for Aim {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let address = format!("/sites/0/sessions{}", String::deserialize(deserializer)?);
        let aim = SessionQuery::of_address(&address).and_then(Self::of_query);
        aim.ok_or_else(|| D::Error::custom("this reaches no goal"))
    }
}

impl Aim {
    /// The aim that a condition says; `None` of one that is on something else than a page, an event or a property, or
    /// that asks what there is none of: nothing that happened would reach it.
    pub fn of(filter: Filter) -> Option<Self> {
        let is_aim = match &filter {
            Filter::Text { dimension: Dimension::Page | Dimension::Event, test, .. } => !test.denies(),
            Filter::Property { not, .. } => !not,
            Filter::Text { .. } | Filter::Number { .. } | Filter::Step { .. } | Filter::Did { .. } => false,
        };
        is_aim.then_some(Self(filter))
    }

    /// The aim that a query says, whatever else it selects by: the only condition that it has.
    pub fn of_query(query: SessionQuery) -> Option<Self> {
        let mut filters = query.filters.into_iter();
        let only = filters.next().filter(|_| filters.next().is_none())?;
        Self::of(only)
    }

    /// The condition that sessions fulfil that reach it.
    pub fn filter(&self) -> &Filter {
        &self.0
    }

    /// It as it stands in the list's address: what the forms send, and what is stored.
    pub fn text(&self, site: SiteId) -> String {
        SessionQuery::newest(site).with(self.0.clone()).search_string()
    }

    /// Whether a view of the page at this path reaches it.
    pub fn is_page(&self, path: &str) -> bool {
        match &self.0 {
            Filter::Text { dimension: Dimension::Page, test, values } => {
                text_holds(*test, values, std::iter::once(path))
            }
            _ => false,
        }
    }

    /// Whether this event reaches it.
    pub fn is_event(&self, event: &TimelineEvent) -> bool {
        match &self.0 {
            Filter::Text { dimension: Dimension::Event, test, values } => {
                text_holds(*test, values, std::iter::once(event.called()))
            }
            Filter::Property { property, values, .. } => {
                event.is_own(&property.event) && has(&event.props, &property.key, values)
            }
            _ => false,
        }
    }
}

/// Which of some sessions reached a goal, and how long after their start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalMarks {
    /// The goal's name.
    pub name: String,
    /// Those that reached it, with the milliseconds that passed.
    pub reached: Vec<(SessionId, u64)>,
}

impl GoalMarks {
    /// How long after its start a session reached the goal, in milliseconds; `None` if it did not.
    pub fn of(&self, session: SessionId) -> Option<u64> {
        self.reached.iter().find(|(id, _)| *id == session).map(|(_, ms)| *ms)
    }
}

/// Why a goal was not made or deleted; travels as `?goal_problem=` so that the forms work without scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, AsRefStr, EnumIter, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum GoalProblem {
    /// The name is empty or too long.
    NameInvalid,
    /// Another goal of the site has the name.
    NameTaken,
    /// What is to reach it is no page, event or property, or its values are too long.
    AimImpossible,
    /// The site has as many goals as it may have.
    TooMany,
    /// Something on the server failed.
    Unavailable,
}

/// Where a form that makes a goal leads.
pub fn goals_path(site: SiteId) -> String {
    format!("/sites/{site}/goals")
}

/// Where a form that deletes a goal leads.
pub fn delete_goal_path(site: SiteId, id: GoalId) -> String {
    format!("/sites/{site}/goals/{id}/delete")
}

/// Whether a property has one of the values.
pub(super) fn has(props: &Props, key: &str, values: &[String]) -> bool {
    props.get(key).is_some_and(|value| values.contains(&value.to_string()))
}
