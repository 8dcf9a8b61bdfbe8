//! The pages of a site, worked out the plain way.

use std::collections::{BTreeMap, BTreeSet};

use super::{reached_by, values::lesser_median};
use crate::models::{
    event::EventKind,
    goal::Aim,
    pages::{ACTIVE_BARS, Beside, BesideRow, Element, PageReport, PageRow, READ_FROM, Top, active_bar, scroll_bar},
    time::LocalTime,
    timeline::{PageTime, SessionDetail, TimelinePage},
};

/// A row for each page of these sessions, in the order of their ids.
pub fn pages(sessions: &[&SessionDetail], aim: Option<&Aim>) -> Vec<PageRow> {
    let paths: BTreeSet<&str> =
        sessions.iter().flat_map(|detail| detail.pages()).map(|page| page.path.as_str()).collect();
    paths.into_iter().map(|path| row(path, sessions, aim)).collect()
}

fn row(path: &str, sessions: &[&SessionDetail], aim: Option<&Aim>) -> PageRow {
    let is_it = |page: &&TimelinePage| page.path == path;
    let viewers: Vec<&&SessionDetail> =
        sessions.iter().filter(|detail| detail.pages().any(|page| is_it(&page))).collect();
    let views: Vec<(&TimelinePage, bool)> = viewers
        .iter()
        .flat_map(|detail| detail.pages().filter(is_it).map(|page| (page, detail.session.overlapping)))
        .collect();
    let of_one = || views.iter().filter(|(_, overlapping)| !overlapping).map(|(page, _)| *page);
    let events = |is_meant: fn(EventKind) -> bool| {
        count(views.iter().flat_map(|(page, _)| &page.events).filter(|event| is_meant(event.kind)))
    };
    PageRow {
        path: path.to_owned(),
        title: views.iter().rev().find_map(|(page, _)| page.title.clone().filter(|title| !title.is_empty())),
        views: count(views.iter()),
        sessions: count(viewers.iter()),
        entries: count(sessions.iter().filter(|detail| detail.session.entry == path)),
        exits: count(sessions.iter().filter(|detail| detail.session.last_page == path)),
        median_active_ms: lesser_median(of_one().filter_map(active_ms)),
        median_scroll: lesser_median(of_one().filter_map(|page| page.scroll)),
        scrolled: count(views.iter().filter(|(page, _)| page.scroll.is_some())),
        read: count(views.iter().filter(|(page, _)| page.scroll.is_some_and(|percent| percent >= READ_FROM))),
        friction: events(EventKind::is_obstacle),
        errors: events(EventKind::is_error),
        conversions: aim.map(|aim| count(viewers.iter().filter(|detail| reached_by(detail, aim).is_some()))),
    }
}

pub(super) fn active_ms(page: &TimelinePage) -> Option<u64> {
    match page.time {
        PageTime::Measured { active_ms, .. } => Some(active_ms),
        PageTime::NotMeasured(_) => None,
    }
}

fn count(of: impl Iterator) -> u64 {
    u64::try_from(of.count()).unwrap_or(u64::MAX)
}

/// The report of the page at a path.
pub fn page_report(path: &str, sessions: &[&SessionDetail], aim: Option<&Aim>, now: LocalTime) -> PageReport {
    let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
    let mut looks = 0;
    for detail in sessions {
        let mut paths: Vec<&str> = detail.pages().map(|page| page.path.as_str()).collect();
        paths.dedup();
        for (at, _) in paths.iter().enumerate().filter(|(_, of)| **of == path) {
            looks += 1;
            let beside = |at: Option<usize>| {
                at.and_then(|at| paths.get(at)).map_or(Beside::Nothing, |path| Beside::Page((*path).to_owned()))
            };
            *before.entry(beside(at.checked_sub(1))).or_default() += 1;
            *after.entry(beside(at.checked_add(1))).or_default() += 1;
        }
    }
    let mut active = vec![0; ACTIVE_BARS.len() + 1];
    let mut scroll = vec![0; 10];
    for page in sessions.iter().flat_map(|detail| detail.pages()).filter(|page| page.path == path) {
        if let Some(bar) = active_ms(page).and_then(|ms| active.get_mut(active_bar(ms))) {
            *bar += 1;
        }
        if let Some(bar) = page.scroll.and_then(|percent| scroll.get_mut(scroll_bar(percent))) {
            *bar += 1;
        }
    }
    PageReport {
        now,
        group: None,
        sessions: count(sessions.iter()),
        row: row(path, sessions, aim),
        looks,
        before: beside(before),
        after: beside(after),
        active,
        scroll,
        clicked: elements(path, sessions, EventKind::is_click),
        friction: elements(path, sessions, EventKind::is_friction),
    }
}

fn beside(times: BTreeMap<Beside, u64>) -> Top<BesideRow> {
    let rows = times.into_iter().map(|(what, times)| BesideRow { what, times }).collect();
    Top::of(rows, |row| row.times, |row| row.what.clone())
}

fn elements(path: &str, sessions: &[&SessionDetail], is_meant: fn(EventKind) -> bool) -> Top<Element> {
    let mut found: BTreeMap<(EventKind, String, String), (u64, BTreeSet<usize>)> = BTreeMap::new();
    for (nth, detail) in sessions.iter().enumerate() {
        let events = detail.pages().filter(|page| page.path == path).flat_map(|page| &page.events);
        for event in events.filter(|event| is_meant(event.kind)) {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            let (times, of) = found.entry((event.kind, text(&event.name), text(&event.target))).or_default();
            *times += 1;
            of.insert(nth);
        }
    }
    let rows = found.into_iter().map(|((kind, name, target), (times, of))| Element {
        kind,
        name,
        target,
        times,
        sessions: count(of.iter()),
    });
    Top::of(rows.collect(), |row| row.times, |row| (row.kind, row.name.clone(), row.target.clone()))
}
