//! What a site's settings say of how its sessions are shown.

use app::models::{ids::SiteId, session::Limits};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait};

use super::{Outstanding, Zone};
use crate::store::{entities::site, sites};

/// The settings of a site that decide what is seen of its sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rules {
    /// In which time zone.
    pub(crate) zone: Zone,
    /// When they are over.
    pub(crate) limits: Limits,
    /// When they are outstanding.
    pub(crate) outstanding: Outstanding,
}

impl Rules {
    /// Those of a site.
    pub(crate) fn of(site: &site::Model) -> Self {
        Self { zone: Zone::of(site), limits: sites::session_limits(site), outstanding: Outstanding::of(site) }
    }

    /// Those of the site with this id; the usual ones when there is none.
    pub(crate) async fn read(db: &impl ConnectionTrait, site: SiteId) -> Result<Self, DbErr> {
        let row = site::Entity::find_by_id(site.0).one(db).await?;
        let usual = Self { zone: Zone::UTC, limits: Limits::default(), outstanding: Outstanding::default() };
        Ok(row.as_ref().map_or(usual, Self::of))
    }
}
