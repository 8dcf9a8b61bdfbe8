//! Files of what a list selects.

#![expect(
    missing_docs,
    reason = "the server macro makes a type with undocumented fields of every function's arguments"
)]

use leptos::prelude::*;

use super::json::Json;
use crate::models::{
    error::AppError,
    export::ExportProgress,
    ids::{ExportTicket, SiteId},
};

/// How far the file is whose address has this ticket; `None` when this server makes none for the site, or has
/// forgotten it.
#[server(prefix = "/api", endpoint = "export", input = Json, output = Json)]
pub async fn load_progress(site: SiteId, ticket: ExportTicket) -> Result<Option<ExportProgress>, AppError> {
    use super::guard;
    guard::site(site).await?;
    Ok(guard::services()?.exports.progress(site, ticket))
}
