//! The tab Events: what is used, how often and by how many.

mod table;
mod trend;

use leptos::prelude::*;

use self::table::table;
use super::{
    narrowing::{TabAnswer, tab_page},
    tables::search,
};
use crate::{
    api::tabs::load_events,
    format::count,
    models::{
        events::{EventTable, EventsShown},
        query::{SessionQuery, Tab},
        time::LocalTime,
    },
};

impl TabAnswer for EventTable {
    fn now(&self) -> LocalTime {
        self.now
    }
}

/// The page at `/sites/{site}/events`.
#[component]
pub fn EventListPage() -> impl IntoView {
    tab_page("Events", load_events, show)
}

fn show(query: SessionQuery, answer: EventTable) -> AnyView {
    let shown = if let Tab::Events(shown) = &query.tab { shown.clone() } else { EventsShown::default() };
    let events = count(answer.page.of, "event", "events");
    let of = format!("{events} in {}", count(answer.sessions, "session", "sessions"));
    let is_empty = answer.page.rows.is_empty();
    view! {
        <div class="list-head">
            <h1>"Events"</h1>
            <p class="muted">{of}</p>
            {search(&query, &shown.part, "Find an event by its name")}
        </div>
        {if is_empty { nothing(&query, &shown) } else { table(&query, &shown, answer) }}
    }
    .into_any()
}

/// What to do when there is no row.
fn nothing(query: &SessionQuery, shown: &EventsShown) -> AnyView {
    let all = query.on(Tab::Events(EventsShown::default()));
    let (words, href, link) = if shown.part.is_empty() && shown.behind.is_none() {
        (
            "Nothing was clicked, sent or named in this period, or by sessions that fit the conditions.",
            query.list_href(),
            "To the sessions",
        )
    } else {
        ("No event of these sessions has this in its name.", all.href(), "All events")
    };
    view! { <section class="notice"><h2>"No events"</h2><p>{words}</p><p class="notice-next"><a class="button" href=href>{link}</a></p></section> }
        .into_any()
}
