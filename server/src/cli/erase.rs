//! `pulse erase`: sessions go for good.

use anyhow::bail;
use app::models::ids::{SessionId, SiteId};
use clap::Args;

use super::{announce, database, options::StorageOptions};
use crate::{config::Access, store::erasure};

/// Which sessions to erase.
#[derive(Debug, Args)]
pub(super) struct EraseOptions {
    #[command(flatten)]
    storage: StorageOptions,
    /// The site's number, as in the script tag.
    #[arg(long, default_value_t = 1)]
    site: i32,
    /// Their ids, as the dashboard shows them.
    #[arg(required = true, value_name = "SESSION")]
    sessions: Vec<SessionId>,
}

/// Erases them, and says how many there were.
pub(super) async fn erase(options: EraseOptions) -> anyhow::Result<()> {
    let (data, url) = options.storage.into_parts(Access::Accounts);
    let db = database::open(&data, &url).await?;
    let erased = erasure::erase(&db, SiteId(options.site), &options.sessions).await?;
    db.checkpoint().await?;
    if erased == 0 {
        bail!("site {} has no such session", options.site);
    }
    announce::erased(erased, options.sessions.len());
    Ok(())
}
