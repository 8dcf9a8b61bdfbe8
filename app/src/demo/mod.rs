//! Canned data behind the functions of [`crate::api`], for the static demo. Rich on purpose: every state, every kind
//! of event, long gaps, hostile text.

mod data;
pub mod export;
mod goals;
pub mod intake;
pub mod kept;
pub mod live;
pub mod path_rules;
mod script;
pub mod sessions;
pub mod site;
pub mod tabs;
mod views;

/// Where the server would redirect from `/`.
pub fn open_first_page() {
    let window = leptos::prelude::window();
    if window.location().pathname().is_ok_and(|path| path == "/")
        && let Ok(history) = window.history()
    {
        // Without history the router shows its page for unknown addresses, which links here again.
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some("/sites/1/sessions"));
    }
}
