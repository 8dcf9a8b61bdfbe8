//! By which name the server was reached.

use axum::{
    extract::Request,
    http::{HeaderMap, Uri, header::HOST, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::error::Failure;

/// The host and port that the browser believes to speak to: the `Host` header, in HTTP/2 the address itself.
pub(super) fn named_host(uri: &Uri, headers: &HeaderMap) -> Option<Authority> {
    let header = || headers.get(HOST).and_then(|host| host.to_str().ok()).and_then(|host| host.parse().ok());
    uri.authority().cloned().or_else(header)
}

/// Demo mode answers only by this machine's own names. A page on the internet can let a name of its own point to
/// 127.0.0.1 and would then read the dashboard, which asks nobody to sign in (DNS rebinding).
pub async fn require_loopback_host(request: Request, next: Next) -> Response {
    match named_host(request.uri(), request.headers()) {
        Some(host) if is_loopback_name(host.host()) => next.run(request).await,
        _ => Failure::ForeignHost.into_response(),
    }
}

fn is_loopback_name(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    host.eq_ignore_ascii_case("localhost") || matches!(host, "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("localhost", true)]
    #[case("LOCALHOST:3000", true)]
    #[case("localhost.", true)]
    #[case("127.0.0.1:3000", true)]
    #[case("[::1]:3000", true)]
    #[case("127.0.0.1.evil.example", false)]
    #[case("evil.localhost", false)]
    #[case("localhost.evil.example:3000", false)]
    #[case("0.0.0.0:3000", false)]
    #[case("[::]:3000", false)]
    #[case("192.168.1.4", false)]
    fn names_of_this_machine(#[case] host: &str, #[case] own: bool) {
        let named: Authority = host.parse().unwrap();
        assert_eq!(is_loopback_name(named.host()), own);
    }
}
