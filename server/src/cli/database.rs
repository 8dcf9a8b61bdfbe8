//! Opens the database that was asked for.

use anyhow::{Context, bail};

use crate::{
    config::{DataFolder, DatabaseUrl},
    store::database::Database,
};

/// Makes the data folder if needed, opens the database and brings it up to date. Where there was one before, an empty
/// one is not taken for it: it would look as if everything were lost, and be filled.
pub(super) async fn open(data: &DataFolder, url: &DatabaseUrl) -> anyhow::Result<Database> {
    data.prepare().with_context(|| {
        format!("the data folder {} cannot be made; choose another with --data", data.path().display())
    })?;
    let unopened = || {
        format!(
            "the database cannot be opened. Look whether {} is writable, the disk is full, or --database-url is mistyped",
            data.path().display()
        )
    };
    if data.mark().exists() && Database::is_empty(&url.0).await.with_context(unopened)? {
        bail!(
            "the database is empty, but one was set up from this folder before. Was it moved, or is --database-url \
             mistyped? Put it back from a backup; or, to begin with an empty one, delete {}",
            data.mark().display()
        );
    }
    let database = Database::open(&url.0).await.with_context(unopened)?;
    data.set_mark().with_context(|| format!("{} cannot be written", data.mark().display()))?;
    Ok(database)
}
