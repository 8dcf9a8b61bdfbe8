//! The events of a site, worked out the plain way.

use std::collections::{BTreeMap, BTreeSet};

use super::{began_ms, reached_by};
use crate::models::{
    event::EventKind,
    events::{
        Called, Counted, Detail, EventReport, EventRow, MOST_VALUES, PropertyValues, TREND, most_first, trend_part,
    },
    goal::Aim,
    pages::Top,
    time::LocalTime,
    timeline::{SessionDetail, TimelineEvent},
};

/// A row for each event of these sessions; the stretch of time that they are of cuts its course.
pub fn events(sessions: &[&SessionDetail], aim: Option<&Aim>, stretch: (i64, i64)) -> Vec<EventRow> {
    let called: BTreeSet<Called> = sessions.iter().flat_map(|detail| detail.events()).map(called).collect();
    called.into_iter().map(|of| row(&of, sessions, aim, stretch)).collect()
}

fn called(event: &TimelineEvent) -> Called {
    Called { kind: event.kind, name: event.called().to_owned() }
}

fn is(event: &TimelineEvent, of: &Called) -> bool {
    event.kind == of.kind && event.called() == of.name
}

fn row(of: &Called, sessions: &[&SessionDetail], aim: Option<&Aim>, (from, to): (i64, i64)) -> EventRow {
    let mut trend = vec![0; TREND];
    for detail in sessions {
        let times = detail.events().filter(|event| is(event, of)).count();
        if let Some(part) = trend.get_mut(trend_part(from, to, began_ms(detail.session.id))) {
            *part += u32::try_from(times).unwrap_or(u32::MAX);
        }
    }
    let all = counted(sessions, aim, |detail| detail.events().filter(|event| is(event, of)).map(called).collect());
    let none = Counted { what: of.clone(), times: 0, sessions: 0, conversions: aim.map(|_| 0) };
    EventRow { counted: all.into_iter().next().unwrap_or(none), trend }
}

/// Counts what each session has: everything each time that it has it.
pub(super) fn counted<T: Ord + Clone>(
    sessions: &[&SessionDetail],
    aim: Option<&Aim>,
    of: impl Fn(&SessionDetail) -> Vec<T>,
) -> Vec<Counted<T>> {
    let mut found: BTreeMap<T, (u64, BTreeSet<usize>)> = BTreeMap::new();
    for (nth, detail) in sessions.iter().enumerate() {
        for what in of(detail) {
            let (times, among) = found.entry(what).or_default();
            *times += 1;
            among.insert(nth);
        }
    }
    let converts =
        |nth: &&usize| sessions.get(**nth).zip(aim).is_some_and(|(detail, aim)| reached_by(detail, aim).is_some());
    let counted = |(what, (times, among)): (T, (u64, BTreeSet<usize>))| Counted {
        what,
        times,
        sessions: among.len() as u64,
        conversions: aim.map(|_| among.iter().filter(converts).count() as u64),
    };
    found.into_iter().map(counted).collect()
}

/// The report of an event.
pub fn event_report(
    of: &Called,
    sessions: &[&SessionDetail],
    aim: Option<&Aim>,
    stretch: (i64, i64),
    now: LocalTime,
) -> EventReport {
    let those = |detail: &SessionDetail| -> Vec<TimelineEvent> {
        detail.events().filter(|event| is(event, of)).cloned().collect()
    };
    let keys: BTreeSet<String> =
        sessions.iter().flat_map(|detail| those(detail)).flat_map(|event| event.props.into_keys()).collect();
    let values = |key: String| {
        let values = counted(sessions, aim, |detail| {
            those(detail).iter().filter_map(|event| event.props.get(&key)).map(ToString::to_string).collect()
        });
        let (values, others) = most_first(values, MOST_VALUES);
        PropertyValues { key, values, others }
    };
    let text = |text: Option<String>| text.unwrap_or_default();
    let details = counted(sessions, aim, |detail| {
        let of_others = those(detail).into_iter().filter(|event| event.kind != EventKind::Custom);
        of_others.map(|event| Detail { name: text(event.name), target: text(event.target) }).collect()
    });
    let pages = counted(sessions, aim, |detail| {
        let on = |page: &crate::models::timeline::TimelinePage| {
            page.events.iter().filter(|event| is(event, of)).map(|_| page.path.clone()).collect::<Vec<_>>()
        };
        detail.pages().flat_map(on).collect()
    });
    EventReport {
        now,
        sessions: sessions.len() as u64,
        row: row(of, sessions, aim, stretch),
        properties: keys.into_iter().map(values).collect(),
        details: Top::of(details, |row| row.times, |row| row.what.clone()),
        pages: Top::of(pages, |row| row.times, |row| row.what.clone()),
    }
}
