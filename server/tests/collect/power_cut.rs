//! The real binary is killed under load. What it answered 202 is there when it starts again.

use std::{
    collections::HashSet,
    io::{BufRead, BufReader},
    net::TcpListener,
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use server::store::database::Database;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
};
use uuid::Uuid;

use crate::support::{collector::Rows, journey::Journey};

/// Answers to wait for before the kill.
const ANSWERS: usize = 400;
/// Browsers that send at once.
const BROWSERS: u64 = 8;

/// The server's process; killed with the test.
struct Running {
    child: Child,
    address: String,
}

impl Running {
    /// Starts it over a data folder and waits until it says that it is there.
    fn start(data: &std::path::Path) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let address = format!("127.0.0.1:{port}");
        let mut child = Command::new(env!("CARGO_BIN_EXE_pulse"))
            .args(["serve", "--listen", &address, "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let is_ready = lines.map_while(Result::ok).any(|line| line.contains(&address));
        assert!(is_ready, "the server says where it is");
        Self { child, address }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // SIGKILL: no handler runs, nothing is written down on the way out.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Posts a body on a connection of its own; the status, if an answer came.
async fn post(address: &str, body: &str) -> Option<u16> {
    let mut stream = TcpStream::connect(address).await.ok()?;
    let length = body.len();
    let head = format!(
        "POST /api/collect HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n"
    );
    stream.write_all((head + body).as_bytes()).await.ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.ok()?;
    answer.split(' ').nth(1)?.parse().ok()
}

/// Sends page views until the server is gone; remembers those that were answered 202.
async fn browse(address: String, families: Arc<AtomicU64>, answered: Arc<Mutex<HashSet<Uuid>>>) {
    loop {
        let visit = Journey::of_family(u128::from(families.fetch_add(1, Ordering::SeqCst))).opens("/");
        let status = post(&address, &visit.body(visit.reports(), None, 0)).await;
        match status {
            Some(202) => answered.lock().unwrap().extend(visit.ids()),
            Some(other) => panic!("answered {other}"),
            None => return,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_killed_under_load_has_everything_that_it_answered_202() {
    let data = tempfile::tempdir().unwrap();
    let (families, answered) = (Arc::new(AtomicU64::new(1)), Arc::new(Mutex::new(HashSet::new())));
    for round in 1..=2 {
        let server = Running::start(data.path());
        let mut browsers = JoinSet::new();
        for _ in 0..BROWSERS {
            browsers.spawn(browse(server.address.clone(), families.clone(), answered.clone()));
        }
        while answered.lock().unwrap().len() < round * ANSWERS {
            tokio::task::yield_now().await;
        }
        drop(server);
        browsers.join_all().await;

        let db = Database::open(&Database::embedded_url(data.path())).await.unwrap();
        let stored: HashSet<Uuid> = Rows::of(&db).await.page_views.iter().map(|row| row.id).collect();
        let answered = answered.lock().unwrap().clone();
        assert_eq!(answered.difference(&stored).count(), 0, "of {} that were answered", answered.len());
    }
}
