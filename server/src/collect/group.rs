//! A group of batches in one transaction: what stands is gathered under the lock, every message is placed, what has
//! changed comes out. The placing is pure; only [`Gathered::read`] asks the database.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use app::models::{ids::SessionId, session::Limits};
use uuid::Uuid;

use super::{
    Answer, Batch, EnrichedHead, EnrichedMessage,
    identity::VisitorKey,
    outcome::{Outcome, Reason},
    record::SessionRecord,
    sessionize::{Arrival, Candidate, Decision, sessionize},
    validate::Body,
};
use crate::store::{
    entities::{open_page_view, open_session, session_reference},
    ingest::{self, Changeset, Ingest},
};

/// Makes the id of a session that begins at a moment in milliseconds.
pub type Mint<'a> = &'a mut (dyn FnMut(i64) -> SessionId + Send);

/// Everything that a group touches, as it stands under the lock.
#[derive(Default)]
pub struct Gathered {
    views: HashMap<(i32, Uuid), Uuid>,
    new_views: Vec<open_page_view::Model>,
    keys: BTreeMap<(i32, VisitorKey), KeyState>,
    records: HashMap<(i32, Uuid), SessionRecord>,
    references: Vec<session_reference::Model>,
    erased: Vec<(i32, Uuid)>,
    limits: HashMap<i32, Limits>,
}

/// Where a visitor's key leads.
struct KeyState {
    /// What the database holds.
    stored: Uuid,
    /// What it leads to now.
    session: Option<Uuid>,
    /// An id that was proposed with the lock and stands in the database, free to be used.
    free: Option<Uuid>,
}

impl Gathered {
    /// Finds known page views, locks the visitors' keys, and reads the sessions that both lead to.
    pub fn read(tx: &mut dyn Ingest, batches: &[Batch], now: i64, mint: Mint<'_>) -> ingest::Result<Self> {
        let limits = batches.iter().map(|batch| (batch.site.0, batch.limits)).collect();
        let mut gathered = Self { limits, ..Self::default() };
        gathered.read_views(tx, batches)?;
        gathered.lock_keys(tx, batches, now, mint)?;
        gathered.read_sessions(tx, batches)?;
        Ok(gathered)
    }

    fn read_views(&mut self, tx: &mut dyn Ingest, batches: &[Batch]) -> ingest::Result<()> {
        for (site, ids) in by_site(batches.iter().flat_map(|batch| batch.heads().map(|head| (batch.site.0, head.id.0))))
        {
            let known = tx.known_views(site, &ids)?;
            self.views.extend(known.into_iter().map(|(view, session)| ((site, view), session)));
        }
        Ok(())
    }

    /// Only batches with a page view that is not known, or of a visitor who wants to be forgotten, need their keys.
    fn lock_keys(&mut self, tx: &mut dyn Ingest, batches: &[Batch], now: i64, mint: Mint<'_>) -> ingest::Result<()> {
        let mut proposals: BTreeMap<(i32, VisitorKey), open_session::Model> = BTreeMap::new();
        let mut older: Vec<(i32, VisitorKey)> = Vec::new();
        for batch in batches {
            let site = batch.site.0;
            let forgets = batch.messages.iter().flatten().any(|message| message.body == Body::Forget);
            let is_new = |head: &&EnrichedHead| !self.views.contains_key(&(site, head.id.0));
            let Some(head) = batch.heads().find(|head| forgets || is_new(head)) else { continue };
            let key = batch.keys.newest;
            proposals.entry((site, key)).or_insert_with(|| open_session::Model {
                site,
                key: key.to_bytes(),
                session: mint(head.started_at).0,
                check_at: batch.limits.check_at(now),
            });
            older.extend(batch.keys.older.iter().map(|&key| (site, key)));
        }
        let names: HashMap<(i32, Vec<u8>), VisitorKey> =
            proposals.keys().chain(&older).map(|&(site, key)| ((site, key.to_bytes()), key)).collect();
        let rows: Vec<open_session::Model> = proposals.values().cloned().collect();
        let mut standing = tx.lock_keys(&rows)?;
        for (site, keys) in by_site(older.into_iter()) {
            let keys: Vec<Vec<u8>> = keys.into_iter().map(VisitorKey::to_bytes).collect();
            standing.extend(tx.find_keys(site, &keys)?);
        }
        for row in standing {
            let Some(&key) = names.get(&(row.site, row.key)) else { continue };
            let proposed = proposals.get(&(row.site, key)).is_some_and(|proposal| proposal.session == row.session);
            let state = if proposed {
                KeyState { stored: row.session, session: None, free: Some(row.session) }
            } else {
                KeyState { stored: row.session, session: Some(row.session), free: None }
            };
            self.keys.insert((row.site, key), state);
        }
        Ok(())
    }

    fn read_sessions(&mut self, tx: &mut dyn Ingest, batches: &[Batch]) -> ingest::Result<()> {
        let by_view = self.views.iter().map(|(&(site, _), &session)| (site, session));
        let by_key = self.keys.iter().filter_map(|(&(site, _), state)| Some((site, state.session?)));
        let named = batches.iter().filter_map(|batch| Some((batch.site.0, batch.session?.0)));
        let wanted: Vec<(i32, Uuid)> = by_view.chain(by_key).chain(named).collect();
        for (site, ids) in by_site(wanted.into_iter()) {
            let limits = limits_of(&self.limits, site);
            let rows = tx.sessions(site, &ids)?;
            let found: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let mut views = grouped(tx.page_views(site, &found)?, |view| view.session);
            let mut counts = grouped(tx.event_counts(site, &found)?, |count| count.session);
            let mut named = self.named_events(batches, site);
            named.retain(|(session, _)| counts.contains_key(session));
            let known = tx.known_events(site, &named)?;
            let mut known = grouped(known, |&(session, _)| session);
            for row in rows {
                let id = row.id;
                let known = known.remove(&id).unwrap_or_default().into_iter().map(|(_, event)| event).collect();
                let views = views.remove(&id).unwrap_or_default();
                let counts = counts.remove(&id).unwrap_or_default();
                self.records.insert((site, id), SessionRecord::stored(row, views, counts, known, limits));
            }
        }
        Ok(())
    }

    /// Every event that the batches name, with each session that it can be of: its page view's, else the visitor's.
    /// Not with every session of the group: that would be as many questions as both multiplied.
    fn named_events(&self, batches: &[Batch], site: i32) -> Vec<(Uuid, Uuid)> {
        let mut named = BTreeSet::new();
        for batch in batches.iter().filter(|batch| batch.site.0 == site) {
            let of_visitor: Vec<Uuid> = self.sessions_of(batch).collect();
            for message in batch.messages.iter().flatten() {
                let Body::Event(event) = &message.body else { continue };
                match self.views.get(&(site, message.head.id.0)) {
                    Some(&session) => drop(named.insert((session, event.id.0))),
                    None => named.extend(of_visitor.iter().map(|&session| (session, event.id.0))),
                }
            }
        }
        named.into_iter().collect()
    }

    /// Places every message of a batch.
    pub fn place(&mut self, batch: &Batch, mint: Mint<'_>) -> Answer {
        let mut session = None;
        let outcomes = batch.messages.iter().map(|message| match message {
            Ok(message) => {
                let (outcome, placed) = self.place_message(batch, message, mint);
                session = placed.or(session);
                outcome
            }
            Err(reason) => Outcome::Refused(*reason),
        });
        let outcomes = outcomes.collect();
        Answer { session, outcomes }
    }

    fn place_message(
        &mut self,
        batch: &Batch,
        message: &EnrichedMessage,
        mint: Mint<'_>,
    ) -> (Outcome, Option<SessionId>) {
        if message.body == Body::Forget {
            return (self.forget(batch, &message.head), None);
        }
        let (site, now, head) = (batch.site.0, batch.received_at, &message.head);
        let arrival = match (self.views.get(&(site, head.id.0)), &message.body) {
            (Some(&session), _) => Arrival::OfKnownView(SessionId(session)),
            (None, Body::View) => Arrival::View { age_ms: head.age_ms },
            (None, _) => Arrival::Other { age_ms: head.age_ms },
        };
        let id = match sessionize(arrival, self.candidates(batch), now) {
            Decision::Continue(id) => id,
            Decision::Begin => self.begin(batch, head.started_at, mint),
            Decision::TooLate => return (Outcome::Refused(Reason::TooLate), None),
        };
        let Some(record) = self.records.get_mut(&(site, id.0)) else {
            // Its session was erased meanwhile.
            return (Outcome::Refused(Reason::TooLate), None);
        };
        record.tells_quick_backs &= batch.tells_quick_backs;
        let outcome = record.merge(head, &message.body, now);
        if outcome == Outcome::Stored && self.views.insert((site, head.id.0), id.0).is_none() {
            self.new_views.push(open_page_view::Model { site, id: head.id.0, session: id.0 });
            self.bind(batch, id, now);
        }
        if let Body::Reference(code) = &message.body {
            let code = code.as_str().to_owned();
            self.references.push(session_reference::Model { site, code, session: id.0, given_at: now });
        }
        (outcome, Some(id))
    }

    /// Erases the session that the page view belongs to, or else the one that the visitor's next page would belong to.
    /// Nothing to erase is no fault: the visitor has what they want.
    fn forget(&mut self, batch: &Batch, head: &EnrichedHead) -> Outcome {
        let site = batch.site.0;
        let of_view = self.views.get(&(site, head.id.0)).copied();
        let open = || self.candidates(batch).into_iter().find(|session| session.goes_on(batch.received_at));
        let Some(id) = of_view.or_else(|| open().map(|session| session.id.0)) else { return Outcome::Duplicate };
        if self.records.remove(&(site, id)).is_none() {
            return Outcome::Duplicate;
        }
        self.erased.push((site, id));
        self.new_views.retain(|view| view.session != id);
        self.references.retain(|reference| reference.session != id);
        for state in self.keys.values_mut().filter(|state| state.session == Some(id)) {
            state.session = None;
        }
        Outcome::Stored
    }

    /// The visitor's sessions, the likeliest first: the one that the page names, then those of the keys.
    fn candidates(&self, batch: &Batch) -> Vec<Candidate> {
        let records = self.sessions_of(batch).filter_map(|id| self.records.get(&(batch.site.0, id)));
        records.map(SessionRecord::candidate).collect()
    }

    fn sessions_of<'a>(&'a self, batch: &'a Batch) -> impl Iterator<Item = Uuid> + 'a {
        let keys = std::iter::once(&batch.keys.newest).chain(&batch.keys.older);
        let by_key = keys.filter_map(|&key| self.keys.get(&(batch.site.0, key))?.session);
        batch.session.map(|id| id.0).into_iter().chain(by_key)
    }

    /// Begins a session; those that the visitor's keys led to are over.
    fn begin(&mut self, batch: &Batch, started_at: i64, mint: Mint<'_>) -> SessionId {
        let site = batch.site.0;
        for over in self.candidates(batch).into_iter().filter(|candidate| !candidate.goes_on(batch.received_at)) {
            if let Some(record) = self.records.get_mut(&(site, over.id.0)) {
                record.end();
            }
        }
        let free = self.keys.get_mut(&(site, batch.keys.newest)).and_then(|state| state.free.take());
        let id = free.map_or_else(|| mint(started_at), SessionId);
        self.records.insert((site, id.0), SessionRecord::begin(batch, id, started_at));
        id
    }

    /// Lets the visitor's newest key lead to the session, unless it leads to another one that goes on.
    fn bind(&mut self, batch: &Batch, id: SessionId, now: i64) {
        let site = batch.site.0;
        let Some(state) = self.keys.get_mut(&(site, batch.keys.newest)) else { return };
        let record = state.session.and_then(|session| self.records.get(&(site, session)));
        if !record.is_some_and(|record| record.candidate().goes_on(now)) {
            state.session = Some(id.0);
        }
    }

    /// What has to be written.
    pub fn into_changes(self, now: i64) -> Changeset {
        let limits = self.limits;
        let mut changes = Changeset {
            open_page_views: self.new_views,
            references: self.references,
            erased: self.erased,
            ..Changeset::default()
        };
        for rows in self.records.into_values().filter_map(|record| record.into_changes(now)) {
            changes.page_views.extend(rows.page_views);
            let of_session = |id| (rows.session.site, rows.session.id, id);
            changes.outdated_events.extend(rows.outdated_events.into_iter().map(of_session));
            changes.events.extend(rows.events);
            changes.sessions.push(rows.session);
        }
        for ((site, key), state) in self.keys {
            match state.session {
                None => changes.dropped_keys.push((site, key.to_bytes())),
                Some(session) if session != state.stored => {
                    let check_at = limits_of(&limits, site).check_at(now);
                    changes.open_sessions.push(open_session::Model { site, key: key.to_bytes(), session, check_at });
                }
                Some(_) => {}
            }
        }
        changes
    }
}

fn limits_of(limits: &HashMap<i32, Limits>, site: i32) -> Limits {
    limits.get(&site).copied().unwrap_or_default()
}

/// Distinct values by site, in order.
fn by_site<T: Ord>(pairs: impl Iterator<Item = (i32, T)>) -> BTreeMap<i32, Vec<T>> {
    let mut sites: BTreeMap<i32, BTreeSet<T>> = BTreeMap::new();
    for (site, value) in pairs {
        sites.entry(site).or_default().insert(value);
    }
    sites.into_iter().map(|(site, values)| (site, values.into_iter().collect())).collect()
}

fn grouped<T>(rows: Vec<T>, key: impl Fn(&T) -> Uuid) -> HashMap<Uuid, Vec<T>> {
    let mut groups: HashMap<Uuid, Vec<T>> = HashMap::new();
    for row in rows {
        groups.entry(key(&row)).or_default().push(row);
    }
    groups
}
