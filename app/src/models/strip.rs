//! The data of the strip: a session drawn in true time. The geometry is `components::chart::scale`'s.

use serde::Deserialize;

use super::{event::EventKind, span::Spans};

/// The most events that a strip carries; a list of fifty sessions stays small. The smallest drawing has room for no more
/// than 38 on each side.
pub const MAX_MARKS: usize = 60;
/// The most page views that a strip carries.
pub const MAX_VIEWS: usize = 60;

/// A session's page views and events on one time axis. [`strip_text`](super::strip_text) says how it travels.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct Strip {
    /// The page views in order of their start, the first [`MAX_VIEWS`].
    pub views: Vec<StripView>,
    /// The events in order while those were there. Of more than [`MAX_MARKS`] some, all over the strip; what went wrong
    /// goes first.
    pub marks: Vec<StripMark>,
}

/// A page view on the strip.
#[derive(Clone, Debug, PartialEq)]
pub struct StripView {
    /// The page's path; the same path has the same colour everywhere.
    pub path: String,
    /// Milliseconds since the session started.
    pub from_ms: u64,
    /// How long it was open, in milliseconds; `None` when nothing was reported.
    pub open_ms: Option<u64>,
    /// Its active, idle and hidden stretches.
    pub spans: Spans,
}

/// An event on the strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StripMark {
    /// Milliseconds since the session started.
    pub at_ms: u64,
    /// What happened.
    pub kind: EventKind,
}
