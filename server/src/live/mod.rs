//! Sessions as they happen: `GET /sites/{site}/live`, server-sent events for whoever may see the site.

use std::sync::Arc;

use app::{
    models::{error::AppError, ids::SiteId},
    services::Accounts,
};
use axum::{
    Router,
    extract::{Path, Query, State, rejection::PathRejection},
    response::Response,
    routing::get,
};
use http::request::Parts;
use sea_orm::DbErr;
use tokio_util::sync::CancellationToken;

use crate::{
    changes::Changes,
    clock::Clock,
    error::Refusal,
    store::{database::Database, sites},
};
use feed::Feed;
use start::{Asked, Start};
use stream::Watch;
use wakes::Wakes;

pub mod feed;
mod start;
mod stream;
mod versions;
mod wakes;

/// What a live stream is made of.
#[derive(Clone)]
pub struct Live {
    /// Where sessions are read.
    pub db: Database,
    /// What is now.
    pub clock: Clock,
    /// Tells that something was stored.
    pub changes: Changes,
    /// Who may watch.
    pub accounts: Arc<dyn Accounts>,
    /// Ends every stream when the server stops.
    pub shutdown: CancellationToken,
}

/// The address of the live stream. Each message is a [`LiveUpdate`](app::models::live::LiveUpdate) as `event:
/// sessions`, or `event: reset` for a viewer too far behind, whose list must be loaded anew. A browser resumes by
/// `Last-Event-ID`; the page's first connection says in `?since=` when its list was read, in milliseconds since the
/// epoch.
pub fn router(live: Live) -> Router {
    Router::new().route("/sites/{site}/live", get(open)).with_state(live)
}

async fn open(
    State(live): State<Live>,
    site: Result<Path<SiteId>, PathRejection>,
    Query(asked): Query<Asked>,
    request: Parts,
) -> Result<Response, Refusal> {
    if live.accounts.viewer(&request).await.is_none() {
        return Err(Refusal(AppError::NotSignedIn));
    }
    let Ok(Path(site)) = site else { return Err(Refusal(AppError::NotFound)) };
    if sites::get(&live.db, site.0).await.map_err(unopened)?.is_none() {
        return Err(Refusal(AppError::NotFound));
    }
    let start = Start::of(&request.headers, &asked).map_err(|error| Refusal(AppError::Invalid(error.to_string())))?;
    // Watched before the first reading, so that nothing falls in between.
    let wakes = Wakes::new(site, live.changes.watch(), live.shutdown.clone());
    let feed = Feed::open(&live.db, site, start, live.clock.now_ms()).await.map_err(unopened)?;
    Ok(stream::response(Watch::new(live, request, feed, wakes)))
}

fn unopened(error: DbErr) -> Refusal {
    tracing::error!(%error, "a live stream could not be opened");
    Refusal(AppError::Unavailable)
}
