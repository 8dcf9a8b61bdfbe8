//! `pulse serve` and `pulse demo`.

use std::{future::IntoFuture, net::SocketAddr, time::Duration};

use anyhow::{Context, bail};
use axum::{Router, serve::ListenerExt};
use futures::future::{OptionFuture, join, join3};
use tokio::{net::TcpListener, time::timeout};

use super::{announce, database, listeners::Listeners};
use crate::{
    clock::Clock,
    collect::{self, CollectConfig, Collecting, identity::Secret},
    config::{Access, Config},
    demo_site,
    router::router,
    shutdown::{DRAIN, FINISH, Shutdown},
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
    let state = AppState::new(db.clone(), Clock::System, place);
    let has_account = state.auth.has_account().await?;
    if has_account && config.access == Access::Demo {
        bail!(
            "this database has an account, so it is a real installation, and demo mode would show it to anybody on \
             this machine. Start `pulse serve`, or choose another folder with --data"
        );
    }

    let metrics = listeners.metrics.is_some().then(metrics::start).transpose()?;
    let collecting = start_collecting(&config, &state).await?;
    let tasks = tasks::spawn(db.clone(), state.clock.clone(), state.changes.clone());
    state.shutdown.on_signals().context("the system does not pass on signals")?;
    announce::running(&state, has_account);
    if config.network.is_reached_by_an_unknown_name() {
        tracing::warn!(
            "sites elsewhere cannot load the tracker from {}: say with --public-url how browsers reach Pulse",
            state.place.public_url
        );
    }

    answer_until_shutdown(listeners, &state, collecting.router.clone(), metrics).await?;
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

async fn start_collecting(config: &Config, state: &AppState) -> anyhow::Result<Collecting> {
    let config = CollectConfig {
        secret: Secret(config.secret.load(rand::random)?),
        trusted_proxies: config.network.trusted_proxies.clone(),
        country_database: config.country.0.clone(),
    };
    collect::start(state.db.clone(), state.clock.clone(), state.changes.clone(), config).await
}

/// Answers until the end has begun and what was asked before is answered, but not for ever.
async fn answer_until_shutdown(
    listeners: Listeners,
    state: &AppState,
    collect: Router,
    metrics: Option<Router>,
) -> anyhow::Result<()> {
    let dashboard = answer(listeners.dashboard, router(state.clone(), collect), state.shutdown.clone());
    let demo_site = listeners
        .demo_site
        .map(|listener| answer(listener, demo_site::router(&state.place.public_url), state.shutdown.clone()));
    let metrics =
        listeners.metrics.zip(metrics).map(|(listener, metrics)| answer(listener, metrics, state.shutdown.clone()));
    let patience = async {
        state.shutdown.clone().begun().await;
        tokio::time::sleep(FINISH).await;
    };
    tokio::select! {
        (dashboard, demo_site, metrics) =
            join3(dashboard, OptionFuture::from(demo_site), OptionFuture::from(metrics)) =>
        {
            dashboard?;
            demo_site.transpose()?;
            metrics.transpose()?;
        }
        () = patience => tracing::warn!("some connections were still open at the end"),
    }
    Ok(())
}

fn answer(listener: TcpListener, router: Router, shutdown: Shutdown) -> impl Future<Output = std::io::Result<()>> {
    // Without it the system holds back small packets, and live updates come late.
    let listener = listener.tap_io(|connection| {
        let _ = connection.set_nodelay(true);
    });
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(shutdown.begun()).into_future()
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
