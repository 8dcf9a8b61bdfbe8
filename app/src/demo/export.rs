//! Files of the demo: none, as no server could make them.

use super::site::load_site;
use crate::models::{
    error::AppError,
    export::ExportProgress,
    ids::{ExportTicket, SiteId},
};

/// There is none.
pub async fn load_progress(site: SiteId, _: ExportTicket) -> Result<Option<ExportProgress>, AppError> {
    load_site(site).await?;
    Ok(None)
}
