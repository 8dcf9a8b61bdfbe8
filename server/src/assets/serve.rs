//! Serves the embedded files.

use axum::{
    Router,
    body::Body,
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
    BY_PATH.get(uri.path()).map_or_else(missing, |asset| asset.respond(&headers, FOR_GOOD))
}

async fn tracker(headers: HeaderMap) -> Response {
    Asset::named(TRACKER).map_or_else(missing, |asset| respond_to_any_site(asset, &headers))
}

/// Any page may load the tracker, also one that isolates itself or checks its integrity.
fn respond_to_any_site(asset: &Asset, headers: &HeaderMap) -> Response {
    let mut response = asset.respond(headers, AN_HOUR);
    if is_known(headers, asset.hash) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::empty();
        response.headers_mut().remove(CONTENT_ENCODING);
    }
    let fields = response.headers_mut();
    fields.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    fields.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    // Weak, as compressed and plain forms share it.
    if let Ok(etag) = HeaderValue::try_from(format!("W/\"{}\"", asset.hash)) {
        fields.insert(ETAG, etag);
    }
    response
}

/// Whether the browser has this version already (RFC 9110, 13.1.2).
fn is_known(headers: &HeaderMap, hash: &str) -> bool {
    let known = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|value| value.split(',')).any(|tag| {
        let tag = tag.trim();
        tag == "*" || tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"') == hash
    })
}

/// Browsers ask for this name where no page names an icon, as beside JSON or plain text.
async fn favicon(headers: HeaderMap) -> Response {
    Asset::named("favicon.svg").map_or_else(missing, |asset| asset.respond(&headers, AN_HOUR))
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
    fn respond(&self, headers: &HeaderMap, cache: HeaderValue) -> Response {
        let (encoding, bytes) = self.form_for(headers);
        let mut response = bytes.into_response();
        let fields = response.headers_mut();
        fields.insert(CONTENT_TYPE, mime(self.name));
        fields.insert(CACHE_CONTROL, cache);
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

#[cfg(test)]
mod tests {
    use http::header::{ACCEPT_ENCODING, CONTENT_LENGTH};

    use super::*;

    const SCRIPT: Asset = Asset {
        name: "pulse.js",
        hash: "0123456789abcdef",
        plain: b"plain and long",
        brotli: Some(b"brotli"),
        gzip: Some(b"gzipped"),
    };

    fn asked_with(fields: &[(HeaderName, &'static str)]) -> HeaderMap {
        fields.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect()
    }

    async fn body(response: Response) -> Vec<u8> {
        axum::body::to_bytes(response.into_body(), 1024).await.unwrap().to_vec()
    }

    #[tokio::test]
    async fn a_file_comes_in_the_shortest_form_that_the_browser_takes() {
        for (offered, encoding, bytes) in
            [("gzip, br", "br", &b"brotli"[..]), ("gzip", "gzip", b"gzipped"), ("identity", "", b"plain and long")]
        {
            let response = SCRIPT.respond(&asked_with(&[(ACCEPT_ENCODING, offered)]), FOR_GOOD);
            let fields = response.headers();
            assert_eq!(fields.get(CONTENT_ENCODING).map_or("", |value| value.to_str().unwrap()), encoding);
            assert_eq!(fields[VARY], "accept-encoding");
            assert_eq!(fields[CONTENT_TYPE], "text/javascript; charset=utf-8");
            assert_eq!(fields[CACHE_CONTROL], "public, max-age=31536000, immutable");
            assert_eq!(body(response).await, bytes);
        }
    }

    #[tokio::test]
    async fn what_does_not_compress_comes_as_it_is() {
        let picture = Asset { name: "logo.png", brotli: None, gzip: None, ..SCRIPT };
        let response = picture.respond(&asked_with(&[(ACCEPT_ENCODING, "br, gzip")]), FOR_GOOD);
        assert_eq!(response.headers().get(CONTENT_ENCODING), None);
        assert_eq!(response.headers()[CONTENT_TYPE], "image/png");
        assert_eq!(body(response).await, b"plain and long");
    }

    #[tokio::test]
    async fn the_tracker_may_be_loaded_by_any_site_and_is_kept_for_an_hour() {
        let response = respond_to_any_site(&SCRIPT, &HeaderMap::new());
        let fields = response.headers();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(fields[CACHE_CONTROL], "public, max-age=3600");
        assert_eq!(fields[ACCESS_CONTROL_ALLOW_ORIGIN], "*");
        assert_eq!(fields[RESOURCE_POLICY], "cross-origin");
        assert_eq!(fields[ETAG], "W/\"0123456789abcdef\"");
    }

    #[tokio::test]
    async fn a_tracker_that_is_known_is_not_sent_again() {
        for tag in ["W/\"0123456789abcdef\"", "\"old\", \"0123456789abcdef\"", "*"] {
            let asked = asked_with(&[(IF_NONE_MATCH, tag), (ACCEPT_ENCODING, "br")]);
            let response = respond_to_any_site(&SCRIPT, &asked);
            assert_eq!(response.status(), StatusCode::NOT_MODIFIED, "{tag}");
            assert_eq!(response.headers()[CACHE_CONTROL], "public, max-age=3600");
            assert_eq!(response.headers().get(CONTENT_LENGTH), None);
            assert_eq!(body(response).await, b"");
        }
        let response = respond_to_any_site(&SCRIPT, &asked_with(&[(IF_NONE_MATCH, "W/\"fedcba9876543210\"")]));
        assert_eq!(response.status(), StatusCode::OK);
    }
}
