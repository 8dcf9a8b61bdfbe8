//! The sites of the demo: one with sessions, one that waits for its first.

pub use crate::models::site::Frame;
use crate::models::{
    account::Viewer,
    error::AppError,
    ids::{AccountId, SiteId},
    site::Site,
    timeline::Usual,
};

/// The site whose sessions are canned.
pub(super) const SHOP: SiteId = SiteId(1);

/// Both sites.
pub(super) fn sites() -> Vec<Site> {
    [(SHOP, "shop.example"), (SiteId(2), "new.example")]
        .map(|(id, name)| Site { id, name: name.into(), time_zone: "Europe/Berlin".into() })
        .into()
}

/// What is usual for a page of the shop; most are looked at too seldom to tell.
pub(super) fn usual(path: &str) -> Option<Usual> {
    let (views, median_active_ms) = match path {
        "/" => (412, 20_400),
        "/pricing" => (288, 38_600),
        "/checkout" => (64, 48_200),
        "/docs" => (131, 95_000),
        _ => return None,
    };
    Some(Usual { views, median_active_ms })
}

/// The frame of somebody who is signed in.
pub async fn load_frame() -> Result<Frame, AppError> {
    Ok(Frame {
        viewer: Viewer::Account { id: AccountId(1), name: "demo".into() },
        sites: sites(),
        demo_site: Some("/demo".into()),
        tracker_origin: "https://pulse.example".into(),
    })
}

/// One site.
pub async fn load_site(id: SiteId) -> Result<Site, AppError> {
    sites().into_iter().find(|site| site.id == id).ok_or(AppError::NotFound)
}
