use leptos::{ev, prelude::*};

/// How far from its beginning a page still counts as being there, in pixels.
const NEAR: f64 = 8.0;

/// Whether the window shows the beginning of the page: true on the server and at hydration.
pub fn use_at_top() -> ReadSignal<bool> {
    let (at_top, set_at_top) = signal(true);
    Effect::new(move |_| {
        let look = move || {
            let now = window().scroll_y().is_ok_and(|y| y <= NEAR);
            if at_top.get_untracked() != now {
                set_at_top.set(now);
            }
        };
        look();
        let listener = window_event_listener(ev::scroll, move |_| look());
        on_cleanup(move || listener.remove());
    });
    at_top
}
