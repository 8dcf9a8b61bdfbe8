//! The paths that sessions take, worked out the plain way.

use std::collections::{BTreeMap, BTreeSet};

use super::reached_by;
use crate::models::{
    goal::Aim,
    paths::{Anchor, FlowStep, MOST_PAGES, Onward, PathFlow, STEPS, STEPS_SEEN, Spot, StepPage},
    time::LocalTime,
    timeline::{SessionDetail, TimelinePage},
};

/// The pages of a session step by step, as many as are looked at; `None` where it has not what they are counted from.
/// Looks at one page in a row are one step.
pub fn steps_of<'a>(detail: &'a SessionDetail, anchor: &Anchor, aim: Option<&Aim>) -> Option<Vec<&'a str>> {
    let pages: Vec<&TimelinePage> = detail.pages().collect();
    let first = |is_it: &dyn Fn(&TimelinePage) -> bool| pages.iter().position(|page| is_it(page));
    let at = match anchor {
        Anchor::Start => 0,
        Anchor::End => pages.len().checked_sub(1)?,
        Anchor::After(path) | Anchor::Before(path) => first(&|page| page.path == *path)?,
        Anchor::Goal => {
            let aim = aim?;
            first(&|page| aim.is_page(&page.path) || page.events.iter().any(|event| aim.is_event(event)))?
        }
    };
    let (before, after) = (pages.get(..=at)?, pages.get(at..)?);
    let mut steps: Vec<&str> = if anchor.is_back() {
        before.iter().rev().map(|page| page.path.as_str()).collect()
    } else {
        after.iter().map(|page| page.path.as_str()).collect()
    };
    steps.dedup();
    steps.truncate(STEPS_SEEN.into());
    Some(steps)
}

/// The paths of these sessions.
pub fn paths(sessions: &[&SessionDetail], anchor: &Anchor, aim: Option<&Aim>, now: LocalTime) -> PathFlow {
    let walked: Vec<(Vec<&str>, bool)> = sessions
        .iter()
        .filter_map(|detail| {
            let converts = aim.is_some_and(|aim| reached_by(detail, aim).is_some());
            Some((steps_of(detail, anchor, aim)?, converts))
        })
        .collect();
    let ranked: Vec<Vec<&str>> = (0..usize::from(STEPS_SEEN)).map(|at| ranked(&walked, at)).collect();
    let steps = (0..usize::from(STEPS)).map(|at| step(&walked, &ranked, at, aim.is_some()));
    PathFlow {
        now,
        anchor: anchor.clone(),
        sessions: sessions.len() as u64,
        steps: steps.take_while(|step| step.sessions > 0).collect(),
    }
}

/// The pages of a step, those with the most sessions first.
fn ranked<'a>(walked: &[(Vec<&'a str>, bool)], at: usize) -> Vec<&'a str> {
    let pages: BTreeSet<&str> = walked.iter().filter_map(|(steps, _)| steps.get(at).copied()).collect();
    let mut pages: Vec<&str> = pages.into_iter().collect();
    pages.sort_by_key(|page| std::cmp::Reverse(walked.iter().filter(|(steps, _)| steps.get(at) == Some(page)).count()));
    pages
}

fn step(walked: &[(Vec<&str>, bool)], ranked: &[Vec<&str>], at: usize, has_goal: bool) -> FlowStep {
    let none = Vec::new();
    let pages = ranked.get(at).unwrap_or(&none);
    let spot = |steps: &[&str], at: usize| {
        let Some(page) = steps.get(at) else { return Spot::Nothing };
        let place = ranked.get(at).and_then(|pages| pages.iter().take(MOST_PAGES).position(|other| other == page));
        // The step beyond the last one shown has no rows.
        let place = place.filter(|_| at < usize::from(STEPS));
        place.and_then(|place| u32::try_from(place).ok()).map_or(Spot::Others, Spot::Page)
    };
    let mut onward: BTreeMap<(Spot, Spot), u64> = BTreeMap::new();
    for (steps, _) in walked.iter().filter(|(steps, _)| steps.len() > at) {
        *onward.entry((spot(steps, at), spot(steps, at + 1))).or_default() += 1;
    }
    let sessions = walked.iter().filter(|(steps, _)| steps.len() > at).count() as u64;
    let shown: Vec<StepPage> = pages
        .iter()
        .take(MOST_PAGES)
        .map(|page| StepPage {
            path: (*page).to_owned(),
            sessions: there(walked, page, at).count() as u64,
            conversions: has_goal.then(|| there(walked, page, at).filter(|(_, converts)| *converts).count() as u64),
        })
        .collect();
    FlowStep {
        sessions,
        other_pages: pages.len().saturating_sub(MOST_PAGES) as u64,
        others: sessions - shown.iter().map(|page| page.sessions).sum::<u64>(),
        pages: shown,
        onward: onward.into_iter().map(|((from, to), sessions)| Onward { from, to, sessions }).collect(),
    }
}

/// The sessions that were on a page in a step.
fn there<'a>(
    walked: &'a [(Vec<&'a str>, bool)],
    page: &'a str,
    at: usize,
) -> impl Iterator<Item = &'a (Vec<&'a str>, bool)> {
    walked.iter().filter(move |(steps, _)| steps.get(at) == Some(&page))
}
