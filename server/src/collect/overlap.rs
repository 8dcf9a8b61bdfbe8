//! Page views of one session that cannot be one person's.

use super::view_record::ViewRecord;

/// Two starts are each known to a second or so; a shorter overlap of two page views says nothing.
const OVERLAP_FROM_MS: i64 = 2_000;

/// Whether two page views were in the foreground at once and the later was not reached from the session: two people
/// behind one address with the same browser.
pub(super) fn any(views: &[&ViewRecord]) -> bool {
    let mut shown_until = i64::MIN;
    for (at, later) in views.iter().enumerate() {
        // Most page views begin when the ones before are out of sight; they need no look at each of them.
        let may_overlap = shown_until.saturating_sub(later.row.started_at) >= OVERLAP_FROM_MS;
        if may_overlap
            && !later.reached_from_within()
            && views.iter().take(at).any(|earlier| shown_together(earlier, later))
        {
            return true;
        }
        shown_until = later.visible().map(|(_, to)| to).fold(shown_until, i64::max);
    }
    false
}

fn shown_together(a: &ViewRecord, b: &ViewRecord) -> bool {
    a.visible().any(|(from, to)| b.visible().any(|(f, t)| to.min(t).saturating_sub(from.max(f)) >= OVERLAP_FROM_MS))
}
