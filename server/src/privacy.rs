//! `GET /privacy`: what visitors are told. Open to everybody, and no part of the application.

use app::{
    models::ids::SiteId,
    pages::privacy::{Privacy, document},
    services::{AssetPaths, Services, Unavailable},
};
use axum::{
    Router,
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, header::CONTENT_SECURITY_POLICY},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use uuid::Uuid;

use crate::{collect::admit, error::Failure, security};

/// What the address says.
#[derive(Deserialize)]
struct Asked {
    /// The site whose terms are told; what is no number is none.
    site: Option<String>,
}

/// Its route.
pub fn router(services: Services) -> Router {
    Router::new().route("/privacy", get(privacy)).with_state(services)
}

async fn privacy(State(services): State<Services>, Query(asked): Query<Asked>, headers: HeaderMap) -> Response {
    let site: Option<SiteId> = asked.site.and_then(|site| site.parse().ok());
    let terms = match site {
        Some(site) => services.sites.privacy(site).await,
        None => Ok(None),
    };
    let Ok(terms) = terms.map_err(|Unavailable| ()) else { return Failure::Unavailable.into_response() };
    let nonce = Uuid::new_v4().simple().to_string();
    let policy = HeaderValue::try_from(security::document_policy(&nonce));
    let AssetPaths { css, favicon, .. } = services.installation.assets.clone();
    let page = document(Privacy { terms, asks: admit::opted_out(&headers), css, favicon, nonce });
    let mut response = Html(page).into_response();
    if let Ok(policy) = policy {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}
