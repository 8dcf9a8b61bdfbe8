//! Short labels: where a session stands and what is unusual about it. Shape and word beside colour.

use leptos::prelude::*;

use crate::models::session::{Session, SessionState};

/// Whether a session goes on; nothing once it is over.
#[component]
pub fn StateBadge(
    /// Where it stands.
    state: SessionState,
) -> impl IntoView {
    match state {
        SessionState::Now => {
            view! { <span class="badge now" title="Something arrived within the last 5 minutes">"Now"</span> }
                .into_any()
        }
        SessionState::Open => {
            view! { <span class="badge open" title="Not over: it goes on with the next sign of life">"Open"</span> }
                .into_any()
        }
        SessionState::Closed => ().into_any(),
    }
}

/// What is unusual about a session, in words.
#[component]
pub fn Signs(
    /// The session.
    session: Session,
) -> impl IntoView {
    let several = session.overlapping.then(|| {
        view! {
            <span class="sign" title="Pages were visible at the same time without one leading to the other">
                <span class="sign-shape" aria-hidden="true">"◇"</span>" perhaps several people"
            </span>
        }
    });
    let machine = session.bot.map(|reason| {
        view! {
            <span class="sign suspicious"><span class="sign-shape" aria-hidden="true">"◆"</span>" machine: "{reason}</span>
        }
    });
    view! { {several}{machine} }
}
