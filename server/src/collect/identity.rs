//! One visitor key for each live salt. The address ends here.

use std::{fmt, net::IpAddr};

use app::models::ids::SiteId;

use super::payload::VisitorToken;

/// The server's secret: in a file or the environment, never in the database, the same on all nodes.
#[derive(Clone)]
pub struct Secret(pub [u8; 32]);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// The random salt of a UTC day.
#[derive(Clone, Copy)]
pub struct Salt {
    /// Days since the epoch.
    pub day: i32,
    /// Random bytes.
    pub bytes: [u8; 32],
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Salt of day {}", self.day)
    }
}

/// Leads from a browser on a site to its open session, and to nothing else; gone with the session or the salt.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VisitorKey([u8; 16]);

impl VisitorKey {
    /// The bytes, for the table of open sessions.
    pub fn to_bytes(self) -> Vec<u8> {
        self.0.to_vec()
    }
}

impl fmt::Debug for VisitorKey {
    /// A key in a log would be as good as an address for a day.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VisitorKey")
    }
}

/// The keys of one visitor, newest salt first: a session that began before midnight is still found after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitorKeys {
    /// Under the newest salt; new sessions are kept under this one.
    pub newest: VisitorKey,
    /// Under the older live salts.
    pub older: Vec<VisitorKey>,
}

/// What tells one visitor of a site from another.
#[derive(Clone, Copy, Debug)]
pub enum Visitor<'a> {
    /// The address and the browser, where nothing is stored in it.
    Address(IpAddr, &'a str),
    /// What the browser keeps. Address and browser then say nothing: they may change.
    Token(VisitorToken),
}

/// Makes the keys of a visitor. `salts` are the live ones, newest first; `None` when there is none.
pub fn visitor_keys(secret: &Secret, salts: &[Salt], site: SiteId, visitor: Visitor<'_>) -> Option<VisitorKeys> {
    let mut keys = salts.iter().map(|salt| visitor_key(secret, salt, site, visitor));
    Some(VisitorKeys { newest: keys.next()?, older: keys.collect() })
}

fn visitor_key(secret: &Secret, salt: &Salt, site: SiteId, visitor: Visitor<'_>) -> VisitorKey {
    let day_key = blake3::keyed_hash(&secret.0, &salt.bytes);
    let mut hasher = blake3::Hasher::new_keyed(day_key.as_bytes());
    // Lengths keep the parts apart: without them two visitors could share a key.
    let mut add = |part: &[u8]| {
        hasher.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(part);
    };
    add(&site.0.to_be_bytes());
    // A token comes without a user agent, an address never does: one cannot pass for the other.
    match visitor {
        Visitor::Token(token) => add(&token.0),
        Visitor::Address(IpAddr::V4(address), user_agent) => {
            [&address.octets()[..], user_agent.as_bytes()].into_iter().for_each(add)
        }
        Visitor::Address(IpAddr::V6(address), user_agent) => {
            [&address.octets()[..], user_agent.as_bytes()].into_iter().for_each(add)
        }
    }
    let mut key = [0; 16];
    hasher.finalize_xof().fill(&mut key);
    VisitorKey(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: Secret = Secret([7; 32]);

    fn key(site: i32, address: &str, user_agent: &str, salt: u8) -> VisitorKey {
        let salts = [Salt { day: 1, bytes: [salt; 32] }];
        let visitor = Visitor::Address(address.parse().unwrap(), user_agent);
        visitor_keys(&SECRET, &salts, SiteId(site), visitor).unwrap().newest
    }

    #[test]
    fn every_part_makes_another_key() {
        let keys = [
            key(1, "192.0.2.1", "a", 1),
            key(2, "192.0.2.1", "a", 1),
            key(1, "192.0.2.2", "a", 1),
            key(1, "192.0.2.1", "b", 1),
            key(1, "192.0.2.1", "a", 2),
        ];
        assert_eq!(std::collections::BTreeSet::from(keys).len(), keys.len());
        assert_eq!(key(1, "192.0.2.1", "a", 1), keys[0]);
    }

    #[test]
    fn whoever_keeps_a_token_is_known_by_it_alone() {
        let salts = [Salt { day: 1, bytes: [1; 32] }];
        let key = |token| visitor_keys(&SECRET, &salts, SiteId(1), Visitor::Token(VisitorToken([token; 16]))).unwrap();
        assert_eq!(key(1), key(1));
        assert_ne!(key(1), key(2));
        assert_ne!(key(1).newest, self::key(1, "101:101:101:101:101:101:101:101", "", 1));
    }

    #[test]
    fn yesterdays_key_is_among_the_older_ones() {
        let (today, yesterday) = (Salt { day: 2, bytes: [2; 32] }, Salt { day: 1, bytes: [1; 32] });
        let visitor = Visitor::Address("192.0.2.1".parse().unwrap(), "a");
        let before = visitor_keys(&SECRET, &[yesterday], SiteId(1), visitor).unwrap();
        let after = visitor_keys(&SECRET, &[today, yesterday], SiteId(1), visitor).unwrap();
        assert_eq!(after.older, [before.newest]);
    }
}
