//! What a site's owners keep: views and goals. They are made and deleted by plain forms, which the server answers. One
//! question for both: every tab asks it, and each function of its own is weight in every browser.

#![expect(
    missing_docs,
    reason = "the server macro makes a type with undocumented fields of every function's arguments"
)]

use leptos::prelude::*;

use super::json::Json;
use crate::models::{error::AppError, ids::SiteId, kept::Kept};

/// The views and the goals of a site.
#[server(prefix = "/api", endpoint = "kept", input = Json, output = Json)]
pub async fn load_kept(site: SiteId) -> Result<Kept, AppError> {
    use super::guard;
    guard::site(site).await?;
    let services = guard::services()?;
    Ok(Kept {
        views: services.views.list(site).await.map_err(|_| AppError::Unavailable),
        goals: services.goals.list(site).await.map_err(|_| AppError::Unavailable),
    })
}
