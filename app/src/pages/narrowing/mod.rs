//! What chooses the sessions that a page speaks of, on every tab: period, conditions, search, saved views.

mod chip;
mod condition_form;
mod conditions;
mod goal_picker;
mod ignored;
mod kept;
mod make_goal;
mod period_picker;
mod problem;
mod sort_picker;
mod tab_page;
mod toolbar;
mod views;

pub(super) use self::{
    conditions::{Conditions, cleared},
    ignored::IgnoredParameters,
    kept::{action, kept},
    make_goal::MakeGoal,
    problem::ProblemNote,
    tab_page::{TabAnswer, tab_page},
    toolbar::Toolbar,
};
