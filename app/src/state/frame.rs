//! What the frame of every page knows, loaded once and read by whoever needs it.

use leptos::prelude::*;

use crate::{
    api::site::{Frame, load_frame},
    models::{error::AppError, ids::SiteId, site::Site},
};

/// The frame's data, in the context of every page of a site.
#[derive(Clone, Copy)]
pub struct FrameData(pub Resource<Result<Frame, AppError>>);

/// Begins to load the frame and makes it known to the pages below.
pub fn provide_frame() -> FrameData {
    let data = FrameData(Resource::new(|| (), |()| load_frame()));
    provide_context(data);
    data
}

/// The site with this id among those that the viewer may see.
pub fn site_in(frame: &Frame, id: SiteId) -> Option<&Site> {
    frame.sites.iter().find(|site| site.id == id)
}
