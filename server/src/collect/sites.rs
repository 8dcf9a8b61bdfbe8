//! What collection needs to know of the sites, at hand.

use std::collections::HashMap;

use app::models::ids::SiteId;
use sea_orm::DbErr;
use tokio::sync::RwLock;

use super::admit::SiteRules;
use crate::store::{database::Database, entities::site, sites};

/// How long a site's rules may be behind, in milliseconds.
const FRESH_MS: i64 = 10_000;

/// The rules of all sites, read again when they are older than ten seconds.
pub struct SiteBook {
    db: Database,
    read: RwLock<Option<(i64, HashMap<SiteId, SiteRules>)>>,
}

impl SiteBook {
    /// Nothing read yet.
    pub fn new(db: Database) -> Self {
        Self { db, read: RwLock::new(None) }
    }

    /// The rules of a site, `None` if there is no such site.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn get(&self, id: SiteId, now: i64) -> Result<Option<SiteRules>, DbErr> {
        let is_fresh = |at: i64| (0..FRESH_MS).contains(&now.saturating_sub(at));
        if let Some((at, rules)) = &*self.read.read().await
            && is_fresh(*at)
        {
            return Ok(rules.get(&id).cloned());
        }
        let mut read = self.read.write().await;
        if !read.as_ref().is_some_and(|(at, _)| is_fresh(*at)) {
            let rows = sites::all(&self.db).await?;
            *read = Some((now, rows.iter().map(|row| (SiteId(row.id), rules(row))).collect()));
        }
        Ok(read.as_ref().and_then(|(_, rules)| rules.get(&id).cloned()))
    }
}

fn rules(row: &site::Model) -> SiteRules {
    SiteRules {
        id: SiteId(row.id),
        hosts: sites::hosts(&row.hosts).collect(),
        passed_referrers: sites::hosts(&row.passed_referrers).collect(),
        spam_referrers: sites::hosts(&row.spam_referrers).collect(),
        limits: sites::session_limits(row),
    }
}
