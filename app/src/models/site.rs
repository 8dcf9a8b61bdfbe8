//! The web sites that Pulse records.

use serde::{Deserialize, Serialize};

use super::{account::Viewer, ids::SiteId};

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

/// What the frame around every page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// Who is looking.
    pub viewer: Viewer,
    /// Every site that they may see, in order of its id.
    pub sites: Vec<Site>,
    /// The address of the demo site, when it is served.
    pub demo_site: Option<String>,
    /// Where a site's pages load the tracker from.
    pub tracker_origin: String,
}
