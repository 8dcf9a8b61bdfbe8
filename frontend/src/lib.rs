//! The WASM entry point: makes the pages that the server rendered interactive.

use wasm_bindgen::prelude::wasm_bindgen;

/// Takes over the document. Called once, by the script that the document brings along.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_lazy(app::app::App);
}
