//! The live stream of the demo: the session that goes on goes on.

use std::time::Duration;

use leptos::prelude::*;

use super::data;
use crate::{
    models::{ids::SiteId, live::LiveUpdate, session::SessionState},
    state::live::{Live, LiveState},
};

/// How often something happens.
const BEAT: Duration = Duration::from_secs(5);

/// A stream of canned updates with the signature of the real one.
pub fn use_live(_site: Memo<Option<SiteId>>) -> Live {
    let live = Live::provide();
    Effect::new(move |_| {
        live.state.set(LiveState::Live);
        let beat = set_interval_with_handle(
            move || {
                data::go_on(BEAT.as_secs());
                let going_on = data::all()
                    .into_iter()
                    .map(|detail| detail.session)
                    .filter(|session| session.state == SessionState::Now);
                live.take(LiveUpdate { now_ms: data::now_ms(), sessions: going_on.collect() });
            },
            BEAT,
        );
        on_cleanup(move || {
            if let Ok(beat) = beat {
                beat.clear();
            }
        });
    });
    live
}
