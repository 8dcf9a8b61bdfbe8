//! What owners do with a single session: they have it deleted, and say whether it is a machine's.

use strum::{AsRefStr, EnumIter, EnumString};

use super::{
    ids::{SessionId, SiteId},
    query::session_href,
};

/// How long a deletion can be taken back, in milliseconds.
pub const UNDO_MS: i64 = 10_000;

/// What the owner says of a session; travels as `machine=yes|no`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AsRefStr, EnumIter, EnumString)]
pub enum Verdict {
    /// It is a machine's.
    #[strum(serialize = "yes")]
    Machine,
    /// It is none.
    #[strum(serialize = "no")]
    Person,
}

/// Where a form that deletes a session leads.
pub fn delete_session_path(site: SiteId, id: SessionId) -> String {
    format!("{}/delete", session_href(site, id))
}

/// Where a form that takes the deletion back leads.
pub fn keep_session_path(site: SiteId, id: SessionId) -> String {
    format!("{}/keep", session_href(site, id))
}

/// Where a form that says whether a session is a machine's leads.
pub fn machine_path(site: SiteId, id: SessionId) -> String {
    format!("{}/machine", session_href(site, id))
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn a_verdict_is_read_as_it_is_sent() {
        for verdict in Verdict::iter() {
            assert_eq!(verdict.as_ref().parse::<Verdict>(), Ok(verdict));
        }
        assert!("maybe".parse::<Verdict>().is_err());
    }
}
