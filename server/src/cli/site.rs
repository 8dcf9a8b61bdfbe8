//! `pulse site`: the sites and their settings.

use anyhow::{Context, bail};
use app::models::session::Limits;
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
    /// After how many minutes without a sign of life sessions are over: 5 to 1440; 30 at first.
    #[arg(long, value_name = "MINUTES", value_parser = value_parser!(i32).range(Limits::IDLE_MINUTES))]
    idle_minutes: Option<i32>,
    /// How many hours a session can be at the most: 1 to 24; 24 at first.
    #[arg(long, value_name = "HOURS", value_parser = value_parser!(i32).range(Limits::LONGEST_HOURS))]
    longest_hours: Option<i32>,
    /// Hosts that visitors only come back from, such as one where they pay: never a source. Empty: none.
    #[arg(long, value_delimiter = ',', value_name = "HOST", value_parser = host)]
    passed_referrers: Option<Vec<String>>,
    /// Hosts whose visits are spam, beside those that Pulse knows; !HOST for one that is not. Empty: none.
    #[arg(long, value_delimiter = ',', value_name = "HOST", value_parser = host_or_not)]
    spam_referrers: Option<Vec<String>>,
}

impl From<SettingOptions> for Settings {
    fn from(options: SettingOptions) -> Self {
        let named = |hosts: Vec<String>| hosts.into_iter().filter(|host| !host.is_empty()).collect();
        Self {
            name: options.name,
            hosts: options.hosts.map(named),
            time_zone: options.time_zone.map(|zone| zone.name().to_owned()),
            retention_days: options.keep_days,
            bot_retention_days: options.keep_machines_days,
            idle_minutes: options.idle_minutes,
            longest_hours: options.longest_hours,
            passed_referrers: options.passed_referrers.map(named),
            spam_referrers: options.spam_referrers.map(named),
        }
    }
}

/// No host at all is a list that takes any.
fn host(given: &str) -> Result<String, NoHost> {
    if given.trim().is_empty() { Ok(String::new()) } else { sites::host(given) }
}

fn host_or_not(given: &str) -> Result<String, NoHost> {
    match given.trim().strip_prefix('!') {
        Some(cleared) => sites::host(cleared).map(|host| format!("!{host}")),
        None => host(given),
    }
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
    let listed = |hosts: &str| sites::hosts(hosts).collect::<Vec<_>>().join(", ");
    let hosts = Some(listed(&site.hosts)).filter(|hosts| !hosts.is_empty()).unwrap_or_else(|| "any host".to_owned());
    let mut line = format!(
        "{}  {}  ({hosts}; {}; sessions kept {} days, those of machines {}; over after {} minutes of silence or {} hours",
        site.id,
        site.name,
        site.time_zone,
        site.retention_days,
        site.bot_retention_days,
        site.idle_minutes,
        site.longest_hours
    );
    for (what, hosts) in [("only come back from", &site.passed_referrers), ("spam from", &site.spam_referrers)] {
        if !hosts.is_empty() {
            line += &format!("; {what} {}", listed(hosts));
        }
    }
    line + ")"
}
