//! Serves the embedded files.

use axum::{
    Router,
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode, Uri,
        header::{
            ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
            X_CONTENT_TYPE_OPTIONS,
        },
    },
    response::{IntoResponse, Response},
    routing::get,
};

use super::{
    Asset, BY_PATH, TRACKER, TRACKER_PATH,
    encoding::{Encoding, accepts},
};

/// The name holds a hash of the content, so it never changes.
const FOR_GOOD: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// A new version of the tracker reaches every site within an hour.
const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// `/pkg/…`, `/pulse.js`, and what browsers ask for by themselves.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/pkg/{*path}", get(hashed))
        .route(TRACKER_PATH, get(tracker))
        .route("/favicon.ico", get(favicon))
        .route("/robots.txt", get(robots))
}

async fn hashed(uri: Uri, headers: HeaderMap) -> Response {
    BY_PATH.get(uri.path()).map_or_else(missing, |asset| {
        let mut response = asset.respond(&headers);
        response.headers_mut().insert(CACHE_CONTROL, FOR_GOOD);
        response
    })
}

/// Any page may load the tracker, also one that isolates itself or checks its integrity.
async fn tracker(headers: HeaderMap) -> Response {
    let Some(asset) = Asset::named(TRACKER) else { return missing() };
    let etag = format!("\"{}\"", asset.hash);
    let mut response =
        if is_known(&headers, &etag) { StatusCode::NOT_MODIFIED.into_response() } else { asset.respond(&headers) };
    let fields = response.headers_mut();
    fields.insert(CACHE_CONTROL, AN_HOUR);
    fields.insert(VARY, HeaderValue::from_static("accept-encoding"));
    fields.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    fields.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    if let Ok(etag) = HeaderValue::try_from(format!("W/{etag}")) {
        fields.insert(ETAG, etag);
    }
    response
}

/// The tag is weak: compressed and plain forms share it.
fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let known = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|value| value.split(',')).any(|tag| {
        let tag = tag.trim();
        tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag
    })
}

/// Browsers ask for this name where no page names an icon, as beside JSON or plain text.
async fn favicon(headers: HeaderMap) -> Response {
    Asset::named("favicon.svg").map_or_else(missing, |asset| {
        let mut response = asset.respond(&headers);
        response.headers_mut().insert(CACHE_CONTROL, AN_HOUR);
        response
    })
}

/// A dashboard is nothing to be searched.
async fn robots() -> Response {
    "User-agent: *\nDisallow: /\n".into_response()
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, [(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"))], "There is no such file.\n")
        .into_response()
}

impl Asset {
    fn respond(&self, headers: &HeaderMap) -> Response {
        let (encoding, bytes) = self.form_for(headers);
        let mut response = bytes.into_response();
        let fields = response.headers_mut();
        fields.insert(CONTENT_TYPE, mime(self.name));
        fields.insert(VARY, HeaderValue::from_static("accept-encoding"));
        fields.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        if let Some(token) = encoding.token() {
            fields.insert(CONTENT_ENCODING, HeaderValue::from_static(token));
        }
        response
    }

    fn form_for(&self, headers: &HeaderMap) -> (Encoding, &'static [u8]) {
        let forms = [(Encoding::Brotli, self.brotli), (Encoding::Gzip, self.gzip)];
        let compressed = forms
            .into_iter()
            .find_map(|(encoding, bytes)| Some((encoding, bytes?)).filter(|_| accepts(headers, encoding)));
        compressed.unwrap_or((Encoding::Plain, self.plain))
    }
}

fn mime(name: &str) -> HeaderValue {
    HeaderValue::from_static(match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        // Without this type a browser compiles only after the whole file has come.
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("html") => "text/html; charset=utf-8",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    })
}
