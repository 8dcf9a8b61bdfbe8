//! The facts of a session. What others can have in common with it leads to their list.

use std::sync::Arc;

use leptos::prelude::*;

use super::{alike, times};
use crate::{
    components::{copy_button::CopyButton, country::CountryName, time::Moment},
    format::{count, exact, value_words},
    models::{
        query::{Dimension, SessionQuery, session_href},
        select::values_of,
        session::{Session, SessionState},
        source::Campaign,
        timeline::SessionDetail,
    },
};

/// A list of names and values, and the whole session as a file.
#[component]
pub(super) fn Facts(
    /// The session with its referrer and campaign.
    #[prop(into)]
    detail: Arc<SessionDetail>,
) -> impl IntoView {
    let around = alike::around(&detail);
    let shared = |name, dimension| shared(name, dimension, &detail, &around);
    let session = &detail.session;
    let id = session.id.to_string();
    view! {
        <dl class="facts">
            {shared("Country", Dimension::Country)}
            {shared("Device", Dimension::Device)}
            {shared("System", Dimension::Os)}
            {shared("Browser", Dimension::Browser)}
            {shared("Source", Dimension::Source)}
            {shared("Channel", Dimension::Channel)}
            {detail.referrer.clone().map(|referrer| fact("Referrer", view! { <span class="path">{referrer}</span> }))}
            {shared("Campaign", Dimension::Campaign)}
            {campaign_facts(&detail.campaign)}
            {fact("Start", view! { <Moment at=session.started text=exact(session.started)/> })}
            {fact("Duration", times::whole(&detail))}
            {fact("Active", times::active(&detail))}
            {fact("Visible", times::visible(&detail))}
            {fact("Pages", session.pages)}
            {fact("Events", events(session))}
            {shared("Entry", Dimension::Entry)}
            {last_page(session).unwrap_or_else(|| shared("Exit", Dimension::Exit))}
            {shared("Host", Dimension::Host)}
            {shared("Signs", Dimension::Sign)}
            {shared("Machine", Dimension::Bot)}
            {fact("State", state(session.state))}
            {detail.references.iter().map(|code| fact("Reference", view! { <span class="id">{code.to_string()}</span> })).collect_view()}
            {fact("Session", view! { <span class="id">{id.clone()}</span>" "<CopyButton text=id what="session id"/> })}
        </dl>
        {download(session)}
    }
}

fn fact(name: &'static str, value: impl IntoView + 'static) -> AnyView {
    view! { <div class="fact"><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
}

/// What other sessions can have too, each value with the list of those that have it. Of most there is no row where nothing
/// is known.
fn shared(name: &'static str, dimension: Dimension, detail: &SessionDetail, around: &SessionQuery) -> AnyView {
    let values = values_of(detail, dimension);
    let links: Vec<AnyView> = values
        .iter()
        .filter(|value| !value.is_empty() || dimension == Dimension::Country)
        .enumerate()
        .map(|(at, value)| {
            let words = words(dimension, value, detail);
            let words = match alike::href(around, dimension, value) {
                Some(href) => {
                    view! { <a class="fact-link" href=href title="Sessions with this">{words}</a> }.into_any()
                }
                None => words,
            };
            view! { {(at > 0).then_some(", ")}{words} }.into_any()
        })
        .collect();
    if links.is_empty() { ().into_any() } else { fact(name, links) }
}

fn words(dimension: Dimension, value: &str, detail: &SessionDetail) -> AnyView {
    match dimension {
        Dimension::Country => view! { <CountryName country=detail.session.country/> }.into_any(),
        Dimension::Entry | Dimension::Exit => view! { <span class="path">{value.to_owned()}</span> }.into_any(),
        _ => value_words(dimension, value).into_any(),
    }
}

/// What a campaign says beside its name.
fn campaign_facts(campaign: &Campaign) -> Vec<AnyView> {
    let Campaign { source, medium, term, content, .. } = campaign;
    let parts = [("Campaign source", source), ("Medium", medium), ("Term", term), ("Content", content)];
    parts.into_iter().filter_map(|(title, value)| value.clone().map(|value| fact(title, value))).collect()
}

fn events(session: &Session) -> String {
    let clicks = || count(session.clicks.into(), "click", "clicks");
    match (session.clicks, session.events) {
        (0, events) => events.to_string(),
        (all, events) if all == events => clicks(),
        (_, events) => format!("{events}, {} among them", clicks()),
    }
}

/// Where a session is that is not over; `None` of one that is.
fn last_page(session: &Session) -> Option<AnyView> {
    let name = match session.state {
        SessionState::Now => "Now on",
        SessionState::Open => "Last on",
        SessionState::Closed => return None,
    };
    Some(fact(name, view! { <span class="path">{session.last_page.clone()}</span> }))
}

fn state(state: SessionState) -> &'static str {
    match state {
        SessionState::Now => "going on now",
        SessionState::Open => "open: it goes on with the next sign of life",
        SessionState::Closed => "over",
    }
}

/// A link to everything that is known of the session; absent in the static demo, which has no server that could make a
/// file.
fn download(session: &Session) -> Option<AnyView> {
    let href = format!("{}/export", session_href(session.site, session.id));
    // A file is no page of the application: the browser asks the server for it.
    let link = || view! { <p class="export"><a rel="external" href=href>"Download as JSON"</a></p> }.into_any();
    (!cfg!(feature = "csr")).then(link)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::{
        event::EventKind,
        samples::{self, event, page},
        sign::{Sign, SignKind},
        source::{Channel, Source},
        timeline::TimelinePage,
    };

    fn html(detail: SessionDetail) -> String {
        Owner::new().with(|| view! { <Facts detail/> }.to_html()).replace("&amp;", "&")
    }

    /// Phone, Germany, Google; two hosts, one sign.
    fn shopper(state: SessionState) -> SessionDetail {
        let session = Session {
            state,
            country: "DE".parse().ok(),
            os: Some("iOS".into()),
            source: Source { channel: Channel::Search, name: "Google".into() },
            entry: "/a?b".into(),
            last_page: "/lamps".into(),
            signs: vec![Sign { kind: SignKind::RageClick, figure: 1 }],
            ..samples::session(1)
        };
        let other = TimelinePage { host: "www.shop.example".into(), ..page("/lamps", vec![]) };
        samples::detail(session, vec![page("/a?b", vec![event(EventKind::RageClick, "Pay", "")]), other])
    }

    #[test]
    fn what_others_can_have_too_leads_to_their_list() {
        let html = html(shopper(SessionState::Closed));
        for (condition, words) in [
            ("country=DE", "Germany"),
            ("device=unknown", "Unknown device"),
            ("os=iOS", "iOS"),
            ("source=Google", "Google"),
            ("channel=search", "Search engine"),
            ("entry=/a%3Fb", "/a?b"),
            ("exit=/lamps", "/lamps"),
            ("host=shop.example", "shop.example"),
            ("host=www.shop.example", "www.shop.example"),
            ("sign=rage_click", "Rage clicks"),
        ] {
            let link = html.split("<a ").find(|link| link.contains(&format!("href=\"/sites/1/sessions?{condition}\"")));
            let text = link.and_then(|link| link.split("</a>").next()).unwrap_or_else(|| panic!("{condition}: {html}"));
            assert!(text.contains(words) && text.contains("title=\"Sessions with this\""), "{condition}: {text}");
        }
        assert_eq!(html.matches("class=\"fact-link\"").count(), 10, "{html}");
    }

    #[test]
    fn a_session_that_is_not_over_has_no_exit_that_others_could_have() {
        let html = html(shopper(SessionState::Open));
        assert!(html.contains("Last on") && !html.contains("exit="), "{html}");
    }

    #[test]
    fn what_is_not_known_has_no_row_but_for_the_country() {
        let html = html(samples::detail(samples::session(1), vec![]));
        assert!(html.contains("<dt>Country") && html.contains("href=\"/sites/1/sessions?country=\""), "{html}");
        for name in ["System", "Browser", "Campaign", "Host", "Signs", "Machine", "Referrer"] {
            assert!(!html.contains(&format!("<dt>{name}")), "{name}: {html}");
        }
    }

    #[test]
    fn the_whole_session_is_a_file() {
        let html = html(shopper(SessionState::Closed));
        assert_eq!(html.contains("/export\""), !cfg!(feature = "csr"), "{html}");
    }
}
