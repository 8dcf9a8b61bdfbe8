//! What is stored of visitors, field by field. One list for the page that tells them and for the test that compares it
//! with the schema: a column that nobody explained does not pass.

/// A table with rows of visitors.
#[derive(Clone, Copy, Debug)]
pub struct StoredTable {
    /// Its name in the database.
    pub name: &'static str,
    /// What a row is.
    pub title: &'static str,
    /// For how long rows are kept.
    pub kept: Kept,
    /// Its columns.
    pub fields: &'static [StoredField],
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct StoredField {
    /// Its name in the database.
    pub name: &'static str,
    /// What it holds.
    pub meaning: &'static str,
}

/// For how long something is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// As long as the site keeps its sessions.
    Sessions,
    /// This long, whatever the site says.
    For(&'static str),
}

const fn field(name: &'static str, meaning: &'static str) -> StoredField {
    StoredField { name, meaning }
}

const SITE: StoredField = field("site", "the number of the site");
const SESSION: StoredField = field("session", "the id of the session that it belongs to");

/// Every table that visitors leave a trace in.
pub const OF_VISITORS: [StoredTable; 11] = [
    StoredTable {
        name: "session",
        title: "A visit, called session",
        kept: Kept::Sessions,
        fields: &[
            SITE,
            field("id", "its own id: when it began, and a random number"),
            field("started_at", "when it began"),
            field("received_at", "when the browser was heard of last"),
            field("changed_at", "when this row changed last"),
            field("ended_at", "when it was over"),
            field("away", "whether all its pages were left or in the background"),
            field("country", "the country, found by the address, which is not stored"),
            field("device", "desktop, phone, tablet or something else"),
            field("os", "the name of the operating system, without its version"),
            field("browser", "the name of the browser, without its version"),
            field("bot", "why it is taken for a machine, if it is"),
            field("entry", "the path of the first page"),
            field("last_page", "the path of the last page"),
            field("pages", "how many pages were opened"),
            field("distinct_pages", "how many different pages that were"),
            field("events", "how many events there were"),
            field("clicks", "how many of them were clicks"),
            field("engagements", "how many of them were more than a look"),
            field("duration_ms", "how long it was"),
            field("visible_ms", "how long its pages were in the foreground"),
            field("active_ms", "how long they were used"),
            field("unmeasured_pages", "of how many pages the time is not known"),
            field("overlapping", "whether perhaps several people were one session"),
            field("channel", "what kind of source it came from: a search engine, a link, a campaign"),
            field("source", "the name of that source"),
            field("referrer", "the host of the page that linked here"),
            field("campaign_source", "utm_source, source or ref of the first page's address"),
            field("campaign_medium", "utm_medium of that address"),
            field("campaign_name", "utm_campaign of that address"),
            field("campaign_term", "utm_term of that address"),
            field("campaign_content", "utm_content of that address"),
            field("signs", "what makes it worth a look: that something went wrong, that it was unusually fast"),
            field("verdict_by_hand", "whether the site's owner said that it is a machine, or that it is none"),
        ],
    },
    StoredTable {
        name: "page_view",
        title: "A page that was opened",
        kept: Kept::Sessions,
        fields: &[
            SITE,
            SESSION,
            field("id", "a random number"),
            field("started_at", "when it was opened"),
            field("host", "the host of its address"),
            field("path", "the path of its address, without what looks like a secret or names somebody"),
            field("query", "parameters of its address: none"),
            field("title", "its title"),
            field("resumed", "whether it was used again after a long pause"),
            field("channel", "what kind of source it came from"),
            field("source", "the name of that source"),
            field("referrer", "the host of the page that linked here"),
            field("campaign", "the campaign of its address"),
            field("open_ms", "how long it was open"),
            field("visible_ms", "how long it was in the foreground"),
            field("active_ms", "how long it was used"),
            field("spans", "when it was used, idle or in the background"),
            field("state", "whether it was left"),
            field("scroll", "how far down it was seen, in percent"),
        ],
    },
    StoredTable {
        name: "event",
        title: "Something that happened on a page",
        kept: Kept::Sessions,
        fields: &[
            SITE,
            SESSION,
            field("id", "a random number"),
            field("page_view", "the page that it happened on"),
            field("offset_ms", "when, after the page was opened"),
            field(
                "kind",
                "a click, a link to another site, a download, a form begun or sent, an error, an event that the site names",
            ),
            field("name", "the text of the button or link, the name of the form or event; never what was typed"),
            field("target", "where the link leads, without parameters"),
            field("props", "what the site itself adds to an event that it names"),
        ],
    },
    StoredTable {
        name: "open_session",
        title: "Which session a browser is in",
        kept: Kept::For("until a minute or two after the session, so that the next page is found to belong to it"),
        fields: &[
            SITE,
            field(
                "key",
                "a keyed hash of the site's number, the address and the user agent, or of a random token that the site keeps in the browser; it cannot be turned back into them",
            ),
            SESSION,
            field("check_at", "when to look whether the session is over"),
        ],
    },
    StoredTable {
        name: "open_page_view",
        title: "Which session a page belongs to",
        kept: Kept::For("2 days"),
        fields: &[SITE, field("id", "the random number of the page that was opened"), SESSION],
    },
    StoredTable {
        name: "session_reference",
        title: "A code that the page showed, to be read out to the site's owner",
        kept: Kept::For("30 days; only where the site asks for codes"),
        fields: &[SITE, field("code", "the code"), SESSION, field("given_at", "when it was shown")],
    },
    StoredTable {
        name: "salt",
        title: "A random number that makes each day's keys different",
        kept: Kept::For("2 days at the most; then nobody can make the keys of that day again"),
        fields: &[field("day", "its day"), field("salt", "the random number")],
    },
    StoredTable {
        name: "deleted_session",
        title: "A session that the site's owner deletes",
        kept: Kept::For("10 seconds, in which that can be taken back; then it goes with its session"),
        fields: &[SITE, SESSION, field("delete_at", "when it is deleted")],
    },
    StoredTable {
        name: "erased_day",
        title: "How often sessions of a day were erased, or marked by hand as of a machine or of none",
        kept: Kept::For("800 days"),
        fields: &[SITE, field("day", "the day on which they began"), field("times", "how often")],
    },
    StoredTable {
        name: "page_sketch",
        title: "How long a page was used on a day, by all visitors together",
        kept: Kept::For("28 days; worked out again within minutes when sessions of that day are deleted"),
        fields: &[
            SITE,
            field("path", "the path of the page's address, without what looks like a secret or names somebody"),
            field("day", "the day on which the sessions began"),
            field("views", "how often it was opened, as far as its time is known"),
            field("active", "how long it was used how often, without the sessions"),
        ],
    },
    StoredTable {
        name: "outcome_count",
        title: "How many messages were stored or refused",
        kept: Kept::For("800 days"),
        fields: &[
            SITE,
            field("hour", "the hour"),
            field("outcome", "stored, sent again, or why refused"),
            field("count", "how many"),
        ],
    },
];

/// Tables that hold nothing of visitors: the sites, their goals and their rules for paths, what all sessions of a day come
/// to, who may see the dashboard, the views that they save, and the history of the schema.
pub const OF_OWNERS: [&str; 9] = [
    "account",
    "dismissed_view",
    "goal",
    "login_session",
    "path_rule",
    "saved_view",
    "seaql_migrations",
    "session_sketch",
    "site",
];

/// What is stored nowhere.
pub const NEVER: [&str; 7] = [
    "the address of the visitor's network; it is used for the country and the key, then dropped",
    "the user agent, screen size, fonts, languages, or anything else that tells one browser from others of its kind",
    "names, e-mail addresses, and what is typed into fields",
    "parameters of addresses, but for those that name a campaign",
    "pages of other sites; of the one that linked here the host alone",
    "recordings of the screen, the mouse or the keyboard",
    "any link between two sessions: who comes back later is somebody new",
];
