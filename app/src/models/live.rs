//! What the live stream carries.

use serde::{Deserialize, Serialize};

use super::session::Session;

/// Sessions that are new or have changed, at most one message a second for each viewer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LiveUpdate {
    /// The server's clock, in milliseconds since the epoch.
    pub now_ms: i64,
    /// The sessions, newest first.
    pub sessions: Vec<Session>,
}
