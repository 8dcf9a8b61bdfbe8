//! Nothing that names a visitor is at rest.

use app::models::event::EventKind;
use axum::http::{Request, request::Builder};
use serde_json::{Value, json};
use strum::IntoEnumIterator;

use crate::support::{
    collector::{Collector, NOON},
    db::{TestDb, files},
    journey::{Journey, SECOND},
    process::{Running, post},
};

const ADDRESS: &str = "203.0.113.199";
const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64) CanaryEngine/7.7 Chrome/130.0.0.0 Safari/537.36";
const MAIL: &str = "canary.person@mail.example";

/// What the browser of a site with a token of its own sends, and the same in bytes and in digits.
const TOKEN: &str = "305419896-2596069104-305419896-2596069105";
const TOKEN_BYTES: [u8; 8] = [0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf1];

/// A batch of every kind of message, with the address of a person in every text that it can carry.
fn canary_body() -> String {
    let kinds = EventKind::iter().filter(|kind| *kind != EventKind::QuickBack);
    let visit = kinds.fold(Journey::of_family(1).opens("/"), Journey::does).reads(SECOND);
    let mut body: Value = serde_json::from_str(&visit.body(visit.reports(), None, SECOND)).expect("a body");
    body["token"] = TOKEN.into();
    for message in body["messages"].as_array_mut().expect("messages") {
        let twice = MAIL.replace('@', "%2540");
        message["url"] = format!(
            "https://{MAIL}:{MAIL}@shop.example/u/{MAIL}/{twice}?mail={MAIL}&utm_source={MAIL}&utm_medium={MAIL}\
             &utm_campaign={MAIL}&utm_term={MAIL}&utm_content={twice}&gclid={MAIL}#/{MAIL}"
        )
        .into();
        message["referrer"] = format!("https://{MAIL}@news.example/{MAIL}?q={MAIL}#{MAIL}").into();
        message["title"] = format!("Inbox of {MAIL}").into();
        if message["event"].is_string() {
            message["name"] = format!("Hello {MAIL}").into();
            message["target"] = format!("https://shop.example/{}?to={MAIL}", MAIL.replace('@', "%40")).into();
            message["props"] = json!({MAIL: MAIL, "to": format!("<{MAIL}>")});
        }
    }
    body.to_string()
}

/// Everything that a request can carry beside its body.
fn canary_headers(request: Builder) -> Builder {
    let names = ["cookie", "referer", "accept-language", "authorization", "x-client", "from", "sec-ch-ua-platform"];
    names.into_iter().fold(request, |request, name| request.header(name, MAIL))
}

fn assert_clean(name: &str, bytes: &[u8]) {
    let canaries = [ADDRESS.as_bytes(), b"CanaryEngine", b"canary.person", &[203, 0, 113, 199]];
    let tokens = [TOKEN.as_bytes(), &TOKEN_BYTES, b"123456789abcdef1"];
    for canary in canaries.into_iter().chain(tokens) {
        assert!(!holds(bytes, canary), "{name} holds {}", String::from_utf8_lossy(canary));
    }
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[tokio::test]
async fn no_address_user_agent_or_mail_address_is_in_any_table_or_answer() {
    let collector = Collector::at(NOON).await;
    let request = Request::post("/api/collect").header("x-forwarded-for", ADDRESS).header("user-agent", AGENT);
    let answer = collector.send(canary_headers(request), canary_body()).await;
    assert!(answer.outcomes().iter().all(|outcome| *outcome == "stored"), "{answer:?}");
    assert_eq!(collector.rows().await.session().events as usize, EventKind::iter().count() - 1);
    assert_clean("the answer", answer.body.to_string().as_bytes());
    let rows = collector.rows().await;
    assert_clean("the rows", format!("{rows:?}").as_bytes());
    let db = collector.drained().await;
    let files = db.at_rest();
    assert!(files.iter().any(|(_, bytes)| holds(bytes, b":ema")), "the placeholder stands in its place");
    for (name, bytes) in files {
        assert_clean(&name, &bytes);
    }
}

#[tokio::test]
async fn the_key_is_gone_from_the_files_when_the_session_is_over() {
    use sea_orm::EntityTrait;
    let collector = Collector::at(NOON).await;
    collector.plays(&Journey::of_family(1).opens("/"), ADDRESS).await;
    let key =
        server::store::entities::open_session::Entity::find().one(collector.db.db.reader()).await.unwrap().unwrap().key;
    collector.clock.advance(31 * crate::support::journey::MINUTE);
    let now = collector.clock.now_ms();
    server::tasks::close_sessions::close_sessions(collector.db.db.clone(), now, Default::default()).await.unwrap();
    server::tasks::tidy::tidy(collector.db.db.clone(), now).await.unwrap();
    let in_digits: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    for (name, bytes) in collector.db.at_rest() {
        assert!(!holds(&bytes, &key) && !holds(&bytes, in_digits.as_bytes()), "{name} holds the key");
    }
}

#[tokio::test]
async fn a_salt_is_gone_from_the_files_after_two_days() {
    use sea_orm::EntityTrait;
    let collector = Collector::at(NOON).await;
    collector.plays(&Journey::of_family(1).opens("/"), ADDRESS).await;
    let salts = server::store::entities::salt::Entity::find().all(collector.db.db.reader()).await.unwrap();
    assert!(!salts.is_empty());
    collector.clock.advance(49 * crate::support::journey::HOUR);
    let now = collector.clock.now_ms();
    server::tasks::rotate_salts::rotate_salts(collector.db.db.clone(), now).await.unwrap();
    server::tasks::tidy::tidy(collector.db.db.clone(), now).await.unwrap();
    for (name, bytes) in collector.db.at_rest() {
        for salt in &salts {
            let in_digits: String = salt.salt.iter().map(|byte| format!("{byte:02x}")).collect();
            let holds_it = holds(&bytes, &salt.salt) || holds(&bytes, in_digits.as_bytes());
            assert!(!holds_it, "{name} holds the salt of day {}", salt.day);
        }
    }
}

#[tokio::test]
async fn the_log_says_nothing_of_a_visitor_however_much_it_says() {
    let db = TestDb::fresh().await;
    let log = db.folder().join("log");
    let options = ["--log", "trace", "--trusted-proxy", "127.0.0.1"];
    let server = Running::start(&db, &options, std::fs::File::create(&log).unwrap().into());
    let headers = [("x-forwarded-for", ADDRESS), ("user-agent", AGENT)];
    let unreadable = format!("{{{MAIL}");
    let unknown_site = canary_body().replace("\"site\":1", "\"site\":99");
    for (status, body) in [(202, canary_body()), (202, canary_body()), (400, unreadable), (404, unknown_site)] {
        assert_eq!(post(&server.address, &headers, &body).await, Some(status));
    }
    drop(server);
    for (name, bytes) in files(db.folder()) {
        assert_clean(&name, &bytes);
    }
}
