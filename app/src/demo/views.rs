//! The views of the demo. Nothing can be saved there: no server would keep it.

use strum::IntoEnumIterator;
use uuid::Uuid;

use super::site::SHOP;
use crate::models::{
    ids::{SiteId, ViewId},
    query::{Dimension, Filter, SessionQuery},
    starting_view::StartingView,
    view::SavedView,
};

/// One that was saved for the shop, and those that every site has at first.
pub(super) fn of_site(site: SiteId) -> Vec<SavedView> {
    let phones = SavedView {
        id: ViewId(Uuid::max()),
        name: "Phones".into(),
        query: SessionQuery::newest(site).with(Filter::is(Dimension::Device, "phone")),
    };
    (site == SHOP).then_some(phones).into_iter().chain(StartingView::iter().map(|view| view.view(site))).collect()
}
