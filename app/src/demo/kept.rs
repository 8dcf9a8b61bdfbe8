//! What the owners of the demo's sites keep.

use super::{goals, site::load_site, views};
use crate::models::{error::AppError, ids::SiteId, kept::Kept};

/// The views and the goals of a site.
pub async fn load_kept(site: SiteId) -> Result<Kept, AppError> {
    let site = load_site(site).await?.id;
    Ok(Kept { views: Ok(views::of_site(site)), goals: Ok(goals::of_site(site)) })
}
