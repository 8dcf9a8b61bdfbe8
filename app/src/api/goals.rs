//! What a site's owner wants sessions to come to. Goals are made and deleted by plain forms, which the server answers.

#![expect(
    missing_docs,
    reason = "the server macro makes a type with undocumented fields of every function's arguments"
)]

use leptos::{prelude::*, server_fn::codec::Json};

use crate::models::{error::AppError, goal::Goal, ids::SiteId};

/// The goals of a site, in order of their names.
#[server(prefix = "/api", endpoint = "goals", input = Json, output = Json)]
pub async fn load_goals(site: SiteId) -> Result<Vec<Goal>, AppError> {
    use super::guard;
    guard::site(site).await?;
    guard::services()?.goals.list(site).await.map_err(|_| guard::refuse(AppError::Unavailable))
}
