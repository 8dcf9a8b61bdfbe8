//! The codes that pages show their visitors.

use app::models::{
    ids::{SessionId, SiteId},
    reference::ReferenceCode,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};

use super::{
    database::Database,
    entities::session_reference::{Column, Entity},
};

/// How long a code leads to its session, in milliseconds: 30 days.
pub const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// The session that a code leads to at `now_ms`.
pub(crate) async fn session_of(
    db: &impl ConnectionTrait,
    site: SiteId,
    code: &ReferenceCode,
    now_ms: i64,
) -> Result<Option<SessionId>, DbErr> {
    let row = named(site, code, now_ms).one(db).await?;
    Ok(row.map(|row| SessionId(row.session)))
}

/// The codes that lead to a session at `now_ms`.
pub(crate) async fn of_session(
    db: &impl ConnectionTrait,
    site: SiteId,
    session: SessionId,
    now_ms: i64,
) -> Result<Vec<ReferenceCode>, DbErr> {
    let rows = given_to(site, session, now_ms).all(db).await?;
    Ok(rows.iter().filter_map(|row| ReferenceCode::parse(&row.code)).collect())
}

fn named(site: SiteId, code: &ReferenceCode, now_ms: i64) -> Select<Entity> {
    let key = (site.0, code.as_str().to_owned());
    Entity::find_by_id(key).filter(Column::GivenAt.gt(now_ms.saturating_sub(KEPT_MS)))
}

/// The index tells the codes, and those are keys. Asked for rows of a session, SQLite would look at every code of the
/// site: the index does not hold when they were given.
fn given_to(site: SiteId, session: SessionId, now_ms: i64) -> Select<Entity> {
    let codes = Entity::find().filter(Column::Site.eq(site.0)).filter(Column::Session.eq(session.0));
    let codes = codes.select_only().column(Column::Code).into_query();
    Entity::find()
        .filter(Column::Site.eq(site.0))
        .filter(Column::Code.in_subquery(codes))
        .filter(Column::GivenAt.gt(now_ms.saturating_sub(KEPT_MS)))
        .order_by_asc(Column::GivenAt)
}

/// Forgets the codes that lead nowhere any more.
///
/// # Errors
/// When the database fails; then none is forgotten.
pub async fn forget_old(db: &Database, now_ms: i64) -> Result<(), DbErr> {
    let tx = db.begin().await?;
    Entity::delete_many().filter(Column::GivenAt.lte(now_ms.saturating_sub(KEPT_MS))).exec(&*tx).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::store::reading::plan::plan;

    #[tokio::test]
    async fn a_code_and_the_codes_of_a_session_are_found_by_key() {
        let code = ReferenceCode::parse("K7F-3QX9").unwrap();
        let by_code = plan(named(SiteId(1), &code, 0).as_query()).await;
        assert_eq!(by_code, ["SEARCH session_reference USING PRIMARY KEY (site=? AND code=?)"]);
        let of_session = plan(given_to(SiteId(1), SessionId(Uuid::nil()), 0).as_query()).await;
        let expected = [
            "SEARCH session_reference USING PRIMARY KEY (site=? AND code=?)",
            "LIST SUBQUERY 1",
            "SEARCH session_reference USING COVERING INDEX session_reference_session (site=? AND session=?)",
            "CREATE BLOOM FILTER",
            "USE TEMP B-TREE FOR ORDER BY",
        ];
        assert_eq!(of_session, expected);
    }
}
