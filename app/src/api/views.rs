//! Selections that somebody keeps under a name. They are saved and deleted by plain forms, which the server answers.

#![expect(
    missing_docs,
    reason = "the server macro makes a type with undocumented fields of every function's arguments"
)]

use leptos::{prelude::*, server_fn::codec::Json};

use crate::models::{error::AppError, ids::SiteId, view::SavedView};

/// The views of a site: what was saved, in order of the names, then what is left of those that every site has at first.
#[server(prefix = "/api", endpoint = "views", input = Json, output = Json)]
pub async fn list_views(site: SiteId) -> Result<Vec<SavedView>, AppError> {
    use super::guard;
    guard::site(site).await?;
    guard::services()?.views.list(site).await.map_err(|_| guard::refuse(AppError::Unavailable))
}
