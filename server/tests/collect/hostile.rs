//! Whatever arrives, the collector answers, says why not, and goes on.

use std::sync::Arc;

use axum::http::{HeaderName, HeaderValue, Request};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use tokio::task::JoinSet;

use crate::support::{
    collector::{CHROME, Collector, NOON},
    db::FIRST_SITE,
    generated::run,
    journey::{Journey, SECOND},
};

/// Parts of texts that parsers stumble over.
fn any_text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => "[a-z0-9/?#&=._~-]{0,12}",
        2 => any::<String>(),
        1 => Just("\0".to_owned()),
        1 => Just("%".to_owned()),
        1 => Just("%ff%fe%00".to_owned()),
        1 => Just("%2540%2540".to_owned()),
        1 => Just("\u{202e}\u{feff}\u{fffd}".to_owned()),
        1 => Just("canary@mail.example".to_owned()),
        1 => Just("9".repeat(40)),
        1 => Just("ä".repeat(700)),
    ];
    prop::collection::vec(part, 0..5).prop_map(|parts| parts.concat())
}

fn any_url() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => any_text().prop_map(|text| format!("https://shop.example/{text}")),
        1 => any_text().prop_map(|text| format!("https://{text}/")),
        1 => any_text(),
    ]
}

fn any_number() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => (0i64..100_000).prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<u64>().prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
        1 => Just(Value::Null),
    ]
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![any_number(), any_text().prop_map(Value::from), any::<bool>().prop_map(Value::from)];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::vec((any_text(), inner), 0..4).prop_map(|pairs| Value::Object(Map::from_iter(pairs))),
        ]
    })
}

const KINDS: [&str; 12] = [
    "click",
    "form_start",
    "form",
    "custom",
    "rage_click",
    "dead_click",
    "quick_back",
    "error",
    "not_found",
    "forget",
    "reference",
    "dance",
];

/// A message that looks like one, in which any field may be anything.
fn any_message() -> impl Strategy<Value = Value> {
    let id = prop_oneof![3 => (0u32..6).prop_map(|n| format!("1-2-3-{n}")), 1 => any_text()];
    let event = ((0u32..6).prop_map(|n| format!("4-5-6-{n}")), prop::sample::select(KINDS.to_vec()), any_text());
    let event = (event, any_number(), any_url(), any_value()).prop_map(|((id, event, name), at, target, props)| {
        json!({"id": id, "event": event, "name": name, "at": at, "target": target, "props": props})
    });
    let spans = prop::collection::vec((any_number(), prop::sample::select(vec!["a", "i", "h", "x"])), 0..6);
    let time = (any_number(), spans, any_number(), prop::sample::select(vec!["shown", "hidden", "left", "gone"]))
        .prop_map(
            |(open, spans, scroll, state)| json!({"open": open, "spans": spans, "scroll": scroll, "state": state}),
        );
    let body = prop_oneof![Just(json!({})), event, time];
    let head = (id, any_url(), any_url(), any_text(), any_number()).prop_map(|(view, url, referrer, title, age)| {
        json!({"view": view, "url": url, "referrer": referrer, "title": title, "age": age, "resumed": false})
    });
    let odd =
        prop::option::weighted(0.2, (prop::sample::select(vec!["view", "url", "age", "at", "spans"]), any_value()));
    (head, body, odd).prop_map(|(head, body, odd)| {
        let mut fields = Map::new();
        for part in [head, body] {
            if let Value::Object(part) = part {
                fields.extend(part);
            }
        }
        fields.extend(odd.map(|(name, value)| (name.to_owned(), value)));
        Value::Object(fields)
    })
}

/// Statuses of an answer that says what became of everything.
const CLEAR: [u16; 6] = [202, 400, 403, 404, 413, 429];

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn batches_of_anything_get_an_outcome_for_each_message(
        batches in prop::collection::vec(prop::collection::vec(any_message(), 1..8), 1..12),
        user_agent in prop::collection::vec(32u8..=255, 0..200),
        forwarded in any_text(),
    ) {
        run(async {
            let collector = Collector::at(NOON).await;
            for messages in batches {
                let many = messages.len();
                let body = json!({"site": 1, "touch": 0, "messages": messages}).to_string();
                let header = |bytes: &[u8]| HeaderValue::from_bytes(bytes).unwrap_or(HeaderValue::from_static(""));
                let request = Request::post("/api/collect")
                    .header("user-agent", header(&user_agent))
                    .header("x-forwarded-for", header(forwarded.as_bytes()));
                let answer = collector.send(request, body.clone()).await;
                assert!(CLEAR.contains(&answer.status), "{} for {body}", answer.status);
                if answer.status == 202 {
                    assert_eq!(answer.outcomes().len(), many);
                }
            }
            // It goes on, and what it stored can be read.
            let visit = Journey::of_family(1).opens("/");
            let answer = collector.post("203.0.113.9", CHROME, visit.body(visit.reports(), None, SECOND)).await;
            assert_eq!(answer.outcomes(), ["stored"]);
            assert!(!collector.rows().await.page_views.is_empty());
        });
    }

    #[test]
    fn bytes_of_any_kind_are_refused_and_nothing_else_happens(
        bodies in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 1..20),
        names in prop::collection::vec(("[a-z-]{1,20}", prop::collection::vec(32u8..=255, 0..60)), 0..6),
    ) {
        run(async {
            let collector = Collector::at(NOON).await;
            for bytes in bodies {
                let mut request = Request::post("/api/collect");
                for (name, value) in &names {
                    if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_bytes(value)) {
                        request = request.header(name, value);
                    }
                }
                let answer = collector.send(request, bytes).await;
                assert_eq!((answer.status, answer.body["refused"].as_str()), (400, Some("malformed")));
            }
            assert!(collector.rows().await.sessions.is_empty());
        });
    }
}

#[tokio::test]
async fn an_address_of_16_kilobytes_is_cut_and_stored() {
    let collector = Collector::at(NOON).await;
    for (n, unit) in ["a", "ä", "%C3%A4", "%", "\u{1f600}"].into_iter().enumerate() {
        let url = format!("https://shop.example/{}", unit.repeat(16_384 / unit.len()));
        let message = json!({"view": format!("1-2-3-{n}"), "url": url, "referrer": url, "title": url, "age": 5});
        let answer = collector.post("203.0.113.9", CHROME, json!({"site": 1, "messages": [message]}).to_string()).await;
        assert_eq!(answer.outcomes(), ["stored"], "{unit}");
    }
    let rows = collector.rows().await;
    assert_eq!(rows.page_views.len(), 5);
    assert!(rows.page_views.iter().all(|view| view.path.chars().count() <= 500));
}

#[tokio::test]
async fn a_client_that_sends_too_much_is_told_to_wait_and_others_are_not() {
    let collector = Collector::at(NOON).await;
    let many = (0..49).fold(Journey::of_family(1).opens("/"), |journey, _| journey.reads(SECOND));
    let body = many.body(many.reports(), None, 60 * SECOND);
    let mut statuses = Vec::new();
    for _ in 0..21 {
        statuses.push(collector.post("203.0.113.9", CHROME, body.clone()).await.status);
    }
    assert_eq!(statuses, [vec![202; 20], vec![429]].concat());
    assert_eq!(collector.post("203.0.113.10", CHROME, body.clone()).await.status, 202);
    collector.clock.advance(SECOND);
    assert_eq!(collector.post("203.0.113.9", CHROME, body).await.status, 202, "a second later");
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_can_wait_is_told_to_come_again_and_nothing_that_waits_is_lost() {
    /// What waits, what is being committed, and some more.
    const MANY: u128 = 4_096 + 512 + 200;
    let collector = Arc::new(Collector::at(NOON).await);
    // Makes the day's salt, which needs the lock on SQLite.
    collector.plays(&Journey::of_family(u128::MAX).opens("/"), "198.51.100.1").await;
    // Somebody holds the lock, so that nothing is committed.
    let held = collector.db.db.begin_on(FIRST_SITE.0).await.unwrap();
    let mut sending = JoinSet::new();
    for visitor in 1..=MANY {
        let collector = collector.clone();
        sending.spawn(async move {
            let visit = Journey::of_family(visitor).opens("/");
            let address = format!("203.{}.{}.{}", visitor / 65_536, visitor / 256 % 256, visitor % 256);
            collector.post(&address, CHROME, visit.body(visit.reports(), None, 0)).await.status
        });
    }
    // Whoever is turned away is answered at once; the others wait for the lock.
    let mut statuses = vec![sending.join_next().await.unwrap().unwrap()];
    assert_eq!(statuses, [503]);
    drop(held);
    statuses.extend(sending.join_all().await);
    let stored = statuses.iter().filter(|&&status| status == 202).count();
    assert!(statuses.iter().all(|status| [202, 503].contains(status)));
    assert!(stored >= 4_096, "{stored}");
    assert_eq!(collector.rows().await.page_views.len(), stored + 1);
}

#[tokio::test]
async fn what_is_packed_is_not_unpacked_however_little_it_is() {
    let collector = Collector::at(NOON).await;
    // A gzip member of nothing.
    let packed: &[u8] = &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let request = Request::post("/api/collect").header("content-encoding", "gzip").header("user-agent", CHROME);
    let answer = collector.send(request, packed.to_vec()).await;
    assert_eq!((answer.status, answer.body["refused"].as_str()), (400, Some("malformed")));
}
