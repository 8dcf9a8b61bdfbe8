//! Nothing that names a visitor is at rest.

use app::models::event::EventKind;

use crate::support::{
    collector::{Collector, NOON},
    db::{TestDb, files},
    journey::Journey,
    process::{Running, post},
};

const ADDRESS: &str = "203.0.113.199";
const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64) CanaryEngine/7.7 Chrome/130.0.0.0 Safari/537.36";
const MAIL: &str = "canary.person@mail.example";

/// A batch with the address of a person in every text that it can carry.
fn canary_body() -> String {
    let visit = Journey::of_family(1).opens("/").does(EventKind::Custom);
    visit
        .body(visit.reports(), None, 0)
        .replace(
            "https://shop.example/\"",
            &format!("https://shop.example/u/{MAIL}?mail={MAIL}&utm_source={MAIL}&utm_term={MAIL}\""),
        )
        .replace("Title of /", MAIL)
        .replace("\"A name\"", &format!("\"Hello {MAIL}\",\"props\":{{\"{MAIL}\":\"{MAIL}\"}}"))
        .replace("https://shop.example/target", &format!("https://shop.example/{}", MAIL.replace('@', "%40")))
}

fn assert_clean(name: &str, bytes: &[u8]) {
    for canary in [ADDRESS.as_bytes(), b"CanaryEngine", b"canary.person", &[203, 0, 113, 199]] {
        assert!(!holds(bytes, canary), "{name} holds {}", String::from_utf8_lossy(canary));
    }
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[tokio::test]
async fn no_address_user_agent_or_mail_address_is_in_any_table_or_answer() {
    let collector = Collector::at(NOON).await;
    let answer = collector.post(ADDRESS, AGENT, canary_body()).await;
    assert_eq!(answer.outcomes(), ["stored", "stored"]);
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
