use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// Whether this browser asks not to be recorded (Global Privacy Control, Do Not Track): false on the server and at
/// hydration.
pub fn use_opt_out() -> ReadSignal<bool> {
    let (opt_out, set_opt_out) = signal(false);
    Effect::new(move |_| {
        let navigator = window().navigator();
        // Neither is in every browser's navigator, so that they are looked up instead of called.
        let ask = |name: &str| js_sys::Reflect::get(&navigator, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED);
        let privacy_control = ask("globalPrivacyControl").as_bool() == Some(true);
        let do_not_track = ask("doNotTrack").as_string().as_deref() == Some("1");
        set_opt_out.set(privacy_control || do_not_track);
    });
    opt_out
}
