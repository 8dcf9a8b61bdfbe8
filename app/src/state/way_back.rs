//! From where in their lists sessions were opened, so that a list stands as it stood when somebody comes back to it. Kept
//! in memory alone: another document begins anew.

use leptos::{
    ev::{self, MouseEvent},
    prelude::*,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};

use crate::models::query::SessionQuery;

/// How many lists are kept.
const MOST: usize = 20;

/// A list as it stood when a session was opened from it.
#[derive(Clone)]
struct Left {
    /// Which page of which list.
    list: SessionQuery,
    /// Where the link of the session's row leads.
    href: String,
    /// Where that link was in the window, in pixels from its top.
    link_y: f64,
    /// Where the window was on the page, in pixels from its top.
    window_y: f64,
}

/// The lists that sessions were opened from, in the context of every page of a site. Empty on the server and at hydration.
#[derive(Clone, Copy)]
pub struct WayBack {
    /// The latest first, each page of a list once.
    left: StoredValue<Vec<Left>>,
    /// Whether the latest way was one back: by the browser's buttons, or by a link that says so.
    goes_back: StoredValue<bool>,
}

impl WayBack {
    /// Nothing is kept yet; made known to the pages below.
    pub fn provide() {
        let way = Self { left: StoredValue::new(Vec::new()), goes_back: StoredValue::new(false) };
        Effect::new(move |_| {
            let travels = window_event_listener(ev::popstate, move |_| way.goes_back.set_value(true));
            let follows = window_event_listener(ev::click, move |event| way.goes_back.set_value(is_back(&event)));
            on_cleanup(move || {
                travels.remove();
                follows.remove();
            });
        });
        provide_context(way);
    }

    /// A session is opened from a page of a list, by the link of its row.
    pub fn leave(self, list: SessionQuery, link: &Element) {
        let left = Left {
            list,
            href: link.get_attribute("href").unwrap_or_default(),
            link_y: link.get_bounding_client_rect().top(),
            window_y: window().scroll_y().unwrap_or_default(),
        };
        self.left.update_value(|all| {
            all.retain(|other| other.list != left.list);
            all.insert(0, left);
            all.truncate(MOST);
        });
    }

    /// The page of a list that a session was opened from last; its top where none was.
    pub fn page_of(self, top: &SessionQuery) -> SessionQuery {
        let is_of_it = |left: &&Left| left.list.at_top() == *top;
        let page = self.left.with_value(|all| all.iter().find(is_of_it).map(|left| left.list.clone()));
        page.unwrap_or_else(|| top.clone())
    }

    /// Has a page of a list stand as it stood, if somebody came back to it. In effects alone, once its rows are known.
    pub fn stand_again(self, list: &SessionQuery) {
        let left = self.left.with_value(|all| all.iter().find(|left| left.list == *list).cloned());
        let Some(left) = left else { return };
        // By then the rows are drawn, and the click that led here was heard: the router hears it first.
        request_animation_frame(move || {
            if self.goes_back.try_get_value() == Some(true) {
                left.stand_again();
            }
        });
    }
}

impl Left {
    /// The row that was opened stands where it stood, whatever came above it meanwhile, and has the focus.
    fn stand_again(&self) {
        let link = document().query_selector(&format!(".row-link[href=\"{}\"]", self.href)).ok().flatten();
        let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) else {
            window().scroll_to_with_x_and_y(0.0, self.window_y);
            return;
        };
        window().scroll_by_with_x_and_y(0.0, link.get_bounding_client_rect().top() - self.link_y);
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = link.focus_with_options(&options);
    }
}

/// Whether a click is on a link that leads back to where somebody came from.
fn is_back(click: &MouseEvent) -> bool {
    let target = click.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest(".back").ok().flatten().is_some())
}
