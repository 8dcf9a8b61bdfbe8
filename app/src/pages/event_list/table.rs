//! The table of events.

use leptos::prelude::*;

use super::trend::trend;
use crate::{
    components::icon::{Icon, event_lines},
    format::event_kind,
    models::{
        event::EventKind,
        events::{EventRow, EventShown, EventSort, EventTable, EventsShown},
        query::{SessionQuery, Tab},
    },
    pages::tables::{conversion_cell, head, linked, paging, sessions, share},
};

/// The table with its paging.
pub(super) fn table(query: &SessionQuery, shown: &EventsShown, answer: EventTable) -> AnyView {
    let column = |sort: EventSort, name: &'static str, what: &'static str| {
        let is_by = (shown.sort == sort).then_some(shown.ascending);
        head("cell-number", name, what, is_by, query.on(Tab::Events(shown.by(sort))).href())
    };
    // A goal that is gone counts nothing.
    let has_goal = answer.page.rows.iter().any(|row| row.counted.conversions.is_some());
    let goal = has_goal
        .then(|| column(EventSort::Rate, "Conversions", "The sessions with it that reached the goal, and their share"));
    let all = answer.sessions;
    let rows: Vec<_> = answer.page.rows.iter().map(|row| line(query, row, all)).collect();
    let at = |behind| query.on(Tab::Events(EventsShown { behind, ..shown.clone() })).href();
    let first = shown.behind.is_some().then(|| at(None));
    let next = answer.page.next.map(|next| at(Some(next)));
    view! {
        <table class="tab-table" role="table">
            <thead role="rowgroup">
                <tr role="row">
                    <th class="cell-wide" role="columnheader" scope="col">"Event"</th>
                    {column(EventSort::Times, "Times", "How often it happened")}
                    {column(EventSort::Visits, "Sessions", "In how many sessions it happened")}
                    <th class="cell-number" role="columnheader" scope="col" title="The share of the selected sessions">"Share"</th>
                    <th class="cell-trend" role="columnheader" scope="col">"Over the period"</th>
                    {goal}
                </tr>
            </thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
        {paging(first, next)}
    }
    .into_any()
}

fn line(query: &SessionQuery, row: &EventRow, all: u64) -> AnyView {
    let EventRow { counted, trend: course } = row;
    let (kind, name) = (counted.what.kind, counted.what.name.clone());
    let report = query.on(Tab::Event(EventShown { of: counted.what.clone() })).href();
    let had = query.that_had(&counted.what);
    let words = if kind == EventKind::Custom { name } else { event_kind(kind).to_owned() };
    let conversion = counted.conversions.map(|conversions| conversion_cell(conversions, counted.sessions, &had));
    let about = if kind == EventKind::Custom { "named by the site" } else { "noticed by the tracker" };
    view! {
        <tr role="row">
            <th class="cell-wide" role="rowheader" scope="row">
                <Icon lines=event_lines(kind)/><a href=report>{words}</a>
                <span class="row-title">{about}</span>
            </th>
            {sessions("Times", counted.times, &had)}
            {sessions("Sessions", counted.sessions, &had)}
            {linked("Share", share(counted.sessions, all), counted.sessions, &had)}
            <td class="cell-trend" role="cell">{trend(course)}</td>
            {conversion}
        </tr>
    }
    .into_any()
}
