//! Every route and every layer, in one place.

use std::time::Duration;

use app::services::Services;
use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    middleware::{from_fn, from_fn_with_state, map_response},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use leptos::{prelude::provide_context, server_fn::axum::get_server_fn_service};
use leptos_axum::handle_server_fns_with_context;
use tokio::time::timeout;
use tower_http::{
    CompressionLevel, catch_panic::CatchPanicLayer, compression::CompressionLayer, limit::RequestBodyLimitLayer,
    timeout::TimeoutLayer,
};

use crate::{
    assets,
    auth::{self, demo_has_no_accounts, leave_account_pages, require_viewer},
    care,
    config::Access,
    error::{Failure, after_panic, in_words},
    goals,
    live::{self, Live},
    pages::{account_pages, remember_site, site_pages},
    path_rules, privacy,
    reports::export::{self, Export},
    security::{self, OwnOrigin},
    shutdown::Shutdown,
    state::AppState,
    store::sites,
    views,
};

/// Forms and the arguments of server functions are small.
const LARGEST_BODY: usize = 64 * 1024;
/// How long an answer may take to begin.
const PATIENCE: Duration = Duration::from_secs(30);
/// A database that takes longer is taken for gone.
const READY_WITHIN: Duration = Duration::from_secs(2);
/// How much effort answers are made smaller with: a page of the list is an eighth smaller than with the usual 4 of brotli,
/// and takes two milliseconds more.
const EFFORT: CompressionLevel = CompressionLevel::Precise(6);

/// All of Pulse but the demo site.
pub fn router(state: AppState, collect: Router) -> Router {
    Router::new()
        .route("/health", get(health).with_state(state.shutdown.clone()))
        .route("/ready", get(ready).with_state(state.clone()))
        .merge(dashboard(&state))
        // The hot path: no session, no compression, no other layer.
        .merge(collect)
}

/// What people see. Layers stand after the routes that they are for; the last is the first to see a request.
fn dashboard(state: &AppState) -> Router {
    let routes = match state.place.access {
        Access::Accounts => signed_in_only(state),
        Access::Demo => open_to_this_machine(state),
    };
    routes
        .merge(privacy::router(state.services.clone()))
        .layer(CompressionLayer::new().quality(EFFORT))
        .layer(RequestBodyLimitLayer::new(LARGEST_BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(from_fn_with_state(OwnOrigin::new(state.place.public_url.clone()), security::refuse_foreign_writes))
        .merge(assets::router())
        .layer(map_response(in_words))
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(map_response(security::every_answer))
}

fn signed_in_only(state: &AppState) -> Router {
    let pages = pages(state).layer(from_fn_with_state(state.auth.clone(), require_viewer));
    let account_pages = account_pages(state)
        .layer(from_fn_with_state(state.auth.clone(), leave_account_pages))
        .with_state(state.clone());
    let routes = pages.merge(account_pages).merge(functions(state)).merge(auth::router(&state.auth));
    auth::with_sessions(&state.auth, routes)
}

fn open_to_this_machine(state: &AppState) -> Router {
    pages(state)
        .merge(functions(state))
        .route("/login", get(demo_has_no_accounts))
        .route("/setup", get(demo_has_no_accounts))
        .layer(from_fn(security::require_loopback_host))
}

fn pages(state: &AppState) -> Router {
    site_pages(state).layer(from_fn_with_state(state.clone(), remember_site)).with_state(state.clone())
}

/// What pages call once they run in the browser. Each checks for itself who asks.
fn functions(state: &AppState) -> Router {
    let live = Live {
        db: state.db.clone(),
        clock: state.clock.clone(),
        changes: state.changes.clone(),
        accounts: state.services.accounts.clone(),
        shutdown: state.shutdown.token(),
    };
    let export = Export {
        services: state.services.clone(),
        db: state.db.clone(),
        clock: state.clock.clone(),
        tickets: state.tickets.clone(),
        shutdown: state.shutdown.token(),
    };
    Router::new()
        .route("/api/{*name}", post(server_function))
        .with_state(state.services.clone())
        .merge(live::router(live))
        .merge(export::router(export))
        .merge(views::router(state.services.clone()))
        .merge(goals::router(state.services.clone()))
        .merge(path_rules::router(state.services.clone()))
        .merge(care::router(state.services.clone()))
}

async fn server_function(State(services): State<Services>, request: Request) -> Response {
    // Of an address that it does not know, Leptos answers with advice for developers.
    if get_server_fn_service(request.uri().path(), request.method().clone()).is_none() {
        return Failure::NotFound.into_response();
    }
    handle_server_fns_with_context(move || provide_context(services.clone()), request).await.into_response()
}

/// Whether requests can be served: for load balancers, which then send them elsewhere.
async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    if state.shutdown.has_begun() {
        return (StatusCode::SERVICE_UNAVAILABLE, "ending");
    }
    match timeout(READY_WITHIN, sites::all(&state.db)).await {
        Ok(Ok(_)) => (StatusCode::OK, "ready"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer"),
    }
}

/// Whether the process is well: for service managers, which restart it otherwise.
async fn health(State(shutdown): State<Shutdown>) -> (StatusCode, &'static str) {
    if shutdown.has_begun() { (StatusCode::SERVICE_UNAVAILABLE, "ending") } else { (StatusCode::OK, "ok") }
}
