//! A short way to write a session down, and what the server would make of it.

use uuid::Uuid;

use super::site::{SHOP, sites, usual};
use crate::models::{
    event::{EventKind, PropValue, Props},
    ids::{EventId, PageViewId, SessionId},
    session::{Device, Session, SessionState},
    sign::{Sign, SignKind},
    site::Site,
    source::{Arrival, Channel, Source},
    span::{Attention, Span, Spans},
    strip::{Strip, StripMark, StripView},
    time::LocalTime,
    timeline::{PageState, PageTime, SessionDetail, TimelineEvent, TimelinePage, Unmeasured, arrange},
};

/// Central European Time.
pub(super) const OFFSET_S: i32 = 3_600;

/// A page view: when it began in seconds of the session, its stretches in seconds, what happened on it.
pub(super) struct Stay {
    pub(super) at_s: u64,
    pub(super) path: &'static str,
    pub(super) title: &'static str,
    /// Stretches by their lengths: `a` active, `i` idle, `h` hidden. Empty when nothing was measured.
    pub(super) time: Vec<(char, u64)>,
    pub(super) events: Vec<TimelineEvent>,
    pub(super) arrived_from: Option<Arrival>,
    /// How far down it was seen, in percent.
    pub(super) scroll: Option<u8>,
}

/// A page view without events.
pub(super) fn stay(at_s: u64, path: &'static str, title: &'static str, time: &[(char, u64)]) -> Stay {
    Stay { at_s, path, title, time: time.to_vec(), events: vec![], arrived_from: None, scroll: None }
}

impl Stay {
    /// With something that happened, so many tenths of a second after the page view began.
    pub(super) fn on(mut self, tenths: u64, kind: EventKind, name: &str, target: &str) -> Self {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        self.events.push(TimelineEvent {
            id: Some(EventId(Uuid::from_u128(u128::from(self.at_s * 10 + tenths) << 8 | self.events.len() as u128))),
            number: 0,
            at: LocalTime { ms: 0, offset_s: OFFSET_S },
            offset_ms: tenths * 100,
            kind,
            name: some(name),
            target: some(target),
            props: Props::new(),
        });
        self
    }

    /// How far down it was seen.
    pub(super) fn seen_to(mut self, percent: u8) -> Self {
        self.scroll = Some(percent);
        self
    }

    /// The properties of the last event.
    pub(super) fn with(mut self, props: &[(&str, PropValue)]) -> Self {
        if let Some(event) = self.events.last_mut() {
            event.props = props.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        }
        self
    }

    /// Reached from somewhere else than the page before.
    pub(super) fn from(mut self, channel: Channel, name: &str) -> Self {
        self.arrived_from = Some(Arrival { source: source(channel, name), campaign: None });
        self
    }

    fn open_ms(&self) -> Option<u64> {
        (!self.time.is_empty()).then(|| self.time.iter().map(|(_, s)| s * 1000).sum())
    }

    fn sum_ms(&self, counted: &str) -> u64 {
        self.time.iter().filter(|(kind, _)| counted.contains(*kind)).map(|(_, s)| s * 1000).sum()
    }

    fn spans(&self) -> Spans {
        let mut from = 0;
        let spans = self.time.iter().map(|&(kind, s)| {
            let attention = match kind {
                'a' => Attention::Active,
                'i' => Attention::Idle,
                _ => Attention::Hidden,
            };
            let span = Span { from, attention };
            from += u32::try_from(s).unwrap_or_default() * 10;
            span
        });
        Spans::tidy(spans, self.open_ms().unwrap_or_default())
    }
}

/// A source.
pub(super) fn source(channel: Channel, name: &str) -> Source {
    Source { channel, name: name.into() }
}

/// What a session ran on and where it came from.
pub(super) struct Visitor {
    pub(super) country: &'static str,
    pub(super) device: Device,
    pub(super) os: &'static str,
    pub(super) browser: &'static str,
    pub(super) source: Source,
}

/// Makes a session of page views, as the server does.
pub(super) fn play(
    started_ms: i64,
    now_ms: i64,
    state: SessionState,
    visitor: Visitor,
    stays: Vec<Stay>,
) -> SessionDetail {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let id =
        SessionId(Uuid::from_u128((u128::try_from(started_ms).unwrap_or_default() << 80) | 0x7a3c_8f21_9d04_4be1_5c6d));
    let strip = strip(&stays);
    let ends = stays.iter().map(|stay| {
        let active = stay.spans().last_active_ms(stay.open_ms().unwrap_or_default()).unwrap_or_default();
        let event = stay.events.iter().map(|event| event.offset_ms).max().unwrap_or_default();
        stay.at_s * 1000 + active.max(event)
    });
    let measured = stays.iter().any(|stay| stay.open_ms().is_some());
    let path = |stay: Option<&Stay>| stay.map(|stay| stay.path.to_owned()).unwrap_or_default();
    let session = Session {
        site: SHOP,
        id,
        changed_ms: if state == SessionState::Closed { started_ms } else { now_ms },
        started: LocalTime { ms: started_ms, offset_s: OFFSET_S },
        state,
        country: visitor.country.parse().ok(),
        device: visitor.device,
        os: some(visitor.os),
        browser: some(visitor.browser),
        entry: path(stays.first()),
        last_page: path(stays.last()),
        pages: u32::try_from(stays.len()).unwrap_or_default(),
        events: u32::try_from(strip.marks.len()).unwrap_or_default(),
        clicks: u32::try_from(strip.marks.iter().filter(|mark| mark.kind.is_click()).count()).unwrap_or_default(),
        duration_ms: ends.max().unwrap_or_default(),
        active_ms: measured.then(|| stays.iter().map(|stay| stay.sum_ms("a")).sum()),
        unmeasured_pages: u32::try_from(stays.iter().filter(|stay| stay.time.is_empty()).count()).unwrap_or_default(),
        source: visitor.source,
        overlapping: false,
        bot: None,
        signs: signs(&strip.marks),
        strip,
    };
    let site = sites().into_iter().next().unwrap_or(Site { id: SHOP, name: String::new(), time_zone: String::new() });
    let last = stays.len();
    let pages =
        stays.into_iter().enumerate().map(|(at, stay)| page(at, at + 1 == last, started_ms, state, stay)).collect();
    SessionDetail {
        now_ms,
        site,
        session,
        referrer: None,
        campaign: Default::default(),
        references: Vec::new(),
        deletes_at_ms: None,
        timeline: arrange(pages),
    }
}

/// The signs that follow from what happened.
fn signs(marks: &[StripMark]) -> Vec<Sign> {
    let count = |kind| u32::try_from(marks.iter().filter(|mark| mark.kind == kind).count()).unwrap_or_default();
    let figures = [
        (SignKind::RageClick, count(EventKind::RageClick)),
        (SignKind::DeadClick, count(EventKind::DeadClick)),
        (SignKind::Error, count(EventKind::Error)),
        (SignKind::NotFound, count(EventKind::NotFound)),
        (SignKind::FormLeft, count(EventKind::FormStart).saturating_sub(count(EventKind::Form))),
    ];
    figures.into_iter().filter(|&(_, figure)| figure > 0).map(|(kind, figure)| Sign { kind, figure }).collect()
}

fn strip(stays: &[Stay]) -> Strip {
    let views = stays.iter().map(|stay| StripView {
        path: stay.path.into(),
        from_ms: stay.at_s * 1000,
        open_ms: stay.open_ms(),
        spans: stay.spans(),
    });
    let marks = stays.iter().flat_map(|stay| {
        stay.events.iter().map(|event| StripMark { at_ms: stay.at_s * 1000 + event.offset_ms, kind: event.kind })
    });
    Strip { views: views.collect(), marks: marks.collect() }
}

fn page(at: usize, last: bool, started_ms: i64, session: SessionState, mut stay: Stay) -> TimelinePage {
    let began = started_ms + i64::try_from(stay.at_s * 1000).unwrap_or_default();
    for event in &mut stay.events {
        event.at.ms = began + i64::try_from(event.offset_ms).unwrap_or_default();
    }
    let state = match (last, session) {
        (true, SessionState::Now) => PageState::Shown,
        (true, SessionState::Open) => PageState::Hidden,
        _ if stay.time.is_empty() => PageState::Shown,
        _ => PageState::Left,
    };
    let why = if last && session != SessionState::Closed { Unmeasured::NotYet } else { Unmeasured::LeftWithoutAWord };
    let time = stay.open_ms().map_or(PageTime::NotMeasured(why), |open_ms| PageTime::Measured {
        open_ms,
        visible_ms: stay.sum_ms("ai"),
        active_ms: stay.sum_ms("a"),
    });
    TimelinePage {
        id: PageViewId(Uuid::from_u128(at as u128 + 1)),
        number: 0,
        returns_to: None,
        at: LocalTime { ms: began, offset_s: OFFSET_S },
        host: "shop.example".into(),
        path: stay.path.into(),
        title: (!stay.title.is_empty()).then(|| stay.title.to_owned()),
        time,
        usual: usual(stay.path),
        spans: stay.spans(),
        scroll: stay.scroll,
        state,
        arrived_from: stay.arrived_from,
        events: stay.events,
    }
}
