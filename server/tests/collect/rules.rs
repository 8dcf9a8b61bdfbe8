//! The rules that hold everywhere, over generated journeys.

use std::collections::BTreeMap;

use app::models::event::EventKind;
use proptest::prelude::*;
use server::store::entities::{event, page_view, session};
use uuid::Uuid;

use crate::support::{
    collector::{Collector, NOON, Rows},
    generated::{ADDRESSES, any_disturbed, any_journey, in_order, is_clear_of_the_limit, run},
    journey::{HOUR, Journey, MINUTE, Report, SECOND},
};

/// How long every report is under way, and by how much two can change places: an event that is made as late as a
/// report under way then arrives at most a minute after its page view began.
const UNDER_WAY: i64 = 20 * SECOND;

/// Delivers reports at fixed moments: the n-th of `order` at the n-th moment.
async fn delivered(journeys: &[Journey], order: &[(usize, Report)], moments: &[i64]) -> Rows {
    delivered_to(&[Collector::at(NOON).await], journeys, order, moments).await
}

/// Delivers them to these nodes in turn.
pub(super) async fn delivered_to(
    nodes: &[Collector],
    journeys: &[Journey],
    order: &[(usize, Report)],
    moments: &[i64],
) -> Rows {
    for (((visitor, report), moment), collector) in order.iter().zip(moments).zip(nodes.iter().cycle()) {
        collector.clock.advance(NOON + moment - collector.clock.now_ms());
        let answer = collector.deliver(&journeys[*visitor], report, NOON, ADDRESSES[*visitor]).await;
        assert_eq!(answer.status, 202);
        assert!(matches!(answer.outcomes()[..], ["stored" | "duplicate"]), "{:?}", answer.body);
    }
    let collector = &nodes[0];
    collector.clock.advance(2 * HOUR);
    collector.closes_sessions().await;
    collector.rows().await
}

/// The rows with random ids replaced by what stays the same: a session is named by its least page view, and moments
/// of the server's clock are left out.
pub(super) fn comparable(rows: Rows) -> (Vec<session::Model>, Vec<page_view::Model>, Vec<event::Model>) {
    let mut names: BTreeMap<Uuid, Uuid> = BTreeMap::new();
    for view in &rows.page_views {
        names.entry(view.session).and_modify(|name| *name = view.id.min(*name)).or_insert(view.id);
    }
    let name = |id: Uuid| names.get(&id).copied().unwrap_or(id);
    let (mut sessions, mut views, mut events) = (rows.sessions, rows.page_views, rows.events);
    for row in &mut sessions {
        row.id = name(row.id);
        (row.received_at, row.changed_at) = (0, 0);
        row.ended_at = row.ended_at.map(|_| 0);
    }
    for row in &mut views {
        row.session = name(row.session);
    }
    for row in &mut events {
        row.session = name(row.session);
    }
    sessions.sort_by_key(|row| row.id);
    views.sort_by_key(|row| row.id);
    events.sort_by_key(|row| row.id);
    (sessions, views, events)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn order_and_repetition_change_nothing(
        journeys in (any_journey(1), any_journey(2))
            .prop_map(|(one, other)| vec![one, other])
            .prop_filter("what arrives near the limit", |journeys| journeys.iter().all(is_clear_of_the_limit)),
        jitter in prop::collection::vec(0..UNDER_WAY, 200),
        repeats in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..12),
    ) {
        let order = in_order(&journeys);
        let moments: Vec<i64> = order.iter().map(|(_, report)| report.made_at + UNDER_WAY).collect();

        let mut shuffled: Vec<(usize, Report)> = order.clone();
        let mut keys: Vec<(i64, usize)> = order.iter().zip(&jitter).enumerate().map(|(at, ((_, report), late))| (report.made_at + late, at)).collect();
        keys.sort_unstable();
        for (place, (_, at)) in keys.into_iter().enumerate() {
            shuffled[place] = order[at].clone();
        }
        let mut shuffled: Vec<((usize, Report), i64)> = shuffled.into_iter().zip(moments.iter().copied()).collect();
        // A repeat comes at the moment of some report that comes later.
        for (which, when) in repeats {
            let at = which.index(shuffled.len());
            let later = at + when.index(shuffled.len() - at);
            let repeat = (shuffled[at].0.clone(), shuffled[later].1);
            shuffled.insert(later + 1, repeat);
        }
        let (shuffled, shuffled_moments): (Vec<_>, Vec<_>) = shuffled.into_iter().unzip();

        let straight = comparable(run(delivered(&journeys, &order, &moments)));
        let permuted = comparable(run(delivered(&journeys, &shuffled, &shuffled_moments)));
        prop_assert_eq!(straight, permuted);
    }

    #[test]
    fn what_was_answered_202_is_there_after_a_restart_and_counted_once(journey in any_journey(1)) {
        let (ids, rows) = run(async {
            let collector = Collector::at(NOON).await;
            for answer in collector.plays(&journey, ADDRESSES[0]).await {
                assert_eq!(answer.status, 202);
            }
            (journey.ids(), collector.restarted().await.rows().await)
        });
        // Quick backs were sent by nobody.
        let sent = rows.events.iter().filter(|row| row.kind != EventKind::QuickBack.as_ref()).map(|row| row.id);
        let mut stored: Vec<Uuid> = rows.page_views.iter().map(|row| row.id).chain(sent).collect();
        stored.sort();
        let mut ids = ids;
        ids.sort();
        prop_assert_eq!(stored, ids);
    }

    #[test]
    fn only_inactivity_cuts_a_session(journey in any_journey(1), start in 0..24 * HOUR, restart in any::<bool>(), moves in any::<bool>()) {
        let rows = run(async {
            let mut collector = Collector::at(NOON + start).await;
            let begin = collector.clock.now_ms();
            let mut session = None;
            for (at, report) in journey.reports().iter().enumerate() {
                collector.clock.advance(begin + report.made_at - collector.clock.now_ms());
                if restart && at == journey.reports().len() / 2 {
                    collector = collector.restarted().await;
                }
                // A browser that changes its network in the middle of a page still knows its session.
                let address = if moves && at % 2 == 1 { "198.51.100.4" } else { ADDRESSES[0] };
                let body = journey.body(std::slice::from_ref(report), session.as_deref(), report.made_at);
                let answer = collector.post(address, crate::support::collector::CHROME, body).await;
                session = answer.session().or(session);
            }
            collector.rows().await
        });
        // A page view begins a session exactly when nothing came for longer than the limit before it. A report of a
        // page that is known never does.
        let mut sessions = 0;
        let mut alive_until = None;
        let mut seen = std::collections::HashSet::new();
        for report in journey.reports() {
            let is_alive = alive_until.is_some_and(|until| report.made_at <= until);
            let is_new_view = seen.insert(report.view());
            if is_new_view && !is_alive {
                sessions += 1;
            }
            if is_new_view || is_alive {
                alive_until = Some(report.made_at + 30 * MINUTE);
            }
        }
        prop_assert_eq!(rows.sessions.len(), sessions);
    }

    #[test]
    fn the_figures_of_a_session_are_those_of_its_rows(journeys in (any_journey(1), any_journey(2)).prop_map(|(one, other)| vec![one, other])) {
        let order = in_order(&journeys);
        let moments: Vec<i64> = order.iter().map(|(_, report)| report.made_at).collect();
        let rows = run(delivered(&journeys, &order, &moments));
        for session in &rows.sessions {
            let views: Vec<_> = rows.page_views.iter().filter(|view| view.session == session.id).collect();
            let events: Vec<_> = rows.events.iter().filter(|event| event.session == session.id).collect();
            prop_assert_eq!(session.pages as usize, views.len());
            prop_assert_eq!(session.events as usize, events.len());
            let measured: Vec<i64> = views.iter().filter_map(|view| view.active_ms).collect();
            prop_assert_eq!(session.active_ms, (!measured.is_empty()).then(|| measured.iter().sum()));
            prop_assert!(session.overlapping || session.active_ms.unwrap_or(0) <= session.duration_ms);
            prop_assert!(session.duration_ms >= 0);
            prop_assert_eq!(Some(session.started_at), views.iter().map(|view| view.started_at).min());
        }
    }

    #[test]
    fn whatever_a_clock_says_nothing_is_later_than_its_arrival_or_two_days_earlier(disturbed in any_disturbed()) {
        let mut heard: BTreeMap<Uuid, (i64, i64)> = BTreeMap::new();
        let (rows, now) = run(async {
            let collector = Collector::at(NOON).await;
            for arrival in &disturbed.arrivals {
                if disturbed.deliver(arrival, &collector).await {
                    let view = disturbed.journeys[arrival.visitor].ids()[arrival.report.view()];
                    let now = collector.clock.now_ms();
                    heard.entry(view).and_modify(|(_, last)| *last = now).or_insert((now, now));
                }
            }
            collector.clock.advance(2 * HOUR);
            collector.closes_sessions().await;
            (collector.rows().await, collector.clock.now_ms())
        });
        prop_assert_eq!(rows.page_views.iter().map(|view| view.id).collect::<Vec<_>>(), heard.keys().copied().collect::<Vec<_>>());
        for view in &rows.page_views {
            let (first, last) = heard[&view.id];
            prop_assert!((first - 48 * HOUR..=first).contains(&view.started_at), "{view:?}");
            prop_assert!(view.started_at + view.open_ms.unwrap_or(0) <= last, "{view:?}");
            prop_assert!([view.open_ms, view.visible_ms, view.active_ms].into_iter().flatten().all(|ms| ms >= 0), "{view:?}");
        }
        for event in &rows.events {
            let view = rows.page_views.iter().find(|view| view.id == event.page_view).expect("its page view");
            prop_assert!(event.offset_ms >= 0, "{event:?}");
            // A quick back ends when the next page began, of which another page view told.
            let told = heard[&view.id].1;
            let is_told = event.kind != EventKind::QuickBack.as_ref();
            prop_assert!(!is_told || view.started_at + event.offset_ms <= told, "{event:?}");
        }
        for session in &rows.sessions {
            prop_assert!((NOON - 48 * HOUR..=now).contains(&session.started_at), "{session:?}");
            prop_assert!((NOON..=session.changed_at).contains(&session.received_at), "{session:?}");
            prop_assert!(session.changed_at <= now, "{session:?}");
            prop_assert!(session.ended_at.is_none_or(|at| (session.started_at..=now).contains(&at)), "{session:?}");
            prop_assert!([Some(session.duration_ms), session.visible_ms, session.active_ms].into_iter().flatten().all(|ms| ms >= 0), "{session:?}");
        }
    }
}
