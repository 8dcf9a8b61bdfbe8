//! One viewer's stream: waits, looks, sends, until the server stops or the viewer may not watch any more.

use std::{convert::Infallible, time::Duration};

use axum::response::{
    IntoResponse, Response,
    sse::{Event, KeepAlive, Sse},
};
use futures::{StreamExt, stream};
use http::{HeaderValue, header::HeaderName, request::Parts};

use super::{
    Live,
    feed::{Feed, Message, News},
    wakes::Wakes,
};

/// How often it is asked whether the viewer is still signed in, in milliseconds.
const CHECK_VIEWER_MS: u64 = 30_000;
/// How often a comment keeps idle connections open on their way through proxies.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How soon a browser connects again.
const RETRY: Duration = Duration::from_secs(2);

/// One viewer who watches.
pub(super) struct Watch {
    live: Live,
    request: Parts,
    feed: Feed,
    wakes: Wakes,
    more: bool,
    viewer_checked_at: i64,
    failing: bool,
}

/// The watch as an answer.
pub(super) fn response(watch: Watch) -> Response {
    // An id and no data: nothing to show, but a stream that breaks before its first message goes on from here.
    let opening = Event::default().retry(RETRY).id(watch.feed.id().to_string());
    let events = stream::unfold(watch, |mut watch| async { watch.next().await.map(|event| (event, watch)) });
    let events = stream::once(async { opening }).chain(events).map(Ok::<_, Infallible>);
    let sse = Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    // nginx would hold messages back until its buffer is full.
    let unbuffered = (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    ([unbuffered], sse).into_response()
}

impl Watch {
    pub(super) fn new(live: Live, request: Parts, feed: Feed, wakes: Wakes) -> Self {
        let viewer_checked_at = live.clock.now_ms();
        // Whatever changed since the list was read is there to be sent.
        Self { live, request, feed, wakes, more: true, viewer_checked_at, failing: false }
    }

    async fn next(&mut self) -> Option<Event> {
        loop {
            self.wakes.next(self.more).await?;
            if !self.may_still_watch().await {
                return None;
            }
            let message = self.look().await;
            self.more = message.as_ref().is_some_and(|message| message.more);
            if let Some(message) = message {
                self.wakes.sent();
                return event(&message);
            }
        }
    }

    async fn may_still_watch(&mut self) -> bool {
        let now_ms = self.live.clock.now_ms();
        // In either direction: a clock that was set back must not keep a stream open.
        if now_ms.abs_diff(self.viewer_checked_at) < CHECK_VIEWER_MS {
            return true;
        }
        self.viewer_checked_at = now_ms;
        self.live.accounts.viewer(&self.request).await.is_some()
    }

    /// A database that fails for a while delays messages and loses none; the log says it once.
    async fn look(&mut self) -> Option<Message> {
        match self.feed.read(&self.live.db, self.live.clock.now_ms()).await {
            Ok(message) => {
                self.failing = false;
                message
            }
            Err(error) => {
                if !std::mem::replace(&mut self.failing, true) {
                    tracing::error!(%error, "a live stream could not be read");
                }
                None
            }
        }
    }
}

/// `None`, which ends the stream, should a message have no text form.
fn event(message: &Message) -> Option<Event> {
    let (name, update) = match &message.news {
        News::Sessions(update) => ("sessions", update),
        News::Reset(update) => ("reset", update),
    };
    match Event::default().event(name).id(message.id.to_string()).json_data(update) {
        Ok(event) => Some(event),
        Err(error) => {
            tracing::error!(%error, "a live message could not be written");
            None
        }
    }
}
