//! The tab Pages: what is read, and where sessions begin, end and fail.

mod table;

use leptos::prelude::*;

use self::table::table;
use super::{
    narrowing::{TabAnswer, tab_page},
    tables::search,
};
use crate::{
    api::tabs::load_pages,
    format::count,
    models::{
        pages::{PageTable, PagesShown},
        path_rule::rules_path,
        query::{SessionQuery, Tab},
        time::LocalTime,
    },
};

impl TabAnswer for PageTable {
    fn now(&self) -> LocalTime {
        self.now
    }
}

/// The page at `/sites/{site}/pages`.
#[component]
pub fn PageListPage() -> impl IntoView {
    tab_page("Pages", load_pages, show)
}

fn show(query: SessionQuery, answer: PageTable) -> AnyView {
    let shown = if let Tab::Pages(shown) = &query.tab { shown.clone() } else { PagesShown::default() };
    let pages = count(answer.page.of, "page", "pages");
    let of = format!("{pages} in {}", count(answer.sessions, "session", "sessions"));
    let is_empty = answer.page.rows.is_empty();
    view! {
        <div class="list-head">
            <h1>"Pages"</h1>
            <p class="muted">{of}</p>
            {search(&query, &shown.part, "Find a page by path or title")}
            <a class="button quiet" href=rules_path(query.site)>"Group paths"</a>
        </div>
        {if is_empty { nothing(&query, &shown) } else { table(&query, &shown, answer) }}
    }
    .into_any()
}

/// What to do when there is no row.
fn nothing(query: &SessionQuery, shown: &PagesShown) -> AnyView {
    let all = query.on(Tab::Pages(PagesShown::default()));
    let (words, href, link) = if shown.part.is_empty() && shown.behind.is_none() {
        (
            "No page was viewed in this period, or by sessions that fit the conditions.",
            query.list_href(),
            "To the sessions",
        )
    } else {
        ("No page of these sessions has this in its path or title.", all.href(), "All pages")
    };
    view! { <section class="notice"><h2>"No pages"</h2><p>{words}</p><p class="notice-next"><a class="button" href=href>{link}</a></p></section> }
        .into_any()
}
