//! What a server function can answer instead of data.

use serde::{Deserialize, Serialize};

/// An error that is safe to show. The cause has been logged on the server and is not part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AppError {
    /// Nobody is signed in.
    #[error("You are signed out. Sign in again; the page you were on is kept.")]
    NotSignedIn,
    /// There is no such thing, or this viewer may not see it.
    #[error("This page does not exist, or it was deleted. Go back to the list.")]
    NotFound,
    /// The request cannot be understood.
    #[error("The address of this page cannot be understood: {0}. Go back to the list.")]
    Invalid(String),
    /// The server could not answer.
    #[error("Pulse could not read its database just now. Nothing is lost; try again in a moment.")]
    Unavailable,
    /// A part of a page took longer than it may.
    #[error("This took too long. Nothing is lost; try again in a moment.")]
    TooSlow,
    /// The browser could not reach the server.
    #[error("Pulse cannot be reached. Check the connection and try again.")]
    Unreachable,
}
