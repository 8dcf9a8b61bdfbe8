use leptos::prelude::window;

/// What this browser keeps for the origin, where it keeps anything. Only within effects and callbacks.
pub(super) fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
