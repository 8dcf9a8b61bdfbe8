//! `pulse backup`.

use std::path::PathBuf;

use clap::Args;

use super::{announce, database, options::StorageOptions};
use crate::config::Access;

/// Where to.
#[derive(Debug, Args)]
pub(super) struct BackupOptions {
    #[command(flatten)]
    storage: StorageOptions,
    /// The file to write; it must not exist yet.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Writes it; a server that runs goes on.
pub(super) async fn backup(options: BackupOptions) -> anyhow::Result<()> {
    let (data, url) = options.storage.into_parts(Access::Accounts);
    let db = database::open(&data, &url).await?;
    db.back_up(&options.file).await?;
    db.close().await?;
    announce::backed_up(&options.file);
    Ok(())
}
