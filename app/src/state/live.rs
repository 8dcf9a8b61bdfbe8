//! What is known of the live stream, and what an update does to the sessions shown.

use leptos::prelude::*;

use crate::models::{ids::SiteId, live::LiveUpdate, session::Session};

/// How many sessions a list holds at the most while new ones arrive on top.
pub const MOST_ROWS: usize = 200;

/// Where the live stream stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LiveState {
    /// Not begun: on the server, before hydration, without scripts.
    #[default]
    Off,
    /// On its way.
    Connecting,
    /// Open.
    Live,
    /// Closed because nobody looks at the tab.
    Paused,
    /// The server refused or cannot be reached; another attempt follows.
    Lost,
}

/// The live stream as pages see it, in the context of every page of a site.
#[derive(Clone, Copy)]
pub struct Live {
    /// Where it stands.
    pub state: RwSignal<LiveState>,
    /// The latest update.
    pub update: RwSignal<Option<LiveUpdate>>,
    /// Grows when the server can no longer say what changed, so that everything must be read again.
    pub resets: RwSignal<u32>,
    /// Up to when what is shown is complete, in milliseconds since the epoch. The stream opens once a page has set it.
    pub since: RwSignal<Option<i64>>,
}

impl Live {
    /// A stream that has not begun, made known to the pages below.
    pub fn provide() -> Self {
        let live = Self {
            state: RwSignal::new(LiveState::Off),
            update: RwSignal::new(None),
            resets: RwSignal::new(0),
            since: RwSignal::new(None),
        };
        provide_context(live);
        live
    }

    /// A page was answered at this moment of the server's clock: what changes from then on is to come by the stream.
    pub fn answered_at(&self, now_ms: i64) {
        self.since.set(Some(now_ms));
    }

    /// Takes what the stream brought.
    pub fn take(&self, update: LiveUpdate) {
        if let Some(latest) = update.sessions.iter().map(|session| session.changed_ms).max() {
            self.since.update(|since| *since = (*since).max(Some(latest)));
        }
        self.update.set(Some(update));
    }
}

/// The sessions after an update: changed ones in their places, new ones on top when these are the newest of
/// `newest_of`, none twice. That a session fades from *now* to open to closed, the server says.
pub fn merge(held: &[Session], update: &LiveUpdate, newest_of: Option<SiteId>) -> Vec<Session> {
    let mut merged = held.to_vec();
    let oldest = held.last().map(|session| session.id);
    for new in &update.sessions {
        match merged.iter_mut().find(|session| session.id == new.id) {
            Some(old) if old.changed_ms <= new.changed_ms => *old = new.clone(),
            Some(_) => {}
            None if newest_of == Some(new.site) && oldest.is_none_or(|oldest| oldest < new.id) => {
                merged.push(new.clone())
            }
            None => {}
        }
    }
    // Another order than that of the beginnings only the server can tell: there every session keeps its place.
    if newest_of.is_some() {
        merged.sort_by_key(|session| std::cmp::Reverse(session.id));
        merged.truncate(MOST_ROWS);
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::samples;

    fn session(id: u128, changed_ms: i64) -> Session {
        Session { changed_ms, ..samples::session(id) }
    }

    fn ids(sessions: &[Session]) -> Vec<u128> {
        sessions.iter().map(|session| session.id.0.as_u128()).collect()
    }

    fn update(now_ms: i64, sessions: Vec<Session>) -> LiveUpdate {
        LiveUpdate { now_ms, sessions }
    }

    #[test]
    fn a_new_session_goes_on_top_of_the_newest_page_only() {
        let held = [session(5, 10), session(3, 10)];
        let update = update(20, vec![session(7, 20)]);
        assert_eq!(ids(&merge(&held, &update, Some(SiteId(1)))), [7, 5, 3]);
        assert_eq!(ids(&merge(&held, &update, None)), [5, 3]);
    }

    #[test]
    fn a_changed_session_keeps_its_place_and_an_older_version_of_it_is_ignored() {
        let held = [session(5, 10), session(3, 10)];
        let merged = merge(
            &held,
            &update(20, vec![Session { pages: 2, ..session(3, 20) }, Session { pages: 9, ..session(5, 9) }]),
            Some(SiteId(1)),
        );
        assert_eq!(merged.iter().map(|session| session.pages).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn a_change_of_a_session_on_an_older_page_does_not_come_to_the_newest() {
        let held = [session(5, 10), session(3, 10)];
        assert_eq!(ids(&merge(&held, &update(20, vec![session(1, 20)]), Some(SiteId(1)))), [5, 3]);
    }

    #[test]
    fn the_list_stays_bounded_while_sessions_arrive() {
        let held: Vec<_> = (1..=MOST_ROWS as u128).rev().map(|id| session(id, 10)).collect();
        let merged = merge(&held, &update(20, vec![session(1_000, 20)]), Some(SiteId(1)));
        assert_eq!((merged.len(), ids(&merged)[0]), (MOST_ROWS, 1_000));
    }

    #[test]
    fn a_list_in_another_order_keeps_it() {
        let held = [session(3, 10), session(5, 10), session(4, 10)];
        assert_eq!(ids(&merge(&held, &update(20, vec![session(4, 20)]), None)), [3, 5, 4]);
    }

    #[test]
    fn a_session_of_another_site_stays_out() {
        assert_eq!(ids(&merge(&[], &update(20, vec![session(7, 20)]), Some(SiteId(2)))), Vec::<u128>::new());
    }
}
