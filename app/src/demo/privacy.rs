//! What the sites of the demo have decided.

use super::site::load_site;
use crate::models::{error::AppError, ids::SiteId, privacy::PrivacyTerms};

/// The usual terms.
pub async fn load_privacy(site: SiteId) -> Result<Option<PrivacyTerms>, AppError> {
    let terms = PrivacyTerms { days: 180, machine_days: 7, idle_minutes: 30, shares_origin: false };
    Ok(load_site(site).await.is_ok().then_some(terms))
}
