//! What has arrived in the demo.

use super::{
    data,
    site::{SHOP, load_site},
};
use crate::models::{
    error::AppError,
    event::EventKind,
    ids::SiteId,
    intake::{Caller, Hop, Intake, OutcomeCount, Refusal},
    outcome::{MessageKind, Outcome, Reason},
    time::LocalTime,
};

const MINUTE_MS: i64 = 60_000;

fn ago(minutes: i64) -> LocalTime {
    LocalTime { ms: data::now_ms() - minutes * MINUTE_MS, offset_s: 3600 }
}

/// The shop has traffic and a forgotten host; nothing has come for the other.
pub async fn load_intake(site: SiteId) -> Result<Intake, AppError> {
    let site = load_site(site).await?;
    let busy = site.id == SHOP;
    let count = |outcome, day, week| OutcomeCount { outcome, day, week };
    let refusal = |minutes, times, what, reason, host: &str| Refusal {
        at: ago(minutes),
        times,
        what,
        reason,
        host: Some(host.to_owned()),
    };
    Ok(Intake {
        now_ms: data::now_ms(),
        site,
        last_received: busy.then(|| ago(2)),
        counts: if busy {
            vec![
                count(Outcome::Stored, 4_902, 31_077),
                count(Outcome::Duplicate, 12, 96),
                count(Outcome::Refused(Reason::HostNotAllowed), 7, 7),
                count(Outcome::Refused(Reason::TooLate), 0, 3),
            ]
        } else {
            Vec::new()
        },
        of_no_site: vec![count(Outcome::Refused(Reason::UnknownSite), 4, 4)],
        refusals: if busy {
            vec![
                refusal(4, 6, MessageKind::PageView, Reason::HostNotAllowed, "staging.shop.example"),
                refusal(5, 1, MessageKind::Event(EventKind::Click), Reason::HostNotAllowed, "staging.shop.example"),
                refusal(70, 3, MessageKind::Time, Reason::TooLate, "shop.example"),
            ]
        } else {
            Vec::new()
        },
        remembered_since: ago(3_000),
        caller: Caller {
            address: "203.0.113.9".into(),
            hop: Hop::Forwarded,
            country: "DE".parse().ok(),
            countries_known: true,
        },
    })
}
