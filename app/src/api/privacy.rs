//! What a site has decided about the data of its visitors. Open to everybody: visitors are told.

#![expect(
    missing_docs,
    reason = "the server macro makes a type with undocumented fields of every function's arguments"
)]

use leptos::{prelude::*, server_fn::codec::Json};

use crate::models::{error::AppError, ids::SiteId, privacy::PrivacyTerms};

/// The terms of a site, `None` when there is no such site.
#[server(prefix = "/api", endpoint = "privacy", input = Json, output = Json)]
pub async fn load_privacy(site: SiteId) -> Result<Option<PrivacyTerms>, AppError> {
    use super::guard;
    guard::services()?.sites.privacy(site).await.map_err(|_| guard::refuse(AppError::Unavailable))
}
