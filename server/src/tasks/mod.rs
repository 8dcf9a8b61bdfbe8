//! What has to be done from time to time, with nobody asking.

use std::{fmt::Display, future::Future, time::Duration};

use tokio::{sync::watch, task::JoinSet, time::MissedTickBehavior};

use crate::{changes::Changes, clock::Clock, store::database::Database};

pub mod close_sessions;
pub mod delete_sessions;
pub mod forget_sessions;
pub mod learn;
pub mod rotate_salts;
pub mod tidy;

/// The tasks at work.
pub struct Tasks {
    stop: watch::Sender<bool>,
    running: JoinSet<()>,
}

impl Tasks {
    /// Ends every task after the step that it is in.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        while self.running.join_next().await.is_some() {}
    }
}

/// Starts all tasks.
pub fn spawn(db: Database, clock: Clock, changes: Changes) -> Tasks {
    let (stop, stopped) = watch::channel(false);
    let mut running = JoinSet::new();
    let minutes = |minutes: u64| Duration::from_secs(minutes * 60);

    let (d, c, news) = (db.clone(), clock.clone(), changes);
    running.spawn(every("close sessions", Duration::from_secs(30), stopped.clone(), move || {
        close_sessions::close_sessions(d.clone(), c.now_ms(), news.clone())
    }));
    let (d, c) = (db.clone(), clock.clone());
    running.spawn(every("delete sessions", Duration::from_secs(1), stopped.clone(), move || {
        delete_sessions::delete_sessions(d.clone(), c.now_ms())
    }));
    let (d, c) = (db.clone(), clock.clone());
    running.spawn(every("rotate salts", minutes(10), stopped.clone(), move || {
        rotate_salts::rotate_salts(d.clone(), c.now_ms())
    }));
    let (d, c) = (db.clone(), clock.clone());
    running.spawn(every("forget sessions", minutes(60), stopped.clone(), move || {
        forget_sessions::forget_sessions(d.clone(), c.now_ms())
    }));
    let (d, c) = (db.clone(), clock.clone());
    running
        .spawn(every("learn what is usual", minutes(10), stopped.clone(), move || learn::learn(d.clone(), c.now_ms())));
    let d = db.clone();
    running.spawn(every("bound the log", Duration::from_secs(10), stopped.clone(), move || {
        let db = d.clone();
        async move { db.bound_log().await }
    }));
    let (d, c) = (db, clock);
    running.spawn(every("tidy", minutes(60), stopped, move || tidy::tidy(d.clone(), c.now_ms())));
    Tasks { stop, running }
}

/// Does a job at once and then at a fixed interval. A failure is logged; the next turn tries again.
async fn every<F, J, E>(name: &'static str, interval: Duration, mut stopped: watch::Receiver<bool>, job: J)
where
    J: Fn() -> F + Send + 'static,
    F: Future<Output = Result<(), E>> + Send,
    E: Display + Send,
{
    let mut turns = tokio::time::interval(interval);
    turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            _ = turns.tick() => {}
        }
        if let Err(error) = job().await {
            tracing::error!(%error, task = name, "a task failed; it is tried again");
        }
    }
}
