//! Bytes → [`Payload`]. The wire names live here and nowhere else.

use std::fmt;

use app::models::{
    event::EventKind,
    ids::{SessionId, SiteId},
};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::outcome::Reason;
use random_id::random_id;
use surrogates::without_lone_surrogates;

mod message;
mod random_id;
mod surrogates;

pub use message::{Body, Head, Message};

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
    /// Kinds of events that the script tag turns off.
    pub off: Vec<EventKind>,
    /// The messages.
    pub messages: Vec<Option<Message>>,
}

/// 128 random bits that a browser keeps where the site's owner allows that.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct VisitorToken(pub [u8; 16]);

impl fmt::Debug for VisitorToken {
    /// In a log it would lead to a browser.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VisitorToken")
    }
}

#[derive(Deserialize)]
struct Envelope<'a> {
    /// Named from the second version on.
    #[serde(default = "first")]
    v: u32,
    site: SiteId,
    session: Option<SessionId>,
    /// How many fingers the screen takes; what is no number says nothing.
    #[serde(default)]
    touch: serde_json::Value,
    #[serde(default, deserialize_with = "token")]
    token: Option<VisitorToken>,
    #[serde(default)]
    webdriver: bool,
    off: Option<String>,
    #[serde(borrow)]
    messages: Vec<&'a RawValue>,
}

/// The version of the wire that names none.
fn first() -> u32 {
    1
}

/// A token that cannot be read is none: the address then tells visitors apart, as without one.
fn token<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<VisitorToken>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(value.as_str().and_then(random_id).map(|id| VisitorToken(id.into_bytes())))
}

/// Reads a batch.
pub fn decode(bytes: &[u8]) -> Result<Payload, Reason> {
    // Bytes that are no text, and lone surrogates, become U+FFFD rather than a refusal.
    let text = String::from_utf8_lossy(bytes);
    let envelope: Envelope<'_> = serde_json::from_str(&text).map_err(|_| Reason::Malformed)?;
    if envelope.v != 1 || envelope.messages.is_empty() {
        return Err(Reason::Malformed);
    }
    if envelope.messages.len() > MAX_MESSAGES {
        return Err(Reason::TooManyMessages);
    }
    Ok(Payload {
        site: envelope.site,
        session: envelope.session,
        touch: envelope.touch.as_f64().is_some_and(|fingers| fingers > 1.0),
        token: envelope.token,
        webdriver: envelope.webdriver,
        off: envelope.off.iter().flat_map(|kinds| kinds.split(' ')).filter_map(|kind| kind.parse().ok()).collect(),
        messages: envelope.messages.into_iter().map(read).collect(),
    })
}

/// Reads one part; a lone surrogate in a text is no reason to lose it.
fn read<T: for<'a> Deserialize<'a>>(raw: &RawValue) -> Option<T> {
    serde_json::from_str(raw.get()).or_else(|_| serde_json::from_str(&without_lone_surrogates(raw.get()))).ok()
}

#[cfg(test)]
mod tests {
    use app::models::timeline::PageState;
    use rstest::rstest;

    use super::*;

    const VIEW: &str = r#""view":"1-2-3-4","url":"https://shop.example/","age":5"#;

    fn batch(messages: &[&str]) -> String {
        let messages: Vec<String> = messages.iter().map(|rest| format!("{{{VIEW}{rest}}}")).collect();
        format!(r#"{{"site":1,"messages":[{}]}}"#, messages.join(","))
    }

    fn bodies(messages: &[&str]) -> Vec<Option<Body>> {
        let payload = decode(batch(messages).as_bytes()).unwrap();
        payload.messages.into_iter().map(|message| message.map(|message| message.body)).collect()
    }

    #[test]
    fn the_fields_tell_what_a_message_says() {
        let bodies = bodies(&[
            "",
            r#","open":7000,"spans":[[0,"a"]],"scroll":40,"state":"shown""#,
            r#","event":"form","id":"5-6-7-8","at":3"#,
            r#","event":"forget","id":"5-6-7-9","at":3"#,
            r#","event":"reference","id":"5-6-7-9","at":3,"name":"K7F-3QX9""#,
        ]);
        assert!(matches!(
            &bodies[..],
            [
                Some(Body::View),
                Some(Body::Time { scroll: Some(_), state: PageState::Shown, .. }),
                Some(Body::Event { kind: EventKind::Form, .. }),
                Some(Body::Forget),
                Some(Body::Reference(_)),
            ]
        ));
    }

    #[rstest]
    #[case::unknown_kind(r#","event":"dance","id":"5-6-7-8","at":3"#)]
    #[case::no_id(r#","event":"click","at":3"#)]
    #[case::no_time(r#","event":"click","id":"5-6-7-8""#)]
    #[case::no_spans(r#","open":7000,"state":"shown""#)]
    #[case::no_state(r#","open":7000,"spans":[[0,"a"]]"#)]
    fn a_message_that_cannot_be_read_does_not_spoil_its_neighbours(#[case] rest: &str) {
        assert!(matches!(bodies(&["", rest])[..], [Some(Body::View), None]));
    }

    #[test]
    fn a_lone_surrogate_in_a_name_is_replaced() {
        let event = r#","id":"5-6-7-8","at":1,"event":"custom","name":"a\ud83d b \ud83d\ude00 \\ud83d""#;
        let Some(Body::Event { name: Some(name), .. }) = &bodies(&[event])[0] else { panic!("not an event") };
        assert_eq!(name, "a\u{fffd} b 😀 \\ud83d");
    }

    #[rstest]
    #[case("0-0-0-1", Some(1))]
    #[case("4294967295-4294967295-4294967295-4294967295", Some(u128::MAX))]
    #[case("00000000-0000-0000-0000-000000000001", Some(1))]
    #[case("4294967296-0-0-0", None)]
    #[case("1-2-3", None)]
    #[case("1-2-3-4-5", None)]
    #[case("", None)]
    fn ids(#[case] text: &str, #[case] id: Option<u128>) {
        assert_eq!(random_id(text).map(|id| id.as_u128()), id);
    }

    #[rstest]
    #[case(r#""1-2-3-4""#, true)]
    #[case(r#""0123""#, false)]
    #[case("7", false)]
    #[case("null", false)]
    fn a_token_that_cannot_be_read_is_none(#[case] token: &str, #[case] read: bool) {
        let batch = batch(&[""]).replacen('{', &format!(r#"{{"touch":5,"token":{token},"#), 1);
        let payload = decode(batch.as_bytes()).unwrap();
        assert!(payload.touch);
        assert_eq!(payload.token.is_some(), read);
    }

    #[test]
    fn kinds_that_are_turned_off_are_read_as_far_as_they_are_known() {
        let batch = batch(&[""]).replacen('{', r#"{"off":"error  dance outbound","#, 1);
        assert_eq!(decode(batch.as_bytes()).unwrap().off, [EventKind::Error, EventKind::Outbound]);
    }

    #[test]
    fn what_is_not_a_batch_is_refused_whole() {
        for text in ["", "[]", "{}", r#"{"v":2,"site":1,"messages":[{}]}"#, r#"{"site":1,"messages":[]}"#] {
            assert_eq!(decode(text.as_bytes()).unwrap_err(), Reason::Malformed, "{text}");
        }
        assert_eq!(decode(batch(&[""; 51]).as_bytes()).unwrap_err(), Reason::TooManyMessages);
    }
}
