//! Sessions for tests: one that says little, to be varied with struct update.

use uuid::Uuid;

use super::{
    event::{EventKind, Props},
    ids::{EventId, SessionId, SiteId},
    session::{Device, Session, SessionState},
    source::{Channel, Source},
    span::{Attention, Span, Spans},
    strip::{Strip, StripView},
    time::LocalTime,
    timeline::TimelineEvent,
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
        id: EventId(Uuid::from_u128(u128::from(offset_ms))),
        at: LocalTime { ms: 0, offset_s: 0 },
        offset_ms,
        kind: EventKind::Click,
        name: None,
        target: None,
        props: Props::new(),
    }
}
