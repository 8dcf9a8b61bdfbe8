//! Rules that count paths of one shape as one page. They are added and deleted by plain forms, which the server answers.

#![expect(
    missing_docs,
    reason = "the server macro makes a type with undocumented fields of every function's arguments"
)]

use leptos::prelude::*;

use super::json::Json;
use crate::models::{error::AppError, ids::SiteId, path_rule::RulesShown};

/// The rules of a site with what they join, and what the pattern that was typed would join.
#[server(prefix = "/api", endpoint = "path_rules", input = Json, output = Json)]
pub async fn load_rules(site: SiteId, typed: String) -> Result<RulesShown, AppError> {
    use super::guard;
    guard::site(site).await?;
    guard::services()?.grouping.shown(site, &typed).await.map_err(|_| guard::refuse(AppError::Unavailable))
}
