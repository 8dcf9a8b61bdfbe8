//! The random salt of each UTC day. It goes at most 48 hours after its day began; what was made with it leads to
//! nobody from then on.

use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, Set, sea_query::OnConflict};

use super::{database::Database, entities::salt};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The UTC day of a moment, in days since the epoch.
pub fn day(now: i64) -> i32 {
    i32::try_from(now.div_euclid(DAY_MS)).unwrap_or_default()
}

/// Makes the salt of a day unless there is one: of several nodes one wins, all read the same.
///
/// # Errors
/// When the database fails.
pub async fn ensure(db: &Database, day: i32) -> Result<(), DbErr> {
    let bytes: [u8; 32] = rand::random();
    let tx = db.begin().await?;
    salt::Entity::insert(salt::ActiveModel { day: Set(day), salt: Set(bytes.to_vec()) })
        .on_conflict(OnConflict::column(salt::Column::Day).do_nothing().to_owned())
        .exec_without_returning(&*tx)
        .await?;
    tx.commit().await
}

/// The salts of a day and of the day before, newest first.
///
/// # Errors
/// When the database fails.
pub async fn live(db: &Database, today: i32) -> Result<Vec<salt::Model>, DbErr> {
    salt::Entity::find()
        .filter(salt::Column::Day.between(today - 1, today))
        .order_by_desc(salt::Column::Day)
        .all(db.reader())
        .await
}

/// Forgets the salts of the days before yesterday.
///
/// # Errors
/// When the database fails.
pub async fn forget_old(db: &Database, today: i32) -> Result<(), DbErr> {
    let tx = db.begin().await?;
    salt::Entity::delete_many().filter(salt::Column::Day.lt(today - 1)).exec(&*tx).await?;
    tx.commit().await
}
