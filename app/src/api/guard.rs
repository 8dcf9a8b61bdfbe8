//! Who asks, and may they. Every server function begins here: each is a public endpoint of its own.

use http::request::Parts;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use crate::{
    models::{account::Viewer, error::AppError, ids::SiteId, site::Site},
    services::{Services, Unavailable},
};

/// The ports of this request's server.
pub fn services() -> Result<Services, AppError> {
    use_context::<Services>().ok_or(AppError::Unavailable)
}

/// The request that is being answered.
pub fn request() -> Result<Parts, AppError> {
    use_context::<Parts>().ok_or(AppError::Unavailable)
}

/// Who is asking, or [`AppError::NotSignedIn`] with status 401.
pub async fn viewer() -> Result<Viewer, AppError> {
    let services = services()?;
    let request = request()?;
    services.accounts.viewer(&request).await.ok_or_else(|| refuse(AppError::NotSignedIn))
}

/// The site, if whoever asks may see it. In this version every account sees every site.
pub async fn site(id: SiteId) -> Result<Site, AppError> {
    viewer().await?;
    let found = services()?.sites.get(id).await.map_err(|Unavailable| refuse(AppError::Unavailable))?;
    found.ok_or_else(|| refuse(AppError::NotFound))
}

/// Gives the answer the status that belongs to the error.
pub fn refuse(error: AppError) -> AppError {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(match error {
            AppError::NotSignedIn => http::StatusCode::UNAUTHORIZED,
            AppError::NotFound => http::StatusCode::NOT_FOUND,
            AppError::Invalid(_) => http::StatusCode::BAD_REQUEST,
            AppError::Unavailable | AppError::TooSlow | AppError::Unreachable => http::StatusCode::SERVICE_UNAVAILABLE,
        });
    }
    error
}
