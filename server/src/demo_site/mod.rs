//! A small site to click through, so that the dashboard has something to show: the shop "Lumen & Oak", invented.

mod collection;
mod layout;
mod pages;

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, State},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS},
    },
    middleware::map_response,
    response::{IntoResponse, Redirect, Response},
    routing::{MethodRouter, get, post},
};

use crate::config::PublicUrl;
use collection::Room;
use layout::{Layout, Page};

/// The site's pages and files. `pulse` is where the tracker and the dashboard are.
pub fn router(pulse: &PublicUrl) -> Router {
    let layout = Arc::new(Layout::new(pulse));
    let mut routes = Router::new();
    for (path, page) in pages::ALL {
        routes = routes.route(path, get(move |layout, headers| answer_with(page, layout, headers)));
    }
    routes
        .route("/collection", get(|layout, headers| answer_with(collection::page(None), layout, headers)))
        .route("/collection/{room}", get(room))
        .route("/sign-up", post(sign_up))
        .route("/site.css", file("text/css; charset=utf-8", include_bytes!("files/site.css")))
        .route("/site.js", file("text/javascript; charset=utf-8", include_bytes!("files/site.js")))
        .route("/lamps.svg", file("image/svg+xml", include_bytes!("files/lamps.svg")))
        .route("/icon.svg", file("image/svg+xml", include_bytes!("files/icon.svg")))
        .route("/favicon.ico", file("image/svg+xml", include_bytes!("files/icon.svg")))
        .route("/care-guide.pdf", file("application/pdf", include_bytes!("files/care-guide.pdf")))
        .fallback(not_found)
        .layer(map_response(without_guessing))
        .with_state(layout)
}

type SharedLayout = State<Arc<Layout>>;

async fn answer_with(page: Page, State(layout): SharedLayout, headers: HeaderMap) -> Response {
    layout.answer(&page, &headers)
}

async fn room(Path(room): Path<String>, layout: SharedLayout, headers: HeaderMap) -> Response {
    match room.parse::<Room>() {
        Ok(room) => answer_with(collection::page(Some(room)), layout, headers).await,
        Err(_) => not_found(layout, headers).await,
    }
}

/// What was typed is not even read.
async fn sign_up() -> Redirect {
    Redirect::to("/sign-up/thanks")
}

async fn not_found(layout: SharedLayout, headers: HeaderMap) -> Response {
    (StatusCode::NOT_FOUND, answer_with(pages::NOT_FOUND, layout, headers).await).into_response()
}

fn file<S: Clone + Send + Sync + 'static>(mime: &'static str, bytes: &'static [u8]) -> MethodRouter<S> {
    get(move || async move { ([(CONTENT_TYPE, HeaderValue::from_static(mime))], bytes) })
}

async fn without_guessing(mut response: Response) -> Response {
    response.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
