//! What exactly the selected sessions come to, and how they are spread over a dimension.

use app::models::{
    facet::Facet,
    overview::Overview,
    query::{Dimension, SessionQuery},
};
use sea_orm::DbErr;

use super::{
    index::{Needs, SessionIndex},
    period::Stretch,
};
use crate::store::{database::Database, reading::Rules};

/// Figures and histogram, with the figures of the stretch before.
pub(super) async fn overview(
    db: &Database,
    index: &SessionIndex,
    query: &SessionQuery,
    now_ms: i64,
) -> Result<Overview, DbErr> {
    let rules = Rules::read(db.reader(), query.site).await?;
    let stretch = Stretch::of(query.period, rules.zone, now_ms);
    let before = match Stretch::before(query.period, rules.zone, now_ms) {
        Some(before) => Some(index.select(db, query, before, Needs::of(query), rules, now_ms).await?.summary()),
        None => None,
    };
    let selection = index.select(db, query, stretch, Needs::of(query), rules, now_ms).await?;
    let (summary, histogram) = selection.overview(&stretch.cut(rules.zone), rules.zone);
    Ok(Overview { now_ms, summary, before, histogram })
}

/// The most frequent values, whatever the conditions on the dimension itself say.
pub(super) async fn facet(
    db: &Database,
    index: &SessionIndex,
    query: &SessionQuery,
    dimension: Dimension,
    part: &str,
    now_ms: i64,
) -> Result<Facet, DbErr> {
    let rules = Rules::read(db.reader(), query.site).await?;
    let stretch = Stretch::of(query.period, rules.zone, now_ms);
    let query = query.but_for(dimension);
    let needs = Needs::of(&query).and_values_of(dimension);
    let selection = index.select(db, &query, stretch, needs, rules, now_ms).await?;
    let (values, others) = selection.facet(dimension, part);
    Ok(Facet { dimension, values, others })
}
