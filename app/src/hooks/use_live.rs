use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{EventSource, MessageEvent};

use super::use_document_hidden;
use crate::{
    models::{ids::SiteId, live::LiveUpdate},
    state::live::{Live, LiveState},
};

/// How long to wait before the next attempt after the server refused. After a lost connection the browser tries again
/// by itself.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(10);

/// The live stream of a site: [`LiveState::Off`] on the server and at hydration. It opens once a page has said when it
/// was answered ([`Live::answered_at`]), closes while the tab is hidden, and opens again with what was seen last.
pub fn use_live(site: Memo<Option<SiteId>>) -> Live {
    let live = Live::provide();
    let hidden = use_document_hidden();
    let answered = Memo::new(move |_| live.since.with(Option::is_some));
    let attempt = RwSignal::new(0_u32);
    // The effect owns the stream, as the value that its next run gets: a stored value would be dropped on the server
    // too, where cleaning up is any thread's work.
    Effect::new(move |earlier: Option<Option<Stream>>| {
        drop(earlier);
        attempt.track();
        let site = site.get().filter(|_| answered.get())?;
        if hidden.get() {
            live.state.set(LiveState::Paused);
            return None;
        }
        live.state.set(LiveState::Connecting);
        Stream::open(site, live, move || {
            set_timeout(
                move || {
                    // The page may be gone by now, and its signals with it.
                    let _ = attempt.try_update(|attempt| *attempt += 1);
                },
                TRY_AGAIN_AFTER,
            );
        })
    });
    live
}

/// An open stream with its listeners; closes when dropped.
struct Stream {
    source: EventSource,
    _on_open: Closure<dyn FnMut()>,
    _on_sessions: Closure<dyn FnMut(MessageEvent)>,
    _on_reset: Closure<dyn FnMut()>,
    _on_error: Closure<dyn FnMut()>,
}

impl Stream {
    fn open(site: SiteId, live: Live, refused: impl Fn() + 'static) -> Option<Self> {
        let since = live.since.get_untracked().unwrap_or_default();
        let source = EventSource::new(&format!("/sites/{site}/live?since={since}")).ok()?;
        let on_open = Closure::new(move || live.state.set(LiveState::Live));
        let on_sessions = Closure::new(move |event: MessageEvent| {
            if let Some(update) = read(&event) {
                live.take(update);
            }
        });
        let on_reset = Closure::new(move || live.resets.update(|resets| *resets += 1));
        let failed = source.clone();
        let on_error = Closure::new(move || {
            if failed.ready_state() == EventSource::CLOSED {
                live.state.set(LiveState::Lost);
                refused();
            } else {
                live.state.set(LiveState::Connecting);
            }
        });
        source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        source.add_event_listener_with_callback("sessions", on_sessions.as_ref().unchecked_ref()).ok()?;
        source.add_event_listener_with_callback("reset", on_reset.as_ref().unchecked_ref()).ok()?;
        Some(Self { source, _on_open: on_open, _on_sessions: on_sessions, _on_reset: on_reset, _on_error: on_error })
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.set_onopen(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}

fn read(event: &MessageEvent) -> Option<LiveUpdate> {
    let text = event.data().as_string()?;
    match serde_json::from_str(&text) {
        Ok(update) => Some(update),
        Err(error) => {
            leptos::logging::warn!("Pulse could not read a live update; reload the page. {error}");
            None
        }
    }
}
