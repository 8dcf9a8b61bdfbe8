//! Opens the database that was asked for.

use anyhow::Context;

use crate::{
    config::{DataFolder, DatabaseUrl},
    store::database::Database,
};

/// Makes the data folder if needed, opens the database and brings it up to date.
pub(super) async fn open(data: &DataFolder, url: &DatabaseUrl) -> anyhow::Result<Database> {
    data.prepare().with_context(|| {
        format!("the data folder {} cannot be made; choose another with --data", data.path().display())
    })?;
    Database::open(&url.0).await.with_context(|| {
        format!(
            "the database cannot be opened. Look whether {} is writable, the disk is full, or --database-url is mistyped",
            data.path().display()
        )
    })
}
