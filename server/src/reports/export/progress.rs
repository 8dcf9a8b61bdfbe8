//! How far exports are: those of this node, in memory, and of the latest alone. Whoever has put a ticket into an export's
//! address asks by it.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use app::{
    models::{
        export::{ExportProgress, ExportState},
        ids::{ExportTicket, SiteId},
    },
    services::Exports,
};

/// How many are remembered.
const MOST_TICKETS: usize = 256;

type Shared = Arc<Mutex<ExportProgress>>;

/// The latest exports that were asked for with a ticket. Clones share.
#[derive(Clone, Debug, Default)]
pub struct Tickets(Arc<Mutex<VecDeque<(SiteId, ExportTicket, Shared)>>>);

impl Tickets {
    /// An export begins. One of the same ticket is forgotten.
    pub(super) fn begin(&self, site: SiteId, ticket: ExportTicket) -> Progress {
        let begun = ExportProgress { sessions: 0, of: 0, state: ExportState::Going };
        let shared = Arc::new(Mutex::new(begun));
        let mut latest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        latest.retain(|(of, other, _)| (*of, *other) != (site, ticket));
        latest.push_front((site, ticket, shared.clone()));
        latest.truncate(MOST_TICKETS);
        Progress(shared)
    }
}

impl Exports for Tickets {
    fn progress(&self, site: SiteId, ticket: ExportTicket) -> Option<ExportProgress> {
        let latest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, _, shared) = latest.iter().find(|(of, other, _)| (*of, *other) == (site, ticket))?;
        Some(*shared.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The progress of one export, which notes it here. Stopped when it is dropped before its end.
#[derive(Debug)]
pub(super) struct Progress(Shared);

impl Progress {
    /// So many sessions are selected.
    pub(super) fn counted(&self, sessions: u64) {
        self.note(|progress| progress.of = sessions);
    }

    /// So many more sessions were written.
    pub(super) fn wrote(&self, sessions: usize) {
        let sessions = u64::try_from(sessions).unwrap_or_default();
        self.note(|progress| progress.sessions = progress.sessions.saturating_add(sessions));
    }

    /// The last line was sent.
    pub(super) fn done(&self) {
        self.note(|progress| progress.state = ExportState::Done);
    }

    fn note(&self, change: impl FnOnce(&mut ExportProgress)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.note(|progress| {
            if progress.state == ExportState::Going {
                progress.state = ExportState::Stopped;
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const SITE: SiteId = SiteId(1);

    fn ticket(number: u128) -> ExportTicket {
        ExportTicket(Uuid::from_u128(number))
    }

    fn told(sessions: u64, of: u64, state: ExportState) -> Option<ExportProgress> {
        Some(ExportProgress { sessions, of, state })
    }

    #[test]
    fn an_export_goes_on_until_it_is_done() {
        let tickets = Tickets::default();
        let progress = tickets.begin(SITE, ticket(1));
        assert_eq!(tickets.progress(SITE, ticket(1)), told(0, 0, ExportState::Going));
        progress.counted(3);
        progress.wrote(2);
        assert_eq!(tickets.progress(SITE, ticket(1)), told(2, 3, ExportState::Going));
        progress.wrote(1);
        progress.done();
        drop(progress);
        assert_eq!(tickets.progress(SITE, ticket(1)), told(3, 3, ExportState::Done));
    }

    #[test]
    fn one_that_is_given_up_is_stopped() {
        let tickets = Tickets::default();
        tickets.begin(SITE, ticket(1)).counted(3);
        assert_eq!(tickets.progress(SITE, ticket(1)), told(0, 3, ExportState::Stopped));
    }

    #[test]
    fn a_ticket_is_of_its_site_alone_and_of_its_latest_export() {
        let tickets = Tickets::default();
        let first = tickets.begin(SITE, ticket(1));
        assert_eq!(tickets.progress(SiteId(2), ticket(1)), None);
        assert_eq!(tickets.progress(SITE, ticket(2)), None);
        let second = tickets.begin(SITE, ticket(1));
        first.wrote(5);
        second.wrote(1);
        assert_eq!(tickets.progress(SITE, ticket(1)), told(1, 0, ExportState::Going));
    }

    #[test]
    fn the_oldest_are_forgotten() {
        let tickets = Tickets::default();
        let kept: Vec<Progress> = (0..=256).map(|number| tickets.begin(SITE, ticket(number))).collect();
        assert_eq!(tickets.progress(SITE, ticket(0)), None);
        assert_eq!(tickets.progress(SITE, ticket(1)), told(0, 0, ExportState::Going));
        drop(kept);
    }
}
