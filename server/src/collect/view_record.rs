//! A page view as it stands under the lock: heads and reports are merged into it. Pure.

use std::collections::BTreeMap;

use app::models::{
    event::EventKind,
    source::Channel,
    span::{Attention, Spans},
    timeline::PageState,
};
use uuid::Uuid;

use super::{EnrichedHead, validate};
use crate::store::entities::page_view;

/// A page view with what its session's figures need of it.
#[derive(Debug)]
pub(super) struct ViewRecord {
    pub(super) row: page_view::Model,
    spans: Spans,
    pub(super) events: EventFigures,
    /// The offset of the quick back that is stored with it.
    pub(super) quick_back: Option<i64>,
    pub(super) changed: bool,
}

/// How many events of which kind a page view has, and when the last one was.
#[derive(Clone, Debug, Default)]
pub(super) struct EventFigures {
    counts: BTreeMap<EventKind, i32>,
    last_ms: Option<i64>,
}

impl EventFigures {
    pub(super) fn add(&mut self, kind: EventKind, count: i32, last_ms: i64) {
        let counted = self.counts.entry(kind).or_default();
        *counted = counted.saturating_add(count);
        self.last_ms = self.last_ms.max(Some(last_ms));
    }

    /// How many there are of the kinds that are meant.
    pub(super) fn count(&self, is_meant: impl Fn(EventKind) -> bool) -> i32 {
        let meant = self.counts.iter().filter(|&(&kind, _)| is_meant(kind));
        meant.map(|(_, &count)| count).fold(0, i32::saturating_add)
    }
}

impl ViewRecord {
    pub(super) fn begin(site: i32, session: Uuid, head: &EnrichedHead) -> Self {
        let row = page_view::Model {
            site,
            session,
            id: head.id.0,
            started_at: head.started_at,
            host: head.host.clone(),
            path: head.path.clone(),
            query: None,
            title: head.title.clone(),
            resumed: head.resumed,
            channel: head.source.channel.as_ref().to_owned(),
            source: head.source.name.clone(),
            referrer: head.external_referrer.clone(),
            campaign: (!head.campaign.is_empty()).then(|| serde_json::to_string(&head.campaign).ok()).flatten(),
            open_ms: None,
            visible_ms: None,
            active_ms: None,
            spans: None,
            state: PageState::Shown.as_ref().to_owned(),
            scroll: None,
        };
        Self { row, spans: Spans::default(), events: EventFigures::default(), quick_back: None, changed: true }
    }

    pub(super) fn stored(row: page_view::Model) -> Self {
        let spans = row.spans.as_deref().and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
        Self { row, spans, events: EventFigures::default(), quick_back: None, changed: false }
    }

    /// Takes from another message's head what it knows better: of all starts the least is nearest to the truth, as
    /// each is late by its way here.
    pub(super) fn see(&mut self, head: &EnrichedHead) {
        if head.started_at < self.row.started_at {
            self.row.started_at = head.started_at;
            self.changed = true;
        }
        if self.row.title.is_none() && head.title.is_some() {
            self.row.title.clone_from(&head.title);
            self.changed = true;
        }
    }

    /// Takes a time report if it is the greatest so far; of two with the same open time the one that says more of the
    /// end.
    pub(super) fn report(&mut self, report: &validate::TimeReport) -> bool {
        let rank = |state: &str| match state.parse() {
            Ok(PageState::Left) => 2,
            Ok(PageState::Hidden) => 1,
            _ => 0,
        };
        let open_ms = i64::try_from(report.open_ms).unwrap_or(i64::MAX);
        let standing = self.row.open_ms.map(|open| (open, rank(&self.row.state)));
        if standing >= Some((open_ms, rank(report.state.as_ref()))) {
            return false;
        }
        self.row.open_ms = Some(open_ms);
        self.row.visible_ms = i64::try_from(report.attended.visible_ms).ok();
        self.row.active_ms = i64::try_from(report.attended.active_ms).ok();
        self.row.state = report.state.as_ref().to_owned();
        self.row.scroll = report.scroll.map(i32::from);
        self.spans.clone_from(&report.attended.spans);
        self.row.spans = (!self.spans.is_empty()).then(|| serde_json::to_string(&self.spans).ok()).flatten();
        self.changed = true;
        true
    }

    fn open_ms(&self) -> u64 {
        self.row.open_ms.and_then(|ms| u64::try_from(ms).ok()).unwrap_or_default()
    }

    /// The end of its last active moment or its last event, whichever is later. Without spans the active time is
    /// taken to come first.
    pub(super) fn last_activity(&self) -> i64 {
        let active =
            self.spans.last_active_ms(self.open_ms()).and_then(|ms| i64::try_from(ms).ok()).or(self.row.active_ms);
        self.row.started_at.saturating_add(active.max(self.events.last_ms).unwrap_or_default())
    }

    /// When it was in the foreground.
    pub(super) fn visible(&self) -> impl Iterator<Item = (i64, i64)> + '_ {
        let at = |ms: u64| self.row.started_at.saturating_add(i64::try_from(ms).unwrap_or(i64::MAX));
        let shown = self.spans.stretches(self.open_ms()).filter(|s| s.attention != Attention::Hidden);
        shown.map(move |stretch| (at(stretch.from), at(stretch.to)))
    }

    /// Whether it was reached from a page of the session rather than from outside.
    pub(super) fn reached_from_within(&self) -> bool {
        !self.row.resumed && self.row.channel == Channel::Resumed.as_ref()
    }
}
