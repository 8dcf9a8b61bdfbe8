use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Follows the first link that a selector finds, as a click does; false where there is none. In event handlers alone.
pub fn follow_link(selector: &str) -> bool {
    let link = document().query_selector(selector).ok().flatten();
    link.and_then(|link| link.dyn_into::<HtmlElement>().ok()).map(|link| link.click()).is_some()
}
