//! Reads many rows in the order of their keys without keeping them: for who makes something of a whole day. Past the ORM,
//! which takes ten times as long for a row (docs/adr/0008).

use std::ops::Range;

use uuid::Uuid;

use super::entities::session;

/// A row that was come by; it lives as long as the look at it.
#[derive(Debug)]
pub enum Scanned<'a> {
    /// A session.
    Session(&'a session::Model),
    /// A page view of a session.
    PageView {
        /// The session.
        session: Uuid,
        /// Its path.
        path: &'a str,
        /// Its host.
        host: &'a str,
        /// Its title.
        title: Option<&'a str>,
    },
    /// A page view of a session, as a step of it.
    View {
        /// The session.
        session: Uuid,
        /// Its id.
        id: Uuid,
        /// When it began.
        started_at: i64,
        /// Its path.
        path: &'a str,
        /// Its title.
        title: Option<&'a str>,
        /// Its active time in milliseconds.
        active_ms: Option<i64>,
        /// How far down it was seen, in percent.
        scroll: Option<i32>,
    },
    /// The path of a page view of a session.
    Path {
        /// The session.
        session: Uuid,
        /// The path.
        path: &'a str,
    },
    /// The time of a page view of a session.
    Time {
        /// The session.
        session: Uuid,
        /// Its path.
        path: &'a str,
        /// Its active time in milliseconds.
        active_ms: i64,
    },
    /// How far down the page of a session was seen that was seen farthest.
    Depth {
        /// The session.
        session: Uuid,
        /// In percent.
        scroll: i32,
    },
    /// A code that the visitor of a session was shown.
    Code {
        /// The session.
        session: Uuid,
        /// When it was last given.
        given_at: i64,
    },
    /// An event of a session.
    Event {
        /// The session.
        session: Uuid,
        /// The text form of its kind.
        kind: &'a str,
        /// Its name.
        name: Option<&'a str>,
        /// Its target.
        target: Option<&'a str>,
    },
    /// An event of a session, as a step of it.
    Happening {
        /// The session.
        session: Uuid,
        /// Its id.
        id: Uuid,
        /// The page view that it happened on.
        page_view: Uuid,
        /// Since its page view began, in milliseconds.
        offset_ms: i64,
        /// The text form of its kind.
        kind: &'a str,
        /// Its name.
        name: Option<&'a str>,
        /// Its target.
        target: Option<&'a str>,
        /// Its properties as JSON.
        props: Option<&'a str>,
    },
}

/// What to come by: rows of a site's sessions whose ids lie in a range.
#[derive(Clone, Debug)]
pub struct Scan {
    /// The site.
    pub site: i32,
    /// The ids.
    pub sessions: Range<Uuid>,
    /// The sessions themselves, or something of their page views and events.
    pub what: What,
}

/// Which rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Sessions, in the order of their ids.
    Sessions,
    /// Page views, then events.
    Texts,
    /// Page views, then events, with what orders and measures them.
    Steps,
    /// How far down pages were seen, of those sessions of which that was measured.
    Depths,
    /// Codes that visitors were shown.
    Codes,
    /// Paths of page views.
    Paths,
    /// Times of page views, of those that have one.
    Times,
}
