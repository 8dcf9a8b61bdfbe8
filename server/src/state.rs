//! What every request can reach, built once.

use std::sync::Arc;

use app::services::{Installation, Services};
use axum::extract::FromRef;
use leptos::config::LeptosOptions;

use crate::{
    assets,
    auth::{Accounts, Auth},
    care::StoredSessions,
    changes::Changes,
    clock::Clock,
    collect::Senders,
    config::{Access, PublicUrl},
    goals::StoredGoals,
    intake::IntakeReports,
    path_rules::StoredRules,
    refusals::Refusals,
    reports::{SessionReports, SiteReports, export::Tickets},
    shutdown::Shutdown,
    store::database::Database,
    views::StoredViews,
};

/// Facts about this installation, known once its listeners are open.
#[derive(Clone, Debug)]
pub struct Place {
    /// Who may look.
    pub access: Access,
    /// The origin of the dashboard and of the tracker.
    pub public_url: PublicUrl,
    /// The address of the demo site, when it is served.
    pub demo_site: Option<PublicUrl>,
}

/// What every request can reach. Clones share.
#[derive(Clone)]
pub struct AppState {
    /// The database.
    pub db: Database,
    /// The clock.
    pub clock: Clock,
    /// News of stored changes.
    pub changes: Changes,
    /// What was refused lately.
    pub refusals: Refusals,
    /// Files on their way.
    pub tickets: Tickets,
    /// The end.
    pub shutdown: Shutdown,
    /// Facts about this installation.
    pub place: Place,
    /// Sign-in.
    pub auth: Auth,
    /// The ports of the application.
    pub services: Services,
    /// Leptos asks for it; nothing in it is used, as the assets are our own.
    pub leptos: LeptosOptions,
}

impl AppState {
    /// Puts everything together.
    pub fn new(db: Database, clock: Clock, place: Place, senders: Senders) -> Self {
        let refusals = Refusals::since(clock.now_ms());
        let intakes = IntakeReports::new(db.clone(), clock.clone(), senders, refusals.clone());
        let auth = Auth::new(db.clone(), clock.clone(), place.public_url.is_https());
        let tickets = Tickets::default();
        let changes = Changes::default();
        let care = StoredSessions::new(db.clone(), clock.clone(), changes.clone());
        Self {
            services: services(&db, &clock, &place, &auth, care, intakes, tickets.clone()),
            auth,
            leptos: LeptosOptions::builder().output_name("app").build(),
            changes,
            refusals,
            tickets,
            shutdown: Shutdown::default(),
            db,
            clock,
            place,
        }
    }
}

impl AppState {
    /// Whether the dashboard asks for a password.
    pub fn asks_who_you_are(&self) -> bool {
        self.place.access == Access::Accounts
    }
}

fn services(
    db: &Database,
    clock: &Clock,
    place: &Place,
    auth: &Auth,
    care: StoredSessions,
    intakes: IntakeReports,
    tickets: Tickets,
) -> Services {
    let reports = Arc::new(SessionReports::new(db.clone(), clock.clone()));
    Services {
        sessions: reports.clone(),
        tabs: reports,
        sites: Arc::new(SiteReports::new(db.clone(), place.public_url.host())),
        views: Arc::new(StoredViews::new(db.clone(), clock.clone())),
        goals: Arc::new(StoredGoals::new(db.clone(), clock.clone())),
        grouping: Arc::new(StoredRules::new(db.clone(), clock.clone())),
        care: Arc::new(care),
        intakes: Arc::new(intakes),
        exports: Arc::new(tickets),
        accounts: Arc::new(Accounts::new(place.access, auth.clone())),
        installation: Arc::new(Installation {
            assets: assets::paths(),
            origin: place.public_url.to_string(),
            demo_site: place.demo_site.as_ref().map(PublicUrl::to_string),
            demo_mode: place.access == Access::Demo,
        }),
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}
