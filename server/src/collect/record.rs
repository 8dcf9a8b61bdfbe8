//! A session with its page views as it stands under the lock: messages are merged into it, its figures are set from
//! it. Pure: rows in, rows out.
//!
//! Order and repetition change nothing: a page view keeps the least start and the greatest report, an event is kept
//! once, and every figure is worked out from the rows, never added to.

use std::collections::{BTreeMap, HashSet};

use app::models::{event::EventKind, ids::SessionId, session::Limits, sign, timeline::PageState};
use uuid::Uuid;

use super::{
    Batch, EnrichedHead,
    outcome::{Outcome, Reason},
    overlap, quick_back,
    sessionize::Candidate,
    signs, validate,
    view_record::ViewRecord,
};
use crate::store::{
    entities::{event, page_view, session},
    ingest::EventCount,
};

/// The most page views that a session may have.
pub const MAX_VIEWS: usize = 1_000;
/// The most events that a session may have.
pub const MAX_EVENTS: i32 = 10_000;
/// Why a session is taken for a machine's that came from a host which is only there to be opened.
const SPAM: &str = "referrer spam";

/// A session, its page views and its new events.
#[derive(Debug)]
pub struct SessionRecord {
    row: session::Model,
    views: BTreeMap<Uuid, ViewRecord>,
    known_events: HashSet<Uuid>,
    new_events: Vec<event::Model>,
    outdated_events: Vec<Uuid>,
    /// Whether the site wants to know of pages that were left at once.
    pub tells_quick_backs: bool,
    limits: Limits,
    changed: bool,
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
    /// A session of the batch's visitor that has no page view yet.
    pub fn begin(batch: &Batch, id: SessionId, started_at: i64) -> Self {
        Self::of(new_session(batch, id, started_at), BTreeMap::new(), HashSet::new(), batch.limits, true)
    }

    /// A session as the database holds it. `known_events` are those of its events that the batch names.
    pub fn stored(
        row: session::Model,
        views: impl IntoIterator<Item = page_view::Model>,
        counts: impl IntoIterator<Item = EventCount>,
        known_events: HashSet<Uuid>,
        limits: Limits,
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
        Self::of(row, views, known_events, limits, false)
    }

    fn of(
        row: session::Model,
        views: BTreeMap<Uuid, ViewRecord>,
        known_events: HashSet<Uuid>,
        limits: Limits,
        changed: bool,
    ) -> Self {
        Self {
            row,
            views,
            known_events,
            new_events: Vec::new(),
            outdated_events: Vec::new(),
            tells_quick_backs: true,
            limits,
            changed,
        }
    }

    /// What the sessionizer needs to know.
    pub fn candidate(&self) -> Candidate {
        let session::Model { id, started_at, received_at, .. } = self.row;
        Candidate { id: SessionId(id), started_at, received_at, limits: self.limits }
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
        let is_new = |event: &validate::ValidEvent| !self.known_events.contains(&event.id.0);
        if matches!(body, validate::Body::Event(event) if is_new(event)) && self.event_count() >= MAX_EVENTS {
            return Outcome::Refused(Reason::Limit);
        }
        let (site, session) = (self.row.site, self.row.id);
        let view = self.views.entry(head.id.0).or_insert_with(|| ViewRecord::begin(site, session, head));
        view.see(head);
        if head.is_spam && self.row.bot.is_none() && !self.row.verdict_by_hand {
            self.row.bot = Some(SPAM.to_owned());
        }
        let news = match body {
            validate::Body::View | validate::Body::Forget => false,
            // The code leads here from now on, whatever it led to before.
            validate::Body::Reference(_) => true,
            validate::Body::Time(report) => view.report(report),
            validate::Body::Event(event) if self.known_events.contains(&event.id.0) => false,
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

    /// Says that the session is over.
    pub fn end(&mut self) {
        if self.row.ended_at.is_none() {
            self.row.ended_at = Some(self.row.received_at);
            self.changed = true;
        }
    }

    fn event_count(&self) -> i32 {
        self.views.values().map(|view| view.events.count(|_| true)).fold(0, i32::saturating_add)
    }

    /// Sets the figures and gives out what has to be written; `None` if nothing has changed.
    pub fn into_changes(mut self, now: i64) -> Option<ChangedRows> {
        if !self.changed && !self.views.values().any(|view| view.changed) {
            return None;
        }
        self.set_quick_backs();
        self.set_figures();
        // Never back, and never the same again: whoever watches would take the change for one that they have.
        self.row.changed_at = now.max(self.row.changed_at.saturating_add(1));
        let page_views = self.views.into_values().filter(|view| view.changed).map(|view| view.row).collect();
        let (outdated_events, events) = (self.outdated_events, self.new_events);
        Some(ChangedRows { session: self.row, page_views, outdated_events, events })
    }

    /// Works out anew which page views are quick backs: a later message can make one and unmake one.
    fn set_quick_backs(&mut self) {
        let rows = self.views.values().map(|view| &view.row);
        let found = if self.tells_quick_backs { quick_back::find(rows) } else { Default::default() };
        for (id, view) in &mut self.views {
            let stored = std::mem::replace(&mut view.quick_back, found.get(id).copied());
            if stored != view.quick_back {
                self.outdated_events.extend(stored.map(|_| *id));
                self.new_events.extend(view.quick_back.map(|offset| quick_back::row(&view.row, offset)));
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

        let count = |is_meant: fn(EventKind) -> bool| {
            views.iter().map(|view| view.events.count(is_meant)).fold(0, i32::saturating_add)
        };
        row.pages = i32::try_from(views.len()).unwrap_or(i32::MAX);
        row.distinct_pages =
            i32::try_from(views.iter().map(|view| &view.row.path).collect::<HashSet<_>>().len()).unwrap_or(i32::MAX);
        let quick_backs = views.iter().filter(|view| view.quick_back.is_some()).count();
        row.events = count(|_| true).saturating_add(i32::try_from(quick_backs).unwrap_or(i32::MAX));
        row.clicks = count(EventKind::is_click);
        row.engagements = count(EventKind::is_engagement);

        row.visible_ms = sum(views.iter().map(|view| view.row.visible_ms));
        row.active_ms = sum(views.iter().map(|view| view.row.active_ms));
        row.unmeasured_pages =
            i32::try_from(views.iter().filter(|view| view.row.open_ms.is_none()).count()).unwrap_or(i32::MAX);
        row.overlapping = overlap::any(&views);
        let span = last.last_activity().saturating_sub(row.started_at);
        // Starts are known to a second or so: without an overlap the active times of the pages still fit in.
        row.duration_ms = if row.overlapping { span } else { span.max(row.active_ms.unwrap_or_default()) };
        row.away = views.iter().all(|view| view.row.state != PageState::Shown.as_ref());
        row.signs = Some(sign::stored(&signs::find(&views)));
    }
}

fn new_session(batch: &Batch, id: SessionId, started_at: i64) -> session::Model {
    let facts = &batch.facts;
    session::Model {
        site: batch.site.0,
        id: id.0,
        started_at,
        received_at: batch.received_at,
        changed_at: 0,
        ended_at: None,
        away: false,
        country: facts.country.map(|country| country.code()),
        device: facts.device.as_ref().to_owned(),
        os: facts.os.clone(),
        browser: facts.browser.clone(),
        bot: facts.bot.map(str::to_owned),
        entry: String::new(),
        last_page: String::new(),
        pages: 0,
        distinct_pages: 0,
        events: 0,
        clicks: 0,
        engagements: 0,
        duration_ms: 0,
        visible_ms: None,
        active_ms: None,
        unmeasured_pages: 0,
        overlapping: false,
        channel: String::new(),
        source: String::new(),
        referrer: None,
        campaign_source: None,
        campaign_medium: None,
        campaign_name: None,
        campaign_term: None,
        campaign_content: None,
        signs: Some(String::new()),
        verdict_by_hand: false,
    }
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
