//! What a list selects as a file, `GET /sites/{site}/export`, and one session as a file, for whoever may see the site.
//! docs/export.md tells people.

use app::{
    format::read_query,
    models::{
        error::AppError,
        ids::{ExportTicket, SiteId},
        query::SessionQuery,
        site::Site,
    },
    services::{Services, Unavailable},
};
use axum::{
    Router,
    body::Body,
    extract::{Path, State, rejection::PathRejection},
    response::{IntoResponse, Response},
    routing::get,
};
use futures::stream;
use http::{
    header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    request::Parts,
};
use strum::{AsRefStr, EnumString};
use tokio_util::sync::CancellationToken;
use url::form_urlencoded;

use crate::{
    clock::Clock,
    error::Refusal,
    store::{database::Database, reading::Zone},
};
use cell::Format;
use walk::{Cut, Walk};

mod cell;
mod columns;
mod contents;
mod one;
mod progress;
mod walk;

pub use progress::Tickets;

/// What exports are made of.
#[derive(Clone)]
pub struct Export {
    /// The ports that the pages ask, so that figures agree; and who may see them.
    pub services: Services,
    /// Where what the list does not show is read.
    pub db: Database,
    /// What is now.
    pub clock: Clock,
    /// Where those that have a ticket tell how far they are.
    pub tickets: Tickets,
    /// Ends every export when the server stops.
    pub shutdown: CancellationToken,
}

/// What the rows are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, AsRefStr, EnumString)]
#[strum(serialize_all = "snake_case")]
enum Rows {
    /// Sessions.
    #[default]
    Sessions,
    /// Their page views and events.
    Events,
}

impl Rows {
    fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Sessions => &columns::SESSION,
            Self::Events => &columns::EVENT,
        }
    }
}

/// Which file is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Asked {
    format: Format,
    rows: Rows,
    ticket: Option<ExportTicket>,
}

/// The address of exports: `format` is `csv` or `jsonl`, `rows` is `sessions` or `events`, by `ticket` a page asks how far
/// one is, the other parameters are those of the list. That of one session's file lies under the session's own.
pub fn router(export: Export) -> Router {
    Router::new()
        .route("/sites/{site}/export", get(open))
        .route("/sites/{site}/sessions/{session}/export", get(one::open))
        .with_state(export)
}

async fn open(
    State(export): State<Export>,
    site: Result<Path<SiteId>, PathRejection>,
    request: Parts,
) -> Result<Response, Refusal> {
    if export.services.accounts.viewer(&request).await.is_none() {
        return Err(Refusal(AppError::NotSignedIn));
    }
    let Ok(Path(site)) = site else { return Err(Refusal(AppError::NotFound)) };
    let unavailable = |Unavailable| Refusal(AppError::Unavailable);
    let site = export.services.sites.get(site).await.map_err(unavailable)?.ok_or(Refusal(AppError::NotFound))?;
    let (asked, query) = read(site.id, request.uri.query().unwrap_or_default())
        .map_err(|names| Refusal(AppError::Invalid(format!("this part was not understood: {}", names.join(", ")))))?;
    let headers = [
        (CONTENT_TYPE, asked.format.content_type().to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file_name(asked, &site, export.clock.now_ms()))),
    ];
    let walk = Walk::begin(export, request, asked, &site, query).await.map_err(unavailable)?;
    let parts = stream::try_unfold(walk, |mut walk| async move {
        let part = walk.next().await?;
        Ok::<_, Cut>(part.map(|part| (part, walk)))
    });
    Ok((headers, Body::from_stream(parts)).into_response())
}

/// The file and the selection. A file does not say what was ignored as a page does, so nothing is: the error names what
/// was not understood.
fn read(site: SiteId, search: &str) -> Result<(Asked, SessionQuery), Vec<String>> {
    let params: Vec<_> = form_urlencoded::parse(search.as_bytes()).collect();
    let params: Vec<(&str, &str)> = params.iter().map(|(name, value)| (&**name, &**value)).collect();
    let (query, ignored) = read_query(site, &params);
    let mut names: Vec<String> = ignored.iter().map(|part| part.name().to_owned()).collect();
    let mut asked = Asked::default();
    for (name, value) in &params {
        let is_read = match &**name {
            "format" => value.parse::<Format>().map(|format| asked.format = format).is_ok(),
            "rows" => value.parse::<Rows>().map(|rows| asked.rows = rows).is_ok(),
            "ticket" => value.parse::<ExportTicket>().map(|ticket| asked.ticket = Some(ticket)).is_ok(),
            _ => true,
        };
        if !is_read {
            names.push(name.to_string());
        }
    }
    if names.is_empty() { Ok((asked, query)) } else { Err(names) }
}

/// `sessions-2026-11-25.csv`, by the site's calendar.
fn file_name(asked: Asked, site: &Site, now_ms: i64) -> String {
    let now = columns::rfc3339(Zone::named(site).local(now_ms));
    let day = now.split('T').next().unwrap_or_default();
    format!("{}-{day}.{}", asked.rows.as_ref(), asked.format.extension())
}

#[cfg(test)]
mod tests {
    use app::models::query::{Dimension, Filter};
    use rstest::rstest;

    use super::*;

    const SITE: SiteId = SiteId(1);

    #[test]
    fn what_is_not_said_is_a_table_of_the_newest_sessions() {
        assert_eq!(
            read(SITE, ""),
            Ok((Asked { format: Format::Csv, rows: Rows::Sessions, ticket: None }, SessionQuery::newest(SITE)))
        );
    }

    #[test]
    fn the_selection_is_that_of_the_list() {
        let (asked, query) = read(SITE, "format=jsonl&rows=events&country=Germany&utm_source=x").unwrap();
        assert_eq!(asked, Asked { format: Format::Jsonl, rows: Rows::Events, ticket: None });
        assert_eq!(query.filters, [Filter::is(Dimension::Country, "DE")]);
    }

    #[rstest]
    #[case("format=xlsx", "format")]
    #[case("rows=pages", "rows")]
    #[case("ticket=1", "ticket")]
    #[case("duration.more=long", "duration.more")]
    #[case("country=Germny", "country")]
    fn nothing_is_left_out_of_a_file_silently(#[case] search: &str, #[case] named: &str) {
        assert_eq!(read(SITE, search), Err(vec![named.to_owned()]));
    }

    #[test]
    fn a_file_is_named_by_its_rows_and_the_day_there() {
        let site = Site { id: SITE, name: "shop".into(), time_zone: "Asia/Kathmandu".into() };
        let evening = 1_774_000_800_000 + 9 * 3_600_000;
        let asked = Asked { format: Format::Jsonl, rows: Rows::Events, ticket: None };
        assert_eq!(file_name(asked, &site, evening), "events-2026-03-21.jsonl");
        assert_eq!(file_name(Asked::default(), &site, evening - 10 * 3_600_000), "sessions-2026-03-20.csv");
    }
}
