//! What has arrived for a site.

#![expect(
    missing_docs,
    reason = "the server macro makes a type with undocumented fields of every function's arguments"
)]

use leptos::prelude::*;

use super::json::Json;
use crate::models::{error::AppError, ids::SiteId, intake::Intake};

/// What arrived for a site, and how whoever asks would be seen.
#[server(prefix = "/api", endpoint = "intake", input = Json, output = Json)]
pub async fn load_intake(site: SiteId) -> Result<Intake, AppError> {
    use super::guard;
    let site = guard::site(site).await?;
    let request = guard::request()?;
    guard::services()?.intakes.intake(site, &request).await.map_err(|_| guard::refuse(AppError::Unavailable))
}
