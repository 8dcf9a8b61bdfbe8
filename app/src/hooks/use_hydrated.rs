use leptos::prelude::*;

/// Whether scripts run here: false on the server and at hydration, true right after.
pub fn use_hydrated() -> ReadSignal<bool> {
    let (hydrated, set_hydrated) = signal(false);
    Effect::new(move |_| set_hydrated.set(true));
    hydrated
}
