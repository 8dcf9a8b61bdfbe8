//! What no column of a session holds: how far down its pages were seen, how many codes are alive, whether it was a bounce.

use app::models::session::Bounce;

use crate::store::references::KEPT_MS;

/// Stands for a depth that was not measured.
const UNSEEN: u8 = u8::MAX;

/// How far down the page was seen that was seen farthest, in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Depth(u8);

impl Default for Depth {
    fn default() -> Self {
        Self(UNSEEN)
    }
}

impl Depth {
    /// That of a page view as it is stored.
    pub(super) fn of(percent: i32) -> Self {
        Self(u8::try_from(percent.clamp(0, 100)).unwrap_or(UNSEEN))
    }

    /// The greater of two.
    pub(super) fn deeper(self, other: Self) -> Self {
        match (self.percent(), other.percent()) {
            (Some(one), Some(another)) => Self(one.max(another)),
            (None, _) => other,
            (_, None) => self,
        }
    }

    /// `None` if it was not measured.
    pub(super) fn percent(self) -> Option<u8> {
        (self.0 != UNSEEN).then_some(self.0)
    }
}

/// Which answers to whether a session was a bounce are meant.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounces {
    unknown: bool,
    yes: bool,
    no: bool,
}

impl Bounces {
    /// Those whose text passes; that of what cannot be told is empty.
    pub(super) fn that(passes: impl Fn(&str) -> bool) -> Self {
        Self { unknown: passes(""), yes: passes(Bounce::Yes.as_ref()), no: passes(Bounce::No.as_ref()) }
    }

    /// Whether this one is meant.
    pub(super) fn holds(self, bounce: Option<Bounce>) -> bool {
        match bounce {
            None => self.unknown,
            Some(Bounce::Yes) => self.yes,
            Some(Bounce::No) => self.no,
        }
    }
}

/// How many of the codes that were given out at these moments lead to their session at `now`.
pub(super) fn alive(codes: &[i64], now: i64) -> usize {
    codes.iter().filter(|&&given_at| given_at > now.saturating_sub(KEPT_MS)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_depths_the_greater_counts_and_what_was_not_measured_is_none() {
        let deepest = |depths: &[Depth]| depths.iter().fold(Depth::default(), |a, &b| a.deeper(b)).percent();
        assert_eq!(deepest(&[]), None);
        assert_eq!(deepest(&[Depth::default(), Depth::of(0)]), Some(0));
        assert_eq!(deepest(&[Depth::of(40), Depth::default(), Depth::of(130), Depth::of(-5)]), Some(100));
    }

    #[test]
    fn a_code_counts_as_long_as_it_leads_to_its_session() {
        let now = KEPT_MS * 2;
        assert_eq!(alive(&[now, KEPT_MS, KEPT_MS + 1], now), 2);
    }
}
