//! `pulse backup`, and an empty database where there was a full one.

use std::process::{Command, Output};

use crate::support::{
    collector::{Collector, NOON, Rows},
    db::{TestDb, files},
    journey::{Journey, SECOND},
};

fn pulse(db: &TestDb, arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pulse"));
    command.env_clear().env("PULSE_DATA", db.folder()).env("PULSE_DATABASE_URL", db.url());
    let Output { status, stdout, stderr } = command.env("PATH", "/usr/bin:/bin").args(arguments).output().unwrap();
    let said = if status.success() { stdout } else { stderr };
    (status.success(), String::from_utf8(said).unwrap())
}

mod embedded {
    use sea_orm::EntityTrait;
    use server::store::{
        database::Database,
        entities::{open_session, salt},
    };

    use super::*;

    #[tokio::test]
    async fn a_backup_holds_all_sessions_and_no_key_or_salt() {
        let collector = Collector::at(NOON).await;
        collector.plays(&Journey::of_family(1).opens("/").reads(SECOND), "203.0.113.9").await;
        let reader = collector.db.db.reader();
        let keys = open_session::Entity::find().all(reader).await.unwrap().into_iter().map(|row| row.key);
        let salts = salt::Entity::find().all(reader).await.unwrap().into_iter().map(|row| row.salt);
        let secrets: Vec<Vec<u8>> = keys.chain(salts).collect();
        assert!(secrets.len() >= 2, "a key and a salt");

        let backups = tempfile::tempdir().unwrap();
        let file = backups.path().join("pulse.db");
        let (done, said) = pulse(&collector.db, &["backup", file.to_str().unwrap()]);
        assert!(done && said.contains("pulse.db holds everything"), "{said}");
        for (name, bytes) in files(backups.path()) {
            let holds = |secret: &Vec<u8>| bytes.windows(secret.len()).any(|window| window == secret.as_slice());
            assert!(!secrets.iter().any(holds), "{name} holds a key or a salt");
        }

        let restored = Database::open(&Database::embedded_url(backups.path())).await.unwrap();
        let (before, after) = (collector.rows().await, Rows::of(&restored).await);
        assert_eq!((before.sessions, before.page_views), (after.sessions, after.page_views));
        restored.close().await.unwrap();
        let (done, said) = pulse(&collector.db, &["backup", file.to_str().unwrap()]);
        assert!(!done && said.contains("never written over"), "{said}");
    }

    #[tokio::test]
    async fn an_empty_database_in_the_place_of_a_full_one_is_not_taken_for_it() {
        let db = TestDb::fresh().await;
        let (done, said) = pulse(&db, &["migrate"]);
        assert!(done, "{said}");
        let file = db.folder().join("pulse.db");
        db.db.clone().close().await.unwrap();
        std::fs::rename(&file, db.folder().join("moved.db")).unwrap();
        let (done, said) = pulse(&db, &["migrate"]);
        assert!(!done && said.contains("the database is empty") && said.contains("database-was-set-up"), "{said}");
        assert!(!file.exists(), "no new one is made");
        std::fs::remove_file(db.folder().join("database-was-set-up")).unwrap();
        let (done, said) = pulse(&db, &["migrate"]);
        assert!(done && file.exists(), "whoever wants a new one gets one: {said}");
    }
}

#[tokio::test]
#[ignore = "needs PostgreSQL: scripts/postgres.sh"]
async fn of_postgresql_it_says_how_to_make_one() {
    let db = TestDb::fresh().await;
    let (done, said) = pulse(&db, &["backup", "/nowhere/pulse.dump"]);
    assert!(!done && said.contains("--exclude-table-data=salt"), "{said}");
}
