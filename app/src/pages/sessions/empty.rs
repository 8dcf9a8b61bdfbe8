//! What stands in the place of the list when there is nothing to list.

use leptos::prelude::*;

use crate::{
    api::site::Frame,
    components::{notice::Notice, script_tag::ScriptTag},
    format::{day_time_words, filter_words, period_words},
    hooks::use_opt_out,
    models::{
        ids::SiteId,
        query::{Cursor, Period, Recent, SessionQuery, Sort, installation_href},
    },
    pages::narrowing::cleared,
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

/// Nothing fits what was asked for; each link asks for less.
#[component]
pub(super) fn NoMatch(
    /// What was asked for.
    query: SessionQuery,
) -> impl IntoView {
    let period = period_words(query.period);
    let narrowed = query.is_narrowed();
    let text = if narrowed {
        format!("No session fits all the conditions. Period: {period}.")
    } else {
        format!("No session began in this period: {period}.")
    };
    let links = wider(&query).into_iter().map(|(words, wider)| {
        view! { <li><a class="button" href=wider.href()>{words}</a></li> }
    });
    view! {
        <section class="notice">
            <h1>"No sessions match"</h1>
            <p>{text}</p>
            <ul class="notice-next wider" role="list">{links.collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// Queries that select more, with the words of the links to them.
fn wider(query: &SessionQuery) -> Vec<(String, SessionQuery)> {
    let mut links: Vec<_> = query
        .filters
        .iter()
        .map(|filter| (format!("Without: {}", filter_words(filter)), query.without(filter)))
        .collect();
    if let Some(time) = query.time {
        let without = SessionQuery { time: None, ..query.at_top() };
        links.push((format!("Without: {}", day_time_words(time)), without));
    }
    if query.converted.is_some() {
        links.push(("Whether they converted or not".into(), query.that_converted(None)));
    }
    if let Some(search) = &query.search {
        let without = SessionQuery { search: None, ..query.at_top() };
        links.push((format!("Without the search for {search}"), without));
    }
    if links.len() > 1 {
        links.push(("Without any condition".into(), cleared(query)));
    }
    let longest = Period::Last(Recent::Quarter);
    if query.period != longest {
        links.push((period_words(longest), query.in_period(longest)));
    }
    links
}

/// A page of the list that has become empty: the sessions after it were deleted, or newer ones do not exist yet.
#[component]
pub(super) fn PastTheEnd(
    /// What was asked for.
    query: SessionQuery,
) -> impl IntoView {
    let (title, text) = match query.cursor {
        Cursor::Above(_) => ("No newer sessions", "Nothing has started since the session that this page begins after."),
        _ => (
            "No older sessions",
            "This is past the end of the list. Older sessions do not exist, or they were deleted.",
        ),
    };
    let top = if query.sort == Sort::default() { "To the newest sessions" } else { "To the top of the list" };
    view! { <Notice title text><a class="button" href=query.at_top().href()>{top}</a></Notice> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::query::{Dimension, Filter};

    #[test]
    fn each_condition_can_be_given_up_by_itself_and_all_at_once() {
        let query = SessionQuery {
            search: Some("lamp".into()),
            ..SessionQuery::newest(SiteId(1)).with(Filter::is(Dimension::Country, "DE"))
        };
        let links: Vec<_> = wider(&query).into_iter().map(|(words, wider)| (words, wider.search_string())).collect();
        let expected = [
            ("Without: Country is Germany", "?q=lamp"),
            ("Without the search for lamp", "?country=DE"),
            ("Without any condition", ""),
            ("Last 90 days", "?period=90d&country=DE&q=lamp"),
        ];
        assert_eq!(links, expected.map(|(words, search)| (words.to_owned(), search.to_owned())));
    }

    #[test]
    fn the_longest_period_does_not_lead_to_itself() {
        let query = SessionQuery::newest(SiteId(1)).in_period(Period::Last(Recent::Quarter));
        assert!(wider(&query).is_empty());
    }
}
