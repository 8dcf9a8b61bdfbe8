//! The sites, and what the frame of every page shows.

#![expect(
    missing_docs,
    reason = "the server macro makes a type with undocumented fields of every function's arguments"
)]

use leptos::prelude::*;

use super::json::Json;
use crate::models::{error::AppError, ids::SiteId, site::Site};

pub use crate::models::site::Frame;

/// The frame for whoever is asking.
#[server(prefix = "/api", endpoint = "frame", input = Json, output = Json)]
pub async fn load_frame() -> Result<Frame, AppError> {
    use super::guard;
    let viewer = guard::viewer().await?;
    let services = guard::services()?;
    let sites = services.sites.all().await.map_err(|_| guard::refuse(AppError::Unavailable))?;
    Ok(Frame {
        viewer,
        sites,
        demo_site: services.installation.demo_site.clone(),
        tracker_origin: services.installation.origin.clone(),
    })
}

/// One site.
#[server(prefix = "/api", endpoint = "site", input = Json, output = Json)]
pub async fn load_site(id: SiteId) -> Result<Site, AppError> {
    super::guard::site(id).await
}
