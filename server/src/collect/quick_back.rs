//! Quick backs: page views that were left at once for the page before. The tracker tells none; they follow from the
//! page views of a session.

use std::collections::HashMap;

use app::models::event::EventKind;
use uuid::Uuid;

use crate::store::entities::{event, page_view};

/// A page that was left for the one before within this time was not what the visitor looked for. Ours: nobody who shows
/// quick backs says from when on. Half of the ten seconds below which a visit is a bounce.
const QUICK_BACK_MS: i64 = 5_000;

/// How long after its beginning each quick back of a session was left, in milliseconds.
pub(super) fn find<'a>(views: impl Iterator<Item = &'a page_view::Model>) -> HashMap<Uuid, i64> {
    let mut in_order: Vec<&page_view::Model> = views.collect();
    in_order.sort_by_key(|view| (view.started_at, view.id));
    let quick_back = |views: &[&page_view::Model]| match *views {
        [before, view, after] => {
            let is_return = before.path == after.path && before.path != view.path;
            let offset = after.started_at.saturating_sub(view.started_at);
            (is_return && offset <= QUICK_BACK_MS).then_some((view.id, offset))
        }
        _ => None,
    };
    in_order.windows(3).filter_map(quick_back).collect()
}

/// Its event. It has the id of its page view, so that there is one at the most, whatever came first.
pub(super) fn row(view: &page_view::Model, offset_ms: i64) -> event::Model {
    event::Model {
        site: view.site,
        session: view.session,
        id: view.id,
        page_view: view.id,
        offset_ms,
        kind: EventKind::QuickBack.as_ref().to_owned(),
        name: None,
        target: None,
        props: None,
    }
}
