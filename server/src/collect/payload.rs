//! Bytes → [`Payload`]. The wire names live here and nowhere else.

use std::fmt;

use app::models::{
    event::{EventKind, Props},
    ids::{EventId, PageViewId, SessionId, SiteId},
    span::Span,
    timeline::PageState,
};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::outcome::Reason;

/// The most messages that a batch may hold.
pub const MAX_MESSAGES: usize = 50;
/// The most bytes that a batch may have.
pub const MAX_BYTES: usize = 64 * 1024;

/// A batch as it came in: readable, otherwise unchecked. A part that cannot be read does not spoil the others.
#[derive(Debug)]
pub struct Payload {
    /// The site that the script tag names.
    pub site: SiteId,
    /// The session that an earlier answer named.
    pub session: Option<SessionId>,
    /// Whether the screen takes several fingers: tells an iPad from a Mac.
    pub touch: bool,
    /// Of a browser that may store something: what it keeps instead of being told by its address.
    pub token: Option<VisitorToken>,
    /// Whether the browser says that a program drives it.
    pub webdriver: bool,
    /// The page views that the messages speak of.
    pub views: Vec<Option<Head>>,
    /// The messages.
    pub messages: Vec<Option<Message>>,
}

/// 128 random bits that a browser keeps where the site's owner allows that; on the wire 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct VisitorToken(pub [u8; 16]);

impl fmt::Debug for VisitorToken {
    /// In a log it would lead to a browser.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VisitorToken")
    }
}

/// What every message says of its page view, so that whichever comes first can create it.
#[derive(Debug, Deserialize)]
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
    #[serde(default)]
    pub resumed: bool,
}

/// One message.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Message {
    /// A page view began.
    View {
        /// Index of its head.
        view: u32,
    },
    /// Running totals of a page view.
    Time {
        /// Index of its head.
        view: u32,
        /// Milliseconds.
        open: f64,
        /// Milliseconds.
        visible: f64,
        /// Milliseconds.
        active: f64,
        /// Stretches of attention.
        #[serde(default)]
        spans: Vec<Span>,
        /// How far down the page was seen, in percent of its height.
        scroll: Option<f64>,
        /// What the page is doing.
        state: PageState,
    },
    /// Something happened.
    Event {
        /// Index of its head.
        view: u32,
        /// Made in the browser.
        id: EventId,
        /// Milliseconds since the page view began.
        at: f64,
        /// What.
        event: EventKind,
        /// Its name.
        name: Option<String>,
        /// Where a link leads.
        target: Option<String>,
        /// Properties of a custom event.
        #[serde(default)]
        props: Props,
    },
    /// The visitor wants the session erased.
    Forget {
        /// Index of the head of the page view that is on.
        view: u32,
    },
}

impl Message {
    /// Index of the head of its page view.
    pub fn view(&self) -> usize {
        let (Self::View { view } | Self::Time { view, .. } | Self::Event { view, .. } | Self::Forget { view }) = self;
        usize::try_from(*view).unwrap_or(usize::MAX)
    }
}

#[derive(Deserialize)]
struct Envelope<'a> {
    v: u32,
    site: SiteId,
    session: Option<SessionId>,
    #[serde(default)]
    visitor: Visitor,
    #[serde(default)]
    webdriver: bool,
    #[serde(borrow)]
    views: Vec<&'a RawValue>,
    #[serde(borrow)]
    messages: Vec<&'a RawValue>,
}

#[derive(Default, Deserialize)]
struct Visitor {
    #[serde(default)]
    touch: bool,
    #[serde(default, deserialize_with = "token")]
    token: Option<VisitorToken>,
}

/// A token that cannot be read is none: the address then tells visitors apart, as without one.
fn token<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<VisitorToken>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    let uuid = value.as_str().filter(|text| text.len() == 32).and_then(|text| Uuid::try_parse(text).ok());
    Ok(uuid.map(|uuid| VisitorToken(uuid.into_bytes())))
}

/// Reads a batch.
pub fn decode(bytes: &[u8]) -> Result<Payload, Reason> {
    // Bytes that are no text, and lone surrogates, become U+FFFD rather than a refusal.
    let text = String::from_utf8_lossy(bytes);
    let envelope: Envelope<'_> = serde_json::from_str(&text).map_err(|_| Reason::Malformed)?;
    if envelope.v != 1 || envelope.messages.is_empty() {
        return Err(Reason::Malformed);
    }
    if envelope.messages.len() > MAX_MESSAGES || envelope.views.len() > MAX_MESSAGES {
        return Err(Reason::TooManyMessages);
    }
    Ok(Payload {
        site: envelope.site,
        session: envelope.session,
        touch: envelope.visitor.touch,
        token: envelope.visitor.token,
        webdriver: envelope.webdriver,
        views: envelope.views.into_iter().map(read).collect(),
        messages: envelope.messages.into_iter().map(read).collect(),
    })
}

/// Reads one part; a lone surrogate in a text is no reason to lose it.
fn read<T: for<'a> Deserialize<'a>>(raw: &RawValue) -> Option<T> {
    serde_json::from_str(raw.get()).or_else(|_| serde_json::from_str(&without_lone_surrogates(raw.get()))).ok()
}

/// Replaces `\ud800`–`\udfff` escapes that are not pairs; `serde_json` refuses the whole text for one of them.
fn without_lone_surrogates(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let length = match (surrogate(escape), surrogate(escape.get(6..).unwrap_or_default())) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(_), _) => {
                out.push_str("\\ufffd");
                rest = escape.get(6..).unwrap_or_default();
                continue;
            }
            (None, _) => escape.char_indices().nth(2).map_or(escape.len(), |(at, _)| at),
        };
        out.push_str(escape.get(..length).unwrap_or_default());
        rest = escape.get(length..).unwrap_or_default();
    }
    out + rest
}

/// The surrogate that an escape stands for, if it is one.
fn surrogate(escape: &str) -> Option<u32> {
    let digits = escape.strip_prefix("\\u")?.get(..4)?;
    u32::from_str_radix(digits, 16).ok().filter(|code| (0xD800..=0xDFFF).contains(code))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const VIEW: &str = r#"{"id":"7d444840-9dc0-41d1-b245-5ffdce74fad2","url":"https://shop.example/","age":5}"#;

    fn batch(messages: &str) -> String {
        format!(r#"{{"v":1,"site":1,"views":[{VIEW}],"messages":[{messages}]}}"#)
    }

    #[test]
    fn a_message_of_an_unknown_kind_does_not_spoil_its_neighbours() {
        let payload = decode(batch(r#"{"kind":"view","view":0},{"kind":"dance","view":0}"#).as_bytes()).unwrap();
        assert!(matches!(payload.messages[..], [Some(Message::View { view: 0 }), None]));
    }

    #[test]
    fn a_lone_surrogate_in_a_name_is_replaced() {
        let event = r#"{"kind":"event","view":0,"id":"7d444840-9dc0-41d1-b245-5ffdce74fad3","at":1,"event":"custom","name":"a\ud83d b \ud83d\ude00 \\ud83d"}"#;
        let payload = decode(batch(event).as_bytes()).unwrap();
        let Some(Message::Event { name: Some(name), .. }) = &payload.messages[0] else { panic!("not an event") };
        assert_eq!(name, "a\u{fffd} b 😀 \\ud83d");
    }

    #[rstest]
    #[case(r#""0123456789abcdef0123456789abcdef""#, true)]
    #[case(r#""0123""#, false)]
    #[case(r#""0123456789abcdef0123456789abcdeg""#, false)]
    #[case("7", false)]
    fn a_token_that_cannot_be_read_is_none(#[case] token: &str, #[case] read: bool) {
        let batch = batch(r#"{"kind":"view","view":0}"#).replacen(
            "{",
            &format!(r#"{{"visitor":{{"touch":true,"token":{token}}},"#),
            1,
        );
        let payload = decode(batch.as_bytes()).unwrap();
        assert!(payload.touch);
        assert_eq!(payload.token.is_some(), read);
    }

    #[test]
    fn what_is_not_a_batch_is_refused_whole() {
        for text in [
            "",
            "[]",
            "{}",
            r#"{"v":2,"site":1,"views":[],"messages":[]}"#,
            r#"{"v":1,"site":1,"views":[],"messages":[]}"#,
        ] {
            assert_eq!(decode(text.as_bytes()).unwrap_err(), Reason::Malformed, "{text}");
        }
        let many = vec![r#"{"kind":"view","view":0}"#; 51].join(",");
        assert_eq!(decode(batch(&many).as_bytes()).unwrap_err(), Reason::TooManyMessages);
    }
}
