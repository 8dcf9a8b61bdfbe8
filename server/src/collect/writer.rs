//! The shell around the transaction: a bounded queue, and one task that commits what waits there as a group.
//!
//! Nothing is answered before its group is on disk. While one group commits the next gathers. Under load a group waits a
//! moment more for those that the last one has just answered: two groups that take turns would each be half as large,
//! and a commit costs nearly the same for both. A message that comes alone does not wait.

use std::time::{Duration, Instant};

use app::models::{ids::SessionId, session::IDLE_LIMIT_MS};
use sea_orm::DbErr;
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};
use uuid::{Timestamp, Uuid};

use super::{Answer, Batch, group::Gathered};
use crate::{
    changes::{Change, Changes},
    clock::Clock,
    store::{database::Database, ingest::Ingest},
};

/// Batches that may wait; above it the answer is 503.
const WAITING: usize = 4_096;
/// Batches that share one commit at the most.
const GROUP: usize = 512;
/// How long a group waits for more while commits follow each other.
const GATHERING: Duration = Duration::from_millis(1);

struct Job {
    batch: Batch,
    answer: oneshot::Sender<Answer>,
}

/// The way to the writer.
#[derive(Clone)]
pub struct Queue(mpsc::Sender<Job>);

impl Queue {
    /// Waits for the commit. `None`: the queue is full, the server is stopping, or the commit failed; the batch can
    /// be sent again, whatever of it was stored comes back as a duplicate.
    pub async fn commit(&self, batch: Batch) -> Option<Answer> {
        let (answer, wait) = oneshot::channel();
        self.0.try_send(Job { batch, answer }).ok()?;
        wait.await.ok()
    }
}

/// The task that writes.
pub struct Writer {
    queue: Queue,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Writer {
    /// Starts it.
    pub fn start(db: Database, clock: Clock, changes: Changes) -> Self {
        let (sender, receiver) = mpsc::channel(WAITING);
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(run(receiver, stopped, db, clock, changes));
        Self { queue: Queue(sender), stop, task }
    }

    /// The way to it.
    pub fn queue(&self) -> Queue {
        self.queue.clone()
    }

    /// Takes nothing more, commits what waits, ends.
    pub async fn close(self) {
        let _ = self.stop.send(());
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the writer ended badly");
        }
    }
}

async fn run(
    mut queue: mpsc::Receiver<Job>,
    mut stopped: oneshot::Receiver<()>,
    db: Database,
    clock: Clock,
    changes: Changes,
) {
    let mut stopping = false;
    let mut committed_at: Option<Instant> = None;
    loop {
        let first = tokio::select! {
            biased;
            _ = &mut stopped, if !stopping => {
                stopping = true;
                queue.close();
                continue;
            }
            job = queue.recv() => job,
        };
        let Some(first) = first else { return };
        if committed_at.is_some_and(|at| at.elapsed() < GATHERING) {
            tokio::time::sleep(GATHERING).await;
        }
        let (batches, answers) = gather(first, &mut queue);
        match commit(&db, &batches, &clock).await {
            Ok(committed) => {
                for (waiting, answer) in answers.into_iter().zip(committed) {
                    // A client that has gone needs no answer; what it sent is stored.
                    let _ = waiting.send(answer);
                }
                announce(&changes, &batches);
            }
            // The senders are dropped, which answers 503: the tracker sends it all again.
            Err(error) => tracing::error!(%error, batches = batches.len(), "a group could not be committed"),
        }
        committed_at = Some(Instant::now());
    }
}

/// The first job and whatever else waits already.
fn gather(first: Job, queue: &mut mpsc::Receiver<Job>) -> (Vec<Batch>, Vec<oneshot::Sender<Answer>>) {
    let mut group = vec![first];
    while let Some(job) = (group.len() < GROUP).then(|| queue.try_recv().ok()).flatten() {
        group.push(job);
    }
    group.into_iter().map(|job| (job.batch, job.answer)).unzip()
}

/// One transaction: find, lock, place, save, commit.
async fn commit(db: &Database, batches: &[Batch], clock: &Clock) -> Result<Vec<Answer>, DbErr> {
    let now = clock.now_ms();
    let check_at = now.saturating_add(IDLE_LIMIT_MS);
    let mut mint = |started_at: i64| session_id(started_at);
    let tx = Ingest::begin(db).await?;
    let mut gathered = Gathered::read(&tx, batches, check_at, &mut mint).await?;
    let answers = batches.iter().map(|batch| gathered.place(batch, &mut mint)).collect();
    tx.save(gathered.into_changes(now, check_at)).await?;
    tx.commit().await?;
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
