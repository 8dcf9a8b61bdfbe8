//! When a stream looks for news: time alone, no database, so that tests need not wait.

use std::{future::pending, time::Duration};

use app::models::ids::SiteId;
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, sleep, sleep_until},
};
use tokio_util::sync::CancellationToken;

use crate::changes::Change;

/// The least time between two messages to one viewer.
const LEAST_GAP: Duration = Duration::from_secs(1);
/// How often a stream looks unasked: what another node stored is announced there alone.
const POLL: Duration = Duration::from_secs(2);

/// Wakes one stream.
pub(super) struct Wakes {
    site: SiteId,
    changes: Receiver<Change>,
    shutdown: CancellationToken,
    not_before: Instant,
}

impl Wakes {
    pub(super) fn new(site: SiteId, changes: Receiver<Change>, shutdown: CancellationToken) -> Self {
        Self { site, changes, shutdown, not_before: Instant::now() }
    }

    /// Waits until it is time to look; at once when `more` is known to be there, but never sooner after a message
    /// than [`LEAST_GAP`]. `None` when the server stops.
    pub(super) async fn next(&mut self, more: bool) -> Option<()> {
        let news = async {
            if !more {
                tokio::select! {
                    () = a_change_of(self.site, &mut self.changes) => {}
                    () = sleep(POLL) => {}
                }
            }
            sleep_until(self.not_before).await;
        };
        tokio::select! {
            biased;
            () = self.shutdown.cancelled() => return None,
            () = news => {}
        }
        // What was announced until now is about to be read, all at once.
        self.changes = self.changes.resubscribe();
        Some(())
    }

    /// A message has gone out.
    pub(super) fn sent(&mut self) {
        self.not_before = Instant::now() + LEAST_GAP;
    }
}

async fn a_change_of(site: SiteId, changes: &mut Receiver<Change>) {
    loop {
        match changes.recv().await {
            Ok(change) if change.site != site => {}
            Ok(_) | Err(RecvError::Lagged(_)) => return,
            Err(RecvError::Closed) => pending().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::changes::Changes;

    const SITE: SiteId = SiteId(1);

    fn wakes(changes: &Changes) -> (Wakes, CancellationToken) {
        let shutdown = CancellationToken::new();
        (Wakes::new(SITE, changes.watch(), shutdown.clone()), shutdown)
    }

    /// How long it takes until it is time to look, in milliseconds.
    async fn waited(wakes: &mut Wakes, more: bool) -> Option<u128> {
        let from = Instant::now();
        wakes.next(more).await.map(|()| from.elapsed().as_millis())
    }

    #[tokio::test(start_paused = true)]
    async fn a_change_of_the_site_is_looked_at_immediately() {
        let changes = Changes::default();
        let (mut wakes, _shutdown) = wakes(&changes);
        changes.announce(Change { site: SITE });
        assert_eq!(waited(&mut wakes, false).await, Some(0));
    }

    #[tokio::test(start_paused = true)]
    async fn changes_of_other_sites_do_not_wake_and_without_news_it_looks_every_two_seconds() {
        let changes = Changes::default();
        let (mut wakes, _shutdown) = wakes(&changes);
        changes.announce(Change { site: SiteId(2) });
        assert_eq!(waited(&mut wakes, false).await, Some(2_000));
    }

    #[tokio::test(start_paused = true)]
    async fn there_is_a_second_between_two_messages_and_a_burst_is_looked_at_once() {
        let changes = Changes::default();
        let (mut wakes, _shutdown) = wakes(&changes);
        wakes.sent();
        for _ in 0..1_000 {
            changes.announce(Change { site: SITE });
        }
        assert_eq!(waited(&mut wakes, false).await, Some(1_000));
        assert_eq!(waited(&mut wakes, false).await, Some(2_000));
    }

    #[tokio::test(start_paused = true)]
    async fn a_backlog_goes_out_a_second_apart() {
        let (mut wakes, _shutdown) = wakes(&Changes::default());
        assert_eq!(waited(&mut wakes, true).await, Some(0));
        wakes.sent();
        assert_eq!(waited(&mut wakes, true).await, Some(1_000));
    }

    #[tokio::test(start_paused = true)]
    async fn it_ends_when_the_server_stops() {
        let changes = Changes::default();
        let (mut wakes, shutdown) = wakes(&changes);
        changes.announce(Change { site: SITE });
        shutdown.cancel();
        assert_eq!(waited(&mut wakes, true).await, None);
    }
}
