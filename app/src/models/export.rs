//! How far a file is that a list's selection is sent as.

use serde::{Deserialize, Serialize};
use strum::{AsRefStr, EnumString};

use super::as_text::travels_as_text;

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportProgress {
    /// Sessions that were written.
    pub sessions: u64,
    /// Sessions that were selected when it began; 0 while they are counted. More can have begun since.
    pub of: u64,
    /// Whether it goes on.
    pub state: ExportState,
}

/// Whether a file is still on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AsRefStr, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum ExportState {
    /// It is.
    Going,
    /// All of it was sent.
    Done,
    /// It was broken off, by either side.
    Stopped,
}

travels_as_text!(ExportState);
