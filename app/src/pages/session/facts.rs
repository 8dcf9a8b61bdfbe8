//! The facts of a session.

use leptos::prelude::*;

use crate::{
    components::{copy_button::CopyButton, country::CountryName, time::Moment},
    format::{count, device, duration, exact, source_title},
    models::{
        session::{Session, SessionState},
        source::Campaign,
        timeline::SessionDetail,
    },
};

/// A list of names and values.
#[component]
pub(super) fn Facts(
    /// The session with its referrer and campaign.
    detail: SessionDetail,
) -> impl IntoView {
    let SessionDetail { session, referrer, campaign, references, .. } = detail;
    let id = session.id.to_string();
    view! {
        <dl class="facts">
            {fact("Country", view! { <CountryName country=session.country/> })}
            {fact("Device", device(session.device))}
            {session.os.clone().map(|os| fact("System", os))}
            {session.browser.clone().map(|browser| fact("Browser", browser))}
            {fact("Source", view! { <span title=source_title(&session.source)>{session.source.name.clone()}</span> })}
            {referrer.map(|referrer| fact("Referrer", view! { <span class="path">{referrer}</span> }))}
            {campaign_facts(campaign)}
            {fact("Start", view! { <Moment at=session.started text=exact(session.started)/> })}
            {fact("Duration", session.known_duration_ms().map_or_else(|| "not measured".to_owned(), duration))}
            {fact("Active", active(&session))}
            {fact("Pages", session.pages)}
            {fact("Events", events(&session))}
            {fact("Entry", view! { <span class="path">{session.entry.clone()}</span> })}
            {last_page(&session)}
            {fact("State", state(session.state))}
            {references.into_iter().map(|code| fact("Reference", view! { <span class="id">{code.to_string()}</span> })).collect_view()}
            {fact("Session", view! { <span class="id">{id.clone()}</span>" "<CopyButton text=id what="session id"/> })}
        </dl>
    }
}

fn fact(name: &'static str, value: impl IntoView + 'static) -> AnyView {
    view! { <div class="fact"><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
}

fn campaign_facts(campaign: Campaign) -> Vec<AnyView> {
    let Campaign { source, medium, name, term, content } = campaign;
    let parts =
        [("Campaign", name), ("Campaign source", source), ("Medium", medium), ("Term", term), ("Content", content)];
    parts.into_iter().filter_map(|(title, value)| value.map(|value| fact(title, value))).collect()
}

fn active(session: &Session) -> String {
    let Some(active) = session.active_ms else { return "not measured".into() };
    match session.unmeasured_pages {
        0 => duration(active),
        pages => format!("{}, {} not measured", duration(active), count(pages.into(), "page", "pages")),
    }
}

fn events(session: &Session) -> String {
    let clicks = || count(session.clicks.into(), "click", "clicks");
    match (session.clicks, session.events) {
        (0, events) => events.to_string(),
        (all, events) if all == events => clicks(),
        (_, events) => format!("{events}, {} among them", clicks()),
    }
}

fn last_page(session: &Session) -> AnyView {
    let name = match session.state {
        SessionState::Now => "Now on",
        SessionState::Open => "Last on",
        SessionState::Closed => "Exit",
    };
    fact(name, view! { <span class="path">{session.last_page.clone()}</span> })
}

fn state(state: SessionState) -> &'static str {
    match state {
        SessionState::Now => "going on now",
        SessionState::Open => "open: it goes on with the next sign of life",
        SessionState::Closed => "over",
    }
}
