//! The line above every tab: which stretch of time, in which order, with or without machines, for which goal, and the
//! search.

use leptos::prelude::*;

use super::{
    goal_picker::GoalPicker,
    kept::{action, kept},
    period_picker::PeriodPicker,
    sort_picker::SortPicker,
    views::{SavedViews, ShownView},
};
use crate::models::{
    kept::Kept,
    query::{Machines, SessionQuery, Tab},
    time::LocalTime,
};

/// The line. Everything in it is a link or a plain form, so that the address says what is chosen.
#[component]
pub(in crate::pages) fn Toolbar(
    /// What was asked for.
    query: SessionQuery,
    /// The server's clock in the site's time zone.
    now: LocalTime,
    /// What the site's owners keep.
    kept: Kept,
    /// The button that tells the page's keys, where it has some.
    #[prop(optional)]
    keys: Option<AnyView>,
) -> impl IntoView {
    let Kept { views, goals } = kept;
    view! {
        <div class="toolbar">
            <PeriodPicker query=query.clone() now/>
            {(query.tab == Tab::Sessions).then(|| view! { <SortPicker query=query.clone()/> })}
            <MachinesLink query=query.clone()/>
            <GoalPicker query=query.clone() goals/>
            <SavedViews site=query.site query=query.clone() views=views.clone()/>
            {keys}
            <SearchForm query=query.clone()/>
        </div>
        <ShownView query views/>
    }
    .into_any()
}

/// Absent where a condition asks for machines: then there is nothing to hide.
#[component]
fn MachinesLink(query: SessionQuery) -> impl IntoView {
    let (words, machines) = match query.machines {
        Machines::Hidden => ("Show machines", Machines::Shown),
        Machines::Shown => ("Hide machines", Machines::Hidden),
    };
    let has_choice = query.machines == Machines::Shown || query.hides_machines();
    let href = SessionQuery { machines, ..query.at_top() }.href();
    has_choice.then(|| view! { <a class="button quiet" href=href>{words}</a> }).into_any()
}

#[component]
fn SearchForm(query: SessionQuery) -> impl IntoView {
    let searched = query.search.clone().unwrap_or_default();
    view! {
        <form method="get" action=action(&query) class="search" role="search" aria-label="Search the list">
            {kept(&query, &["q"])}
            <label>
                <span class="visually-hidden">"Search these sessions"</span>
                <input type="search" name="q" value=searched placeholder="Page, title, source, event" maxlength="200" autocomplete="off" autocapitalize="none" spellcheck="false"/>
            </label>
            <button class="button">"Search"</button>
        </form>
    }
    .into_any()
}
