//! What the strips of sessions are drawn from, as text: a line for each page view and each event. All of a session's come
//! in one value, because a row costs more than what it holds.

use sea_orm::FromQueryResult;
use uuid::Uuid;

/// So many events of a session are read at the most, those with the lowest ids: ids are random, so that they lie all over
/// it. It is many times what a strip shows.
pub(crate) const MOST_READ: u32 = 1_000;

/// The lines of a session, in no order.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Lines {
    /// The session.
    pub(crate) session: Uuid,
    /// Of each page view when it began, how long it was open, its stretches and its path, with spaces between. Only the
    /// path can have a space in it; what is not known is empty.
    pub(crate) views: Option<String>,
    /// Of each event its moment and its kind, with a space between.
    pub(crate) marks: Option<String>,
}
