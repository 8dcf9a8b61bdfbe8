//! Signing in: accounts, passwords, the cookie, and who may see pages.

mod attempts;
mod backend;
mod flow;
mod forms;
mod gate;
mod local_path;
mod passwords;
mod rules;
mod sessions;
mod set_up;
mod viewer;

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use app::services::Unavailable;
use rand::Rng;

use crate::{
    clock::Clock,
    store::{accounts::AccountStore, database::Database, login_sessions::LoginSessions},
};
use attempts::Attempts;
use backend::Backend;
pub use forms::router;
pub use gate::{demo_has_no_accounts, leave_account_pages, require_viewer};
pub use passwords::PasswordError;
pub use sessions::with_sessions;
use set_up::SetUpLink;
pub use viewer::Accounts;

/// Everything that signing in needs, one for the process.
#[derive(Clone, Debug)]
pub struct Auth(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    backend: Backend,
    sessions: LoginSessions,
    attempts: Attempts,
    set_up: SetUpLink,
    clock: Clock,
    /// Whether browsers reach Pulse over TLS alone.
    secure: bool,
    /// Once there is an account there always is one.
    has_account: AtomicBool,
}

impl Auth {
    /// Over this database. `secure`: the cookie is sent over TLS alone.
    pub fn new(db: Database, clock: Clock, secure: bool) -> Self {
        Self(Arc::new(Inner {
            backend: Backend::new(AccountStore::new(db.clone())),
            sessions: LoginSessions::new(db, clock.clone()),
            attempts: Attempts::default(),
            set_up: SetUpLink::new(rand::rng().random()),
            clock,
            secure,
            has_account: AtomicBool::new(false),
        }))
    }

    /// Whether somebody can sign in at all.
    ///
    /// # Errors
    /// The database did not answer; the cause has been logged.
    pub async fn has_account(&self) -> Result<bool, Unavailable> {
        if self.0.has_account.load(Ordering::Relaxed) {
            return Ok(true);
        }
        let any = self.0.backend.accounts().any().await.map_err(unavailable("accounts could not be read"))?;
        self.0.has_account.store(any, Ordering::Relaxed);
        Ok(any)
    }

    /// Path and query of the link that makes the first account, `None` once that was made.
    pub fn set_up_path(&self) -> Option<String> {
        self.0.set_up.path()
    }
}

/// Logs the cause once and leaves what may be shown.
fn unavailable<E: std::fmt::Display>(what: &'static str) -> impl FnOnce(E) -> Unavailable {
    move |cause| {
        tracing::error!(%cause, "{what}");
        Unavailable
    }
}
