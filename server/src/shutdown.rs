//! How Pulse ends: what was accepted is committed, nobody waits longer than ten seconds.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

/// How long answers that have begun may take to finish. Together with [`DRAIN`] below the ten seconds after which
/// service managers lose patience and kill.
pub const FINISH: Duration = Duration::from_secs(4);
/// How long the last commit may take.
pub const DRAIN: Duration = Duration::from_secs(5);

/// Tells everything that runs until the end that the end has come. Clones are the same signal.
#[derive(Clone, Debug, Default)]
pub struct Shutdown(CancellationToken);

impl Shutdown {
    /// Begins the end: no more connections, streams close, `/health` says so.
    pub fn begin(&self) {
        self.0.cancel();
    }

    /// Whether the end has begun.
    pub fn has_begun(&self) -> bool {
        self.0.is_cancelled()
    }

    /// For whoever must not know this module.
    pub fn token(&self) -> CancellationToken {
        self.0.clone()
    }

    /// Waits for the end to begin.
    pub async fn begun(self) {
        self.0.cancelled().await;
    }

    /// Begins the end at SIGTERM or Ctrl-C. A second one ends the process at once.
    ///
    /// # Errors
    /// The system refuses to tell of signals.
    pub fn on_signals(&self) -> std::io::Result<()> {
        let mut signals = Signals::listen()?;
        let shutdown = self.clone();
        tokio::spawn(async move {
            signals.next().await;
            shutdown.begin();
            signals.next().await;
            std::process::exit(130);
        });
        Ok(())
    }
}

#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}
