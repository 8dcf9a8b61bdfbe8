//! News of stored changes, from the writer to whoever watches. The only thing that collection and the live stream
//! share.

use app::models::ids::SiteId;
use tokio::sync::broadcast;

/// Something of this site was committed; what it was is read by `(site, changed_at)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The site.
    pub site: SiteId,
}

/// Sends changes to every watcher. A watcher that falls behind misses nothing: it re-reads by time.
#[derive(Clone, Debug)]
pub struct Changes(broadcast::Sender<Change>);

impl Default for Changes {
    fn default() -> Self {
        Self(broadcast::channel(256).0)
    }
}

impl Changes {
    /// Tells every watcher.
    pub fn announce(&self, change: Change) {
        // No watcher is no error.
        let _ = self.0.send(change);
    }

    /// Watches from now on.
    pub fn watch(&self) -> broadcast::Receiver<Change> {
        self.0.subscribe()
    }
}
