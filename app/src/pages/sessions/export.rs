//! Links to what the list selects as files.

use leptos::prelude::*;

use crate::models::query::SessionQuery;

/// The address of a file with everything that the query selects, whatever page of the list it is.
fn export_href(query: &SessionQuery, format: &str, rows: &str) -> String {
    let params = query.at_top().search_string().replacen('?', "&", 1);
    format!("/sites/{}/export?format={format}&rows={rows}{params}", query.site)
}

/// The links below the list. A browser shows how far it is with a file by itself.
#[component]
pub(super) fn ExportLinks(
    /// What the list shows a page of.
    query: SessionQuery,
) -> impl IntoView {
    // The static demo has no server that could make one.
    if cfg!(feature = "csr") {
        return ().into_any();
    }
    // A file is no page of the application: the browser asks the server for it.
    let link = |format: &str, rows: &str, text: &'static str, label: &'static str| {
        view! { <a rel="external" href=export_href(&query, format, rows) aria-label=label>{text}</a> }
    };
    view! {
        <p class="export muted">
            "Download all of these sessions as "
            {link("csv", "sessions", "CSV", "Sessions as CSV")}" or "
            {link("jsonl", "sessions", "JSON lines", "Sessions as JSON lines")}", or all that happened in them as "
            {link("csv", "events", "CSV", "Page views and events as CSV")}" or "
            {link("jsonl", "events", "JSON lines", "Page views and events as JSON lines")}"."
        </p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::models::{
        ids::{SessionId, SiteId},
        query::{Cursor, Dimension, Filter, Place},
    };

    #[test]
    fn a_file_holds_the_selection_and_not_the_page() {
        let newest = SessionQuery::newest(SiteId(3));
        assert_eq!(export_href(&newest, "csv", "sessions"), "/sites/3/export?format=csv&rows=sessions");
        let below = Cursor::Below(Place { value: None, id: SessionId(Uuid::nil()) });
        let narrowed = SessionQuery { cursor: below, ..newest.with(Filter::is(Dimension::Page, "/a?b")) };
        let href = export_href(&narrowed, "jsonl", "events");
        assert_eq!(href, "/sites/3/export?format=jsonl&rows=events&page=/a%3Fb");
    }
}
