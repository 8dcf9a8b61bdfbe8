//! Signs that follow from a session's page views and events. `docs/signs.md` has the sources of the thresholds. Pure.

use std::collections::HashMap;

use app::models::{
    event::EventKind,
    sign::{Sign, SignKind},
};

use super::view_record::ViewRecord;

/// From how many returns to one page on it is worth a look.
const RETURNS_FROM: u32 = 3;
/// Nobody reads pages that each begin less than so many milliseconds after the one before.
const FAST_BELOW_MS: i64 = 1_000;
/// Two page changes at the least: one can be a redirection.
const FAST_FROM_CHANGES: i64 = 2;

/// The signs of a session, in the order of their kinds, but for those that other columns say and those that depend on
/// other sessions. Its page views come in the order in which they began.
pub(super) fn find(views: &[&ViewRecord]) -> Vec<Sign> {
    let count = |kind| count(views, kind);
    let pages_if = |holds| if holds { u32::try_from(views.len()).unwrap_or(u32::MAX) } else { 0 };
    let returns = returns(views);
    let figures = [
        (SignKind::RageClick, count(EventKind::RageClick)),
        (SignKind::DeadClick, count(EventKind::DeadClick)),
        (SignKind::Error, count(EventKind::Error)),
        (SignKind::NotFound, count(EventKind::NotFound)),
        (SignKind::FormLeft, forms_left(views)),
        (SignKind::Returns, if returns >= RETURNS_FROM { returns } else { 0 }),
        (SignKind::Fast, pages_if(is_fast(views))),
        (SignKind::Inactive, pages_if(is_inactive(views))),
    ];
    figures.into_iter().filter(|&(_, figure)| figure > 0).map(|(kind, figure)| Sign { kind, figure }).collect()
}

fn count(views: &[&ViewRecord], kind: EventKind) -> u32 {
    let counts = views.iter().map(|view| view.events.count(|other| other == kind));
    u32::try_from(counts.fold(0, i32::saturating_add)).unwrap_or_default()
}

/// Forms that were begun and not sent so far. A form can be told as an event of the site's own when it is sent: each
/// such event of a page on which a form was begun is taken for one that was sent.
fn forms_left(views: &[&ViewRecord]) -> u32 {
    let begins_one = |view: &&ViewRecord| view.events.count(|kind| kind == EventKind::FormStart) > 0;
    let with_forms: Vec<&ViewRecord> = views.iter().copied().filter(begins_one).collect();
    let sent = count(views, EventKind::Form).saturating_add(count(&with_forms, EventKind::Custom));
    count(views, EventKind::FormStart).saturating_sub(sent)
}

/// How often the page was come back to that was come back to most. A page that is opened again on itself was not left.
fn returns(views: &[&ViewRecord]) -> u32 {
    let mut visits: HashMap<&str, u32> = HashMap::new();
    let mut before = None;
    for view in views {
        let path = view.row.path.as_str();
        if before != Some(path) {
            *visits.entry(path).or_default() += 1;
        }
        before = Some(path);
    }
    visits.into_values().max().unwrap_or_default().saturating_sub(1)
}

/// Whether pages changed faster than once a second on average.
fn is_fast(views: &[&ViewRecord]) -> bool {
    let (Some(first), Some(last)) = (views.first(), views.last()) else { return false };
    let changes = i64::try_from(views.len()).unwrap_or(i64::MAX).saturating_sub(1);
    let took = last.row.started_at.saturating_sub(first.row.started_at);
    changes >= FAST_FROM_CHANGES && took < changes.saturating_mul(FAST_BELOW_MS)
}

/// Whether nobody did anything: the time of every page is known, none of it was active, and nothing happened.
fn is_inactive(views: &[&ViewRecord]) -> bool {
    let is_still = |view: &&ViewRecord| {
        let is_measured = view.row.open_ms.is_some();
        is_measured && view.row.active_ms.unwrap_or_default() == 0 && view.events.count(|_| true) == 0
    };
    !views.is_empty() && views.iter().all(is_still)
}

#[cfg(test)]
mod tests {
    use app::models::{sign, timeline::PageState};
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;
    use crate::store::entities::page_view;

    /// A page view of which nothing is known but that it began.
    fn view(path: &str, started_at: i64) -> ViewRecord {
        ViewRecord::stored(page_view::Model {
            site: 1,
            session: Uuid::nil(),
            id: Uuid::nil(),
            started_at,
            host: "shop.example".into(),
            path: path.into(),
            query: None,
            title: None,
            resumed: false,
            channel: "direct".into(),
            source: "Direct".into(),
            referrer: None,
            campaign: None,
            open_ms: None,
            visible_ms: None,
            active_ms: None,
            spans: None,
            state: PageState::Shown.as_ref().to_owned(),
            scroll: None,
        })
    }

    /// It was open for a minute and active for so long.
    fn measured(active_ms: i64) -> ViewRecord {
        let mut view = view("/", 0);
        view.row.open_ms = Some(60_000);
        view.row.active_ms = Some(active_ms);
        view
    }

    fn with(events: &[(EventKind, i32)], mut view: ViewRecord) -> ViewRecord {
        for &(kind, count) in events {
            view.events.add(kind, count, 0);
        }
        view
    }

    fn found(views: &[ViewRecord]) -> String {
        sign::stored(&find(&views.iter().collect::<Vec<_>>()))
    }

    #[rstest]
    #[case(&[], &[], "")]
    #[case(&[(EventKind::Click, 40), (EventKind::Outbound, 1), (EventKind::Download, 1)], &[], "")]
    #[case(&[(EventKind::Custom, 3), (EventKind::Form, 2)], &[], "")]
    #[case(&[(EventKind::RageClick, 1)], &[], "rage_click:1")]
    #[case(&[(EventKind::RageClick, 2)], &[(EventKind::RageClick, 3)], "rage_click:5")]
    #[case(&[(EventKind::DeadClick, 1)], &[], "dead_click:1")]
    #[case(&[(EventKind::Error, 1)], &[(EventKind::Error, 9)], "error:10")]
    #[case(&[(EventKind::NotFound, 1)], &[], "not_found:1")]
    #[case(&[(EventKind::NotFound, 1), (EventKind::RageClick, 1)], &[(EventKind::Error, 2)], "rage_click:1,error:2,not_found:1")]
    #[case(&[(EventKind::Error, i32::MAX)], &[(EventKind::Error, 1)], "error:2147483647")]
    fn what_went_wrong_is_counted_over_all_pages(
        #[case] on_one: &[(EventKind, i32)],
        #[case] on_other: &[(EventKind, i32)],
        #[case] signs: &str,
    ) {
        assert_eq!(found(&[with(on_one, view("/", 0)), with(on_other, view("/a", 60_000))]), signs);
    }

    #[rstest]
    #[case::begun(&[(EventKind::FormStart, 1)], &[], "form_left:1")]
    #[case::two_begun(&[(EventKind::FormStart, 2)], &[], "form_left:2")]
    #[case::sent(&[(EventKind::FormStart, 1), (EventKind::Form, 1)], &[], "")]
    #[case::one_of_two_sent(&[(EventKind::FormStart, 2), (EventKind::Form, 1)], &[], "form_left:1")]
    #[case::sent_on_another_page(&[(EventKind::FormStart, 1)], &[(EventKind::Form, 1)], "")]
    #[case::sent_without_being_begun(&[(EventKind::Form, 3)], &[], "")]
    #[case::sent_twice(&[(EventKind::FormStart, 1), (EventKind::Form, 2)], &[], "")]
    #[case::told_as_the_sites_own(&[(EventKind::FormStart, 1), (EventKind::Custom, 1)], &[], "")]
    #[case::own_event_elsewhere(&[(EventKind::FormStart, 1)], &[(EventKind::Custom, 5)], "form_left:1")]
    fn a_form_is_left(#[case] on_one: &[(EventKind, i32)], #[case] on_other: &[(EventKind, i32)], #[case] signs: &str) {
        assert_eq!(found(&[with(on_one, view("/", 0)), with(on_other, view("/a", 60_000))]), signs);
    }

    #[rstest]
    #[case::one_page("a", "")]
    #[case::twice("abaca", "")]
    #[case::three_times("abacada", "returns:3")]
    #[case::to_and_fro("abababa", "returns:3")]
    #[case::four_times("ababababa", "returns:4")]
    #[case::reloads("aaaaaaaa", "")]
    #[case::reloads_between("aabbaacca", "")]
    #[case::the_greatest_counts("xaxabxabaxx", "returns:3")]
    #[case::every_page_new("abcdefgh", "")]
    fn coming_back_to_one_page(#[case] paths: &str, #[case] signs: &str) {
        let views: Vec<_> = (0..).zip(paths.chars()).map(|(at, path)| view(&format!("/{path}"), at * 60_000)).collect();
        assert_eq!(found(&views), signs);
    }

    #[rstest]
    #[case::nothing(&[], "")]
    #[case::one(&[0], "")]
    #[case::two_at_once(&[0, 0], "")]
    #[case::three_at_once(&[0, 0, 0], "fast:3")]
    #[case::just_faster(&[0, 1_000, 1_999], "fast:3")]
    #[case::a_second_each(&[0, 1_000, 2_000], "")]
    #[case::on_average(&[0, 10, 20, 2_999], "fast:4")]
    #[case::one_that_is_read(&[0, 10, 20, 3_000], "")]
    #[case::far_from_the_epoch(&[1_790_000_000_000, 1_790_000_000_100, 1_790_000_000_200], "fast:3")]
    #[case::damaged(&[i64::MIN, 0, i64::MAX], "")]
    fn faster_than_one_page_a_second(#[case] starts: &[i64], #[case] signs: &str) {
        let views: Vec<_> = (0..).zip(starts).map(|(at, &start)| view(&format!("/{at}"), start)).collect();
        assert_eq!(found(&views), signs);
    }

    #[rstest]
    #[case::still(vec![measured(0)], "inactive:1")]
    #[case::two(vec![measured(0), measured(0)], "inactive:2")]
    #[case::a_moment(vec![measured(1)], "")]
    #[case::active_on_one(vec![measured(0), measured(20_000)], "")]
    #[case::not_measured(vec![view("/", 0)], "")]
    #[case::one_not_measured(vec![measured(0), view("/", 0)], "")]
    #[case::a_click(vec![with(&[(EventKind::Click, 1)], measured(0))], "")]
    #[case::an_error(vec![with(&[(EventKind::Error, 1)], measured(0))], "error:1")]
    fn no_activity(#[case] views: Vec<ViewRecord>, #[case] signs: &str) {
        assert_eq!(found(&views), signs);
    }

    #[test]
    fn signs_stand_in_the_order_of_their_kinds() {
        let views: Vec<_> = (0..8).map(|at| view(if at % 2 == 0 { "/" } else { "/a" }, at * 100)).collect();
        let events = [(EventKind::FormStart, 1), (EventKind::DeadClick, 1)];
        let views: Vec<_> = views.into_iter().map(|view| with(&events, view)).collect();
        assert_eq!(found(&views), "dead_click:8,form_left:8,returns:3,fast:8");
        let found = find(&views.iter().collect::<Vec<_>>());
        assert!(found.is_sorted());
    }
}
