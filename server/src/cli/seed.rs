//! `pulse seed`: made-up sessions, for looking around and for measurements.

use anyhow::{Context, bail};
use app::models::ids::SiteId;
use chrono::{DateTime, FixedOffset};
use clap::{Args, value_parser};
use sea_orm::{EntityTrait, QuerySelect};
use uuid::Uuid;

use super::{announce, database, options::StorageOptions};
use crate::{
    clock::Clock,
    config::Access,
    seed::{self, Plan},
    store::{database::Database, entities::session, sites},
};

/// What to make.
#[derive(Debug, Args)]
pub(super) struct SeedOptions {
    #[command(flatten)]
    storage: StorageOptions,
    /// How many sessions.
    #[arg(long, default_value_t = 10_000, value_parser = value_parser!(u64).range(1..=100_000_000))]
    sessions: u64,
    /// Over how many days; not more than the site keeps sessions.
    #[arg(long, default_value_t = 30, value_parser = value_parser!(u32).range(1..=761))]
    days: u32,
    /// About how many events a session has.
    #[arg(long, default_value_t = 10, value_parser = value_parser!(u32).range(0..=1_000))]
    events: u32,
    /// Another number gives other sessions; the same one, with the same --until, the same sessions.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The moment that all of it lies before, such as 2026-11-25T12:00:00Z [default: now].
    #[arg(long, value_name = "TIME")]
    until: Option<DateTime<FixedOffset>>,
    /// The site's number [default: the first].
    #[arg(long)]
    site: Option<i32>,
    /// Add to sessions that are there; they cannot be told apart afterwards.
    #[arg(long)]
    add: bool,
}

/// Makes them; says how many there are.
pub(super) async fn seed(options: SeedOptions) -> anyhow::Result<()> {
    let (data, url) = options.storage.into_parts(Access::Accounts);
    let db = database::open(&data, &url).await?;
    if !options.add && has_sessions(&db).await.context("the sessions cannot be read")? {
        bail!(
            "there are sessions already, which made-up ones would mix with. Name an empty folder with --data, or --add them"
        );
    }
    let all = sites::all(&db).await.context("the sites cannot be read")?;
    let wanted = |id: i32| options.site.is_none_or(|site| site == id);
    let site = all
        .into_iter()
        .find(|site| wanted(site.id))
        .context("there is no such site; `pulse site list` shows them all")?;
    let kept = u32::try_from(site.retention_days).unwrap_or_default();
    if options.days > kept {
        bail!(
            "site {} keeps sessions for {kept} days and would forget older ones; ask for fewer --days, or \
             `pulse site set {} --keep-days {}` before",
            site.id,
            site.id,
            options.days
        );
    }
    let plan = Plan {
        site: SiteId(site.id),
        sessions: options.sessions,
        days: options.days,
        events: options.events,
        seed: options.seed,
        end_ms: options.until.map_or_else(|| Clock::System.now_ms(), |until| until.timestamp_millis()),
        limits: sites::session_limits(&site),
        machine_days: u32::try_from(site.bot_retention_days).unwrap_or_default(),
    };
    let made = seed::fill(&db, plan).await.context("the sessions cannot be stored")?;
    seed::make_goals(&db, plan).await.context("the goals cannot be stored")?;
    db.analyze().await.context("the database could not look at what was stored")?;
    db.close().await?;
    announce::seeded(made);
    Ok(())
}

async fn has_sessions(db: &Database) -> Result<bool, sea_orm::DbErr> {
    use session::{Column, Entity};
    let any: Option<Uuid> =
        Entity::find().select_only().column(Column::Id).limit(1).into_tuple().one(db.reader()).await?;
    Ok(any.is_some())
}
