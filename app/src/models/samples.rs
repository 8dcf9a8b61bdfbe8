//! Sessions for tests: one that says little, to be varied with struct update.

use uuid::Uuid;

use super::{
    event::{EventKind, Props},
    ids::{EventId, PageViewId, SessionId, SiteId},
    session::{Device, Session, SessionState},
    site::Site,
    source::{Campaign, Channel, Source},
    span::{Attention, Span, Spans},
    strip::{Strip, StripView},
    time::LocalTime,
    timeline::{PageState, PageTime, SessionDetail, TimelineEvent, TimelineItem, TimelinePage},
};

/// A closed session of one active minute on `/`.
pub(crate) fn session(id: u128) -> Session {
    Session {
        site: SiteId(1),
        id: SessionId(Uuid::from_u128(id)),
        changed_ms: 0,
        started: LocalTime { ms: 0, offset_s: 0 },
        state: SessionState::Closed,
        country: None,
        device: Device::Unknown,
        os: None,
        browser: None,
        entry: "/".into(),
        last_page: "/".into(),
        pages: 1,
        events: 0,
        clicks: 0,
        duration_ms: 60_000,
        active_ms: Some(60_000),
        unmeasured_pages: 0,
        source: Source { channel: Channel::Direct, name: "Direct".into() },
        overlapping: false,
        bot: None,
        signs: vec![],
        strip: Strip { views: vec![view("/", 0, 60)], marks: vec![] },
    }
}

/// A page view that was active from its beginning to its end.
pub(crate) fn view(path: &str, from_s: u64, active_s: u64) -> StripView {
    let open_ms = active_s * 1000;
    StripView {
        path: path.into(),
        from_ms: from_s * 1000,
        open_ms: Some(open_ms),
        spans: Spans::tidy([Span::from((0, Attention::Active))], open_ms),
    }
}

/// A click without a name.
pub(crate) fn click(offset_ms: u64) -> TimelineEvent {
    TimelineEvent {
        id: Some(EventId(Uuid::from_u128(u128::from(offset_ms)))),
        number: 0,
        at: LocalTime { ms: 0, offset_s: 0 },
        offset_ms,
        kind: EventKind::Click,
        name: None,
        target: None,
        props: Props::new(),
    }
}

/// An event of a kind, with a name and a target unless they are empty.
pub(crate) fn event(kind: EventKind, name: &str, target: &str) -> TimelineEvent {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    TimelineEvent { kind, name: some(name), target: some(target), ..click(0) }
}

/// A page view of an active minute, with what happened on it.
pub(crate) fn page(path: &str, events: Vec<TimelineEvent>) -> TimelinePage {
    TimelinePage {
        id: PageViewId(Uuid::nil()),
        number: 1,
        returns_to: None,
        at: LocalTime { ms: 0, offset_s: 0 },
        host: "shop.example".into(),
        path: path.into(),
        title: None,
        time: PageTime::Measured { open_ms: 60_000, visible_ms: 60_000, active_ms: 60_000 },
        usual: None,
        spans: Spans::default(),
        scroll: None,
        state: PageState::Left,
        arrived_from: None,
        events,
    }
}

/// A session with these page views, a pause between each two. Its figures stay as they are.
pub(crate) fn detail(session: Session, pages: Vec<TimelinePage>) -> SessionDetail {
    let with_pause = |page| [TimelineItem::Gap { ms: 60_000 }, TimelineItem::Page(Box::new(page))];
    SessionDetail {
        now_ms: 0,
        site: Site { id: session.site, name: "shop.example".into(), time_zone: "UTC".into() },
        session,
        referrer: None,
        campaign: Campaign::default(),
        references: vec![],
        deletes_at_ms: None,
        timeline: pages.into_iter().flat_map(with_pause).skip(1).collect(),
    }
}
