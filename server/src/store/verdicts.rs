//! What owners say of a session: that it is a machine's, or that it is none.

use app::models::{
    care::Verdict,
    ids::{SessionId, SiteId},
};
use sea_orm::{DbErr, EntityTrait, Set};

use super::{database::Database, entities::session, erasure, session_time::day_of};

/// Why a session is taken for a machine's whose owner says so.
pub const BY_HAND: &str = "marked by hand";

/// Notes what the owner says of a session at `now_ms`. Collection leaves it as it is, whatever arrives afterwards.
/// `false`: the site has no such session.
///
/// # Errors
/// When the database fails; then the session stays as it was.
pub async fn set(db: &Database, site: SiteId, id: SessionId, verdict: Verdict, now_ms: i64) -> Result<bool, DbErr> {
    // The site's lock: a message that arrives meanwhile would write the row back as it was.
    let tx = db.begin_on(site.0).await?;
    let Some(row) = session::Entity::find_by_id((site.0, id.0)).one(&*tx).await? else { return Ok(false) };
    let bot = match verdict {
        Verdict::Machine => Some(row.bot.clone().unwrap_or_else(|| BY_HAND.to_owned())),
        Verdict::Person => None,
    };
    let is_known = row.verdict_by_hand && row.bot == bot;
    if !is_known {
        let changed_at = now_ms.max(row.changed_at.saturating_add(1));
        let mut judged: session::ActiveModel = row.into();
        judged.bot = Set(bot);
        judged.verdict_by_hand = Set(true);
        judged.changed_at = Set(changed_at);
        session::Entity::update(judged).exec(&*tx).await?;
        erasure::note_day(&*tx, site, day_of(id.0)).await?;
    }
    tx.commit().await?;
    Ok(true)
}
