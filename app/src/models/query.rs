//! Which sessions to show. One type for the page's address, the server function, the export and the API.

use serde::{Deserialize, Serialize};

use super::{ids::SessionId, ids::SiteId, session::Session};

/// How many sessions a page of the list has.
pub const PAGE_SIZE: u64 = 50;

/// Where a page of the list begins. Session ids begin with their start, so that an id is a place in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cursor {
    /// The newest sessions.
    #[default]
    Newest,
    /// Sessions that started before this one.
    Before(SessionId),
    /// Sessions that started after this one.
    After(SessionId),
}

/// A selection of sessions of one site, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionQuery {
    /// The site.
    pub site: SiteId,
    /// The page of the list.
    pub cursor: Cursor,
}

impl SessionQuery {
    /// The newest sessions of a site.
    pub fn newest(site: SiteId) -> Self {
        Self { site, cursor: Cursor::Newest }
    }

    /// Reads the query from an address's parameters. What cannot be understood is named in the second value, so that
    /// the page can say what it ignored.
    pub fn from_params<'a>(site: SiteId, params: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Self, Vec<String>) {
        let mut query = Self::newest(site);
        let mut ignored = Vec::new();
        for (name, value) in params {
            match (name, value.parse()) {
                ("before", Ok(id)) => query.cursor = Cursor::Before(id),
                ("after", Ok(id)) => query.cursor = Cursor::After(id),
                ("before" | "after", Err(_)) => ignored.push(name.to_owned()),
                _ => {}
            }
        }
        (query, ignored)
    }

    /// The address of the list with this query.
    pub fn href(&self) -> String {
        let site = self.site;
        match self.cursor {
            Cursor::Newest => format!("/sites/{site}/sessions"),
            Cursor::Before(id) => format!("/sites/{site}/sessions?before={id}"),
            Cursor::After(id) => format!("/sites/{site}/sessions?after={id}"),
        }
    }
}

/// The address of one session.
pub fn session_href(site: SiteId, id: SessionId) -> String {
    format!("/sites/{site}/sessions/{id}")
}

/// The address of the page that says what has arrived for a site.
pub fn installation_href(site: SiteId) -> String {
    format!("/sites/{site}/installation")
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionPage {
    /// The server's clock when it answered, in milliseconds since the epoch.
    pub now_ms: i64,
    /// The sessions, newest first.
    pub sessions: Vec<Session>,
    /// The page of newer sessions, if there is one.
    pub newer: Option<SessionQuery>,
    /// The page of older sessions, if there is one.
    pub older: Option<SessionQuery>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn any_cursor() -> impl Strategy<Value = Cursor> {
        prop_oneof![
            Just(Cursor::Newest),
            any::<u128>().prop_map(|id| Cursor::Before(SessionId(Uuid::from_u128(id)))),
            any::<u128>().prop_map(|id| Cursor::After(SessionId(Uuid::from_u128(id)))),
        ]
    }

    proptest! {
        #[test]
        fn an_address_brings_back_its_query(site in any::<i32>().prop_map(SiteId), cursor in any_cursor()) {
            let query = SessionQuery { site, cursor };
            let href = query.href();
            let params = href.split_once('?').map(|(_, params)| params).unwrap_or_default();
            let pairs = params.split('&').filter_map(|pair| pair.split_once('='));
            prop_assert_eq!(SessionQuery::from_params(site, pairs), (query, vec![]));
        }
    }

    #[test]
    fn a_malformed_cursor_gives_the_newest_and_says_so() {
        let (query, ignored) = SessionQuery::from_params(SiteId(1), [("before", "yesterday")]);
        assert_eq!(query, SessionQuery::newest(SiteId(1)));
        assert_eq!(ignored, ["before"]);
    }
}
