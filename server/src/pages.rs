//! The pages of the application, and where `/` leads.

use app::{
    app::App,
    models::ids::SiteId,
    services::{Services, Unavailable},
    shell::shell,
};
use axum::{
    Router,
    extract::{Path, Request, State},
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{COOKIE, SET_COOKIE},
    },
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use leptos::prelude::provide_context;
use leptos_axum::{
    AxumRouteListing, LeptosRoutes, generate_route_list, render_app_async_with_context, render_route_with_context,
};

use crate::{error::Failure, security, state::AppState};

/// The cookie that remembers which site was looked at last.
const LAST_SITE: &str = "site";
/// Pages that whoever is signed out may see.
const ACCOUNT_PAGES: [&str; 2] = ["/login", "/setup"];

/// The pages for signing in and setting up.
pub fn account_pages(state: &AppState) -> Router<AppState> {
    rendered(state, |path| ACCOUNT_PAGES.contains(&path))
}

/// Every other page, also the one for addresses that lead nowhere.
pub fn site_pages(state: &AppState) -> Router<AppState> {
    rendered(state, |path| !ACCOUNT_PAGES.contains(&path))
        .route("/", get(last_site))
        .route("/sites/{site}", get(sessions_of))
        .fallback(not_found)
}

/// The pages of the application whose route is wanted.
fn rendered(state: &AppState, wanted: impl Fn(&str) -> bool) -> Router<AppState> {
    let routes: Vec<AxumRouteListing> =
        generate_route_list(App).into_iter().filter(|route| wanted(route.path())).collect();
    let handler = render_route_with_context::<AppState, _>(routes.clone(), context(&state.services), shell);
    Router::new().leptos_routes_with_handler(routes, handler)
}

/// What a page finds in its context.
fn context(services: &Services) -> impl Fn() + Clone + Send + Sync + 'static {
    let services = services.clone();
    move || {
        provide_context(services.clone());
        security::page();
    }
}

async fn not_found(State(state): State<AppState>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Failure::NotFound.into_response();
    }
    let mut response = render_app_async_with_context(context(&state.services), shell)(request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

/// `/`: the site looked at last, else the first.
async fn last_site(State(state): State<AppState>, headers: HeaderMap) -> Response {
    match start_site(&state.services, remembered(&headers)).await {
        Ok(Some(site)) => Redirect::to(&sessions_path(site)).into_response(),
        Ok(None) => Failure::NotFound.into_response(),
        Err(Unavailable) => Failure::Unavailable.into_response(),
    }
}

async fn start_site(services: &Services, remembered: Option<SiteId>) -> Result<Option<SiteId>, Unavailable> {
    let sites = services.sites.all().await?;
    let known = sites.iter().find(|site| Some(site.id) == remembered);
    Ok(known.or(sites.first()).map(|site| site.id))
}

async fn sessions_of(Path(site): Path<String>) -> Redirect {
    // What is no id leads to a page that says so.
    Redirect::to(&format!(
        "/sites/{}/sessions",
        percent_encoding::utf8_percent_encode(&site, percent_encoding::NON_ALPHANUMERIC)
    ))
}

fn sessions_path(site: SiteId) -> String {
    format!("/sites/{site}/sessions")
}

/// Remembers the site whose page was answered.
pub async fn remember_site(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let site = site_of(request.uri().path()).filter(|site| remembered(request.headers()) != Some(*site));
    let mut response = next.run(request).await;
    if let Some(site) = site.filter(|_| response.status().is_success()) {
        let secure = if state.place.public_url.is_https() { "; Secure" } else { "" };
        let cookie = format!("{LAST_SITE}={site}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{secure}");
        if let Ok(cookie) = HeaderValue::try_from(cookie) {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
    }
    response
}

/// The site of a page such as `/sites/3/sessions`.
fn site_of(path: &str) -> Option<SiteId> {
    path.strip_prefix("/sites/")?.split('/').next()?.parse().ok()
}

fn remembered(headers: &HeaderMap) -> Option<SiteId> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == LAST_SITE).and_then(|(_, site)| site.parse().ok())
}
