//! `pulse migrate`.

use super::{announce, database, options::StorageOptions};
use crate::config::Access;

/// Brings the database up to date.
pub(super) async fn migrate(options: StorageOptions) -> anyhow::Result<()> {
    let (data, url) = options.into_parts(Access::Accounts);
    database::open(&data, &url).await?.close().await?;
    announce::migrated();
    Ok(())
}
