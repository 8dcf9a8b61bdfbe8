//! Fuzzing: whatever is read of a request is made of bytes of any kind. Nothing panics, nothing is longer than its
//! limit, and nothing that is kept steers a terminal or turns the text beside it.
//!
//! As tests, each runs for [`BUDGET`]; `scripts/fuzz.sh` runs them for longer. A failure names its seed: with
//! `BOLERO_RANDOM_SEED` set to it, that input comes first. What `__fuzz__` beside this file holds comes first too.

use std::{iter, net::IpAddr, time::Duration};

use app::models::{
    event::{EventKind, PropValue, Props},
    ids::{EventId, PageViewId, SiteId},
    session::LONGEST_MS,
    span::{Attention, MAX_SPANS},
    timeline::PageState,
};
use bolero::{check, produce};
use http::{HeaderMap, HeaderName, HeaderValue, header};
use strum::IntoEnumIterator;
use url::Url;
use uuid::Uuid;

use super::{
    address::LONGEST_PATH,
    admit::{self, SiteRules},
    client::client_address,
    enrich::{
        bot,
        user_agent::{Claims, Hints, UserAgents},
    },
    payload::{self, Head, MAX_MESSAGES, Message, Payload},
    scrub,
    validate::{Body, ValidBatch, ValidEvent, ValidHead, validate},
};

/// How long each target runs as a test; `BOLERO_RANDOM_TEST_TIME_MS` is stronger.
const BUDGET: Duration = Duration::from_secs(1);
/// The most bytes that an input is made of.
const LONGEST_INPUT: usize = 512;
const NOW: i64 = 1_700_000_000_000;

/// What readers of texts stumble over. A byte of an input stands for one of these or, below 128, for itself.
const PIECES: &[&str] = &[
    "%",
    "%2",
    "%25",
    "%2540",
    "%40",
    "%00",
    "%ff",
    "%C3%BC",
    "%E2%80%AE",
    "\u{202e}",
    "\u{2066}",
    "\u{feff}",
    "\u{fffd}",
    "\u{1f600}",
    "\u{0}",
    "ü",
    "ẞ",
    "İ",
    "１２３４",
    "1234567",
    "2026-11-24",
    "+49 (151) 234-5678",
    "ann@mail.example",
    "@",
    "://",
    "https://",
    "android-app://",
    "mailto:",
    "javascript:",
    "shop.example",
    "xn--",
    "[::1]",
    ":65536",
    "?utm_source=",
    "&ref=",
    "#/",
    "..",
    "7d444840-9dc0-41d1-b245-5ffdce74fad2",
    "aB3dEfGhIjKlMnOpQrSt1",
    "\\ud83d",
    "\\u0000",
    "\"",
    "1e999",
    "-1e308",
    "null",
    "[[[[",
    "“",
    "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü",
];

/// A batch as the tracker sends it, with a message of each kind.
const BATCH: &str = r#"{"v":1,"site":1,"session":"01930000-0000-7000-8000-000000000001","token":"1-2-3-4","touch":5,"off":"form","messages":[
{"view":"1-2-3-4","url":"https://shop.example/a%20b?utm_source=news#/route","referrer":"https://search.example/?q=x","title":"A title","age":9000,"resumed":true},
{"view":"1-2-3-4","url":"https://shop.example/","age":9000,"open":8000,"spans":[[0,"a"],[3000,"i"],[5000,"h"]],"scroll":40,"state":"left"},
{"view":"1-2-3-4","url":"https://shop.example/","age":9000,"event":"click","id":"5-6-7-8","at":300,"name":"Buy","target":"https://shop.example/a.pdf","download":true},
{"view":"1-2-3-4","url":"https://shop.example/","age":9000,"event":"custom","id":"5-6-7-9","at":400,"name":"plan","props":{"plan":"pro","seats":3,"trial":true}},
{"view":"1-2-3-4","url":"https://shop.example/","age":9000,"event":"error","id":"5-6-8-0","at":500,"name":"no user 'ann' 12"},
{"view":"1-2-3-4","url":"https://shop.example/","age":9000,"event":"reference","name":"K7F-3QX9"},
{"view":"1-2-3-4","url":"https://shop.example/","age":9000,"event":"forget"}]}"#;

/// Runs a check on inputs without end, until its time is up.
macro_rules! fuzz {
    ($check:expr) => {
        check!()
            .with_generator(produce::<Vec<u8>>().with().len(0usize..=LONGEST_INPUT))
            .with_test_time(BUDGET)
            .for_each($check)
    };
}

fn piece(byte: u8) -> String {
    match byte.checked_sub(128) {
        Some(place) => PIECES[usize::from(place) % PIECES.len()].to_owned(),
        None => char::from(byte).to_string(),
    }
}

fn text(bytes: &[u8]) -> String {
    bytes.iter().copied().map(piece).collect()
}

/// A number, one in two of a kind that no clock tells.
fn number(bytes: &[u8]) -> f64 {
    let word = bytes.iter().take(8).fold(0u64, |word, &byte| (word << 8) | u64::from(byte));
    if word.is_multiple_of(2) {
        // JSON knows no other.
        Some(f64::from_bits(word)).filter(|number| number.is_finite()).unwrap_or_default()
    } else {
        f64::from(u32::try_from(word % 200_000).unwrap_or_default())
    }
}

/// So many parts of an input, for as many fields.
fn parts<const N: usize>(bytes: &[u8]) -> [&[u8]; N] {
    let mut chunks = bytes.chunks(bytes.len().div_ceil(N).max(1));
    std::array::from_fn(|_| chunks.next().unwrap_or_default())
}

/// An address, more often one of the site's than not.
fn address(bytes: &[u8]) -> String {
    let rest = text(bytes);
    match bytes.first().map(|byte| byte % 4) {
        Some(0) => rest,
        Some(1) => format!("https://{rest}/"),
        _ => format!("https://shop.example/{rest}"),
    }
}

/// A sound text with a few places written over.
fn written_over(sound: &str, edits: &[u8]) -> Vec<u8> {
    let mut bytes = sound.as_bytes().to_vec();
    let how_many = edits.first().map_or(0, |byte| usize::from(byte % 12));
    for edit in edits.chunks_exact(4).take(how_many) {
        let &[high, low, length, what] = edit else { continue };
        let from = usize::from(u16::from_be_bytes([high, low])) % (bytes.len() + 1);
        let to = (from + usize::from(length % 8)).min(bytes.len());
        drop(bytes.splice(from..to, piece(what).into_bytes()));
    }
    bytes
}

fn assert_kept(text: &str, longest: usize) {
    assert!(text.chars().count() <= longest, "{} characters of {longest}: {text:?}", text.chars().count());
    let steers = |c: char| c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    assert!(!text.contains(steers), "{text:?}");
}

fn assert_batch_is_valid(batch: &ValidBatch) {
    for head in batch.heads.iter().flatten() {
        assert_head_is_valid(head);
    }
    for message in batch.messages.iter().flatten() {
        let head = batch.heads[message.head].as_ref().expect("a message of a page that was taken");
        let age = head.age_ms.unsigned_abs();
        match &message.body {
            Body::Time(time) => {
                let attended = &time.attended;
                assert!(attended.active_ms <= attended.visible_ms && attended.visible_ms <= time.open_ms, "{time:?}");
                assert!(time.open_ms <= age && time.open_ms <= LONGEST_MS.unsigned_abs(), "{time:?}");
                assert!(attended.spans.as_slice().len() <= MAX_SPANS, "{time:?}");
                assert!(time.scroll.is_none_or(|percent| percent <= 100), "{time:?}");
            }
            Body::Event(event) => {
                assert!(event.offset_ms <= age, "{event:?}");
                assert_event_is_valid(event);
            }
            Body::View | Body::Forget | Body::Reference(_) => {}
        }
    }
}

fn assert_head_is_valid(head: &ValidHead) {
    assert!(!head.host.is_empty(), "{head:?}");
    assert_kept(&head.host, 253);
    assert_kept(&head.path, LONGEST_PATH);
    assert_kept(head.title.as_deref().unwrap_or_default(), 300);
    assert!(head.referrer.as_deref() != Some(""), "{head:?}");
    assert_kept(head.referrer.as_deref().unwrap_or_default(), "android-app://".len() + 253);
    let campaign = &head.campaign;
    for value in [&campaign.source, &campaign.medium, &campaign.name, &campaign.term, &campaign.content] {
        assert_kept(value.as_deref().unwrap_or_default(), 100);
    }
    assert!((NOW - 2 * LONGEST_MS..=NOW).contains(&head.started_at), "{head:?}");
}

fn assert_event_is_valid(event: &ValidEvent) {
    assert!(event.kind != EventKind::QuickBack, "these are worked out, not taken");
    let longest_name = if event.kind == EventKind::Error { 200 } else { 80 };
    assert_kept(event.name.as_deref().unwrap_or_default(), longest_name);
    assert_kept(event.target.as_deref().unwrap_or_default(), "https://".len() + 253 + ":65535".len() + LONGEST_PATH);
    assert!(event.props.len() <= 20 && (event.props.is_empty() || event.kind == EventKind::Custom), "{event:?}");
    for (name, value) in &event.props {
        assert_kept(name, 40);
        if let PropValue::Text(text) = value {
            assert_kept(text, 200);
        }
    }
}

/// A payload with a message of each kind, its texts and numbers made of the input.
fn any_payload(bytes: &[u8]) -> Payload {
    let [url, referrer, title, age, name, target, at, value] = parts::<8>(bytes);
    let head = Head {
        id: PageViewId(Uuid::from_u128(1)),
        url: address(url),
        referrer: Some(address(referrer)),
        title: Some(text(title)),
        age: number(age),
        resumed: false,
    };
    let spans = at.chunks(8).zip([Attention::Active, Attention::Idle, Attention::Hidden].into_iter().cycle());
    let time = payload::Body::Time {
        open: number(at),
        spans: spans.map(|(at, attention)| (number(at), attention)).collect(),
        scroll: Some(number(value)),
        state: PageState::Shown,
    };
    let props: Props = (0..22)
        .map(|place| (format!("{place}{}", text(name)), PropValue::Text(text(value))))
        .chain([("n".to_owned(), PropValue::Number(number(value)))])
        .collect();
    let events = EventKind::iter().map(|kind| payload::Body::Event {
        id: EventId(Uuid::from_u128(2)),
        at: number(at),
        kind,
        name: Some(text(name)),
        target: Some(address(target)),
        download: at.len().is_multiple_of(2),
        props: props.clone(),
    });
    let bodies = [payload::Body::View, time, payload::Body::Forget, payload::Body::Reference(text(name))];
    let messages = bodies.into_iter().chain(events).map(|body| Some(Message { head: head.clone(), body })).collect();
    Payload { site: SiteId(1), session: None, touch: false, token: None, webdriver: false, off: Vec::new(), messages }
}

#[test]
fn bytes_of_any_kind_are_read_or_refused() {
    fuzz!(|bytes: &Vec<u8>| {
        for bytes in [bytes.clone(), text(bytes).into_bytes()] {
            let messages = payload::decode(&bytes).map_or(1, |payload| payload.messages.len());
            assert!((1..=MAX_MESSAGES).contains(&messages));
        }
    });
}

#[test]
fn a_batch_with_a_few_places_written_over_keeps_every_limit() {
    let sound = payload::decode(BATCH.as_bytes()).expect("what is written over is sound");
    assert!(validate(&sound, NOW).messages.iter().all(Result::is_ok));
    fuzz!(|edits: &Vec<u8>| {
        let Ok(payload) = payload::decode(&written_over(BATCH, edits)) else { return };
        let batch = validate(&payload, NOW);
        assert_eq!(batch.messages.len(), payload.messages.len());
        assert_batch_is_valid(&batch);
    });
}

#[test]
fn addresses_texts_links_and_times_of_any_kind_keep_every_limit() {
    fuzz!(|bytes: &Vec<u8>| {
        let payload = any_payload(bytes);
        let batch = validate(&payload, NOW);
        assert_eq!((batch.messages.len(), batch.heads.len()), (payload.messages.len(), 1));
        assert_batch_is_valid(&batch);
    });
}

#[test]
fn a_text_of_any_kind_is_scrubbed_within_its_length() {
    fuzz!(|bytes: &Vec<u8>| {
        let (raw, longest) = (text(bytes), bytes.first().map_or(0, |&byte| usize::from(byte)));
        for scrubbed in [scrub::text(&raw, longest), scrub::path(&raw, longest), scrub::error(&raw, longest)] {
            assert_kept(&scrubbed, longest);
        }
    });
}

#[test]
fn a_mail_address_is_found_among_anything_however_its_letters_are_written() {
    fuzz!(|bytes: &Vec<u8>| {
        let [before, how, after] = parts::<3>(bytes);
        let mut written = String::new();
        for (letter, how) in "kanari@post.example".chars().zip(how.iter().chain(iter::repeat(&255))) {
            let code = u32::from(letter);
            written += &match how % 6 {
                0 => format!("%{code:02X}"),
                1 => format!("%25{code:02x}"),
                2 => format!("{letter}\u{202e}"),
                3 => format!("{letter}%E2%80%AE"),
                _ => letter.to_string(),
            };
        }
        // Room for all of it, so that nothing is cut off before it is looked at.
        let clean = scrub::text(&format!("{} {written} {}", text(before), text(after)), 10_000);
        assert!(!clean.contains("kanari") && !clean.contains("post.example"), "{clean:?}");
    });
}

#[test]
fn what_a_browser_says_of_itself_may_be_anything_and_is_read_up_to_its_limit() {
    let user_agents = UserAgents::default();
    fuzz!(|bytes: &Vec<u8>| {
        let [user_agent, brands, mobile, platform] = parts::<4>(bytes).map(text);
        let hints = Hints { brands: &brands, mobile: &mobile, platform: &platform };
        let claims = Claims { user_agent: &user_agent, touch: bytes.len().is_multiple_of(2), hints };
        let software = user_agents.read(&claims);
        for name in [&software.browser, &software.os].into_iter().flatten() {
            assert_kept(name, 80);
        }
        let read = &user_agent[..user_agent.floor_char_boundary(1_024)];
        assert_eq!(user_agents.read(&Claims { user_agent: read, ..claims }), software);
        bot::verdict(&claims, false, software.crawler);
    });
}

#[test]
fn headers_of_any_kind_make_up_no_address_and_no_origin() {
    let (proxy, stranger, visitor): (IpAddr, IpAddr, IpAddr) =
        ("10.0.0.1".parse().unwrap(), "198.51.100.7".parse().unwrap(), "203.0.113.9".parse().unwrap());
    let trusted = ["10.0.0.0/8".parse().unwrap()];
    let site = SiteRules::with_hosts(&["shop.example"]);
    fuzz!(|bytes: &Vec<u8>| {
        let forwarded_for = HeaderName::from_static("x-forwarded-for");
        let mut headers = HeaderMap::new();
        let [one, another, origin] = parts::<3>(bytes);
        for value in [HeaderValue::from_bytes(one), HeaderValue::from_str(&text(another))].into_iter().flatten() {
            headers.append(&forwarded_for, value);
        }
        assert_eq!(client_address(stranger, &headers, &trusted), stranger);
        let claimed = client_address(proxy, &headers, &trusted);
        assert_eq!(claimed, claimed.to_canonical());
        // What the trusted proxy adds stands last.
        headers.append(&forwarded_for, HeaderValue::from_static("203.0.113.9"));
        assert_eq!(client_address(proxy, &headers, &trusted), visitor);

        let origin = address(origin);
        let Ok(value) = HeaderValue::from_str(&origin) else { return };
        headers.insert(header::ORIGIN, value);
        if origin != "null" && admit::comes_from(&headers, &site) {
            let host = Url::parse(&origin).ok().and_then(|url| url.host_str().map(str::to_owned));
            assert!(matches!(host.as_deref(), Some("shop.example" | "www.shop.example")), "{origin:?}");
        }
    });
}
