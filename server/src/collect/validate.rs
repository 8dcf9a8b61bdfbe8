//! [`Payload`] → [`ValidMessage`]s: addresses parsed, texts scrubbed and cut, times clamped.

use app::models::{
    attended::Attended,
    event::{EventKind, PropValue, Props},
    ids::{EventId, PageViewId},
    reference::ReferenceCode,
    session::LONGEST_MS,
    source::Campaign,
    span::Attention,
    timeline::PageState,
};

use super::{
    address::{campaign, host_of, page_path, page_url, referrer_host},
    link,
    outcome::Reason,
    payload::{self, Head, Message, Payload},
    scrub,
};

/// The longest title and event name that is kept, in characters.
const TITLE: usize = 300;
const NAME: usize = 80;
/// The longest message of a script error.
const ERROR: usize = 200;
/// How many properties an event may have, and how long their names and texts may be.
const PROPS: usize = 20;
const PROP_NAME: usize = 40;
const PROP_TEXT: usize = 200;

/// A page view's head, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct ValidHead {
    /// Made in the browser.
    pub id: PageViewId,
    /// When it began: receive time − age, in milliseconds since the epoch.
    pub started_at: i64,
    /// How long ago that was when the message was received.
    pub age_ms: i64,
    /// The host, lower case.
    pub host: String,
    /// The port, if it is not the usual one.
    pub port: Option<u16>,
    /// The path, scrubbed, with the route behind a hash.
    pub path: String,
    /// The document's title, scrubbed.
    pub title: Option<String>,
    /// The host of the page before.
    pub referrer: Option<String>,
    /// Campaign parameters of the address.
    pub campaign: Campaign,
    /// Whether it began in a tab that woke after the limit.
    pub resumed: bool,
}

/// A checked batch.
#[derive(Clone, Debug, PartialEq)]
pub struct ValidBatch {
    /// The heads of its page views, as far as they are in order.
    pub heads: Vec<Result<ValidHead, Reason>>,
    /// One result for each message, in order.
    pub messages: Vec<Result<ValidMessage, Reason>>,
}

/// A checked message.
#[derive(Clone, Debug, PartialEq)]
pub struct ValidMessage {
    /// Index of the head of its page view.
    pub head: usize,
    /// What it says of it.
    pub body: Body,
}

/// What a message says of its page view.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// It began.
    View,
    /// Its running totals.
    Time(TimeReport),
    /// Something happened on it.
    Event(ValidEvent),
    /// Its session is to be erased.
    Forget,
    /// It shows its visitor this code.
    Reference(ReferenceCode),
}

/// Running totals: `active ≤ visible ≤ open ≤ age`, in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeReport {
    /// Since it began.
    pub open_ms: u64,
    /// How much of that it was in the foreground and active, and when.
    pub attended: Attended,
    /// How far down the page was seen, in percent of its height.
    pub scroll: Option<u8>,
    /// What the page is doing.
    pub state: PageState,
}

/// An event, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct ValidEvent {
    /// Made in the browser.
    pub id: EventId,
    /// Since the page view began; never later than the message was received.
    pub offset_ms: u64,
    /// What happened.
    pub kind: EventKind,
    /// Its name, scrubbed.
    pub name: Option<String>,
    /// Where a link leads, scrubbed.
    pub target: Option<String>,
    /// Properties of a custom event, scrubbed.
    pub props: Props,
}

/// Checks a batch that was received at `now`.
pub fn validate(payload: &Payload, now: i64) -> ValidBatch {
    let mut raw_heads: Vec<&Head> = Vec::new();
    let mut heads: Vec<Result<ValidHead, Reason>> = Vec::new();
    let mut messages = Vec::with_capacity(payload.messages.len());
    for raw in &payload.messages {
        messages.push(raw.as_ref().ok_or(Reason::Malformed).and_then(|Message { head: raw_head, body }| {
            // Most messages of a batch speak of the same page view.
            let at = raw_heads.iter().rposition(|known| *known == raw_head).unwrap_or_else(|| {
                raw_heads.push(raw_head);
                heads.push(head(raw_head, now));
                heads.len() - 1
            });
            let head = heads.get(at).ok_or(Reason::Malformed)?.as_ref().map_err(|&reason| reason)?;
            Ok(ValidMessage { head: at, body: self::body(body, head, &payload.off)? })
        }));
    }
    ValidBatch { heads, messages }
}

fn head(raw: &Head, now: i64) -> Result<ValidHead, Reason> {
    let url = page_url(&raw.url)?;
    let age_ms = clamp_ms(raw.age, LONGEST_MS.saturating_mul(2).unsigned_abs());
    let age_ms = i64::try_from(age_ms).unwrap_or(LONGEST_MS);
    Ok(ValidHead {
        id: raw.id,
        started_at: now.saturating_sub(age_ms),
        age_ms,
        host: host_of(&url).ok_or(Reason::InvalidUrl)?,
        port: url.port(),
        path: page_path(&url),
        title: raw.title.as_deref().and_then(|title| not_empty(scrub::text(title, TITLE))),
        referrer: raw.referrer.as_deref().and_then(referrer_host),
        campaign: campaign(&url),
        resumed: raw.resumed,
    })
}

fn body(raw: &payload::Body, head: &ValidHead, off: &[EventKind]) -> Result<Body, Reason> {
    let age = head.age_ms.unsigned_abs();
    Ok(match raw {
        payload::Body::View => Body::View,
        payload::Body::Time { open, spans, scroll, state } => {
            let open_ms = clamp_ms(*open, age.min(LONGEST_MS.unsigned_abs()));
            Body::Time(TimeReport {
                open_ms,
                attended: attended(spans, open_ms),
                scroll: scroll.and_then(|percent| u8::try_from(clamp_ms(percent.round(), 100)).ok()),
                state: *state,
            })
        }
        payload::Body::Event { id, at, kind, name, target, download, props } => {
            let kind = match kind {
                EventKind::Click | EventKind::Outbound | EventKind::Download => {
                    link::kind(target.as_deref(), *download, head)
                }
                // Worked out from the page views: see `record`.
                EventKind::QuickBack => return Err(Reason::Malformed),
                other => *other,
            };
            if off.contains(&kind) {
                return Err(Reason::TurnedOff);
            }
            Body::Event(ValidEvent {
                id: *id,
                offset_ms: clamp_ms(*at, age),
                kind,
                name: name.as_deref().and_then(|name| not_empty(event_name(kind, name))),
                target: target.as_deref().and_then(link::target),
                props: if kind == EventKind::Custom { clean_props(props) } else { Props::new() },
            })
        }
        payload::Body::Forget => Body::Forget,
        payload::Body::Reference(code) => Body::Reference(ReferenceCode::parse(code).ok_or(Reason::Malformed)?),
    })
}

fn attended(spans: &[(f64, Attention)], open_ms: u64) -> Attended {
    Attended::measure(spans.iter().map(|&(from, attention)| (clamp_ms(from, u64::MAX), attention)), open_ms)
}

/// An error's message quotes what the page worked with, so that it is scrubbed harder than other texts.
fn event_name(kind: EventKind, name: &str) -> String {
    match kind {
        EventKind::Error => scrub::error(name, ERROR),
        // The path says which page.
        EventKind::NotFound => String::new(),
        _ => scrub::text(name, NAME),
    }
}

fn clean_props(props: &Props) -> Props {
    let clean = |(name, value): (&String, &PropValue)| {
        let value = match value {
            PropValue::Text(text) => PropValue::Text(scrub::text(text, PROP_TEXT)),
            // A long number names somebody as well as a long text does.
            PropValue::Number(number) if number.abs() >= 1e6 && number.fract() == 0.0 => {
                PropValue::Text(scrub::text(&number.to_string(), PROP_TEXT))
            }
            other => other.clone(),
        };
        (scrub::text(name, PROP_NAME), value)
    };
    props.iter().take(PROPS).map(clean).filter(|(name, _)| !name.is_empty()).collect()
}

/// Milliseconds within `0..=most`; what is no number is 0.
fn clamp_ms(raw: f64, most: u64) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range of a day or two")]
    let ms = raw.clamp(0.0, 1e12) as u64;
    ms.min(most)
}

/// `None` for a text of which nothing is left.
pub(super) fn not_empty(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;
    use crate::collect::address::LONGEST_PATH;

    const NOW: i64 = 1_700_000_000_000;

    fn raw_head(url: &str) -> Head {
        Head {
            id: PageViewId(Uuid::from_u128(7)),
            url: url.into(),
            referrer: None,
            title: None,
            age: 0.0,
            resumed: false,
        }
    }

    #[rstest]
    #[case("https://Shop.Example/Pricing?token=secret", "shop.example", "/Pricing")]
    #[case("https://shop.example/app#/settings/mail?tab=2", "shop.example", "/app#/settings/mail")]
    #[case("https://shop.example/#!/orders/7d444840-9dc0-41d1-b245-5ffdce74fad2", "shop.example", "/#!/orders/:id")]
    #[case("https://shop.example/#access_token=secret&state=1", "shop.example", "/")]
    #[case("http://127.0.0.1:3001/a%20b", "127.0.0.1", "/a b")]
    #[case("https://shop.example", "shop.example", "/")]
    fn addresses(#[case] url: &str, #[case] host: &str, #[case] path: &str) {
        let head = head(&raw_head(url), NOW).unwrap();
        assert_eq!((head.host.as_str(), head.path.as_str()), (host, path));
    }

    #[rstest]
    #[case("javascript:alert(1)")]
    #[case("file:///etc/hosts")]
    #[case("data:text/html,x")]
    #[case("not an address")]
    #[case("https://./")]
    fn only_web_pages_are_recorded(#[case] url: &str) {
        assert_eq!(head(&raw_head(url), NOW).unwrap_err(), Reason::InvalidUrl);
    }

    #[test]
    fn an_address_of_16_kilobytes_is_taken_and_cut() {
        let head =
            head(&raw_head(&format!("https://shop.example/{}?utm_source=news", "ü".repeat(16_000))), NOW).unwrap();
        assert_eq!(head.path.chars().count(), LONGEST_PATH);
        let head = super::head(&raw_head(&format!("https://shop.example/{}#/route", "a ".repeat(500))), NOW).unwrap();
        assert_eq!(head.path.chars().count(), LONGEST_PATH, "with a route behind it");
    }

    #[test]
    fn utm_source_wins_over_ref_wherever_it_stands() {
        for query in ["ref=a&utm_source=b", "utm_source=b&ref=a"] {
            let head = head(&raw_head(&format!("https://shop.example/?{query}")), NOW).unwrap();
            assert_eq!(head.campaign.source.as_deref(), Some("b"), "{query}");
        }
    }

    proptest! {
        #[test]
        fn absurd_times_are_clamped(age in any::<f64>(), open in any::<f64>(), idle in any::<f64>(), hidden in any::<f64>()) {
            let head = head(&Head { age, ..raw_head("https://shop.example/") }, NOW).unwrap();
            let spans = vec![(0.0, Attention::Active), (idle, Attention::Idle), (hidden, Attention::Hidden)];
            let raw = payload::Body::Time { open, spans, scroll: Some(open), state: PageState::Left };
            let Ok(Body::Time(time)) = body(&raw, &head, &[]) else { panic!("not a time report") };
            let Attended { active_ms, visible_ms, .. } = time.attended;
            prop_assert!(head.started_at <= NOW && head.started_at >= NOW - 2 * LONGEST_MS);
            prop_assert!(active_ms <= visible_ms && visible_ms <= time.open_ms);
            prop_assert!(time.open_ms <= head.age_ms.unsigned_abs());
            prop_assert!(time.scroll.is_some_and(|percent| percent <= 100));
        }
    }
}
