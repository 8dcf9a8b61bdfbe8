//! `pulse serve` and `pulse demo`.

use std::{sync::Arc, time::Duration};

use anyhow::{Context, bail};
use axum::Router;
use futures::future::{OptionFuture, join, join3};
use tokio::time::timeout;

use super::{announce, database, listeners::Listeners};
use crate::{
    clock::Clock,
    collect::{self, CollectConfig, Collecting, Senders, enrich::country::Countries, identity::Secret},
    config::{Access, Config},
    connections, demo_site,
    router::router,
    shutdown::{DRAIN, FINISH},
    state::{AppState, Place},
    store::database::Database,
    tasks::{self, Tasks},
    telemetry::metrics,
};

/// Serves until a signal says to stop, and commits what was accepted.
pub(super) async fn serve(config: Config) -> anyhow::Result<()> {
    if config.access == Access::Demo {
        config.network.require_loopback()?;
    }
    let listeners = Listeners::open(&config.network).await?;
    let place = place(&config, &listeners)?;
    let db = database::open(&config.data, &config.database).await?;
    let senders = senders(&config)?;
    let state = AppState::new(db.clone(), Clock::System, place, senders.clone());
    let has_account = state.auth.has_account().await?;
    if has_account && config.access == Access::Demo {
        bail!(
            "this database has an account, so it is a real installation, and demo mode would show it to anybody on \
             this machine. Start `pulse serve`, or choose another folder with --data"
        );
    }

    let metrics = listeners.metrics.is_some().then(metrics::start).transpose()?;
    let collecting = start_collecting(&config, senders, &state)?;
    let tasks = tasks::spawn(db.clone(), state.clock.clone(), state.changes.clone());
    state.shutdown.on_signals().context("the system does not pass on signals")?;
    announce::running(&state, has_account);
    if config.network.is_reached_by_an_unknown_name() {
        tracing::warn!(
            "sites elsewhere cannot load the tracker from {}: say with --public-url how browsers reach Pulse",
            state.place.public_url
        );
    }

    answer_until_shutdown(listeners, &state, collecting.router.clone(), metrics).await;
    stop(collecting, tasks, db).await
}

fn place(config: &Config, listeners: &Listeners) -> anyhow::Result<Place> {
    let own = listeners.dashboard_url().context("the system does not say which port was opened")?;
    Ok(Place {
        access: config.access,
        public_url: config.network.public_url.clone().unwrap_or(own),
        demo_site: listeners.demo_site_url()?,
    })
}

/// How visitors are told from the proxies in front of them, and where they are.
fn senders(config: &Config) -> anyhow::Result<Senders> {
    let countries = match &config.country.0 {
        Some(file) => Countries::open(file.clone())
            .with_context(|| format!("the country database {} cannot be read", file.display()))?,
        None => Countries::none(),
    };
    Ok(Senders { trusted_proxies: config.network.trusted_proxies.clone(), countries: Arc::new(countries) })
}

fn start_collecting(config: &Config, senders: Senders, state: &AppState) -> anyhow::Result<Collecting> {
    let secret = Secret(config.secret.load(rand::random)?);
    let config = CollectConfig { secret, senders, refusals: state.refusals.clone() };
    collect::start(state.db.clone(), state.clock.clone(), state.changes.clone(), config)
}

/// Answers until the end has begun and what was asked before is answered, but not for ever.
async fn answer_until_shutdown(listeners: Listeners, state: &AppState, collect: Router, metrics: Option<Router>) {
    let answer = |listener, router| connections::serve(listener, router, state.shutdown.clone());
    let dashboard = answer(listeners.dashboard, router(state.clone(), collect));
    let demo_site = listeners.demo_site.map(|listener| answer(listener, demo_site::router(&state.place.public_url)));
    let metrics = listeners.metrics.zip(metrics).map(|(listener, metrics)| answer(listener, metrics));
    let patience = async {
        state.shutdown.clone().begun().await;
        tokio::time::sleep(FINISH).await;
    };
    tokio::select! {
        _ = join3(dashboard, OptionFuture::from(demo_site), OptionFuture::from(metrics)) => {}
        () = patience => tracing::warn!("some connections were still open at the end"),
    }
}

async fn stop(collecting: Collecting, tasks: Tasks, db: Database) -> anyhow::Result<()> {
    if timeout(DRAIN, join(collecting.drain(), tasks.stop())).await.is_err() {
        bail!("the last messages could not be stored in time; browsers that got no answer send them again");
    }
    // SQLite tidies its log away when the last connection closes; without that nothing is lost.
    if timeout(Duration::from_secs(1), db.close()).await.is_err() {
        tracing::warn!("the database was still in use at the end");
    }
    Ok(())
}
