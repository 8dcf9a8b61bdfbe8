//! What tells most of a session: at most two things, what went wrong before what was done.

use super::name::{name, quoted};
use crate::{
    format::count,
    models::{
        event::EventKind,
        sign::SignKind,
        timeline::{SessionDetail, TimelineEvent, TimelinePage},
    },
};

/// How many things are told.
const MOST: usize = 2;
/// From how many clicks on the tracker speaks of a rage click.
const RAGE_FROM: usize = 3;
/// Within how many milliseconds they come.
const RAGE_WITHIN_MS: u64 = 1_000;

/// The first of these that happened. Where the session left for another host is told at its end, `left_for`.
pub(super) fn deeds(detail: &SessionDetail, left_for: Option<&str>) -> Vec<String> {
    let told = [raged, met_errors, found_nothing, sent_a_form, left_a_form, told_an_event, downloaded];
    let outbound = || followed_a_link(detail, left_for);
    told.iter().filter_map(|deed| deed(detail)).chain(std::iter::once_with(outbound).flatten()).take(MOST).collect()
}

fn events(detail: &SessionDetail, kind: EventKind) -> impl Iterator<Item = &TimelineEvent> {
    detail.events().filter(move |event| event.kind == kind)
}

/// Its name, in quotation marks.
fn called(event: &TimelineEvent) -> Option<String> {
    event.name.as_deref().and_then(quoted)
}

fn raged(detail: &SessionDetail) -> Option<String> {
    let of_page = |page: &TimelinePage| {
        let rage = page.events.iter().find(|event| event.kind == EventKind::RageClick)?;
        let Some(called) = called(rage) else {
            return Some("clicked several times at one place within a second".into());
        };
        Some(match clicks_at_once(page, rage) {
            clicks if clicks >= RAGE_FROM => format!("clicked {called} {clicks} times within a second"),
            _ => format!("clicked {called} several times within a second"),
        })
    };
    detail.pages().find_map(of_page)
}

/// The most clicks within a second on what the rage click was on: it is reported at the third and does not say how many
/// came after it.
fn clicks_at_once(page: &TimelinePage, rage: &TimelineEvent) -> usize {
    let near = |event: &&TimelineEvent| {
        event.kind.is_click() && event.name == rage.name && event.offset_ms.abs_diff(rage.offset_ms) <= RAGE_WITHIN_MS
    };
    let at: Vec<u64> = page.events.iter().filter(near).map(|event| event.offset_ms).collect();
    let from = |&first: &u64| at.iter().filter(|&&other| other >= first && other - first <= RAGE_WITHIN_MS).count();
    at.iter().map(from).max().unwrap_or_default()
}

fn met_errors(detail: &SessionDetail) -> Option<String> {
    let errors = how_many(detail, EventKind::Error);
    (errors > 0).then(|| format!("met {}", count(errors, "script error", "script errors")))
}

fn found_nothing(detail: &SessionDetail) -> Option<String> {
    match how_many(detail, EventKind::NotFound) {
        0 => None,
        1 => Some("met a page that was not found".into()),
        pages => Some(format!("met {} that were not found", count(pages, "page", "pages"))),
    }
}

fn how_many(detail: &SessionDetail, kind: EventKind) -> u64 {
    u64::try_from(events(detail, kind).count()).unwrap_or(u64::MAX)
}

fn sent_a_form(detail: &SessionDetail) -> Option<String> {
    let form = events(detail, EventKind::Form).next()?;
    Some(called(form).map_or_else(|| "sent a form".into(), |called| format!("sent the form {called}")))
}

/// Whether one was left says the sign, which knows of forms that are told as events of the site's own.
fn left_a_form(detail: &SessionDetail) -> Option<String> {
    let left = detail.session.signs.iter().find(|sign| sign.kind == SignKind::FormLeft)?.figure;
    if left > 1 {
        return Some(format!("began {} and did not send them", count(left.into(), "form", "forms")));
    }
    let was_sent = |begun: &TimelineEvent| events(detail, EventKind::Form).any(|sent| sent.name == begun.name);
    let begun = events(detail, EventKind::FormStart).find(|begun| !was_sent(begun)).and_then(called);
    let form = begun.map_or_else(|| "a form".into(), |called| format!("the form {called}"));
    Some(format!("began {form} and did not send it"))
}

fn told_an_event(detail: &SessionDetail) -> Option<String> {
    events(detail, EventKind::Custom).find_map(called).map(|called| format!("set off {called}"))
}

fn downloaded(detail: &SessionDetail) -> Option<String> {
    let file = events(detail, EventKind::Download).next()?;
    Some(called(file).map_or_else(|| "downloaded a file".into(), |called| format!("downloaded {called}")))
}

fn followed_a_link(detail: &SessionDetail, left_for: Option<&str>) -> Option<String> {
    let hosts = events(detail, EventKind::Outbound).filter_map(|link| host(link.target.as_deref()?));
    let mut others = hosts.filter(|host| Some(host.as_str()) != left_for);
    others.next().map(|host| format!("followed a link to {host}"))
}

/// The host of an address of the web.
pub(super) fn host(target: &str) -> Option<String> {
    let (scheme, rest) = target.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    matches!(scheme, "http" | "https").then(|| name(host)).flatten()
}
