//! One message of a batch.

use app::models::{
    event::{EventKind, Props},
    ids::{EventId, PageViewId},
    outcome::MessageKind,
    span::Attention,
    timeline::PageState,
};
use serde::Deserialize;

use super::random_id::RandomId;

/// What every message says of its page view, so that whichever comes first can create it.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// Made in the browser.
    pub id: PageViewId,
    /// The page's address.
    pub url: String,
    /// The address of the page before.
    pub referrer: Option<String>,
    /// The document's title.
    pub title: Option<String>,
    /// Milliseconds from the page view's beginning to the sending.
    pub age: f64,
    /// Whether it began in a tab that woke after the limit.
    pub resumed: bool,
}

/// One message: which page view it speaks of, and what it says.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "FlatMessage")]
pub struct Message {
    /// The page view.
    pub head: Head,
    /// What it says.
    pub body: Body,
}

/// What a message says.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// A page view began.
    View,
    /// How long it has been open, and with what attention.
    Time {
        /// Milliseconds.
        open: f64,
        /// From which millisecond on the page had what.
        spans: Vec<(f64, Attention)>,
        /// How far down the page was seen, in percent of its height.
        scroll: Option<f64>,
        /// What the page is doing.
        state: PageState,
    },
    /// Something happened.
    Event {
        /// Made in the browser.
        id: EventId,
        /// Milliseconds since the page view began.
        at: f64,
        /// What. Where a click leads, and so whether it is `outbound` or `download`, is looked at later.
        kind: EventKind,
        /// Its name.
        name: Option<String>,
        /// Where a link leads.
        target: Option<String>,
        /// Whether the link says that it leads to a file.
        download: bool,
        /// Properties of a custom event.
        props: Props,
    },
    /// The visitor wants the session erased.
    Forget,
    /// The page shows the visitor this code.
    Reference(String),
}

impl Body {
    /// What it is about.
    pub fn kind(&self) -> MessageKind {
        match self {
            Self::View => MessageKind::PageView,
            Self::Time { .. } => MessageKind::Time,
            Self::Event { kind, .. } => MessageKind::Event(*kind),
            Self::Forget => MessageKind::Forget,
            Self::Reference(_) => MessageKind::Reference,
        }
    }
}

/// A message as it is written: one flat object, in which the fields that are there tell what it says.
#[derive(Deserialize)]
struct FlatMessage {
    view: RandomId,
    url: String,
    referrer: Option<String>,
    title: Option<String>,
    age: f64,
    #[serde(default)]
    resumed: bool,

    open: Option<f64>,
    #[serde(default)]
    spans: Vec<(f64, Attention)>,
    scroll: Option<f64>,
    state: Option<PageState>,

    event: Option<String>,
    id: Option<RandomId>,
    at: Option<f64>,
    name: Option<String>,
    target: Option<String>,
    #[serde(default)]
    download: bool,
    #[serde(default)]
    props: Props,
}

impl TryFrom<FlatMessage> for Message {
    type Error = &'static str;

    fn try_from(flat: FlatMessage) -> Result<Self, Self::Error> {
        let body = match (flat.event.as_deref(), flat.open) {
            (Some("forget"), _) => Body::Forget,
            (Some("reference"), _) => Body::Reference(flat.name.ok_or("a reference without a code")?),
            (Some(kind), _) => Body::Event {
                id: EventId(flat.id.ok_or("an event without an id")?.0),
                at: flat.at.ok_or("an event without a time")?,
                kind: kind.parse().map_err(|_| "an event of no known kind")?,
                name: flat.name,
                target: flat.target,
                download: flat.download,
                props: flat.props,
            },
            (None, Some(open)) => Body::Time {
                open,
                spans: Some(flat.spans).filter(|spans| !spans.is_empty()).ok_or("a time without spans")?,
                scroll: flat.scroll,
                state: flat.state.ok_or("a time without a state")?,
            },
            (None, None) => Body::View,
        };
        let head = Head {
            id: PageViewId(flat.view.0),
            url: flat.url,
            referrer: flat.referrer,
            title: flat.title,
            age: flat.age,
            resumed: flat.resumed,
        };
        Ok(Self { head, body })
    }
}
