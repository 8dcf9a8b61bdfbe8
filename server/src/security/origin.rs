//! Requests that change something must come from a page of ours: cookies travel along with a form that any other
//! site posts.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Uri, header::ORIGIN},
    middleware::Next,
    response::{IntoResponse, Response},
};
use url::Url;

use super::host::named_host;
use crate::{config::PublicUrl, error::Failure};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The origin by which browsers reach the dashboard, for proxies that pass on another `Host`.
#[derive(Clone, Debug)]
pub struct OwnOrigin(PublicUrl);

impl OwnOrigin {
    /// The public address.
    pub fn new(public_url: PublicUrl) -> Self {
        Self(public_url)
    }
}

/// Refuses requests other than GET, HEAD and OPTIONS that another site started. Collection does not pass here.
pub async fn refuse_foreign_writes(State(own): State<OwnOrigin>, request: Request, next: Next) -> Response {
    if request.method().is_safe() || is_ours(&own, request.uri(), request.headers()) {
        next.run(request).await
    } else {
        Failure::ForeignRequest.into_response()
    }
}

/// `Sec-Fetch-Site` is the browser's own word, but sent over TLS and to loopback only; `Origin` comes with every POST.
/// Whoever sends neither is refused: no browser does.
fn is_ours(own: &OwnOrigin, uri: &Uri, headers: &HeaderMap) -> bool {
    match (headers.get(SEC_FETCH_SITE), headers.get(ORIGIN)) {
        (Some(site), _) => site == "same-origin" || site == "none",
        (None, Some(origin)) => is_own_origin(own, uri, headers, origin),
        (None, None) => false,
    }
}

/// Behind a proxy the scheme that the browser sees is not known here; the host and its port are enough.
fn is_own_origin(own: &OwnOrigin, uri: &Uri, headers: &HeaderMap, origin: &HeaderValue) -> bool {
    let Some(origin) = origin.to_str().ok().and_then(|origin| Url::parse(origin).ok()) else { return false };
    if origin.origin().ascii_serialization() == own.0.as_str() {
        return true;
    }
    let named = named_host(uri, headers).and_then(|host| Url::parse(&format!("{}://{host}", origin.scheme())).ok());
    matches!(origin.scheme(), "http" | "https") && named.is_some_and(|named| named.origin() == origin.origin())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn is_taken(fields: &[(&'static str, &'static str)]) -> bool {
        let own = OwnOrigin::new("https://pulse.example".parse().unwrap());
        let headers = fields
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect::<HeaderMap>();
        is_ours(&own, &Uri::from_static("/auth/login"), &headers)
    }

    #[rstest]
    #[case("same-origin", true)]
    #[case("none", true)]
    #[case("same-site", false)]
    #[case("cross-site", false)]
    fn the_browsers_word_decides(#[case] site: &'static str, #[case] taken: bool) {
        let foreign = [("sec-fetch-site", site), ("host", "pulse.example"), ("origin", "https://evil.example")];
        assert_eq!(is_taken(&foreign), taken);
    }

    #[rstest]
    #[case("10.0.0.7:3000", "http://10.0.0.7:3000", true)]
    #[case("localhost", "http://localhost:80", true)]
    #[case("pulse.internal", "https://pulse.internal", true)]
    #[case("backend:3000", "https://pulse.example", true)]
    #[case("10.0.0.7:3000", "http://10.0.0.7:3001", false)]
    #[case("10.0.0.7:3000", "http://evil.example", false)]
    #[case("10.0.0.7:3000", "null", false)]
    #[case("10.0.0.7:3000", "http://10.0.0.7:3000.evil.example", false)]
    fn else_the_origin_is_compared(#[case] host: &'static str, #[case] origin: &'static str, #[case] taken: bool) {
        assert_eq!(is_taken(&[("host", host), ("origin", origin)]), taken);
    }

    #[test]
    fn who_says_nothing_is_refused() {
        assert!(!is_taken(&[("host", "pulse.example")]));
        assert!(!is_taken(&[("origin", "https://pulse.internal")]));
    }
}
