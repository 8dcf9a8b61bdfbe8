//! What was refused lately, in memory alone: for the owner who looks why nothing arrives. Collection writes it, the
//! page about the installation reads it.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use app::models::{
    ids::SiteId,
    intake::MOST_REFUSALS,
    outcome::{MessageKind, Reason},
};

/// What was refused. The same again is counted, so that a flood does not wash away the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What the message was about.
    pub what: MessageKind,
    /// Why it was refused.
    pub reason: Reason,
    /// The host of the page that sent it, scrubbed.
    pub host: Option<String>,
}

/// A refusal that is remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// What.
    pub refused: Refused,
    /// When it occurred last, in milliseconds since the epoch.
    pub at: i64,
    /// How often.
    pub times: u64,
}

/// The latest refusals of each site. Clones share.
#[derive(Clone, Debug)]
pub struct Refusals(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    since: i64,
    of: Mutex<HashMap<SiteId, VecDeque<Remembered>>>,
}

impl Refusals {
    /// Remembers from now on.
    pub fn since(now: i64) -> Self {
        Self(Arc::new(Inner { since: now, of: Mutex::default() }))
    }

    /// Since when.
    pub fn began_at(&self) -> i64 {
        self.0.since
    }

    /// Remembers one. The site must be one that exists, or the one that stands for none: nothing limits their number.
    pub fn remember(&self, site: SiteId, refused: Refused, now: i64) {
        let mut of = self.0.of.lock().unwrap_or_else(PoisonError::into_inner);
        let latest = of.entry(site).or_default();
        let before = latest.iter().position(|one| one.refused == refused).and_then(|at| latest.remove(at));
        let times = before.map_or(0, |one| one.times).saturating_add(1);
        latest.push_front(Remembered { refused, at: now, times });
        latest.truncate(MOST_REFUSALS);
    }

    /// Those of a site, the latest first.
    pub fn of(&self, site: SiteId) -> Vec<Remembered> {
        let of = self.0.of.lock().unwrap_or_else(PoisonError::into_inner);
        of.get(&site).map(|latest| latest.iter().cloned().collect()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITE: SiteId = SiteId(1);

    fn from(host: &str) -> Refused {
        Refused { what: MessageKind::PageView, reason: Reason::HostNotAllowed, host: Some(host.into()) }
    }

    #[test]
    fn the_same_again_is_counted_and_is_the_latest() {
        let refusals = Refusals::since(0);
        for (host, at) in [("a.example", 1), ("b.example", 2), ("a.example", 3)] {
            refusals.remember(SITE, from(host), at);
        }
        let told = |host, at, times| Remembered { refused: from(host), at, times };
        assert_eq!(refusals.of(SITE), [told("a.example", 3, 2), told("b.example", 2, 1)]);
        assert_eq!(refusals.of(SiteId(2)), []);
    }

    #[test]
    fn the_oldest_give_way() {
        let refusals = Refusals::since(0);
        for number in 0..60 {
            refusals.remember(SITE, from(&format!("{number}.example")), number);
        }
        let kept = refusals.of(SITE);
        assert_eq!(kept.len(), MOST_REFUSALS);
        assert_eq!((kept[0].at, kept[MOST_REFUSALS - 1].at), (59, 10));
    }
}
