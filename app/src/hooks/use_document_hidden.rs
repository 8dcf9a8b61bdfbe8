use leptos::{ev, prelude::*};

/// Whether the tab is in the background: false on the server and at hydration.
pub fn use_document_hidden() -> ReadSignal<bool> {
    let (hidden, set_hidden) = signal(false);
    Effect::new(move |_| {
        set_hidden.set(document().hidden());
        // The event is the document's, but it bubbles to the window.
        let listener = window_event_listener(ev::visibilitychange, move |_| set_hidden.set(document().hidden()));
        on_cleanup(move || listener.remove());
    });
    hidden
}
