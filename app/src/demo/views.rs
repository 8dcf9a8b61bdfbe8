//! The saved views of the demo. Nothing can be saved there: no server would keep it.

use uuid::Uuid;

use super::site::{SHOP, load_site};
use crate::models::{
    error::AppError,
    ids::{SiteId, ViewId},
    query::{Dimension, Filter, SessionQuery},
    view::SavedView,
};

/// One of the shop, none of the other.
pub async fn list_views(site: SiteId) -> Result<Vec<SavedView>, AppError> {
    let site = load_site(site).await?.id;
    let phones = SavedView {
        id: ViewId(Uuid::from_u128(1)),
        name: "Phones".into(),
        query: SessionQuery::newest(site).with(Filter::is(Dimension::Device, "phone")),
    };
    Ok(if site == SHOP { vec![phones] } else { Vec::new() })
}
