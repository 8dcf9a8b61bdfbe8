//! Who sent a request, as the application asks.

use app::{models::account::Viewer, services};
use async_trait::async_trait;
use http::request::Parts;

use super::backend::AuthSession;
use crate::config::Access;

/// Answers from the session that the layer found; knows nobody where the layer does not stand.
#[derive(Clone, Copy, Debug)]
pub struct Accounts(pub Access);

#[async_trait]
impl services::Accounts for Accounts {
    async fn viewer(&self, request: &Parts) -> Option<Viewer> {
        match self.0 {
            Access::Demo => Some(Viewer::Demo),
            Access::Accounts => {
                let signed_in = request.extensions.get::<AuthSession>()?.user.as_ref()?;
                Some(Viewer::Account { id: signed_in.id, name: signed_in.name.clone() })
            }
        }
    }
}
