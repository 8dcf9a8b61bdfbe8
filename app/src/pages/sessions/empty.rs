//! What stands in the place of the list when there is nothing to list.

use leptos::prelude::*;

use crate::{
    api::site::Frame,
    components::{notice::Notice, script_tag::ScriptTag},
    hooks::use_opt_out,
    models::{
        ids::SiteId,
        query::{Cursor, SessionQuery, installation_href},
    },
};

/// The first thing that a new installation shows: how to get the first session.
#[component]
pub(super) fn NoSessions(
    /// What the frame knows.
    frame: Frame,
    /// The site.
    site: SiteId,
) -> impl IntoView {
    view! {
        <section class="notice start">
            <h1>"No sessions yet"</h1>
            {frame.demo_site.map(|href| view! { <TryTheDemo href/> })}
            <h2>"Record your own site"</h2>
            <p>"Put this line into the head of every page. The first session appears here as soon as somebody opens one."</p>
            <ScriptTag origin=frame.tracker_origin site/>
            <p>"Nothing appears? "<a href=installation_href(site)>"See what arrived and what was refused"</a>"."</p>
            <OptOutNote/>
        </section>
    }
}

/// The quickest way to a first session.
#[component]
fn TryTheDemo(href: String) -> impl IntoView {
    view! {
        <p>"Open the demo site, click around, and watch your session appear."</p>
        <p><a class="button primary" href=href target="_blank" rel="external noopener">"Open the demo site"</a></p>
    }
}

/// Somebody who tries Pulse with such a browser would wait in vain.
#[component]
fn OptOutNote() -> impl IntoView {
    let opt_out = use_opt_out();
    view! {
        <p class="caution" hidden=move || !opt_out.get()>
            "Your browser asks not to be recorded (Global Privacy Control or Do Not Track). Pulse respects that: your own pages will not appear here. Use another browser or profile to try it."
        </p>
    }
}

/// A page of the list that has become empty: the sessions after it were deleted, or newer ones do not exist yet.
#[component]
pub(super) fn PastTheEnd(
    /// What was asked for.
    query: SessionQuery,
) -> impl IntoView {
    let (title, text) = match query.cursor {
        Cursor::After(_) => ("No newer sessions", "Nothing has started since the session that this page begins after."),
        _ => (
            "No older sessions",
            "This is past the end of the list. Older sessions do not exist, or they were deleted.",
        ),
    };
    view! { <Notice title text><a class="button" href=SessionQuery::newest(query.site).href()>"To the newest sessions"</a></Notice> }
}
