//! How the session layer finds accounts and checks passwords.

use std::fmt;

use app::models::ids::AccountId;
use axum_login::{AuthUser, AuthnBackend};
use sea_orm::DbErr;

use super::passwords::{Password, PasswordError, Passwords};
use crate::store::accounts::{Account, AccountStore};

/// The session of a request, as axum-login keeps it in the request's extensions.
pub(super) type AuthSession = axum_login::AuthSession<Backend>;

/// Somebody who signed in.
#[derive(Clone)]
pub(super) struct SignedIn {
    pub(super) id: AccountId,
    pub(super) name: String,
    /// Changes with the password, so that a new password ends every session. A hash of the stored hash: session data
    /// must not lead to it.
    fingerprint: [u8; 32],
}

impl From<Account> for SignedIn {
    fn from(account: Account) -> Self {
        let fingerprint = blake3::derive_key("pulse login session 2026", account.password_hash.as_bytes());
        Self { id: account.id, name: account.name, fingerprint }
    }
}

impl fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedIn").field("id", &self.id).finish_non_exhaustive()
    }
}

impl AuthUser for SignedIn {
    type Id = i32;

    fn id(&self) -> i32 {
        self.id.0
    }

    fn session_auth_hash(&self) -> &[u8] {
        &self.fingerprint
    }
}

/// What somebody typed.
#[derive(Clone)]
pub(super) struct Credentials {
    pub(super) name: String,
    pub(super) password: Password,
}

/// Why nobody could be found or checked.
#[derive(Debug, thiserror::Error)]
pub(super) enum BackendError {
    #[error(transparent)]
    Database(#[from] DbErr),
    #[error(transparent)]
    Password(#[from] PasswordError),
}

/// Accounts and their passwords.
#[derive(Clone, Debug)]
pub(super) struct Backend {
    accounts: AccountStore,
    passwords: Passwords,
}

impl Backend {
    pub(super) fn new(accounts: AccountStore) -> Self {
        Self { accounts, passwords: Passwords::default() }
    }

    pub(super) fn accounts(&self) -> &AccountStore {
        &self.accounts
    }

    /// Makes the owner's account, `None` if there is an account already.
    pub(super) async fn create_owner(&self, typed: Credentials, now_ms: i64) -> Result<Option<SignedIn>, BackendError> {
        let hash = self.passwords.hash(typed.password).await?;
        Ok(self.accounts.create_first(typed.name, hash, now_ms).await?.map(SignedIn::from))
    }
}

impl AuthnBackend for Backend {
    type User = SignedIn;
    type Credentials = Credentials;
    type Error = BackendError;

    async fn authenticate(&self, typed: Credentials) -> Result<Option<SignedIn>, BackendError> {
        let account = self.accounts.by_name(&typed.name).await?;
        let stored = account.as_ref().map(|account| account.password_hash.clone());
        let is_right = self.passwords.verify(typed.password, stored).await?;
        Ok(account.filter(|_| is_right).map(SignedIn::from))
    }

    async fn get_user(&self, id: &i32) -> Result<Option<SignedIn>, BackendError> {
        Ok(self.accounts.by_id(AccountId(*id)).await?.map(SignedIn::from))
    }
}
