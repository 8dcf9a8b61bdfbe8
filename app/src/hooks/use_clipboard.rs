use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsValue;

/// How long the button says what became of it.
const SAID_FOR: Duration = Duration::from_secs(2);

/// Where copying stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copying {
    /// Not possible here: on the server, at hydration, and where the browser has no clipboard (without HTTPS).
    Impossible,
    /// Possible.
    Ready,
    /// Done a moment ago.
    Copied,
    /// The browser refused.
    Refused,
}

/// The clipboard: where copying stands, and how to copy.
pub fn use_clipboard() -> (ReadSignal<Copying>, Callback<String>) {
    let (state, set_state) = signal(Copying::Impossible);
    Effect::new(move |_| {
        let clipboard = js_sys::Reflect::get(&window().navigator(), &JsValue::from_str("clipboard"));
        if clipboard.is_ok_and(|clipboard| clipboard.is_object()) {
            set_state.set(Copying::Ready);
        }
    });
    let copy = Callback::new(move |text: String| {
        spawn_local(async move {
            let written =
                wasm_bindgen_futures::JsFuture::from(window().navigator().clipboard().write_text(&text)).await;
            // The button may be gone by now, and its signal with it.
            let _ = set_state.try_set(if written.is_ok() { Copying::Copied } else { Copying::Refused });
            set_timeout(
                move || {
                    let _ = set_state.try_set(Copying::Ready);
                },
                SAID_FOR,
            );
        });
    });
    (state, copy)
}
