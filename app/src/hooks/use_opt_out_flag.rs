use leptos::prelude::*;

use super::storage::storage;

/// The name under which the tracker keeps a visitor's wish; `tracker/README.md` promises it.
const FLAG: &str = "pulseOptOut";

/// Whether this browser is marked as not to be recorded on this origin, and how to change that: false on the server and
/// at hydration, and where the browser keeps nothing.
pub fn use_opt_out_flag() -> (ReadSignal<bool>, Callback<bool>) {
    let (out, set_out) = signal(false);
    let look = move || storage().and_then(|storage| storage.get_item(FLAG).ok().flatten()).is_some();
    Effect::new(move |_| set_out.set(look()));
    let change = Callback::new(move |wanted: bool| {
        if let Some(storage) = storage() {
            // What is shown next is what the browser really keeps.
            let _ = if wanted { storage.set_item(FLAG, "opted out") } else { storage.remove_item(FLAG) };
        }
        set_out.set(look());
    });
    (out, change)
}
