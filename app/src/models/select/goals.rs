//! Which sessions reach a goal, and when.

use crate::models::{goal::Aim, timeline::SessionDetail};

/// How long after its start the session reached the aim, in milliseconds; `None` if it did not.
pub fn reached_by(detail: &SessionDetail, aim: &Aim) -> Option<u64> {
    let pages = detail.pages().filter(|page| aim.is_page(&page.path)).map(|page| page.at.ms);
    let events = detail.events().filter(|event| aim.is_event(event)).map(|event| event.at.ms);
    let first = pages.chain(events).min()?;
    Some(u64::try_from(first.saturating_sub(detail.session.started.ms)).unwrap_or_default())
}
