//! A row of the list. The link in its first cell covers the whole row by the style sheet, so that the row can be
//! opened without scripts, in a new tab, and by keyboard.

use leptos::{ev::MouseEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::{
    components::{
        badge::{GoalMark, Signs, StateBadge},
        chart::strip::SessionStrip,
        country::CountryName,
        icon::{Icon, device_lines},
        time::Moment,
    },
    format::{clock, date, device, duration, source_title, thousands},
    models::session::{Session, SessionState},
    state::{
        rows::{Row, Rows},
        way_back::WayBack,
    },
};

/// A session; its cells change in place while the link stays, and with it the focus.
#[component]
pub(super) fn SessionRow(
    /// The row.
    row: Row,
    /// The list that it is one of.
    rows: Rows,
    /// The server's clock when the page was answered.
    now_ms: i64,
) -> impl IntoView {
    let (session, reached) = (row.session, row.reached);
    let (href, started) = (rows.session_href(row.id), session.with_untracked(|session| session.started));
    let way_back = expect_context::<WayBack>();
    let opens = move |event: MouseEvent| {
        if let Some(link) = event.current_target().and_then(|link| link.dyn_into::<Element>().ok()) {
            way_back.leave(rows.list(), &link);
        }
    };
    let state = {
        let session = session.clone();
        Memo::new(move |_| session.with(|session| session.state))
    };
    view! {
        <tr class="session" class:fresh=row.fresh role="row">
            <td class="cell-start" role="cell">
                <a class="row-link" href=href on:click=opens aria-label=format!("Session of {}, {}", date(started, now_ms), clock(started))>
                    <Moment at=started text=clock(started)/>
                </a>
                {move || view! { <StateBadge state=state.get()/> }}
                <span class="row-date">{date(started, now_ms)}</span>
            </td>
            {move || view! { <Cells session=session.get() reached=reached.clone()/> }}
        </tr>
    }
}

#[component]
fn Cells(session: Session, reached: Option<String>) -> impl IntoView {
    let (active, whole) = (session.active_ms.map(duration), session.known_duration_ms().map(duration));
    let (nothing_known, state) = (whole.is_none(), session.state);
    view! {
        <td class="cell-strip" role="cell"><SessionStrip session=session.clone()/></td>
        <td class="cell-visitor" role="cell"><Visitor session=session.clone()/></td>
        <td class="cell-path" role="cell"><Journey session=session.clone()/><Signs session=session.clone()/>{reached.map(|words| view! { <GoalMark words/> })}</td>
        <td class="cell-source" role="cell"><span title=source_title(&session.source)>{session.source.name.clone()}</span></td>
        <Figure class="cell-figure pages" number=session.pages unit=if session.pages == 1 { "page" } else { "pages" }/>
        <Figure class="cell-figure events" number=session.events unit=if session.events == 1 { "event" } else { "events" }/>
        <td class="cell-figure active" class:unknown=nothing_known role="cell">
            {active.map(|active| view! { {active}<span class="unit">" active"</span> })}
            {session.active_ms.is_none().then(|| view! { <NotMeasured state/> })}
        </td>
        <td class="cell-figure whole" role="cell">{whole}{nothing_known.then(|| view! { <NotMeasured state/> })}</td>
    }
}

#[component]
fn Figure(class: &'static str, number: u32, unit: &'static str) -> impl IntoView {
    view! { <td class=class role="cell">{thousands(number.into())}<span class="unit">" " {unit}</span></td> }
}

/// A session that goes on has not been given up: its page may just not have reported.
#[component]
fn NotMeasured(state: SessionState) -> impl IntoView {
    let (words, title) = match state {
        SessionState::Now => ("not yet", "The page is open and has not reported its time"),
        SessionState::Open | SessionState::Closed => ("not measured", "The browser left without a word"),
    };
    view! { <span class="not-measured" title=title>{words}</span> }
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
    let one_page = pages <= 1 && entry == last_page;
    let to = match state {
        SessionState::Closed => " → ",
        SessionState::Now => " now on ",
        SessionState::Open => " last on ",
    };
    let from = (!one_page || state == SessionState::Closed).then(|| view! { <span class="path">{entry}</span> });
    let to = (!one_page || state != SessionState::Closed)
        .then(|| view! { <span class="arrow">{if one_page { to.trim_start() } else { to }}</span><span class="path">{last_page}</span> });
    view! { <span class="journey">{from}{to}</span> }
}
