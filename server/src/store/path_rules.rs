//! Rules of a site that count paths of one shape as one page.

use app::models::{
    ids::SiteId,
    path_rule::{MOST_RULES, PathRule, PathRules},
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, Select, Set};

use super::{
    database::Database,
    entities::path_rule::{ActiveModel, Column, Entity},
};

/// What became of a rule that was to be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is there.
    Rule,
    /// It is not: another joins the same.
    Exists,
    /// It is not: the site has as many as it may have.
    Full,
}

/// The rules of a site. One that is not understood any more is left out.
///
/// # Errors
/// When the database fails.
pub async fn of_site(db: &impl ConnectionTrait, site: SiteId) -> Result<PathRules, DbErr> {
    let patterns: Vec<String> = patterns(site).into_tuple().all(db).await?;
    Ok(patterns.iter().filter_map(|pattern| PathRule::parse(pattern).ok()).collect())
}

/// Small enough to be read before every answer: so whoever holds sessions by groups learns that rules changed, on
/// whatever node.
fn patterns(site: SiteId) -> Select<Entity> {
    Entity::find().filter(Column::Site.eq(site.0)).select_only().column(Column::Pattern)
}

/// Adds a rule. Looked up within a transaction that nobody else writes the site in, so that of two requests for the same
/// one is told.
///
/// # Errors
/// When the database fails; then nothing is changed.
pub async fn add(db: &Database, site: SiteId, rule: &PathRule, now_ms: i64) -> Result<Added, DbErr> {
    let tx = db.begin_on(site.0).await?;
    let rules = of_site(&*tx, site).await?;
    if rules.has_like(rule) {
        return Ok(Added::Exists);
    }
    if rules.len() >= MOST_RULES {
        return Ok(Added::Full);
    }
    let row = ActiveModel { site: Set(site.0), pattern: Set(rule.to_string()), created_at: Set(now_ms) };
    Entity::insert(row).exec_without_returning(&*tx).await?;
    tx.commit().await?;
    Ok(Added::Rule)
}

/// Deletes a rule; one that is gone already is no error.
///
/// # Errors
/// When the database fails; then nothing is changed.
pub async fn delete(db: &Database, site: SiteId, pattern: &str) -> Result<(), DbErr> {
    let tx = db.begin().await?;
    Entity::delete_many().filter(Column::Site.eq(site.0)).filter(Column::Pattern.eq(pattern)).exec(&*tx).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use sea_orm::QueryTrait;

    use super::*;
    use crate::store::reading::plan::plan;

    #[tokio::test]
    async fn the_rules_of_a_site_lie_beside_each_other() {
        let lines = plan(patterns(SiteId(1)).as_query()).await;
        assert_eq!(lines, ["SEARCH path_rule USING PRIMARY KEY (site=?)"]);
    }
}
