//! The line that a site's pages load the tracker with.

use leptos::prelude::*;

use super::copy_button::CopyButton;
use crate::models::ids::SiteId;

/// The script tag, to copy.
#[component]
pub fn ScriptTag(
    /// Where pages load the tracker from.
    origin: String,
    /// The site.
    site: SiteId,
) -> impl IntoView {
    let tag = format!("<script defer src=\"{origin}/pulse.js\" data-site=\"{site}\"></script>");
    view! { <div class="snippet"><code>{tag.clone()}</code><CopyButton text=tag what="script tag"/></div> }
}
