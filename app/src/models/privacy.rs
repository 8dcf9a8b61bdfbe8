//! What a site has decided about the data of its visitors, as far as they are told.

use serde::{Deserialize, Serialize};

/// The figures that differ from site to site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivacyTerms {
    /// For how many days sessions are kept.
    pub days: u32,
    /// The same for sessions that are taken for machines.
    pub machine_days: u32,
    /// After how many minutes without a sign of life a session is over.
    pub idle_minutes: u32,
    /// Whether Pulse is reached under one of the site's own hosts, so that its pages share what they keep in a browser.
    pub shares_origin: bool,
}
