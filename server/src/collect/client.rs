//! Whose request it is, when proxies stand in between.

use std::net::IpAddr;

use app::models::intake::Hop;
use http::HeaderMap;
use ipnet::IpNet;

/// The client's address: the peer's, unless the peer is a trusted proxy; then `X-Forwarded-For` is walked from the
/// right over the trusted hops. Whatever an untrusted peer claims is ignored, as anybody can send that header.
pub fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut client = peer.to_canonical();
    if !is_trusted(&client) {
        return client;
    }
    let lines: Vec<&str> = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok()).collect();
    for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        let Some(address) = parse_hop(hop) else { break };
        client = address;
        if !is_trusted(&client) {
            break;
        }
    }
    client
}

/// How a request came here.
pub fn hop(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> Hop {
    let peer = peer.to_canonical();
    let forwarded = headers.contains_key("x-forwarded-for");
    if !trusted.iter().any(|network| network.contains(&peer)) {
        return if forwarded { Hop::Untrusted } else { Hop::Direct };
    }
    if client_address(peer, headers, trusted) == peer { Hop::Unnamed } else { Hop::Forwarded }
}

/// An address with or without a port, brackets and a zone id.
fn parse_hop(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim().trim_matches('"');
    let bare = match hop.strip_prefix('[') {
        Some(rest) => rest.split(']').next()?,
        None if hop.matches(':').count() == 1 => hop.split(':').next()?,
        None => hop,
    };
    bare.split('%').next()?.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    // From a peer that nobody trusts nothing is believed.
    #[case("198.51.100.7", &["203.0.113.9"], "198.51.100.7")]
    #[case("198.51.100.7", &["10.0.0.1"], "198.51.100.7")]
    #[case("198.51.100.7", &[], "198.51.100.7")]
    #[case("::ffff:198.51.100.7", &["203.0.113.9"], "198.51.100.7")]
    // One proxy.
    #[case("10.0.0.1", &["203.0.113.9"], "203.0.113.9")]
    #[case("10.0.0.1", &["2001:db8::1"], "2001:db8::1")]
    #[case("::ffff:10.0.0.1", &["203.0.113.9"], "203.0.113.9")]
    #[case("10.0.0.1", &["::ffff:203.0.113.9"], "203.0.113.9")]
    #[case("fd00::1", &["203.0.113.9"], "203.0.113.9")]
    // What a client claimed stands to the left of what the proxy saw.
    #[case("10.0.0.1", &["192.0.2.66,203.0.113.9"], "203.0.113.9")]
    #[case("10.0.0.1", &["10.0.0.5, 203.0.113.9"], "203.0.113.9")]
    #[case("10.0.0.1", &["127.0.0.1, 203.0.113.9"], "203.0.113.9")]
    #[case("10.0.0.1", &["nonsense, 203.0.113.9"], "203.0.113.9")]
    #[case("10.0.0.1", &["192.0.2.66", "203.0.113.9"], "203.0.113.9")]
    // Several proxies, in one line or in several.
    #[case("10.0.0.1", &["203.0.113.9, 10.0.0.2"], "203.0.113.9")]
    #[case("10.0.0.1", &["203.0.113.9, 10.9.9.9, 10.0.0.2"], "203.0.113.9")]
    #[case("10.0.0.1", &["203.0.113.9", "10.0.0.2"], "203.0.113.9")]
    #[case("10.0.0.1", &["203.0.113.9, fd00::2"], "203.0.113.9")]
    #[case("10.0.0.1", &["192.0.2.66, 203.0.113.9, 10.0.0.3", "10.0.0.2"], "203.0.113.9")]
    // A visitor within the trusted network.
    #[case("10.0.0.1", &["10.7.7.7"], "10.7.7.7")]
    #[case("10.0.0.1", &["10.7.7.7, 10.0.0.2"], "10.7.7.7")]
    // Ways of writing.
    #[case("10.0.0.1", &["203.0.113.9:4711"], "203.0.113.9")]
    #[case("10.0.0.1", &["[2001:db8::1]:4711"], "2001:db8::1")]
    #[case("10.0.0.1", &["[2001:db8::1]"], "2001:db8::1")]
    #[case("10.0.0.1", &["\"203.0.113.9\""], "203.0.113.9")]
    #[case("10.0.0.1", &["\"[2001:db8::1]:4711\""], "2001:db8::1")]
    #[case("10.0.0.1", &["fe80::1%eth0"], "fe80::1")]
    #[case("10.0.0.1", &["  203.0.113.9\t"], "203.0.113.9")]
    // What is no address ends the walk at the last one that was.
    #[case("10.0.0.1", &["nonsense"], "10.0.0.1")]
    #[case("10.0.0.1", &["unknown, 10.0.0.2"], "10.0.0.2")]
    #[case("10.0.0.1", &["203.0.113.9, unknown"], "10.0.0.1")]
    #[case("10.0.0.1", &["203.0.113.9,"], "10.0.0.1")]
    #[case("10.0.0.1", &["203.0.113.999"], "10.0.0.1")]
    #[case("10.0.0.1", &[""], "10.0.0.1")]
    #[case("10.0.0.1", &[], "10.0.0.1")]
    fn addresses(#[case] peer: &str, #[case] forwarded: &[&str], #[case] client: &str) {
        let trusted = ["10.0.0.0/8".parse().unwrap(), "fd00::/8".parse().unwrap()];
        let name = http::HeaderName::from_static("x-forwarded-for");
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(&name, line.parse().unwrap());
        }
        assert_eq!(client_address(peer.parse().unwrap(), &headers, &trusted), client.parse::<IpAddr>().unwrap());
    }

    #[test]
    fn what_is_no_text_is_passed_over() {
        let name = http::HeaderName::from_static("x-forwarded-for");
        let headers = HeaderMap::from_iter([(name, http::HeaderValue::from_bytes(b"\xff\xfe").unwrap())]);
        let (peer, trusted) = ("10.0.0.1".parse().unwrap(), ["10.0.0.1/32".parse().unwrap()]);
        assert_eq!(client_address(peer, &headers, &trusted), peer);
    }

    #[rstest]
    #[case::a_visitor_itself("198.51.100.7", None, Hop::Direct)]
    #[case::a_proxy_that_nobody_named("10.9.9.9", Some("203.0.113.9"), Hop::Untrusted)]
    #[case::a_proxy("10.0.0.1", Some("203.0.113.9"), Hop::Forwarded)]
    #[case::a_proxy_that_passes_nothing_on("10.0.0.1", None, Hop::Unnamed)]
    #[case::a_proxy_that_passes_on_no_address("10.0.0.1", Some("unknown"), Hop::Unnamed)]
    fn hops(#[case] peer: &str, #[case] header: Option<&'static str>, #[case] expected: Hop) {
        let named = header.map(|value| (http::HeaderName::from_static("x-forwarded-for"), value.parse().unwrap()));
        let trusted = ["10.0.0.1/32".parse().unwrap()];
        assert_eq!(hop(peer.parse().unwrap(), &HeaderMap::from_iter(named), &trusted), expected);
    }
}
