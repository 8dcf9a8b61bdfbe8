//! What has arrived for a site: joins what the database counts with what collection remembers, for the page about the
//! installation.

use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
};

use app::{
    models::{
        intake::{Caller, Intake, OutcomeCount, Refusal},
        outcome::Outcome,
        site::Site,
    },
    services::{Intakes, Unavailable},
};
use async_trait::async_trait;
use axum::extract::ConnectInfo;
use http::request::Parts;
use sea_orm::DbErr;

use crate::{
    clock::Clock,
    collect::{Senders, client},
    refusals::{Refusals, Remembered},
    store::{
        database::Database,
        entities::outcome_count,
        outcomes::{self, NO_SITE},
        reading::{self, Zone},
    },
};

/// Hours in the longer of the two stretches that are counted, and in the shorter.
const WEEK: i32 = 7 * 24;
const DAY: i32 = 24;

/// Says what has arrived.
pub struct IntakeReports {
    db: Database,
    clock: Clock,
    senders: Senders,
    refusals: Refusals,
}

impl IntakeReports {
    /// Over this database and what collection remembers.
    pub fn new(db: Database, clock: Clock, senders: Senders, refusals: Refusals) -> Self {
        Self { db, clock, senders, refusals }
    }

    async fn read(&self, site: Site, caller: Caller) -> Result<Intake, DbErr> {
        let now_ms = self.clock.now_ms();
        let zone = Zone::named(&site);
        let hour = outcomes::hour_of(now_ms);
        let counts = outcomes::since(&self.db, site.id, hour - WEEK + 1).await?;
        let of_no_site = outcomes::since(&self.db, NO_SITE, hour - WEEK + 1).await?;
        let counted =
            |rows: Vec<outcome_count::Model>| summed(rows.iter().map(|row| (&*row.outcome, row.hour, row.count)), hour);
        let last_received = reading::last_received(self.db.reader(), site.id).await?;
        let shown = |one: Remembered| Refusal {
            at: zone.local(one.at),
            times: one.times,
            what: one.refused.what,
            reason: one.refused.reason,
            host: one.refused.host,
        };
        Ok(Intake {
            now_ms,
            last_received: last_received.map(|at| zone.local(at)),
            counts: counted(counts),
            of_no_site: counted(of_no_site),
            refusals: self.refusals.of(site.id).into_iter().map(shown).collect(),
            remembered_since: zone.local(self.refusals.began_at()),
            caller,
            site,
        })
    }

    fn caller(&self, request: &Parts) -> Option<Caller> {
        let peer = request.extensions.get::<ConnectInfo<SocketAddr>>()?.0.ip();
        let (headers, trusted) = (&request.headers, &self.senders.trusted_proxies);
        let address: IpAddr = client::client_address(peer, headers, trusted);
        Some(Caller {
            address: address.to_string(),
            hop: client::hop(peer, headers, trusted),
            country: self.senders.countries.of(address),
            countries_known: self.senders.countries.is_open(),
        })
    }
}

#[async_trait]
impl Intakes for IntakeReports {
    async fn intake(&self, site: Site, request: &Parts) -> Result<Intake, Unavailable> {
        let caller = self.caller(request).ok_or(Unavailable)?;
        self.read(site, caller).await.map_err(|error| {
            tracing::error!(%error, "what has arrived could not be read");
            Unavailable
        })
    }
}

/// Adds up the hours, by outcome. Names that a newer version counted are left out.
fn summed<'a>(rows: impl Iterator<Item = (&'a str, i32, i64)>, this_hour: i32) -> Vec<OutcomeCount> {
    let mut sums: BTreeMap<Outcome, (u64, u64)> = BTreeMap::new();
    for (name, hour, count) in rows {
        let Ok(outcome) = name.parse() else { continue };
        let count = u64::try_from(count).unwrap_or_default();
        let (day, week) = sums.entry(outcome).or_default();
        *week = week.saturating_add(count);
        if this_hour.saturating_sub(hour) < DAY {
            *day = day.saturating_add(count);
        }
    }
    sums.into_iter().map(|(outcome, (day, week))| OutcomeCount { outcome, day, week }).collect()
}

#[cfg(test)]
mod tests {
    use app::models::outcome::Reason;

    use super::*;

    #[test]
    fn hours_are_added_up_by_outcome() {
        let rows = [("too_late", 100, 2), ("stored", 100, 5), ("stored", 77, 7), ("stored", 76, 1), ("lost", 100, 9)];
        let count = |outcome, day, week| OutcomeCount { outcome, day, week };
        let expected = [count(Outcome::Stored, 12, 13), count(Outcome::Refused(Reason::TooLate), 2, 2)];
        assert_eq!(summed(rows.into_iter(), 100), expected);
    }
}
