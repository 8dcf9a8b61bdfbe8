//! Who may send: cheapest question first.

use std::sync::{Mutex, PoisonError};

use app::models::{ids::SiteId, session::Limits};
use http::HeaderMap;

use super::outcome::Reason;

/// What collection needs to know of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteRules {
    /// The site.
    pub id: SiteId,
    /// The hosts that may send; empty means any. `*.shop.example` takes every subdomain.
    pub hosts: Vec<String>,
    /// Hosts that visitors only come back from.
    pub passed_referrers: Vec<String>,
    /// Hosts whose visits are spam; `!` before one that is not, whatever the list says.
    pub spam_referrers: Vec<String>,
    /// When its sessions are over.
    pub limits: Limits,
}

impl SiteRules {
    /// Whether pages of this host belong to the site.
    pub fn allows(&self, host: &str) -> bool {
        self.hosts.is_empty() || self.hosts.iter().any(|allowed| host_matches(allowed, host))
    }
}

#[cfg(test)]
impl SiteRules {
    /// A site that has hosts and no other rule.
    pub(super) fn with_hosts(hosts: &[&str]) -> Self {
        Self {
            id: SiteId(1),
            hosts: hosts.iter().map(|&host| host.into()).collect(),
            passed_referrers: Vec::new(),
            spam_referrers: Vec::new(),
            limits: Limits::default(),
        }
    }
}

/// Whether a host is the one that is named, or one of those.
pub(super) fn host_matches(allowed: &str, host: &str) -> bool {
    match allowed.strip_prefix("*.") {
        Some(parent) => host.strip_suffix(parent).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')),
        None => host == allowed || host.strip_prefix("www.") == Some(allowed),
    }
}

/// Whether a browser asks not to be recorded. The tracker then sends nothing; this is for what comes all the same.
pub fn opted_out(headers: &HeaderMap) -> bool {
    ["sec-gpc", "dnt"].iter().any(|name| headers.get(*name).is_some_and(|value| value == "1"))
}

/// Whether the page that sends is one of the site's, as far as its browser says. A page in a sandbox has no origin that
/// means anything, and programs send none: those are judged by the addresses in their messages alone.
pub fn comes_from(headers: &HeaderMap, site: &SiteRules) -> bool {
    let named = headers.get(http::header::ORIGIN).is_some_and(|origin| origin != "null");
    !named || site.hosts.is_empty() || origin_host(headers).is_some_and(|host| site.allows(&host))
}

/// The host of the page that sends, if its browser says so.
pub fn origin_host(headers: &HeaderMap) -> Option<String> {
    let origin = headers.get(http::header::ORIGIN)?.to_str().ok()?;
    url::Url::parse(origin).ok()?.host_str().map(str::to_owned)
}

/// Messages that one client may send at once, and each second for longer.
const BURST: f32 = 1_000.0;
const PER_SECOND: f32 = 50.0;
/// Clients share this many buckets; two that share one are limited together, and memory stays as it is.
const BUCKETS: usize = 65_536;

/// A limit for each client, held in memory under a keyed hash of its address.
pub struct RateLimit {
    key: [u8; 32],
    buckets: Mutex<Vec<Bucket>>,
}

#[derive(Clone, Copy)]
struct Bucket {
    left: f32,
    at_ms: i64,
}

impl RateLimit {
    /// A fresh limit; `key` is random for each start.
    pub fn new(key: [u8; 32]) -> Self {
        Self { key, buckets: Mutex::new(Vec::new()) }
    }

    /// Takes `messages` from the client's allowance.
    pub fn take(&self, address: std::net::IpAddr, messages: usize, now: i64) -> Result<(), Reason> {
        let hash = blake3::keyed_hash(&self.key, &network(address));
        let [a, b, ..] = *hash.as_bytes();
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.is_empty() {
            buckets.resize(BUCKETS, Bucket { left: BURST, at_ms: now });
        }
        let Some(bucket) = buckets.get_mut(usize::from(u16::from_be_bytes([a, b]))) else { return Ok(()) };
        #[expect(clippy::cast_precision_loss, reason = "an allowance needs no precision")]
        let (elapsed_s, wanted) = ((now - bucket.at_ms).max(0) as f32 / 1000.0, messages as f32);
        let refilled = (bucket.left + elapsed_s * PER_SECOND).min(BURST);
        let enough = refilled >= wanted;
        *bucket = Bucket { left: if enough { refilled - wanted } else { refilled }, at_ms: now };
        if enough { Ok(()) } else { Err(Reason::RateLimited) }
    }
}

/// What counts as one client: an address, of IPv6 the 64 bits that a customer has for themselves.
fn network(address: std::net::IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        std::net::IpAddr::V4(address) => address.octets().to_vec(),
        std::net::IpAddr::V6(address) => address.octets().into_iter().take(8).collect(),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("shop.example", "shop.example", true)]
    #[case("shop.example", "www.shop.example", true)]
    #[case("shop.example", "evil-shop.example", false)]
    #[case("*.shop.example", "de.shop.example", true)]
    #[case("*.shop.example", "shop.example", true)]
    #[case("*.shop.example", "evilshop.example", false)]
    fn hosts(#[case] allowed: &str, #[case] host: &str, #[case] admitted: bool) {
        assert_eq!(SiteRules::with_hosts(&[allowed]).allows(host), admitted);
    }

    #[rstest]
    #[case::of_the_site("https://www.shop.example", true)]
    #[case::with_a_port("https://shop.example:8443", true)]
    #[case::of_another_site("https://evil.example", false)]
    #[case::of_a_host_that_only_looks_alike("https://shop.example.evil.example", false)]
    #[case::in_a_sandbox("null", true)]
    #[case::no_origin_at_all("shop", false)]
    fn origins(#[case] origin: &'static str, #[case] admitted: bool) {
        let headers = HeaderMap::from_iter([(http::header::ORIGIN, http::HeaderValue::from_static(origin))]);
        assert_eq!(comes_from(&headers, &SiteRules::with_hosts(&["shop.example"])), admitted);
        assert!(comes_from(&headers, &SiteRules::with_hosts(&[])), "a site without hosts takes any");
        assert!(comes_from(&HeaderMap::new(), &SiteRules::with_hosts(&["shop.example"])), "programs send none");
    }

    #[test]
    fn a_flood_from_one_address_is_limited_and_others_go_on() {
        let limit = RateLimit::new([1; 32]);
        let (flood, other) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        let taken = (0..100).filter(|_| limit.take(flood, 50, 0).is_ok()).count();
        assert_eq!(taken, 20);
        assert_eq!(limit.take(other, 50, 0), Ok(()));
        assert_eq!(limit.take(flood, 50, 1_000), Ok(()));
        assert_eq!(limit.take(flood, 50, 1_000), Err(Reason::RateLimited));
    }

    #[test]
    fn addresses_of_one_ipv6_customer_are_one_client() {
        let limit = RateLimit::new([1; 32]);
        let taken = (0..100u16).filter(|n| limit.take(format!("2001:db8:0:7::{n:x}").parse().unwrap(), 50, 0).is_ok());
        assert_eq!(taken.count(), 20);
        assert_eq!(limit.take("2001:db8:0:8::1".parse().unwrap(), 50, 0), Ok(()));
    }
}
