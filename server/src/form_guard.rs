//! Who sends one of the dashboard's forms, and may they. That a page of ours sends it, the dashboard's layer checks.

use app::{
    models::{error::AppError, ids::SiteId},
    services::{Services, Unavailable},
};
use axum::response::{IntoResponse, Redirect, Response};
use http::request::Parts;

use crate::error::Refusal;

/// Whether somebody is signed in.
pub(crate) async fn is_signed_in(services: &Services, request: &Parts) -> bool {
    services.accounts.viewer(request).await.is_some()
}

/// In this version every account sees every site.
pub(crate) async fn ensure_site(services: &Services, site: SiteId) -> Result<(), Refusal> {
    let found = services.sites.get(site).await.map_err(|Unavailable| Refusal(AppError::Unavailable))?;
    found.map(|_| ()).ok_or(Refusal(AppError::NotFound))
}

/// Signing in leads back to the page that the form was sent from.
pub(crate) fn to_sign_in(page: &str) -> Response {
    let next = percent_encoding::utf8_percent_encode(page, percent_encoding::NON_ALPHANUMERIC);
    Redirect::to(&format!("/login?next={next}")).into_response()
}
