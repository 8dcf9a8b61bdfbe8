//! The cookie, and how long it lasts.

use axum::{
    Router,
    extract::{Request, State},
    middleware::{Next, from_fn_with_state},
    response::Response,
};
use axum_login::{
    AuthManagerLayer, AuthManagerLayerBuilder,
    tower_sessions::{
        Expiry, Session, SessionManagerLayer,
        cookie::{SameSite, time::Duration},
    },
};

use super::{Auth, backend::Backend};
use crate::store::login_sessions::{INACTIVITY_MS, LoginSessions};

const COOKIE: &str = "pulse_login";
/// Over TLS the name itself makes browsers refuse a cookie that another host of the same domain planted.
const TLS_COOKIE: &str = "__Host-pulse_login";
/// The key of the moment at which the 30 days began anew.
const RENEWED_AT: &str = "renewed_at";
/// A session is renewed at most this often: each renewal writes to the database.
const RENEW_AFTER_MS: i64 = 24 * 60 * 60 * 1000;

/// Gives each request its session, and whoever signed in.
pub fn with_sessions(auth: &Auth, routes: Router) -> Router {
    routes.layer(from_fn_with_state(auth.clone(), renew)).layer(manager(auth))
}

fn manager(auth: &Auth) -> AuthManagerLayer<Backend, LoginSessions> {
    let sessions = SessionManagerLayer::new(auth.0.sessions.clone())
        .with_name(if auth.0.secure { TLS_COOKIE } else { COOKIE })
        .with_http_only(true)
        // Lax, not Strict: a link to a session in somebody's mail opens without a second sign-in.
        .with_same_site(SameSite::Lax)
        .with_secure(auth.0.secure)
        .with_expiry(Expiry::OnInactivity(Duration::milliseconds(INACTIVITY_MS)));
    AuthManagerLayerBuilder::new(auth.0.backend.clone(), sessions).build()
}

/// Lets the 30 days begin anew, once a day.
async fn renew(State(auth): State<Auth>, request: Request, next: Next) -> Response {
    let session = request.extensions().get::<Session>().filter(|session| session.id().is_some()).cloned();
    if let Some(session) = session {
        let now = auth.0.clock.now_ms();
        let renewed_at = session.get::<i64>(RENEWED_AT).await.ok().flatten();
        if renewed_at.is_none_or(|at| now - at >= RENEW_AFTER_MS) {
            // What fails here fails again, and is logged, where the session is saved.
            let _ = session.insert(RENEWED_AT, now).await;
        }
    }
    next.run(request).await
}
