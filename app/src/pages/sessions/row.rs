//! A row of the list. The link in its first cell covers the whole row by the style sheet, so that the row can be
//! opened without scripts, in a new tab, and by keyboard.

use leptos::prelude::*;

use crate::{
    components::{
        badge::{Signs, StateBadge},
        chart::strip::{SessionStrip, StripSize},
        country::CountryName,
        icon::{Icon, device_lines},
        time::Moment,
    },
    format::{clock, date, device, duration, source_title, thousands},
    models::{
        query::session_href,
        session::{Session, SessionState},
    },
    state::rows::Row,
};

/// A session; its cells change in place while the link stays, and with it the focus.
#[component]
pub(super) fn SessionRow(
    /// The row.
    row: Row,
    /// The server's clock when the page was answered.
    now_ms: i64,
) -> impl IntoView {
    let session = row.session;
    let (href, started) = session.with_untracked(|session| (session_href(session.site, session.id), session.started));
    let state = {
        let session = session.clone();
        Memo::new(move |_| session.with(|session| session.state))
    };
    view! {
        <tr class="session" class:fresh=row.fresh role="row">
            <td class="cell-start" role="cell">
                <a class="row-link" href=href>
                    <Moment at=started text=clock(started)/>
                    <span class="muted">" " {date(started, now_ms)}</span>
                </a>
                {move || view! { <StateBadge state=state.get()/> }}
            </td>
            {move || view! { <Cells session=session.get()/> }}
        </tr>
    }
}

#[component]
fn Cells(session: Session) -> impl IntoView {
    let active = session.active_ms.map(duration);
    let whole = duration(session.duration_ms);
    view! {
        <td class="cell-strip" role="cell"><SessionStrip session=session.clone() size=StripSize::Row/></td>
        <td class="cell-visitor" role="cell"><Visitor session=session.clone()/></td>
        <td class="cell-path" role="cell"><Journey session=session.clone()/><Signs session=session.clone()/></td>
        <td class="cell-source" role="cell"><span title=source_title(&session.source)>{session.source.name.clone()}</span></td>
        <Figure class="cell-figure pages" number=session.pages unit=if session.pages == 1 { "page" } else { "pages" }/>
        <Figure class="cell-figure events" number=session.events unit=if session.events == 1 { "event" } else { "events" }/>
        <td class="cell-figure active" role="cell">
            {match active {
                Some(active) => view! { {active}<span class="unit">" active"</span> }.into_any(),
                None => view! { <span class="muted">"not measured"</span> }.into_any(),
            }}
        </td>
        <td class="cell-figure whole" role="cell">{whole}</td>
    }
}

#[component]
fn Figure(class: &'static str, number: u32, unit: &'static str) -> impl IntoView {
    view! { <td class=class role="cell">{thousands(number.into())}<span class="unit">" " {unit}</span></td> }
}

#[component]
fn Visitor(session: Session) -> impl IntoView {
    let tech: Vec<String> = [session.os, session.browser].into_iter().flatten().collect();
    let tech = std::iter::once(device(session.device).to_owned()).chain(tech).collect::<Vec<_>>().join(" · ");
    view! {
        <CountryName country=session.country/>
        <span class="tech"><Icon lines=device_lines(session.device)/><span>{tech}</span></span>
    }
}

/// From the entry to the exit, or to where the visitor is now.
#[component]
fn Journey(session: Session) -> impl IntoView {
    let Session { entry, last_page, state, pages, .. } = session;
    let onward = match state {
        SessionState::Closed if pages <= 1 && entry == last_page => ().into_any(),
        SessionState::Closed => view! { <span class="arrow">" → "</span><span class="path">{last_page}</span> }.into_any(),
        SessionState::Now | SessionState::Open => {
            let words = if state == SessionState::Now { " now on " } else { " last on " };
            view! { <span class="arrow">{words}</span><span class="path">{last_page}</span> }.into_any()
        }
    };
    view! { <span class="journey"><span class="path">{entry}</span>{onward}</span> }
}
