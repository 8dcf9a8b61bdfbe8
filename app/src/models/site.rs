//! The web sites that Pulse records.

use serde::{Deserialize, Serialize};

use super::ids::SiteId;

/// A site as the dashboard needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// Its id.
    pub id: SiteId,
    /// Its name, usually the host: `shop.example`.
    pub name: String,
    /// The IANA time zone that days and times are shown in.
    pub time_zone: String,
}
