//! The shell around the transaction: a bounded queue, and one thread that commits what waits there as a group.
//!
//! Nothing is answered before its group is on disk. While one group commits the next gathers. The thread is not one of
//! those that run tasks, because it waits for the disk.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    thread::JoinHandle,
    time::Instant,
};

use app::models::ids::SessionId;
use tokio::sync::{mpsc, oneshot};
use uuid::{Timestamp, Uuid};

use super::{Answer, Batch, group::Gathered};
use crate::{
    changes::{Change, Changes},
    clock::Clock,
    store::{
        database::Database,
        ingest::{self, IngestConnection},
    },
    telemetry::metrics as metrics_names,
};

/// Batches that may wait; above it the answer is 503.
const WAITING: usize = 4_096;
/// Batches that share one commit at the most.
const GROUP: usize = 512;

enum Request {
    Commit(Job),
    Stop,
}

struct Job {
    batch: Batch,
    answer: oneshot::Sender<Answer>,
}

/// The way to the writer.
#[derive(Clone)]
pub struct Queue(mpsc::Sender<Request>);

impl Queue {
    /// Waits for the commit. `None`: the queue is full, the server is stopping, or the commit failed; the batch can
    /// be sent again, whatever of it was stored comes back as a duplicate.
    pub async fn commit(&self, batch: Batch) -> Option<Answer> {
        let (answer, wait) = oneshot::channel();
        self.0.try_send(Request::Commit(Job { batch, answer })).ok()?;
        wait.await.ok()
    }
}

/// The thread that writes.
pub struct Writer {
    queue: Queue,
    thread: JoinHandle<()>,
}

impl Writer {
    /// Starts it.
    ///
    /// # Errors
    /// When the database cannot be opened or no thread can be made.
    pub fn start(db: &Database, clock: Clock, changes: Changes) -> anyhow::Result<Self> {
        let connection = db.ingest()?;
        let (sender, receiver) = mpsc::channel(WAITING);
        let work = move || run(receiver, connection, &clock, &changes);
        let thread = std::thread::Builder::new().name("collect-writer".into()).spawn(work)?;
        Ok(Self { queue: Queue(sender), thread })
    }

    /// The way to it.
    pub fn queue(&self) -> Queue {
        self.queue.clone()
    }

    /// Takes nothing more, commits what waits, ends.
    pub async fn close(self) {
        // Fails only where the thread has ended by itself.
        let _ = self.queue.0.send(Request::Stop).await;
        match tokio::task::spawn_blocking(|| self.thread.join()).await {
            Ok(Ok(())) => {}
            _ => tracing::error!("the writer ended badly"),
        }
    }
}

fn run(
    mut queue: mpsc::Receiver<Request>,
    mut connection: Box<dyn IngestConnection>,
    clock: &Clock,
    changes: &Changes,
) {
    while let Some((batches, waiting)) = gather(&mut queue) {
        #[expect(clippy::cast_precision_loss, reason = "a few thousand at the most")]
        let (waiting_requests, in_group) = (queue.len() as f64, batches.len() as f64);
        metrics::gauge!(metrics_names::WAITING).set(waiting_requests);
        metrics::histogram!(metrics_names::GROUP).record(in_group);
        settle(&mut *connection, batches, waiting, clock, changes);
    }
}

/// Commits a group and answers it. If its rows are at fault, each batch is tried alone, so that one that the database
/// will not take costs the others nothing.
fn settle(
    connection: &mut dyn IngestConnection,
    batches: Vec<Batch>,
    waiting: Vec<oneshot::Sender<Answer>>,
    clock: &Clock,
    changes: &Changes,
) {
    match commit_or_survive(connection, &batches, clock) {
        Ok(committed) => {
            for (waiting, answer) in waiting.into_iter().zip(committed) {
                // A client that has gone needs no answer; what it sent is stored.
                let _ = waiting.send(answer);
            }
            announce(changes, &batches);
        }
        Err(failure) if failure.is_about_the_rows && batches.len() > 1 => {
            for (batch, waiting) in batches.into_iter().zip(waiting) {
                settle(connection, vec![batch], vec![waiting], clock, changes);
            }
        }
        // The senders are dropped, which answers 503: the tracker sends it all again.
        Err(failure) => {
            tracing::error!(error = %failure.cause, batches = batches.len(), "a group could not be committed");
        }
    }
}

struct Failure {
    cause: String,
    is_about_the_rows: bool,
}

/// A fault of ours must not end the only thread that writes.
fn commit_or_survive(
    connection: &mut dyn IngestConnection,
    batches: &[Batch],
    clock: &Clock,
) -> Result<Vec<Answer>, Failure> {
    match catch_unwind(AssertUnwindSafe(|| commit(connection, batches, clock))) {
        Ok(Ok(answers)) => Ok(answers),
        Ok(Err(error)) => Err(Failure { cause: error.to_string(), is_about_the_rows: error.is_about_the_rows() }),
        // The panic has been logged with its place.
        Err(_) => Err(Failure { cause: "a panic".into(), is_about_the_rows: true }),
    }
}

/// Waits for a job, and takes whatever else waits already. `None`: stopped, and nothing waits any more.
fn gather(queue: &mut mpsc::Receiver<Request>) -> Option<(Vec<Batch>, Vec<oneshot::Sender<Answer>>)> {
    let mut group = Vec::new();
    while group.len() < GROUP {
        let request = if group.is_empty() { queue.blocking_recv() } else { queue.try_recv().ok() };
        match request {
            Some(Request::Commit(job)) => group.push(job),
            Some(Request::Stop) => queue.close(),
            None if group.is_empty() => return None,
            None => break,
        }
    }
    Some(group.into_iter().map(|job| (job.batch, job.answer)).unzip())
}

/// One transaction: find, lock, place, save, commit.
fn commit(connection: &mut dyn IngestConnection, batches: &[Batch], clock: &Clock) -> ingest::Result<Vec<Answer>> {
    let began = Instant::now();
    let sites = batches.iter().map(|batch| batch.site.0).collect();
    let mut tx = connection.begin(&sites)?;
    let now = clock.now_ms();
    let mut mint = |started_at: i64| session_id(started_at);
    let mut gathered = Gathered::read(&mut *tx, batches, now, &mut mint)?;
    let answers = batches.iter().map(|batch| gathered.place(batch, &mut mint)).collect();
    tx.save(gathered.into_changes(now))?;
    tx.commit()?;
    metrics::histogram!(metrics_names::COMMIT).record(began.elapsed());
    Ok(answers)
}

/// UUID v7: the session's start in milliseconds, then random bits.
fn session_id(started_at: i64) -> SessionId {
    let ms = u64::try_from(started_at).unwrap_or_default();
    let nanos = u32::try_from(ms % 1000).unwrap_or_default() * 1_000_000;
    SessionId(Uuid::new_v7(Timestamp::from_unix(uuid::NoContext, ms / 1000, nanos)))
}

fn announce(changes: &Changes, batches: &[Batch]) {
    let sites: std::collections::BTreeSet<_> = batches.iter().map(|batch| batch.site).collect();
    for site in sites {
        changes.announce(Change { site });
    }
}
