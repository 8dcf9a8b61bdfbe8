use leptos::{ev, prelude::*};

/// What is closed around a place.
const CLOSED: &str = "details:not([open])";

/// Opens what is folded around the place that the address names (`#event-12`), once the page is there and whenever the
/// address names another: not every browser does so by itself. Nothing on the server.
pub fn use_unfolded_target() {
    Effect::new(move |_| {
        unfold();
        let listener = window_event_listener(ev::hashchange, move |_| unfold());
        on_cleanup(move || listener.remove());
    });
}

fn unfold() {
    let hash = window().location().hash().unwrap_or_default();
    let Some(place) = hash.strip_prefix('#').and_then(|id| document().get_element_by_id(id)) else { return };
    let mut was_closed = false;
    while let Some(details) = place.closest(CLOSED).ok().flatten() {
        if details.set_attribute("open", "").is_err() {
            return;
        }
        was_closed = true;
    }
    if was_closed {
        place.scroll_into_view();
    }
}
