//! What the owners of a site keep, for every tab.

use leptos::prelude::*;

use crate::{
    api::{kept::load_kept, refuse},
    models::{error::AppError, ids::SiteId, kept::Kept},
};

/// The views and goals of the site that the address names.
pub fn use_kept(site: Memo<Option<SiteId>>) -> Resource<Kept> {
    Resource::new(
        move || site.get(),
        |site| async move {
            let kept = match site {
                Some(site) => load_kept(site).await,
                None => Err(refuse(AppError::NotFound)),
            };
            kept.unwrap_or_else(|error| Kept::failed(&error))
        },
    )
}
