//! One session as a file: `GET /sites/{site}/sessions/{session}/export`. The names here are told to people in
//! docs/export.md and are kept: what is new gets a name of its own.

use app::{
    models::{
        error::AppError,
        event::Props,
        ids::{SessionId, SiteId},
        session::Session,
        source::{Campaign, Source},
        span::{Attention, Stretch},
        timeline::{PageTime, SessionDetail, TimelineEvent, TimelinePage, Unmeasured},
    },
    services::Unavailable,
};
use axum::{
    extract::{Path, State, rejection::PathRejection},
    response::{IntoResponse, Response},
};
use http::{
    header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    request::Parts,
};
use serde::Serialize;

use super::{
    Export,
    cell::Object,
    columns::{self, Origin, rfc3339},
};
use crate::error::Refusal;

/// Answers with the file.
pub(super) async fn open(
    State(export): State<Export>,
    session: Result<Path<(SiteId, SessionId)>, PathRejection>,
    request: Parts,
) -> Result<Response, Refusal> {
    if export.services.accounts.viewer(&request).await.is_none() {
        return Err(Refusal(AppError::NotSignedIn));
    }
    let Ok(Path((site, id))) = session else { return Err(Refusal(AppError::NotFound)) };
    let unavailable = |Unavailable| Refusal(AppError::Unavailable);
    let detail = export.services.sessions.detail(site, id).await.map_err(unavailable)?;
    let detail = detail.ok_or(Refusal(AppError::NotFound))?;
    let headers = [
        (CONTENT_TYPE, "application/json".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"session-{id}.json\"")),
    ];
    let text = written(&detail).map_err(|error| {
        tracing::error!(%error, "a session could not be written as a file");
        Refusal(AppError::Unavailable)
    })?;
    Ok((headers, text).into_response())
}

/// The file's text, a line for each value.
fn written(detail: &SessionDetail) -> serde_json::Result<String> {
    let SessionDetail { session, referrer, campaign, references, .. } = detail;
    let origin = Origin { referrer: referrer.clone(), campaign: campaign.name.clone() };
    let cells = columns::session(session, origin);
    let file = File {
        session: Object { columns: &columns::SESSION, cells: &cells },
        overlapping: session.overlapping,
        campaign: campaign.into(),
        references: references.iter().map(ToString::to_string).collect(),
        page_views: detail.pages().map(|page| page_view(session, page)).collect(),
    };
    Ok(serde_json::to_string_pretty(&file)? + "\n")
}

#[derive(Serialize)]
struct File<'a> {
    /// As in a line of `rows=sessions`.
    session: Object<'a>,
    overlapping: bool,
    campaign: OfCampaign<'a>,
    references: Vec<String>,
    page_views: Vec<OfPage<'a>>,
}

#[derive(Serialize)]
struct OfCampaign<'a> {
    source: Option<&'a str>,
    medium: Option<&'a str>,
    name: Option<&'a str>,
    term: Option<&'a str>,
    content: Option<&'a str>,
}

impl<'a> From<&'a Campaign> for OfCampaign<'a> {
    fn from(campaign: &'a Campaign) -> Self {
        let Campaign { source, medium, name, term, content } = campaign;
        Self {
            source: source.as_deref(),
            medium: medium.as_deref(),
            name: name.as_deref(),
            term: term.as_deref(),
            content: content.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct OfPage<'a> {
    id: String,
    number: u32,
    returns_to: Option<u32>,
    at: String,
    host: &'a str,
    path: &'a str,
    title: Option<&'a str>,
    /// Of the session, or of this page view where that is another.
    channel: &'a str,
    source: &'a str,
    open_ms: Option<u64>,
    visible_ms: Option<u64>,
    active_ms: Option<u64>,
    /// Why there are no times.
    not_measured: Option<&'static str>,
    stretches: Vec<OfStretch>,
    scroll: Option<u8>,
    state: &'a str,
    events: Vec<OfEvent<'a>>,
}

#[derive(Serialize)]
struct OfStretch {
    from_ms: u64,
    to_ms: u64,
    attention: &'static str,
}

#[derive(Serialize)]
struct OfEvent<'a> {
    id: String,
    at: String,
    offset_ms: u64,
    kind: &'a str,
    name: Option<&'a str>,
    target: Option<&'a str>,
    props: &'a Props,
}

fn page_view<'a>(session: &'a Session, page: &'a TimelinePage) -> OfPage<'a> {
    let Source { channel, name } = page.arrived_from.as_ref().map_or(&session.source, |arrival| &arrival.source);
    let (open_ms, visible_ms, active_ms, not_measured) = match page.time {
        PageTime::Measured { open_ms, visible_ms, active_ms } => {
            (Some(open_ms), Some(visible_ms), Some(active_ms), None)
        }
        PageTime::NotMeasured(why) => (None, None, None, Some(reason(why))),
    };
    OfPage {
        id: page.id.to_string(),
        number: page.number,
        returns_to: page.returns_to,
        at: rfc3339(page.at),
        host: &page.host,
        path: &page.path,
        title: page.title.as_deref(),
        channel: channel.as_ref(),
        source: name,
        open_ms,
        visible_ms,
        active_ms,
        not_measured,
        stretches: page.spans.stretches(open_ms.unwrap_or_default()).map(stretch).collect(),
        scroll: page.scroll,
        state: page.state.as_ref(),
        events: page.events.iter().map(event).collect(),
    }
}

fn stretch(stretch: Stretch) -> OfStretch {
    let attention = match stretch.attention {
        Attention::Active => "active",
        Attention::Idle => "idle",
        Attention::Hidden => "hidden",
    };
    OfStretch { from_ms: stretch.from, to_ms: stretch.to, attention }
}

fn event(event: &TimelineEvent) -> OfEvent<'_> {
    OfEvent {
        id: event.id.map(|id| id.to_string()).unwrap_or_default(),
        at: rfc3339(event.at),
        offset_ms: event.offset_ms,
        kind: event.kind.as_ref(),
        name: event.name.as_deref(),
        target: event.target.as_deref(),
        props: &event.props,
    }
}

fn reason(why: Unmeasured) -> &'static str {
    match why {
        Unmeasured::NotYet => "not_yet",
        Unmeasured::LeftWithoutAWord => "left_without_a_word",
    }
}
