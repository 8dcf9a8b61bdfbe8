use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// Where a key is a letter, or chooses.
const TYPED_INTO: &str = "input, select, textarea, [contenteditable]:not([contenteditable='false'])";

/// Hears every key of the page that is not typed into a field and has neither Ctrl, Alt nor Meta with it; `pressed`
/// says whether it did something with the key. Nothing on the server and before hydration.
pub fn use_keys(pressed: impl Fn(&KeyboardEvent) -> bool + Copy + 'static) {
    Effect::new(move |_| {
        let listener = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
            if is_free(&event) && pressed(&event) {
                // The field that the key leads to does not get it as a letter.
                event.prevent_default();
            }
        });
        on_cleanup(move || listener.remove());
    });
}

/// Whether the key means nothing else.
fn is_free(event: &KeyboardEvent) -> bool {
    let is_modified = event.ctrl_key() || event.alt_key() || event.meta_key();
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let is_typed = target.is_some_and(|target| target.closest(TYPED_INTO).ok().flatten().is_some());
    !(is_modified || is_typed || event.is_composing() || event.default_prevented())
}
