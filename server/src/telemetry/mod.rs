//! What Pulse says of itself, on stderr. Nothing about a visitor: no address, user agent or query string.

use std::{fmt, io::IsTerminal, str::FromStr};

use tracing_subscriber::{
    filter::{LevelFilter, Targets},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

pub mod metrics;

/// The packages that `--log` speaks of. Libraries keep to warnings: at finer levels they write addresses and URLs.
const OURS: [&str; 3] = ["server", "app", "migration"];

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogLevel(LevelFilter);

impl FromStr for LogLevel {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse().map(Self).map_err(|_| "say off, error, warn, info, debug or trace".into())
    }
}

impl fmt::Display for LogLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Begins logging. Does nothing when it has begun already.
pub fn start(level: LogLevel) {
    let libraries = level.0.min(LevelFilter::WARN);
    let filter = Targets::new().with_default(libraries).with_targets(OURS.map(|package| (package, level.0)));
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false);
    let _ = tracing_subscriber::registry().with(filter).with(lines).try_init();
    keep_panics_silent();
}

/// A panic's message can quote what a visitor sent ("byte index 1 is not a char boundary of …"): only its place is
/// written.
fn keep_panics_silent() {
    std::panic::set_hook(Box::new(|panic| match panic.location() {
        Some(place) => tracing::error!("a bug in Pulse: it panicked at {place}; please report this line"),
        None => tracing::error!("a bug in Pulse: it panicked"),
    }));
}
