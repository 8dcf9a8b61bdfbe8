//! Nothing that names a visitor is at rest.

use std::path::Path;

use app::models::event::EventKind;

use crate::support::{
    collector::{Collector, NOON},
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
        let found = bytes.windows(canary.len()).any(|window| window == canary);
        assert!(!found, "{name} holds {}", String::from_utf8_lossy(canary));
    }
}

/// The files of the database, its write-ahead log included, byte by byte.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).expect("the folder");
    entries
        .map(|entry| entry.expect("a file").path())
        .map(|path| (path.display().to_string(), std::fs::read(&path).expect("bytes")))
        .collect()
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
    let files = files(db.folder());
    assert!(
        files.iter().any(|(_, bytes)| bytes.windows(4).any(|window| window == b":ema")),
        "the placeholder stands in its place"
    );
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
    for (name, bytes) in files(collector.db.folder()) {
        assert!(!bytes.windows(key.len()).any(|window| window == key), "{name} holds the key");
    }
}

#[tokio::test]
async fn the_log_says_nothing_of_a_visitor_however_much_it_says() {
    let data = tempfile::tempdir().unwrap();
    let log = data.path().join("log");
    let options = ["--log", "trace", "--trusted-proxy", "127.0.0.1"];
    let server = Running::start(data.path(), &options, std::fs::File::create(&log).unwrap().into());
    let headers = [("x-forwarded-for", ADDRESS), ("user-agent", AGENT)];
    let unreadable = format!("{{{MAIL}");
    let unknown_site = canary_body().replace("\"site\":1", "\"site\":99");
    for (status, body) in [(202, canary_body()), (202, canary_body()), (400, unreadable), (404, unknown_site)] {
        assert_eq!(post(&server.address, &headers, &body).await, Some(status));
    }
    drop(server);
    for (name, bytes) in files(data.path()) {
        assert_clean(&name, &bytes);
    }
}
