//! Who sends one of the dashboard's forms, may they, and where its answer leads. That a page of ours sends it, the
//! dashboard's layer checks.

use app::{
    models::{error::AppError, ids::SiteId},
    services::{Services, Unavailable},
};
use axum::response::{IntoResponse, Redirect, Response};
use http::request::Parts;
use sea_orm::DbErr;

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

/// Leads back to the page that the form was sent from, which says what went wrong: a parameter and its value.
pub(crate) fn back(mut href: String, problem: Option<(&str, &str)>) -> Response {
    if let Some((name, problem)) = problem {
        href.push(if href.contains('?') { '&' } else { '?' });
        href.push_str(name);
        href.push('=');
        href.push_str(problem);
    }
    Redirect::to(&href).into_response()
}

/// The cause of a failure goes into the log, once; whoever sent the form learns only that it failed.
pub(crate) fn logged(error: &DbErr, what: &'static str) {
    tracing::error!(%error, "{what}");
}
