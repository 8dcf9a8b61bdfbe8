//! Links to what the list selects as files.

use leptos::prelude::*;

use crate::{
    format::{count, thousands},
    models::{
        export::{ExportProgress, ExportState},
        query::SessionQuery,
    },
    state::download::{Download, Downloading},
};

/// The address of a file with everything that the query selects, whatever page of the list it is.
fn export_href(query: &SessionQuery, format: &str, rows: &str) -> String {
    let params = query.at_top().search_string().replacen('?', "&", 1);
    format!("/sites/{}/export?format={format}&rows={rows}{params}", query.site)
}

/// The links below the list. With scripts the page says how far a file is; the browser alone knows only how much has
/// arrived.
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
    let download = Download::none(query.site);
    let link = |format: &str, rows: &str, text: &'static str, label: &'static str| {
        let href = export_href(&query, format, rows);
        let plain = href.clone();
        view! { <a rel="external" href=plain aria-label=label on:click=move |event| follow(download, &event, &href)>{text}</a> }
    };
    view! {
        <p class="export muted">
            "Download all of these sessions as "
            {link("csv", "sessions", "CSV", "Sessions as CSV")}" or "
            {link("jsonl", "sessions", "JSON lines", "Sessions as JSON lines")}", or all that happened in them as "
            {link("csv", "events", "CSV", "Page views and events as CSV")}" or "
            {link("jsonl", "events", "JSON lines", "Page views and events as JSON lines")}"."
        </p>
        // Its place is kept. The figures change too often to be read out; what becomes of the file is.
        <div class="export-progress">
            <p role="status">{move || told(download.known.get())}</p>
            {move || going(download.known.get())}
        </div>
    }
    .into_any()
}

/// Puts a ticket into the address that the browser goes to next.
fn follow(download: Download, event: &web_sys::Event, href: &str) {
    if let Some(ticket) = download.begin() {
        // Without it the file comes all the same.
        let _ = event_target::<web_sys::Element>(event).set_attribute("href", &format!("{href}&ticket={ticket}"));
    }
}

/// What becomes of the file.
fn told(known: Downloading) -> String {
    match known {
        Downloading::Nothing => String::new(),
        Downloading::Begun => "The download has begun.".into(),
        Downloading::NotTold => "How far the download is cannot be told here; the browser goes on with it.".into(),
        Downloading::At(ExportProgress { sessions, state, .. }) => match state {
            ExportState::Going => "The download has begun.".into(),
            ExportState::Done => format!("Done: {}.", count(sessions, "session", "sessions")),
            ExportState::Stopped => "The download was stopped. Start it again.".into(),
        },
    }
}

/// How far the file is, while it is on its way.
fn going(known: Downloading) -> Option<AnyView> {
    let Downloading::At(progress @ ExportProgress { sessions, state: ExportState::Going, .. }) = known else {
        return None;
    };
    let all = selected(progress)?;
    let words = written(sessions, all);
    Some(view! { <progress max=all.to_string() value=sessions.to_string() aria-label="Sessions written"></progress><span>{words}</span> }.into_any())
}

/// How many sessions the file will have at least, `None` while they are counted.
fn selected(progress: ExportProgress) -> Option<u64> {
    (progress.of > 0).then(|| progress.of.max(progress.sessions))
}

fn written(sessions: u64, all: u64) -> String {
    format!("{} of {} written", thousands(sessions), count(all, "session", "sessions"))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;
    use crate::models::{
        ids::{SessionId, SiteId},
        query::{Cursor, Dimension, Filter, Place},
    };

    fn at(sessions: u64, of: u64, state: ExportState) -> ExportProgress {
        ExportProgress { sessions, of, state }
    }

    #[rstest]
    #[case::none(Downloading::Nothing, "")]
    #[case::begun(Downloading::Begun, "The download has begun.")]
    #[case::on_its_way(Downloading::At(at(12_400, 48_000, ExportState::Going)), "The download has begun.")]
    #[case::done(Downloading::At(at(48_000, 48_000, ExportState::Done)), "Done: 48,000 sessions.")]
    #[case::one(Downloading::At(at(1, 1, ExportState::Done)), "Done: 1 session.")]
    #[case::stopped(Downloading::At(at(7, 9, ExportState::Stopped)), "The download was stopped. Start it again.")]
    fn what_becomes_of_a_file_is_told(#[case] known: Downloading, #[case] words: &str) {
        assert_eq!(told(known), words);
    }

    #[rstest]
    #[case::as_many_as_were_counted(12_400, 48_000, Some(48_000))]
    #[case::some_began_since(48_003, 48_000, Some(48_003))]
    #[case::not_counted_yet(0, 0, None)]
    fn a_file_never_has_more_than_all_of_it(#[case] sessions: u64, #[case] of: u64, #[case] all: Option<u64>) {
        assert_eq!(selected(at(sessions, of, ExportState::Going)), all);
    }

    #[test]
    fn what_was_written_is_told_in_figures() {
        assert_eq!(written(12_400, 48_000), "12,400 of 48,000 sessions written");
    }

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
