//! Who may sign in.

use app::models::ids::AccountId;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter,
};

use super::{database::Database, entities::account};

/// An account as it is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// argon2id, PHC string format.
    pub password_hash: String,
}

/// Reads and makes accounts.
#[derive(Clone, Debug)]
pub struct AccountStore {
    db: Database,
}

impl AccountStore {
    /// Over this database.
    pub fn new(db: Database) -> Self {
        Self { db }
    }

    /// Whether there is an account at all.
    pub async fn any(&self) -> Result<bool, DbErr> {
        Ok(account::Entity::find().one(self.db.reader()).await?.is_some())
    }

    /// The account of this name.
    pub async fn by_name(&self, name: &str) -> Result<Option<Account>, DbErr> {
        let found = account::Entity::find().filter(account::Column::Name.eq(name)).one(self.db.reader()).await?;
        Ok(found.map(Account::from))
    }

    /// The account with this id.
    pub async fn by_id(&self, id: AccountId) -> Result<Option<Account>, DbErr> {
        Ok(account::Entity::find_by_id(id.0).one(self.db.reader()).await?.map(Account::from))
    }

    /// Makes the owner's account; `None` if there is an account already. Looked up within the writing transaction,
    /// so that of two requests with the same link one makes it.
    pub async fn create_first(
        &self,
        name: String,
        password_hash: String,
        now_ms: i64,
    ) -> Result<Option<Account>, DbErr> {
        let transaction = self.db.begin().await?;
        if account::Entity::find().count(&*transaction).await? > 0 {
            // Dropped, it changes nothing.
            return Ok(None);
        }
        let row = account::ActiveModel {
            id: NotSet,
            name: Set(name),
            password_hash: Set(password_hash),
            created_at: Set(now_ms),
        };
        let made = account::Entity::insert(row).exec_with_returning(&*transaction).await?;
        transaction.commit().await?;
        Ok(Some(made.into()))
    }
}

impl From<account::Model> for Account {
    fn from(row: account::Model) -> Self {
        Self { id: AccountId(row.id), name: row.name, password_hash: row.password_hash }
    }
}
