//! Starting, refusing to start, and stopping.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    process::{Child, Command, Output, Stdio},
};

use tempfile::TempDir;

fn pulse(data: &TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pulse"));
    command.env_clear().env("PULSE_DATA", data.path()).args(arguments);
    command
}

fn refusal(data: &TempDir, arguments: &[&str]) -> String {
    let Output { status, stderr, .. } = pulse(data, arguments).output().unwrap();
    let said = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(1), "{said}");
    assert!(said.starts_with("pulse: ") && said.trim_end().lines().count() == 1, "one line: {said}");
    said
}

/// A server that is stopped when the test ends, whatever happens.
struct Running {
    process: Child,
    said: Vec<String>,
}

impl Running {
    /// Starts it, and reads what it says until a line begins like the last one to expect.
    fn start(data: &TempDir, arguments: &[&str], last: &str) -> Self {
        let mut process = pulse(data, arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let mut running = Self { process, said: Vec::new() };
        for line in lines {
            running.said.push(line.unwrap());
            if running.said.last().is_some_and(|line| line.trim_start().starts_with(last)) {
                return running;
            }
        }
        panic!("it ended after saying {:?}", running.said);
    }

    fn value(&self, name: &str) -> &str {
        let line = self.said.iter().find_map(|line| line.trim_start().strip_prefix(name));
        line.unwrap_or_else(|| panic!("{name} in {:?}", self.said)).trim()
    }

    /// Asks it to stop, as service managers do.
    fn stop(mut self) -> Option<i32> {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").arg(id).status().unwrap().success());
        self.process.wait().unwrap().code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

const ANY_PORTS: [&str; 4] = ["--listen", "127.0.0.1:0", "--demo-listen", "127.0.0.1:0"];

#[test]
fn demo_mode_starts_beside_its_site_and_stops_when_asked() {
    let data = tempfile::tempdir().unwrap();
    let running = Running::start(&data, &[&["demo"][..], &ANY_PORTS].concat(), "Demo site");
    assert!(running.value("Dashboard").starts_with("http://127.0.0.1:"));
    assert!(running.value("Demo site").starts_with("http://127.0.0.1:"));
    assert_eq!(running.stop(), Some(0));
}

#[test]
fn the_first_start_prints_a_set_up_link() {
    let data = tempfile::tempdir().unwrap();
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--public-url", "https://pulse.example"];
    let running = Running::start(&data, &arguments, "Set up");
    let token = running.value("Set up").strip_prefix("https://pulse.example/setup?token=").unwrap();
    assert!(token.len() == 32 && token.bytes().all(|digit| digit.is_ascii_hexdigit()), "{token}");
    assert_eq!(running.stop(), Some(0));
}

#[test]
fn demo_mode_refuses_addresses_that_others_reach() {
    let data = tempfile::tempdir().unwrap();
    let said = refusal(&data, &["demo", "--listen", "0.0.0.0:0"]);
    assert!(said.contains("demo mode has no sign-in") && said.contains("0.0.0.0:0"), "{said}");
    let said = refusal(&data, &["demo", "--listen", "127.0.0.1:0", "--demo-listen", "[::]:0"]);
    assert!(said.contains("[::]:0"), "{said}");
}

#[tokio::test]
async fn demo_mode_refuses_a_real_installation() {
    let data = tempfile::tempdir().unwrap();
    let db = server::store::database::Database::open(&server::store::database::Database::embedded_url(data.path()))
        .await
        .unwrap();
    let accounts = server::store::accounts::AccountStore::new(db.clone());
    accounts.create_first("owner".into(), "hash".into(), 0).await.unwrap();
    db.close().await.unwrap();
    let said = refusal(&data, &[&["demo"][..], &ANY_PORTS].concat());
    assert!(said.contains("this database has an account"), "{said}");
}

#[test]
fn a_taken_port_is_named_with_the_way_out() {
    let data = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = refusal(&data, &["serve", "--listen", &address]);
    assert!(said.contains(&address) && said.contains("taken") && said.contains("--listen"), "{said}");
    assert!(!data.path().join("pulse.db").exists(), "nothing was made before that was known");
}

#[test]
fn a_malformed_secret_is_named_and_not_shown() {
    let data = tempfile::tempdir().unwrap();
    let mut command = pulse(&data, &["serve", "--listen", "127.0.0.1:0"]);
    let Output { status, stderr, .. } = command.env("PULSE_SECRET", "hunter2").output().unwrap();
    let said = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(1));
    assert!(said.contains("PULSE_SECRET must be 64 hex digits") && !said.contains("hunter2"), "{said}");
}

#[test]
fn migrate_brings_the_database_up_to_date_and_stops() {
    let data = tempfile::tempdir().unwrap();
    let Output { status, stdout, .. } = pulse(&data, &["migrate"]).output().unwrap();
    assert!(status.success());
    assert_eq!(String::from_utf8(stdout).unwrap(), "The database is up to date.\n");
    assert!(data.path().join("pulse.db").exists());
}

#[test]
fn help_shows_examples_and_names_the_environment() {
    let data = tempfile::tempdir().unwrap();
    let help = String::from_utf8(pulse(&data, &["--help"]).output().unwrap().stdout).unwrap();
    for expected in ["pulse demo", "pulse serve --data", "PULSE_SECRET"] {
        assert!(help.contains(expected), "{expected}");
    }
    let help = String::from_utf8(pulse(&data, &["serve", "--help"]).output().unwrap().stdout).unwrap();
    for name in
        ["PULSE_DATA", "PULSE_LISTEN", "PULSE_DATABASE_URL", "PULSE_PUBLIC_URL", "PULSE_TRUSTED_PROXIES", "PULSE_LOG"]
    {
        assert!(help.contains(name), "{name}");
    }
}
