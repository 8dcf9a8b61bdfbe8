//! The table of sessions, kept up to date while somebody looks.

use leptos::prelude::*;

use super::{
    arrivals::Arrivals,
    density_button::DensityButton,
    empty::{NoMatch, NoSessions},
    export::ExportLinks,
    head::Head,
    paging::Paging,
    row::SessionRow,
};
use crate::{
    api::site::Frame,
    format::order_words,
    hooks::{Density, use_at_top},
    models::query::{Period, SessionPage, SessionQuery, Sort, SortKey},
    pages::{find::FindForm, lazy, narrowing::Conditions},
    state::{frame::site_in, live::Live, rows::Rows},
};

/// The columns: the class of their cells, their names, and what their heads order by.
const COLUMNS: [(&str, &str, Option<SortKey>); 9] = [
    ("cell-start", "Start", Some(SortKey::Start)),
    ("cell-strip", "Session", None),
    ("cell-visitor", "Visitor", None),
    ("cell-path", "Entry → exit", None),
    ("cell-source", "Source", None),
    ("cell-figure pages", "Pages", Some(SortKey::Pages)),
    ("cell-figure events", "Events", Some(SortKey::Events)),
    ("cell-figure active", "Active", Some(SortKey::Active)),
    ("cell-figure whole", "Duration", Some(SortKey::Duration)),
];

/// The conditions and the list with its paging, or what to do while there is no session.
#[component]
pub(super) fn SessionList(
    /// What was asked for.
    query: SessionQuery,
    /// What was answered.
    page: SessionPage,
    /// What the frame knows.
    frame: Frame,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (now_ms, above) = (page.now_ms, page.above.clone());
    live.answered_at(now_ms);
    let rows = Rows::new(&query, page);
    let at_top = use_at_top();
    Effect::new(move |_| {
        live.update.with(|update| {
            if let Some(update) = update {
                rows.apply(update, at_top.get_untracked() && !is_used());
            }
        });
    });
    let time_zone = site_in(&frame, query.site).map(|site| site.time_zone.clone()).unwrap_or_default();
    let is_usual = !query.is_narrowed() && query.period == Period::default();
    let is_empty = Memo::new(move |_| rows.is_empty());
    // Each is made anew with every answer, so that what was opened closes once something was chosen.
    let conditions = {
        let query = query.clone();
        move || (!is_usual || !is_empty.get()).then(|| view! { <Conditions query=query.clone()/> })
    };
    let list = move || match (is_empty.get(), is_usual) {
        (false, _) => {
            let (query, above, time_zone) = (query.clone(), above.clone(), time_zone.clone());
            view! { <Table query rows at_top now_ms above time_zone/> }.into_any()
        }
        (true, true) => view! { <NoSessions frame=frame.clone() site=query.site/> }.into_any(),
        (true, false) => view! { <NoMatch query=query.clone()/> }.into_any(),
    };
    view! { {conditions}{list} }.into_any()
}

/// Whether somebody points at the table or has the focus in it.
fn is_used() -> bool {
    document().query_selector(".sessions:hover, .sessions:focus-within").ok().flatten().is_some()
}

/// The rows under their head. On a phone the style sheet makes cards of them; the roles keep them a table for screen
/// readers then.
#[component]
fn Table(
    query: SessionQuery,
    rows: Rows,
    at_top: ReadSignal<bool>,
    now_ms: i64,
    above: Option<SessionQuery>,
    time_zone: String,
) -> impl IntoView {
    let density = expect_context::<RwSignal<Density>>();
    let by_time = query.sort == Sort::default();
    let order = format!("{}, times in {time_zone}", order_words(query.sort));
    let head: Vec<_> =
        COLUMNS.iter().map(|&(class, name, key)| view! { <Head class=class name key query=query.clone()/> }).collect();
    // Who points at a row, or comes to it by keyboard, is about to open it.
    let about_to_open = StoredValue::new(false);
    let preload = move || {
        if !about_to_open.get_value() {
            about_to_open.set_value(true);
            leptos::task::spawn_local(lazy::preload_session());
        }
    };
    view! {
        <div class="list-head">
            <h1>"Sessions"</h1>
            <p class="muted">{order}</p>
            <DensityButton/>
            <FindForm site=query.site/>
        </div>
        <Arrivals rows at_top/>
        <table class="sessions" class:dense=move || density.get() == Density::Dense role="table"
            on:pointerover=move |_| preload() on:focusin=move |_| preload()>
            <thead role="rowgroup"><tr role="row">{head}</tr></thead>
            <tbody role="rowgroup">
                <For each=move || rows.get() key=|row| row.id let:row><SessionRow row rows now_ms/></For>
            </tbody>
        </table>
        <Paging above below=Signal::derive(move || rows.below()) by_time/>
        <ExportLinks query/>
    }
}
