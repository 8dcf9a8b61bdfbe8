//! Passwords: argon2id, on threads of their own.

use std::sync::{Arc, LazyLock};

use argon2::{
    Argon2, PasswordHash, PasswordHasher, PasswordVerifier,
    password_hash::{self, Salt, SaltString},
};
use rand::RngCore;
use tokio::sync::Semaphore;

/// Each takes 19 MiB and tens of milliseconds of a core; more at once would let anybody exhaust the machine.
const AT_ONCE: usize = 2;

/// A password as somebody typed it. Never shown.
#[derive(Clone)]
pub(crate) struct Password(String);

impl Password {
    pub(crate) fn typed(text: String) -> Self {
        Self(text)
    }

    pub(crate) fn chars(&self) -> usize {
        self.0.chars().count()
    }

    pub(crate) fn is(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

/// A password could not be hashed or checked.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The stored hash is malformed, or the library refuses.
    #[error("hashing failed: {0}")]
    Hash(#[from] password_hash::Error),
    /// The thread ended early.
    #[error("the hashing thread ended early")]
    Thread(#[from] tokio::task::JoinError),
    /// The server is ending.
    #[error("the server is ending")]
    Closed(#[from] tokio::sync::AcquireError),
}

/// Hashes and checks passwords.
#[derive(Clone, Debug)]
pub(crate) struct Passwords {
    places: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { places: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Passwords {
    /// The hash to store, PHC string format, with a fresh salt.
    pub(crate) async fn hash(&self, password: Password) -> Result<String, PasswordError> {
        self.in_turn(move || hash_now(&password)).await
    }

    /// Whether this is the password of the account; `None` is an account that does not exist. That takes as long as
    /// a wrong password, so that the time of an answer tells nobody which names exist.
    pub(crate) async fn verify(&self, password: Password, stored: Option<String>) -> Result<bool, PasswordError> {
        self.in_turn(move || match stored {
            Some(stored) => verify_now(&password, &stored),
            None => verify_now(&password, NOBODYS.as_deref().unwrap_or_default()).map(|_| false),
        })
        .await
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let place = Arc::clone(&self.places).acquire_owned().await?;
        tokio::task::spawn_blocking(move || {
            let result = work();
            drop(place);
            result
        })
        .await?
    }
}

/// A hash with the parameters of every other, of a password that nobody can type.
static NOBODYS: LazyLock<Option<String>> = LazyLock::new(|| hash_now(&Password(String::new())).ok());

fn hash_now(password: &Password) -> Result<String, PasswordError> {
    let mut salt = [0; Salt::RECOMMENDED_LENGTH];
    rand::rng().fill_bytes(&mut salt);
    let salt = SaltString::encode_b64(&salt)?;
    Ok(Argon2::default().hash_password(password.0.as_bytes(), &salt)?.to_string())
}

fn verify_now(password: &Password, stored: &str) -> Result<bool, PasswordError> {
    match Argon2::default().verify_password(password.0.as_bytes(), &PasswordHash::new(stored)?) {
        Ok(()) => Ok(true),
        Err(password_hash::Error::Password) => Ok(false),
        Err(cause) => Err(cause.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Password {
        Password::typed(text.into())
    }

    #[tokio::test]
    async fn only_the_same_password_passes() {
        let passwords = Passwords::default();
        let stored = passwords.hash(typed("correct horse")).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(passwords.verify(typed("correct horse"), Some(stored.clone())).await.unwrap());
        assert!(!passwords.verify(typed("correct Horse"), Some(stored)).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_has_no_password() {
        let passwords = Passwords::default();
        assert!(!passwords.verify(typed(""), None).await.unwrap());
        assert!(!passwords.verify(typed("guess"), None).await.unwrap());
    }

    #[tokio::test]
    async fn equal_passwords_have_different_hashes() {
        let passwords = Passwords::default();
        assert_ne!(passwords.hash(typed("twins")).await.unwrap(), passwords.hash(typed("twins")).await.unwrap());
    }
}
