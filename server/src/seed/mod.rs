//! Believable sessions by the million, for looking around, for measurements and for tests: `pulse seed`. The same seed
//! and end give the same rows, ids included. Rows go into the database as the writer's do, past collection.

use std::collections::BTreeSet;

use app::models::{goal::Aim, ids::SiteId, session::Limits, view::ViewName};
use rand::{SeedableRng, rngs::StdRng};

use crate::store::{database::Database, goals, ingest::Changeset};
use builders::Rows;
use rhythm::Rhythm;
use visit::Visits;

pub mod builders;
mod rhythm;
mod shop;
mod visit;

/// Sessions in one transaction: some thousand rows.
const AT_ONCE: usize = 500;
/// After how many sessions the log says how far it is.
const TELL_EVERY: u64 = 100_000;

/// What to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The site.
    pub site: SiteId,
    /// How many sessions.
    pub sessions: u64,
    /// Over how many days.
    pub days: u32,
    /// About how many events a session has.
    pub events: u32,
    /// What the random numbers begin with.
    pub seed: u64,
    /// The moment that all of it lies before, in milliseconds since the epoch.
    pub end_ms: i64,
    /// When the site's sessions are over.
    pub limits: Limits,
    /// For how many days before the end there are machines: older ones would be forgotten at once.
    pub machine_days: u32,
}

/// What was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// Sessions.
    pub sessions: u64,
    /// Page views.
    pub page_views: u64,
    /// Events.
    pub events: u64,
}

/// The sessions of a plan in the order of their beginning, made as they are asked for.
pub fn sessions(plan: Plan) -> impl Iterator<Item = Rows> {
    let mut random = StdRng::seed_from_u64(plan.seed);
    let rhythm = Rhythm::of(plan.days, plan.end_ms);
    let visits = Visits::of(plan);
    (0..plan.sessions).map(move |at| {
        let start = rhythm.start(&mut random, at, plan.sessions);
        visits.one(&mut random, start)
    })
}

/// Makes the sessions of a plan and stores them, some hundred in a transaction.
///
/// # Errors
/// When the database fails; what was stored before then stays.
pub async fn fill(db: &Database, plan: Plan) -> anyhow::Result<Made> {
    let of_db = db.clone();
    let made = tokio::task::spawn_blocking(move || write(&of_db, plan)).await??;
    db.checkpoint().await?;
    Ok(made)
}

/// Makes the goals of the shop, where it has none of their names yet.
///
/// # Errors
/// When the database fails.
pub async fn make_goals(db: &Database, plan: Plan) -> anyhow::Result<()> {
    for (name, filter) in shop::goals() {
        let (Ok(name), Some(aim)) = (ViewName::parse(name), Aim::of(filter)) else { continue };
        goals::make(db, plan.site, &name, &aim, plan.end_ms).await?;
    }
    Ok(())
}

fn write(db: &Database, plan: Plan) -> anyhow::Result<Made> {
    let mut connection = db.ingest()?;
    let site = BTreeSet::from([plan.site.0]);
    let mut sessions = sessions(plan);
    let mut made = Made::default();
    loop {
        let changes: Changeset = sessions.by_ref().take(AT_ONCE).collect();
        if changes.sessions.is_empty() {
            return Ok(made);
        }
        let before = made.sessions / TELL_EVERY;
        made.sessions += counted(changes.sessions.len());
        made.page_views += counted(changes.page_views.len());
        made.events += counted(changes.events.len());
        let mut ingest = connection.begin(&site)?;
        ingest.save(changes)?;
        ingest.commit()?;
        if made.sessions / TELL_EVERY > before {
            tracing::info!(sessions = made.sessions, of = plan.sessions, "making sessions");
        }
    }
}

fn counted(rows: usize) -> u64 {
    u64::try_from(rows).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashSet};

    use app::models::{event::EventKind, sign};

    use super::*;

    const END: i64 = 1_790_000_000_000;
    const DAY: i64 = 24 * 60 * 60 * 1000;

    fn plan(seed: u64) -> Plan {
        Plan {
            site: SiteId(1),
            sessions: 3_000,
            days: 30,
            events: 10,
            seed,
            end_ms: END,
            limits: Limits::default(),
            machine_days: 7,
        }
    }

    fn rows(seed: u64) -> Vec<Rows> {
        sessions(plan(seed)).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_rows_and_another_gives_others() {
        let (first, again, other) = (rows(1), rows(1), rows(2));
        assert_eq!(format!("{first:?}"), format!("{again:?}"));
        let ids = |rows: &[Rows]| rows.iter().map(|rows| rows.session.id).collect::<HashSet<_>>();
        assert!(ids(&first).is_disjoint(&ids(&other)));
    }

    #[test]
    fn every_row_has_an_id_of_its_own_and_lies_in_the_days_that_were_asked_for() {
        let all = rows(1);
        assert_eq!(all.len(), 3_000);
        assert!(all.is_sorted_by_key(|rows| rows.session.started_at), "as they would have come");
        let mut ids = HashSet::new();
        for Rows { session, page_views, events, .. } in &all {
            assert!(session.started_at >= END - 30 * DAY && session.received_at <= END, "{session:?}");
            assert!(ids.insert(session.id), "{session:?}");
            for view in page_views {
                assert!(ids.insert(view.id) && (view.site, view.session) == (1, session.id));
                assert!(view.started_at + view.open_ms.unwrap_or_default() <= END, "{view:?}");
            }
            for event in events {
                assert!(ids.insert(event.id) && (event.site, event.session) == (1, session.id));
            }
        }
    }

    #[test]
    fn figures_are_those_of_the_rows() {
        for Rows { session, page_views, events, .. } in rows(1) {
            let number = |count: usize| i32::try_from(count).unwrap();
            let kinds: Vec<EventKind> = events.iter().map(|event| event.kind.parse().unwrap()).collect();
            let clicks = kinds.iter().filter(|kind| kind.is_click()).count();
            let unmeasured = page_views.iter().filter(|view| view.active_ms.is_none()).count();
            assert_eq!(
                [session.pages, session.events, session.clicks, session.unmeasured_pages],
                [page_views.len(), events.len(), clicks, unmeasured].map(number)
            );
            let active: i64 = page_views.iter().filter_map(|view| view.active_ms).sum();
            assert_eq!(session.active_ms.unwrap_or_default(), active);
            assert!(active <= session.duration_ms, "{session:?}");
            let opens: BTreeMap<_, _> = page_views.iter().map(|view| (view.id, view)).collect();
            for event in &events {
                let view = opens[&event.page_view];
                assert!(view.open_ms.is_none_or(|open| event.offset_ms <= open), "{event:?} on {view:?}");
            }
            let rage = kinds.iter().filter(|&&kind| kind == EventKind::RageClick).count();
            let told = sign::read(session.signs.as_deref().unwrap());
            let told = told.iter().find(|sign| sign.kind == sign::SignKind::RageClick);
            assert_eq!(told.map_or(0, |sign| sign.figure as usize), rage);
        }
    }

    #[test]
    fn there_is_something_of_everything() {
        let all = rows(1);
        let kinds: HashSet<&str> = all.iter().flat_map(|rows| &rows.events).map(|event| event.kind.as_str()).collect();
        for kind in [
            EventKind::Click,
            EventKind::Outbound,
            EventKind::Download,
            EventKind::FormStart,
            EventKind::Form,
            EventKind::Custom,
            EventKind::RageClick,
            EventKind::DeadClick,
            EventKind::Error,
            EventKind::NotFound,
        ] {
            assert!(kinds.contains(kind.to_string().as_str()), "{kind}");
        }
        let channels: HashSet<&str> = all.iter().map(|rows| rows.session.channel.as_str()).collect();
        assert!(channels.is_superset(&HashSet::from([
            "direct",
            "search",
            "campaign",
            "assistant",
            "social",
            "referral"
        ])));
        let machines: Vec<_> = all.iter().filter(|rows| rows.session.bot.is_some()).collect();
        assert!(!machines.is_empty());
        assert!(machines.iter().all(|rows| rows.session.started_at >= END - 7 * DAY), "older ones are forgotten");
        assert!(all.iter().any(|rows| rows.session.campaign_name.is_some()));
        assert!(all.iter().any(|rows| !rows.references.is_empty()));
        assert!(all.iter().any(|rows| rows.session.pages == 1) && all.iter().any(|rows| rows.session.pages >= 6));
        let events = all.iter().map(|rows| rows.events.len()).sum::<usize>() / all.len();
        assert!((6..=14).contains(&events), "about ten events a session: {events}");
    }
}
