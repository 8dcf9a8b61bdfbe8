//! `pulse site`: the sites and their settings.

use anyhow::{Context, bail};
use chrono_tz::Tz;
use clap::{Args, Subcommand, value_parser};

use super::{announce, database, options::StorageOptions};
use crate::{
    clock::Clock,
    config::Access,
    store::{
        entities::site::Model,
        sites::{self, NoHost, Settings},
    },
};

/// The longest that sessions may be kept: 25 months.
const LONGEST_DAYS: i64 = 761;

/// What to do with the sites.
#[derive(Debug, Args)]
pub(super) struct SiteOptions {
    #[command(flatten)]
    storage: StorageOptions,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Show every site with its settings.
    List,
    /// Add a site.
    Add(SettingOptions),
    /// Change settings of a site; what is not named stays as it is.
    Set {
        /// Its number, as in the script tag.
        id: i32,
        #[command(flatten)]
        settings: SettingOptions,
    },
}

#[derive(Debug, Args)]
struct SettingOptions {
    /// What the dashboard calls it, usually its host.
    #[arg(long)]
    name: Option<String>,
    /// The hosts whose pages may send, separated by commas; *.shop.example takes every subdomain. Empty: any host.
    #[arg(long, value_delimiter = ',', value_name = "HOST", value_parser = host)]
    hosts: Option<Vec<String>>,
    /// The time zone that days and times are shown in, such as Europe/Berlin.
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<Tz>,
    /// For how many days sessions are kept: 1 to 761 (25 months).
    #[arg(long, value_name = "DAYS", value_parser = value_parser!(i32).range(1..=LONGEST_DAYS))]
    keep_days: Option<i32>,
    /// The same for sessions that are taken for machines.
    #[arg(long, value_name = "DAYS", value_parser = value_parser!(i32).range(1..=LONGEST_DAYS))]
    keep_machines_days: Option<i32>,
}

impl From<SettingOptions> for Settings {
    fn from(options: SettingOptions) -> Self {
        Self {
            name: options.name,
            hosts: options.hosts.map(|hosts| hosts.into_iter().filter(|host| !host.is_empty()).collect()),
            time_zone: options.time_zone.map(|zone| zone.name().to_owned()),
            retention_days: options.keep_days,
            bot_retention_days: options.keep_machines_days,
        }
    }
}

/// No host at all is a list that takes any.
fn host(given: &str) -> Result<String, NoHost> {
    if given.trim().is_empty() { Ok(String::new()) } else { sites::host(given) }
}

/// Does it; says how the sites stand afterwards.
pub(super) async fn site(options: SiteOptions) -> anyhow::Result<()> {
    let (data, url) = options.storage.into_parts(Access::Accounts);
    let db = database::open(&data, &url).await?;
    let shown = match options.action {
        Action::List => sites::all(&db).await.context("the sites cannot be read")?,
        Action::Add(settings) => {
            if settings.name.as_deref().is_none_or(|name| name.trim().is_empty()) {
                bail!("a site needs a name: add --name shop.example");
            }
            vec![sites::add(&db, settings.into(), Clock::System.now_ms()).await.context("the site cannot be added")?]
        }
        Action::Set { id, settings } => {
            let changed = sites::set(&db, id, settings.into()).await.context("the site cannot be changed")?;
            vec![changed.with_context(|| format!("there is no site {id}; `pulse site list` shows them all"))?]
        }
    };
    announce::sites(&shown.iter().map(line).collect::<Vec<_>>());
    db.close().await?;
    Ok(())
}

fn line(site: &Model) -> String {
    let hosts = if site.hosts.trim().is_empty() {
        "any host".to_owned()
    } else {
        site.hosts.lines().collect::<Vec<_>>().join(", ")
    };
    format!(
        "{}  {}  ({hosts}; {}; sessions kept {} days, those of machines {})",
        site.id, site.name, site.time_zone, site.retention_days, site.bot_retention_days
    )
}
