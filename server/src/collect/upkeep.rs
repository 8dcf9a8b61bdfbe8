//! What collection does from time to time, with nobody asking: it writes its counts, and looks whether another country
//! database has taken the place of the one that is open.

use std::{sync::Arc, time::Duration};

use tokio::{
    task::JoinHandle,
    time::{MissedTickBehavior, interval},
};
use tokio_util::sync::CancellationToken;

use super::{counter::OutcomeCounter, enrich::country::Countries};
use crate::store::database::Database;

/// So much of the counts a power cut can cost; of the messages themselves it costs none.
const EVERY: Duration = Duration::from_secs(5);

/// Begins, and goes on until it is told to stop; a turn that has begun is ended first.
pub(super) fn start(
    db: Database,
    counter: Arc<OutcomeCounter>,
    countries: Arc<Countries>,
    stop: CancellationToken,
) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut turns = interval(EVERY);
        turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // Each failure is said once, until all is well again.
        let (mut counts_fail, mut countries_fail) = (false, false);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = turns.tick() => {}
            }
            let written = counter.flush(&db).await;
            if let Err(error) = &written
                && !counts_fail
            {
                tracing::error!(%error, "the counts of outcomes cannot be written; they are kept and tried again");
            }
            counts_fail = written.is_err();

            let file = countries.clone();
            let refreshed = tokio::task::spawn_blocking(move || file.refresh()).await;
            match refreshed {
                Ok(Ok(true)) => tracing::info!("the country database was replaced and is in use"),
                Ok(Err(error)) if !countries_fail => {
                    tracing::error!(%error, "the country database cannot be read; the one from before stays in use");
                    countries_fail = true;
                }
                Ok(Ok(false)) => countries_fail = false,
                _ => {}
            }
        }
    })
}
