//! What owners do with a single session: the port that does it, and the forms of its page. The forms are plain HTML posts,
//! answered with a redirect to the page, so that they work without scripts.

use app::{
    models::{
        care::{UNDO_MS, Verdict},
        error::AppError,
        ids::{SessionId, SiteId},
        query::session_href,
    },
    services::{Services, SessionCare, Unavailable},
};
use async_trait::async_trait;
use axum::{
    Form, Router,
    extract::{Path, State, rejection::PathRejection},
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use http::request::Parts;
use sea_orm::DbErr;
use serde::Deserialize;

use crate::{
    changes::{Change, Changes},
    clock::Clock,
    error::Refusal,
    form_guard::{ensure_site, is_signed_in, to_sign_in},
    store::{database::Database, deletions, verdicts},
};

/// Changes stored sessions.
#[derive(Clone, Debug)]
pub struct StoredSessions {
    db: Database,
    clock: Clock,
    changes: Changes,
}

impl StoredSessions {
    /// Over this database; `clock` decides what is now, and whoever watches learns by `changes`.
    pub fn new(db: Database, clock: Clock, changes: Changes) -> Self {
        Self { db, clock, changes }
    }
}

#[async_trait]
impl SessionCare for StoredSessions {
    async fn delete(&self, site: SiteId, id: SessionId) -> Result<bool, Unavailable> {
        let delete_at = self.clock.now_ms().saturating_add(UNDO_MS);
        deletions::plan(&self.db, site, id, delete_at).await.map_err(unavailable("a session could not be deleted"))
    }

    async fn keep(&self, site: SiteId, id: SessionId) -> Result<(), Unavailable> {
        let kept = deletions::take_back(&self.db, site, id, self.clock.now_ms()).await;
        kept.map_err(unavailable("the deletion of a session could not be taken back"))
    }

    async fn judge(&self, site: SiteId, id: SessionId, verdict: Verdict) -> Result<bool, Unavailable> {
        let judged = verdicts::set(&self.db, site, id, verdict, self.clock.now_ms()).await;
        let is_there = judged.map_err(unavailable("a session could not be marked"))?;
        self.changes.announce(Change { site });
        Ok(is_there)
    }
}

/// The cause goes into the log; whoever asked learns only that it was not done.
fn unavailable(what: &'static str) -> impl Fn(DbErr) -> Unavailable {
    move |error| {
        tracing::error!(%error, "{what}");
        Unavailable
    }
}

/// `POST /sites/{site}/sessions/{session}/delete`, `/keep` and `/machine`, for whoever may see the site. That a page of
/// ours sends them, the dashboard's layer checks.
pub fn router(services: Services) -> Router {
    Router::new()
        .route("/sites/{site}/sessions/{session}/delete", post(delete))
        .route("/sites/{site}/sessions/{session}/keep", post(keep))
        .route("/sites/{site}/sessions/{session}/machine", post(judge))
        .with_state(services)
}

/// Which session a form is about, as its address says.
type Named = Result<Path<(SiteId, SessionId)>, PathRejection>;

async fn delete(State(services): State<Services>, path: Named, request: Parts) -> Result<Response, Refusal> {
    let Ok(Path((site, id))) = path else { return Err(Refusal(AppError::NotFound)) };
    if !is_signed_in(&services, &request).await {
        return Ok(to_sign_in(&session_href(site, id)));
    }
    ensure_site(&services, site).await?;
    there(services.care.delete(site, id).await)?;
    Ok(back(site, id))
}

async fn keep(State(services): State<Services>, path: Named, request: Parts) -> Result<Response, Refusal> {
    let Ok(Path((site, id))) = path else { return Err(Refusal(AppError::NotFound)) };
    if !is_signed_in(&services, &request).await {
        return Ok(to_sign_in(&session_href(site, id)));
    }
    ensure_site(&services, site).await?;
    // Too late or not to be deleted at all: its page says how it is.
    services.care.keep(site, id).await.map_err(|Unavailable| Refusal(AppError::Unavailable))?;
    Ok(back(site, id))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct MachineForm {
    /// Text form of [`Verdict`].
    machine: String,
}

async fn judge(
    State(services): State<Services>,
    path: Named,
    request: Parts,
    Form(form): Form<MachineForm>,
) -> Result<Response, Refusal> {
    let Ok(Path((site, id))) = path else { return Err(Refusal(AppError::NotFound)) };
    if !is_signed_in(&services, &request).await {
        return Ok(to_sign_in(&session_href(site, id)));
    }
    ensure_site(&services, site).await?;
    let Ok(verdict) = form.machine.parse::<Verdict>() else {
        return Err(Refusal(AppError::Invalid("machine must be yes or no".into())));
    };
    there(services.care.judge(site, id, verdict).await)?;
    Ok(back(site, id))
}

/// Whether the site has the session.
fn there(found: Result<bool, Unavailable>) -> Result<(), Refusal> {
    match found {
        Ok(true) => Ok(()),
        Ok(false) => Err(Refusal(AppError::NotFound)),
        Err(Unavailable) => Err(Refusal(AppError::Unavailable)),
    }
}

/// The page that the form was sent from.
fn back(site: SiteId, id: SessionId) -> Response {
    Redirect::to(&session_href(site, id)).into_response()
}
