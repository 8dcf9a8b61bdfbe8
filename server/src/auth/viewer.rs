//! Who sent a request, as the application asks.

use app::{models::account::Viewer, services};
use async_trait::async_trait;
use axum_login::{
    AuthUser, AuthnBackend,
    tower_sessions::{Session, SessionStore},
};
use http::request::Parts;

use super::{
    Auth,
    backend::{AuthSession, SignedIn},
};
use crate::config::Access;

/// Answers from the session that the layer found; knows nobody where the layer does not stand.
#[derive(Clone, Debug)]
pub struct Accounts {
    access: Access,
    auth: Auth,
}

impl Accounts {
    /// Asked by whom `access` lets in.
    pub fn new(access: Access, auth: Auth) -> Self {
        Self { access, auth }
    }

    /// The request's own session says for good who began the request. A stream asks again an hour later, so that the
    /// tables decide: whoever signed out or changed the password meanwhile is nobody.
    async fn signed_in(&self, request: &Parts) -> Option<SignedIn> {
        let began = request.extensions.get::<AuthSession>()?.user.as_ref()?;
        let session = request.extensions.get::<Session>()?.id()?;
        self.auth.0.sessions.load(&session).await.ok()??;
        let now = self.auth.0.backend.get_user(&began.id()).await.ok()??;
        (now.session_auth_hash() == began.session_auth_hash()).then_some(now)
    }
}

#[async_trait]
impl services::Accounts for Accounts {
    async fn viewer(&self, request: &Parts) -> Option<Viewer> {
        match self.access {
            Access::Demo => Some(Viewer::Demo),
            Access::Accounts => {
                let signed_in = self.signed_in(request).await?;
                Some(Viewer::Account { id: signed_in.id, name: signed_in.name })
            }
        }
    }
}
