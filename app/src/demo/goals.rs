//! The goals of the demo. None can be made there: no server would keep it.

use uuid::Uuid;

use super::site::SHOP;
use crate::models::{
    event::EventKind,
    goal::{Aim, Goal},
    ids::{GoalId, SiteId},
    query::{Dimension, Filter, Property, SessionQuery},
};

/// Three of the shop, none of the other, in order of their names.
pub(super) fn of_site(site: SiteId) -> Vec<Goal> {
    if site != SHOP {
        return Vec::new();
    }
    let plan = Property { event: "plan_selected".into(), key: "plan".into() };
    let aims = [
        ("Chose the team plan", Filter::Property { property: plan, not: false, values: vec!["team".into()] }),
        ("Ordered", Filter::is(Dimension::Page, "/thanks")),
        ("Sent a form", Filter::is(Dimension::Event, EventKind::Form.as_ref())),
    ];
    let goal = |(number, (name, filter)): (u128, (&str, Filter))| {
        Some(Goal { id: GoalId(Uuid::from_u128(number)), name: name.into(), aim: Aim::of(filter)? })
    };
    (1..).zip(aims).filter_map(goal).collect()
}

/// The goal that a query is counted for.
pub(super) fn of_query(query: &SessionQuery) -> Option<Goal> {
    of_site(query.site).into_iter().find(|goal| query.goal == Some(goal.id))
}

/// What reaches it.
pub(super) fn aim(query: &SessionQuery) -> Option<Aim> {
    of_query(query).map(|goal| goal.aim)
}
