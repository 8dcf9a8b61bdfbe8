//! Whether what is shown keeps itself up to date.

use leptos::prelude::*;

use crate::state::live::{Live, LiveState};

/// A dot with a word; empty until scripts run.
#[component]
pub(super) fn LiveBadge() -> impl IntoView {
    let live = expect_context::<Live>();
    let class = move || match live.state.get() {
        LiveState::Off => "live off",
        LiveState::Connecting => "live connecting",
        LiveState::Live => "live on",
        LiveState::Paused => "live paused",
        LiveState::Lost => "live lost",
    };
    let words = move || match live.state.get() {
        LiveState::Off => "",
        LiveState::Connecting => "Connecting",
        LiveState::Live => "Live",
        LiveState::Paused => "Paused",
        LiveState::Lost => "Not live",
    };
    let title = move || match live.state.get() {
        LiveState::Off => "",
        LiveState::Connecting => "Waiting for the server; until then reload to see what is new",
        LiveState::Live => "New sessions and changes appear by themselves",
        LiveState::Paused => "Goes on when this tab is in the foreground",
        LiveState::Lost => "The server did not answer; trying again. Nothing is lost; reload to see what is new",
    };
    view! {
        <span class=class role="status" title=title>
            <span class="live-dot" aria-hidden="true"></span>
            <span class="live-word">{words}</span>
        </span>
    }
}
