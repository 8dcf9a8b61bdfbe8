//! The table of pages.

use leptos::prelude::*;

use crate::{
    format::duration,
    models::{
        pages::{PageRow, PageShown, PageSort, PageTable, PagesShown},
        path_rule::rules_path,
        query::{Act, Deed, Dimension, Filter, SessionQuery, Tab},
    },
    pages::tables::{conversion_cell, figure, head, linked, paging, sessions, share},
};

/// Columns: what they order by, their names, and what they count.
const COLUMNS: [(PageSort, &str, &str); 10] = [
    (PageSort::Views, "Views", "How often it was viewed"),
    (PageSort::Visits, "Sessions", "Sessions that viewed it"),
    (PageSort::Entries, "Entries", "Sessions that began there"),
    (PageSort::Exits, "Exits", "Sessions whose last page it is"),
    (PageSort::ExitRate, "Exit rate", "The share of its sessions whose last page it is"),
    (PageSort::Active, "Active", "Half of its views were active for this long at the most"),
    (PageSort::Scroll, "Depth", "Half of its views saw so much of its height at the most"),
    (PageSort::Read, "Read", "The share of its views that saw three quarters of it"),
    (PageSort::Friction, "Friction", "Rage clicks, dead clicks and quick backs"),
    (PageSort::Errors, "Errors", "Script errors, and how often it was not found"),
];

/// The table with its paging.
pub(super) fn table(query: &SessionQuery, shown: &PagesShown, answer: PageTable) -> AnyView {
    let column = |&(sort, name, what): &(PageSort, &'static str, &'static str)| {
        let is_by = (shown.sort == sort).then_some(shown.ascending);
        head("cell-number", name, what, is_by, query.on(Tab::Pages(shown.by(sort))).href())
    };
    // A goal that is gone counts nothing.
    let has_goal = answer.page.rows.iter().any(|row| row.conversions.is_some());
    let goal =
        has_goal.then_some((PageSort::Rate, "Conversions", "Its sessions that reached the goal, and their share"));
    let heads: Vec<_> = COLUMNS.iter().chain(&goal).map(column).collect();
    let rows: Vec<_> = answer.page.rows.iter().map(|row| line(query, row, answer.is_group(row))).collect();
    let at = |behind| query.on(Tab::Pages(PagesShown { behind, ..shown.clone() })).href();
    let first = shown.behind.is_some().then(|| at(None));
    let next = answer.page.next.map(|next| at(Some(next)));
    view! {
        <table class="tab-table" role="table">
            <thead role="rowgroup"><tr role="row"><th class="cell-wide" role="columnheader" scope="col">"Page"</th>{heads}</tr></thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
        {paging(first, next)}
    }
    .into_any()
}

/// What stands below a path: its title, or of a group, whose pages have many, that it is one.
fn below(query: &SessionQuery, row: &PageRow, is_group: bool) -> Option<AnyView> {
    if is_group {
        let words = format!("grouped by {}", row.path);
        return Some(view! { <a class="row-title" href=rules_path(query.site)>{words}</a> }.into_any());
    }
    row.title.clone().map(|title| view! { <span class="row-title">{title}</span> }.into_any())
}

fn line(query: &SessionQuery, row: &PageRow, is_group: bool) -> AnyView {
    let report = query.on(Tab::Page(PageShown { of: row.path.clone() })).href();
    let of = |dimension| query.of_these(Filter::is(dimension, row.path.clone()));
    let viewed = query.that_viewed(&row.path);
    let did = |act| query.that_did(Deed { page: row.path.clone(), act });
    let exits = of(Dimension::Exit);
    let active = row.median_active_ms.map_or_else(|| "–".to_owned(), duration);
    let depth = row.median_scroll.map_or_else(|| "–".to_owned(), |percent| format!("{percent}\u{a0}%"));
    let conversion = row.conversions.map(|conversions| conversion_cell(conversions, row.sessions, &viewed));
    view! {
        <tr role="row">
            <th class="cell-wide" role="rowheader" scope="row">
                <a class="path" href=report>{row.path.clone()}</a>
                {below(query, row, is_group)}
            </th>
            {sessions("Views", row.views, &viewed)}
            {sessions("Sessions", row.sessions, &viewed)}
            {sessions("Entries", row.entries, &of(Dimension::Entry))}
            {sessions("Exits", row.exits, &exits)}
            {linked("Exit rate", share(row.exits, row.sessions), row.exits, &exits)}
            {figure("Active", active, None)}
            {figure("Depth", depth, None)}
            {linked("Read", share(row.read, row.scrolled), row.read, &did(Act::READ))}
            {sessions("Friction", row.friction, &did(Act::Friction))}
            {sessions("Errors", row.errors, &did(Act::Errors))}
            {conversion}
        </tr>
    }
    .into_any()
}
