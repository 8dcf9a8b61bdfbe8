//! A session with its page views as it stands under the lock: messages are merged into it, its figures are set from
//! it. Pure: rows in, rows out.
//!
//! Order and repetition change nothing: a page view keeps the least start and the greatest report, an event is kept
//! once, and every figure is worked out from the rows, never added to.

use std::collections::{BTreeMap, HashMap, HashSet};

use app::models::{event::EventKind, source::Channel, span::Spans, timeline::PageState};
use uuid::Uuid;

use super::{EnrichedHead, outcome::Outcome, outcome::Reason, sessionize::Candidate, validate};
use crate::store::{
    entities::{event, page_view, session},
    ingest::{ErasedSession, EventCount},
};

/// The most page views that a session may have.
pub const MAX_VIEWS: usize = 1_000;
/// The most events that a session may have.
pub const MAX_EVENTS: i32 = 10_000;
/// A page that was left for the one before within this time was not what the visitor looked for. Ours: nobody who shows
/// quick backs says from when on. Half of the ten seconds below which a visit is a bounce.
pub const QUICK_BACK_MS: i64 = 5_000;
/// Two starts are each known to a second or so; a shorter overlap of two page views says nothing.
const OVERLAP_FROM_MS: i64 = 2_000;

/// A session, its page views and its new events.
#[derive(Debug)]
pub struct SessionRecord {
    row: session::Model,
    views: BTreeMap<Uuid, ViewRecord>,
    known_events: HashSet<Uuid>,
    new_events: Vec<event::Model>,
    outdated_events: Vec<Uuid>,
    changed: bool,
}

#[derive(Debug)]
struct ViewRecord {
    row: page_view::Model,
    spans: Spans,
    events: EventFigures,
    /// The offset of the quick back that is stored with it.
    quick_back: Option<i64>,
    changed: bool,
}

/// What the figures need of the events of a page view.
#[derive(Clone, Copy, Debug, Default)]
struct EventFigures {
    events: i32,
    clicks: i32,
    engagements: i32,
    last_ms: Option<i64>,
}

impl EventFigures {
    fn add(&mut self, kind: EventKind, count: i32, last_ms: i64) {
        self.events += count;
        self.clicks += if kind.is_click() { count } else { 0 };
        self.engagements += if kind.is_engagement() { count } else { 0 };
        self.last_ms = self.last_ms.max(Some(last_ms));
    }
}

/// Everything of a record that has to be written.
#[derive(Debug)]
pub struct ChangedRows {
    /// The session.
    pub session: session::Model,
    /// Its new and changed page views.
    pub page_views: Vec<page_view::Model>,
    /// Ids of events that hold no longer; to be deleted before the new ones are inserted.
    pub outdated_events: Vec<Uuid>,
    /// Its new events.
    pub events: Vec<event::Model>,
}

impl SessionRecord {
    /// A session that has nothing yet.
    pub fn begin(row: session::Model) -> Self {
        Self::of(row, BTreeMap::new(), HashSet::new(), true)
    }

    /// A session as the database holds it. `known_events` are those of its events that the batch names.
    pub fn stored(
        row: session::Model,
        views: impl IntoIterator<Item = page_view::Model>,
        counts: impl IntoIterator<Item = EventCount>,
        known_events: HashSet<Uuid>,
    ) -> Self {
        let mut views: BTreeMap<Uuid, ViewRecord> =
            views.into_iter().map(|row| (row.id, ViewRecord::stored(row))).collect();
        for count in counts {
            match (views.get_mut(&count.page_view), count.kind.parse()) {
                (Some(view), Ok(EventKind::QuickBack)) => view.quick_back = Some(count.last_ms),
                (Some(view), Ok(kind)) => {
                    view.events.add(kind, i32::try_from(count.count).unwrap_or(i32::MAX), count.last_ms);
                }
                _ => {}
            }
        }
        Self::of(row, views, known_events, false)
    }

    fn of(row: session::Model, views: BTreeMap<Uuid, ViewRecord>, known_events: HashSet<Uuid>, changed: bool) -> Self {
        Self { row, views, known_events, new_events: Vec::new(), outdated_events: Vec::new(), changed }
    }

    /// What the sessionizer needs to know.
    pub fn candidate(&self) -> Candidate {
        Candidate {
            id: app::models::ids::SessionId(self.row.id),
            started_at: self.row.started_at,
            received_at: self.row.received_at,
        }
    }

    /// Merges a message that was received at `now`.
    pub fn merge(&mut self, head: &EnrichedHead, body: &validate::Body, now: i64) -> Outcome {
        let goes_on = self.candidate().goes_on(now);
        let outcome = self.merge_rows(head, body);
        if outcome == Outcome::Stored {
            self.changed = true;
            // What comes late for a closed session must not make it look alive.
            if goes_on {
                self.row.received_at = self.row.received_at.max(now);
            }
        }
        outcome
    }

    fn merge_rows(&mut self, head: &EnrichedHead, body: &validate::Body) -> Outcome {
        let created = !self.views.contains_key(&head.id.0);
        if created && self.views.len() >= MAX_VIEWS {
            return Outcome::Refused(Reason::Limit);
        }
        let (site, session, events) = (self.row.site, self.row.id, self.event_count());
        let view = self.views.entry(head.id.0).or_insert_with(|| ViewRecord::begin(site, session, head));
        view.see(head);
        let news = match body {
            validate::Body::View | validate::Body::Forget => false,
            validate::Body::Time(report) => view.report(report),
            validate::Body::Event(event) if self.known_events.contains(&event.id.0) => false,
            validate::Body::Event(_) if events >= MAX_EVENTS => return Outcome::Refused(Reason::Limit),
            validate::Body::Event(event) => {
                let row = event_row(&self.row, head, event);
                view.events.add(event.kind, 1, row.offset_ms);
                self.known_events.insert(row.id);
                self.new_events.push(row);
                true
            }
        };
        if created || news { Outcome::Stored } else { Outcome::Duplicate }
    }

    /// Its rows, for whoever erases it.
    pub fn erased(&self) -> ErasedSession {
        ErasedSession { site: self.row.site, id: self.row.id, page_views: self.views.keys().copied().collect() }
    }

    /// Says that the session is over.
    pub fn end(&mut self) {
        if self.row.ended_at.is_none() {
            self.row.ended_at = Some(self.row.received_at);
            self.changed = true;
        }
    }

    fn event_count(&self) -> i32 {
        self.views.values().map(|view| view.events.events).sum()
    }

    /// Sets the figures and gives out what has to be written; `None` if nothing has changed.
    pub fn into_changes(mut self, now: i64) -> Option<ChangedRows> {
        if !self.changed && !self.views.values().any(|view| view.changed) {
            return None;
        }
        self.set_quick_backs();
        self.set_figures();
        self.row.changed_at = now;
        let page_views = self.views.into_values().filter(|view| view.changed).map(|view| view.row).collect();
        let (outdated_events, events) = (self.outdated_events, self.new_events);
        Some(ChangedRows { session: self.row, page_views, outdated_events, events })
    }

    /// Works out anew which page views were left at once for the page before. Such an event has the id of its page view:
    /// there is one at the most, whatever came first.
    fn set_quick_backs(&mut self) {
        let mut in_order: Vec<(i64, Uuid)> =
            self.views.values().map(|view| (view.row.started_at, view.row.id)).collect();
        in_order.sort_unstable();
        let path = |id: &Uuid| self.views.get(id).map(|view| view.row.path.as_str());
        let quick_back = |ids: &[(i64, Uuid)]| match *ids {
            [(_, before), (began, id), (left, after)] => {
                let is_return = path(&before) == path(&after) && path(&before) != path(&id);
                let offset = left.saturating_sub(began);
                (is_return && offset <= QUICK_BACK_MS).then_some((id, offset))
            }
            _ => None,
        };
        let found: HashMap<Uuid, i64> = in_order.windows(3).filter_map(quick_back).collect();
        for (id, view) in &mut self.views {
            let stored = std::mem::replace(&mut view.quick_back, found.get(id).copied());
            if stored != view.quick_back {
                self.outdated_events.extend(stored.map(|_| *id));
                self.new_events.extend(view.quick_back.map(|offset| quick_back_row(&view.row, offset)));
            }
        }
    }

    /// Works out every figure of the session from its rows.
    fn set_figures(&mut self) {
        let mut views: Vec<&ViewRecord> = self.views.values().collect();
        views.sort_by_key(|view| (view.row.started_at, view.row.id));
        let (Some(first), Some(last)) =
            (views.first(), views.iter().max_by_key(|view| (view.last_activity(), view.row.id)))
        else {
            return;
        };
        let row = &mut self.row;
        row.started_at = first.row.started_at;
        row.entry.clone_from(&first.row.path);
        row.last_page.clone_from(&last.row.path);
        set_source(row, &first.row);

        let count = |figure: fn(&EventFigures) -> i32| views.iter().map(|view| figure(&view.events)).sum::<i32>();
        row.pages = i32::try_from(views.len()).unwrap_or(i32::MAX);
        row.distinct_pages =
            i32::try_from(views.iter().map(|view| &view.row.path).collect::<HashSet<_>>().len()).unwrap_or(i32::MAX);
        let quick_backs = views.iter().filter(|view| view.quick_back.is_some()).count();
        row.events = count(|events| events.events).saturating_add(i32::try_from(quick_backs).unwrap_or(i32::MAX));
        row.clicks = count(|events| events.clicks);
        row.engagements = count(|events| events.engagements);

        row.visible_ms = sum(views.iter().map(|view| view.row.visible_ms));
        row.active_ms = sum(views.iter().map(|view| view.row.active_ms));
        row.unmeasured_pages =
            i32::try_from(views.iter().filter(|view| view.row.open_ms.is_none()).count()).unwrap_or(i32::MAX);
        row.overlapping = overlapping(&views);
        let span = last.last_activity().saturating_sub(row.started_at);
        // Starts are known to a second or so: without an overlap the active times of the pages still fit in.
        row.duration_ms = if row.overlapping { span } else { span.max(row.active_ms.unwrap_or_default()) };
        row.away = views.iter().all(|view| view.row.state != PageState::Shown.as_ref());
    }
}

impl ViewRecord {
    fn begin(site: i32, session: Uuid, head: &EnrichedHead) -> Self {
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

    fn stored(row: page_view::Model) -> Self {
        let spans = row.spans.as_deref().and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
        Self { row, spans, events: EventFigures::default(), quick_back: None, changed: false }
    }

    /// Takes from another message's head what it knows better: of all starts the least is nearest to the truth, as
    /// each is late by its way here.
    fn see(&mut self, head: &EnrichedHead) {
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
    fn report(&mut self, report: &validate::TimeReport) -> bool {
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
        self.row.visible_ms = i64::try_from(report.visible_ms).ok();
        self.row.active_ms = i64::try_from(report.active_ms).ok();
        self.row.state = report.state.as_ref().to_owned();
        self.row.scroll = report.scroll.map(i32::from);
        self.row.spans = (!report.spans.is_empty()).then(|| serde_json::to_string(&report.spans).ok()).flatten();
        self.spans = report.spans.clone();
        self.changed = true;
        true
    }

    fn open_ms(&self) -> u64 {
        self.row.open_ms.and_then(|ms| u64::try_from(ms).ok()).unwrap_or_default()
    }

    /// The end of its last active moment or its last event, whichever is later. Without spans the active time is
    /// taken to come first.
    fn last_activity(&self) -> i64 {
        let active =
            self.spans.last_active_ms(self.open_ms()).and_then(|ms| i64::try_from(ms).ok()).or(self.row.active_ms);
        self.row.started_at.saturating_add(active.max(self.events.last_ms).unwrap_or_default())
    }

    /// When it was in the foreground.
    fn visible(&self) -> impl Iterator<Item = (i64, i64)> + '_ {
        let at = |ms: u64| self.row.started_at.saturating_add(i64::try_from(ms).unwrap_or(i64::MAX));
        let shown =
            self.spans.stretches(self.open_ms()).filter(|s| s.attention != app::models::span::Attention::Hidden);
        shown.map(move |stretch| (at(stretch.from), at(stretch.to)))
    }

    /// Whether it was reached from a page of the session rather than from outside.
    fn reached_from_within(&self) -> bool {
        !self.row.resumed && self.row.channel == Channel::Resumed.as_ref()
    }
}

/// Whether two page views were in the foreground at once and the later was not reached from the session: two people
/// behind one address with the same browser.
fn overlapping(views: &[&ViewRecord]) -> bool {
    let mut shown_until = i64::MIN;
    for (at, later) in views.iter().enumerate() {
        // Most page views begin when the ones before are out of sight; they need no look at each of them.
        let may_overlap = shown_until.saturating_sub(later.row.started_at) >= OVERLAP_FROM_MS;
        if may_overlap
            && !later.reached_from_within()
            && views.iter().take(at).any(|earlier| shown_together(earlier, later))
        {
            return true;
        }
        shown_until = later.visible().map(|(_, to)| to).fold(shown_until, i64::max);
    }
    false
}

fn shown_together(a: &ViewRecord, b: &ViewRecord) -> bool {
    a.visible().any(|(from, to)| b.visible().any(|(f, t)| to.min(t).saturating_sub(from.max(f)) >= OVERLAP_FROM_MS))
}

/// The sum of what was measured; `None` if nothing was.
fn sum(times: impl Iterator<Item = Option<i64>>) -> Option<i64> {
    times.flatten().fold(None, |sum: Option<i64>, ms| Some(sum.unwrap_or_default().saturating_add(ms)))
}

/// The source of the earliest page view is that of the whole session.
fn set_source(session: &mut session::Model, first: &page_view::Model) {
    let campaign: app::models::source::Campaign =
        first.campaign.as_deref().and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
    session.channel.clone_from(&first.channel);
    session.source.clone_from(&first.source);
    session.referrer.clone_from(&first.referrer);
    session.campaign_source = campaign.source;
    session.campaign_medium = campaign.medium;
    session.campaign_name = campaign.name;
    session.campaign_term = campaign.term;
    session.campaign_content = campaign.content;
}

fn quick_back_row(view: &page_view::Model, offset_ms: i64) -> event::Model {
    event::Model {
        site: view.site,
        session: view.session,
        id: view.id,
        page_view: view.id,
        offset_ms,
        kind: EventKind::QuickBack.as_ref().to_owned(),
        name: None,
        target: None,
        props: None,
    }
}

fn event_row(session: &session::Model, head: &EnrichedHead, event: &validate::ValidEvent) -> event::Model {
    event::Model {
        site: session.site,
        session: session.id,
        id: event.id.0,
        page_view: head.id.0,
        offset_ms: i64::try_from(event.offset_ms).unwrap_or(i64::MAX),
        kind: event.kind.as_ref().to_owned(),
        name: event.name.clone(),
        target: event.target.clone(),
        props: (!event.props.is_empty()).then(|| serde_json::to_string(&event.props).ok()).flatten(),
    }
}
