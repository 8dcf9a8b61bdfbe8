//! Moments as the dashboard shows them.

use serde::{Deserialize, Serialize};

/// A moment together with what the site's time zone makes of it. The server works out the offset, so that the
/// browser needs neither a clock nor a time zone database and renders exactly what the server rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LocalTime {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub ms: i64,
    /// Seconds that the site's time zone is east of UTC at that moment.
    pub offset_s: i32,
}
