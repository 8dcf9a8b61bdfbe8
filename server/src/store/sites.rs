//! Sites.

use app::models::session::Limits;
use sea_orm::{ActiveValue, DbErr, EntityTrait, QueryOrder, Set};

use super::{database::Database, entities::site};

/// Settings of a site; what is `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Its name.
    pub name: Option<String>,
    /// The hosts that may send; none means any.
    pub hosts: Option<Vec<String>>,
    /// IANA time zone.
    pub time_zone: Option<String>,
    /// For how many days its sessions are kept.
    pub retention_days: Option<i32>,
    /// The same for sessions that are taken for machines.
    pub bot_retention_days: Option<i32>,
    /// After how many minutes without a sign of life its sessions are over.
    pub idle_minutes: Option<i32>,
    /// How many hours its sessions can be at the most.
    pub longest_hours: Option<i32>,
    /// Hosts that visitors only come back from, such as one where they pay.
    pub passed_referrers: Option<Vec<String>>,
    /// Hosts whose visits are spam; `!` before one that is not.
    pub spam_referrers: Option<Vec<String>>,
}

impl Settings {
    fn into_row(self) -> site::ActiveModel {
        fn named<T: Into<sea_orm::Value>>(value: Option<T>) -> ActiveValue<T> {
            value.map_or(ActiveValue::NotSet, Set)
        }
        let lines = |hosts: Option<Vec<String>>| named(hosts.map(|hosts| hosts.join("\n")));
        site::ActiveModel {
            name: named(self.name),
            hosts: lines(self.hosts),
            time_zone: named(self.time_zone),
            retention_days: named(self.retention_days),
            bot_retention_days: named(self.bot_retention_days),
            idle_minutes: named(self.idle_minutes),
            longest_hours: named(self.longest_hours),
            passed_referrers: lines(self.passed_referrers),
            spam_referrers: lines(self.spam_referrers),
            ..Default::default()
        }
    }
}

/// Hosts as they are stored, one a line.
pub fn hosts(lines: &str) -> impl Iterator<Item = String> {
    lines.lines().map(str::trim).filter(|host| !host.is_empty()).map(str::to_lowercase)
}

/// When the sessions of a site are over. What is out of range is taken for the nearest that is not.
pub fn session_limits(site: &site::Model) -> Limits {
    Limits::new(i64::from(site.idle_minutes), i64::from(site.longest_hours))
}

/// What is no host.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no host: give one such as shop.example, or *.shop.example for every subdomain")]
pub struct NoHost(String);

/// A host as browsers say it: in small letters, other scripts in their `xn--` form, without scheme, port and path.
/// A `*.` before it takes every subdomain.
///
/// # Errors
/// When it is none.
pub fn host(given: &str) -> Result<String, NoHost> {
    let error = || NoHost(given.trim().to_owned());
    let (any, bare) = given.trim().strip_prefix("*.").map_or(("", given.trim()), |bare| ("*.", bare));
    let url = if bare.contains("://") { bare.to_owned() } else { format!("http://{bare}") };
    let url = url::Url::parse(&url).map_err(|_| error())?;
    let is_bare = matches!(url.path(), "" | "/") && url.query().is_none() && url.username().is_empty();
    url.host_str().filter(|_| is_bare).map(|host| format!("{any}{host}")).ok_or_else(error)
}

/// Every site, in order of its id.
///
/// # Errors
/// When the database fails.
pub async fn all(db: &Database) -> Result<Vec<site::Model>, DbErr> {
    site::Entity::find().order_by_asc(site::Column::Id).all(db.reader()).await
}

/// One site.
///
/// # Errors
/// When the database fails.
pub async fn get(db: &Database, id: i32) -> Result<Option<site::Model>, DbErr> {
    site::Entity::find_by_id(id).one(db.reader()).await
}

/// Adds a site; it is in UTC and takes any host unless the settings say otherwise.
///
/// # Errors
/// When the database fails; then it is not added.
pub async fn add(db: &Database, settings: Settings, now_ms: i64) -> Result<site::Model, DbErr> {
    let settings = Settings {
        time_zone: settings.time_zone.or_else(|| Some("UTC".into())),
        hosts: settings.hosts.or_else(|| Some(Vec::new())),
        ..settings
    };
    let tx = db.begin().await?;
    let row = site::ActiveModel { created_at: Set(now_ms), ..settings.into_row() };
    let added = site::Entity::insert(row).exec_with_returning(&*tx).await?;
    tx.commit().await?;
    Ok(added)
}

/// Changes a site and returns it; `None` if there is no such site.
///
/// # Errors
/// When the database fails; then nothing is changed.
pub async fn set(db: &Database, id: i32, settings: Settings) -> Result<Option<site::Model>, DbErr> {
    let tx = db.begin().await?;
    if site::Entity::find_by_id(id).one(&*tx).await?.is_none() {
        return Ok(None);
    }
    if settings != Settings::default() {
        let row = site::ActiveModel { id: Set(id), ..settings.into_row() };
        site::Entity::update(row).exec(&*tx).await?;
    }
    let changed = site::Entity::find_by_id(id).one(&*tx).await?;
    tx.commit().await?;
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("shop.example", Some("shop.example"))]
    #[case(" Shop.Example ", Some("shop.example"))]
    #[case("https://shop.example/", Some("shop.example"))]
    #[case("shop.example:8443", Some("shop.example"))]
    #[case("*.shop.example", Some("*.shop.example"))]
    #[case("bücher.example", Some("xn--bcher-kva.example"))]
    #[case("*.Bücher.example", Some("*.xn--bcher-kva.example"))]
    #[case("localhost", Some("localhost"))]
    #[case("[::1]", Some("[::1]"))]
    #[case("https://shop.example/pages", None)]
    #[case("me@shop.example", None)]
    #[case("shop example", None)]
    #[case("*.", None)]
    #[case("", None)]
    fn hosts(#[case] given: &str, #[case] stored: Option<&str>) {
        assert_eq!(host(given).ok().as_deref(), stored);
    }
}
