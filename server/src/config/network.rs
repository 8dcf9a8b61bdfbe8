//! Addresses: where Pulse listens, and how it is reached.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    str::FromStr,
};

use ipnet::IpNet;

/// Proxies whose `X-Forwarded-For` is believed, each an address or a network of them.
pub type TrustedProxies = Vec<IpNet>;

/// What cannot be a proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("give an address such as 10.0.0.7 or a network such as 10.0.0.0/8")]
pub struct NoProxy;

/// A proxy from the command line: `10.0.0.7`, `10.0.0.0/8`, `2001:db8::/32`.
///
/// # Errors
/// When it is neither an address nor a network.
pub fn parse_proxy(text: &str) -> Result<IpNet, NoProxy> {
    let address = |text: &str| text.parse::<IpAddr>().map(|address| IpNet::from(address.to_canonical())).ok();
    text.parse::<IpNet>().ok().or_else(|| address(text)).map(|network| network.trunc()).ok_or(NoProxy)
}

/// Where Pulse listens and how it is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// The dashboard and collection.
    pub listen: SocketAddr,
    /// The demo site, `None` when it is not served.
    pub demo_listen: Option<SocketAddr>,
    /// The figures for Prometheus, `None` when they are not served.
    pub metrics_listen: Option<SocketAddr>,
    /// The origin that sites load the tracker from, `None` for that of `listen`.
    pub public_url: Option<PublicUrl>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: TrustedProxies,
}

/// Demo mode was asked to listen where others could reach it.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "demo mode has no sign-in, so it listens on this machine only, and {0} can be reached from others. \
     Use a loopback address such as 127.0.0.1:3000, or start `pulse serve`, which asks for a password"
)]
pub struct NotLoopback(pub SocketAddr);

impl Network {
    /// Refuses addresses that other machines can reach.
    ///
    /// # Errors
    /// Names the first such address.
    pub fn require_loopback(&self) -> Result<(), NotLoopback> {
        let mut addresses = [Some(self.listen), self.demo_listen].into_iter().flatten();
        addresses
            .find(|address| !address.ip().to_canonical().is_loopback())
            .map_or(Ok(()), |open| Err(NotLoopback(open)))
    }

    /// Whether others are to reach Pulse, but nobody said by which name.
    pub fn is_reached_by_an_unknown_name(&self) -> bool {
        self.public_url.is_none() && self.listen.ip().is_unspecified()
    }
}

/// An origin: `https://pulse.example`, without a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

/// Why an address cannot be the public one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("give scheme, host and port only, such as https://pulse.example")]
pub struct PublicUrlError;

impl PublicUrl {
    /// How a server that listens on `address` is reached from its own machine. "Any address" is no place to go to,
    /// so that one becomes localhost.
    pub fn of_listener(address: SocketAddr) -> Self {
        if address.ip().is_unspecified() {
            Self(format!("http://localhost:{}", address.port()))
        } else {
            Self(format!("http://{address}"))
        }
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its host.
    pub fn host(&self) -> Option<String> {
        url::Url::parse(&self.0).ok()?.host_str().map(str::to_owned)
    }

    /// Whether browsers reach Pulse over TLS.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl FromStr for PublicUrl {
    type Err = PublicUrlError;

    fn from_str(text: &str) -> Result<Self, PublicUrlError> {
        let url = url::Url::parse(text).map_err(|_| PublicUrlError)?;
        let is_origin = matches!(url.scheme(), "http" | "https")
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        if is_origin { Ok(Self(url.origin().ascii_serialization())) } else { Err(PublicUrlError) }
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn network(listen: &str, demo_listen: Option<&str>) -> Network {
        Network {
            listen: listen.parse().unwrap(),
            demo_listen: demo_listen.map(|address| address.parse().unwrap()),
            metrics_listen: None,
            public_url: None,
            trusted_proxies: Vec::new(),
        }
    }

    #[rstest]
    #[case("127.0.0.1:3000", None)]
    #[case("127.8.9.1:3000", Some("[::1]:3001"))]
    #[case("[::ffff:127.0.0.1]:3000", None)]
    fn loopback_addresses_pass(#[case] listen: &str, #[case] demo: Option<&str>) {
        assert_eq!(network(listen, demo).require_loopback(), Ok(()));
    }

    #[rstest]
    #[case("0.0.0.0:3000", None, "0.0.0.0:3000")]
    #[case("[::]:3000", None, "[::]:3000")]
    #[case("192.168.1.4:3000", None, "192.168.1.4:3000")]
    #[case("127.0.0.1:3000", Some("10.0.0.1:3001"), "10.0.0.1:3001")]
    fn addresses_that_others_reach_are_named(#[case] listen: &str, #[case] demo: Option<&str>, #[case] named: &str) {
        assert_eq!(network(listen, demo).require_loopback(), Err(NotLoopback(named.parse().unwrap())));
    }

    #[rstest]
    #[case("https://pulse.example", "https://pulse.example")]
    #[case("https://Pulse.Example:443/", "https://pulse.example")]
    #[case("http://10.0.0.7:3000", "http://10.0.0.7:3000")]
    #[case("http://[::1]:3000", "http://[::1]:3000")]
    fn a_public_url_is_an_origin(#[case] given: &str, #[case] origin: &str) {
        assert_eq!(given.parse::<PublicUrl>().unwrap().as_str(), origin);
    }

    #[rstest]
    #[case("pulse.example")]
    #[case("ftp://pulse.example")]
    #[case("https://pulse.example/stats")]
    #[case("https://pulse.example/?a=1")]
    #[case("https://me:secret@pulse.example")]
    #[case("")]
    fn anything_else_is_refused(#[case] given: &str) {
        assert_eq!(given.parse::<PublicUrl>(), Err(PublicUrlError));
    }

    #[rstest]
    #[case("10.0.0.7", Ok("10.0.0.7/32"))]
    #[case("10.0.0.7/8", Ok("10.0.0.0/8"))]
    #[case("::ffff:10.0.0.7", Ok("10.0.0.7/32"))]
    #[case("2001:db8::/32", Ok("2001:db8::/32"))]
    #[case("10.0.0.0/33", Err(NoProxy))]
    #[case("proxy.example", Err(NoProxy))]
    #[case("", Err(NoProxy))]
    fn proxies(#[case] given: &str, #[case] network: Result<&str, NoProxy>) {
        assert_eq!(parse_proxy(given), network.map(|network| network.parse().unwrap()));
    }

    #[test]
    fn a_listener_on_any_address_is_reached_as_localhost() {
        assert_eq!(PublicUrl::of_listener("0.0.0.0:80".parse().unwrap()).as_str(), "http://localhost:80");
        assert_eq!(PublicUrl::of_listener("[::1]:3000".parse().unwrap()).as_str(), "http://[::1]:3000");
    }
}
