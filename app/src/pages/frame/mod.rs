//! What stands around every page of a site: header, footer, and the live stream that the pages share.

mod footer;
mod header;
mod live_state;
mod theme_button;

use leptos::prelude::*;
use leptos_router::components::Outlet;

use self::{footer::Footer, header::Header};
use crate::{
    components::chart::pattern::Hatchings,
    hooks::{use_density, use_live},
    state::{frame::provide_frame, route::use_site_id, way_back::WayBack},
};

/// The frame of a site's pages.
#[component]
pub fn SiteFrame() -> impl IntoView {
    let site = use_site_id();
    let frame = provide_frame();
    use_live(site);
    WayBack::provide();
    // Here, so that it is known already when a page comes anew.
    use_density();
    view! {
        // The router would move the page but not the focus: this link is the browser's.
        <a class="skip-link" href="#content" rel="external">"Skip to content"</a>
        <Hatchings/>
        <Header frame site/>
        <main id="content" class="content" tabindex="-1"><Outlet/></main>
        <Footer/>
    }
}
