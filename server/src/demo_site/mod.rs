//! A small site to click through, so that the dashboard has something to show.

use axum::{Router, response::Html, routing::get};

use crate::config::PublicUrl;

/// The site's pages. `pulse` is where the tracker is loaded from.
pub fn router(pulse: &PublicUrl) -> Router {
    let page = format!(
        "<!doctype html><title>Lumen & Oak</title><script defer src=\"{pulse}/pulse.js\" data-site=\"1\"></script><h1>Lumen & Oak</h1><a href=\"/pricing\">Prices</a>"
    );
    Router::new().fallback(get(move || async move { Html(page.clone()) }))
}
