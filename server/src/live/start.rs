//! From where a stream goes on.

use http::HeaderMap;
use serde::Deserialize;

/// The parameters of the address.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    since: Option<String>,
}

/// From where a stream goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// From now.
    Now,
    /// From what changed at this moment, in milliseconds since the epoch.
    Since(i64),
}

/// The given moment is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} must be a time in milliseconds")]
pub(super) struct NotAMoment(&'static str);

impl Start {
    /// What the browser got last is newer than what the page's address says.
    pub(super) fn of(headers: &HeaderMap, asked: &Asked) -> Result<Self, NotAMoment> {
        if let Some(id) = headers.get("last-event-id").filter(|id| !id.is_empty()) {
            return id.to_str().ok().and_then(moment).ok_or(NotAMoment("Last-Event-ID"));
        }
        asked.since.as_deref().map_or(Ok(Self::Now), |since| moment(since).ok_or(NotAMoment("since")))
    }
}

fn moment(text: &str) -> Option<Start> {
    text.parse().ok().filter(|&ms: &i64| ms >= 0).map(Start::Since)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::a_first_connection_without_a_list(None, None, Ok(Start::Now))]
    #[case::a_first_connection(None, Some("1700000000000"), Ok(Start::Since(1_700_000_000_000)))]
    #[case::a_reconnection(Some("1700000005000"), Some("1700000000000"), Ok(Start::Since(1_700_000_005_000)))]
    #[case::a_browser_that_got_nothing_yet(Some(""), Some("1700000000000"), Ok(Start::Since(1_700_000_000_000)))]
    #[case::words(None, Some("yesterday"), Err(NotAMoment("since")))]
    #[case::before_the_epoch(Some("-1"), None, Err(NotAMoment("Last-Event-ID")))]
    #[case::beyond_numbers(Some("99999999999999999999"), None, Err(NotAMoment("Last-Event-ID")))]
    fn a_stream_goes_on_from(
        #[case] last_event_id: Option<&'static str>,
        #[case] since: Option<&str>,
        #[case] start: Result<Start, NotAMoment>,
    ) {
        let headers = last_event_id
            .map(|id| {
                HeaderMap::from_iter([(http::HeaderName::from_static("last-event-id"), HeaderValue::from_static(id))])
            })
            .unwrap_or_default();
        assert_eq!(Start::of(&headers, &Asked { since: since.map(Into::into) }), start);
    }
}
