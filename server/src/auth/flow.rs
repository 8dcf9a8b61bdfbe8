//! Signing in and setting up, step by step.

use app::models::account::SignInProblem;
use axum_login::AuthnBackend;

use super::{
    Auth,
    backend::{AuthSession, Credentials, SignedIn},
    passwords::Password,
    rules,
};

impl Auth {
    /// Signs in whoever has this name and password.
    pub(super) async fn sign_in(&self, session: AuthSession, typed: Credentials) -> Result<(), SignInProblem> {
        let attempt =
            self.0.attempts.begin(&typed.name, self.0.clock.now_ms()).map_err(|_| SignInProblem::TooManyAttempts)?;
        match self.0.backend.authenticate(typed).await {
            Ok(Some(account)) => {
                self.0.attempts.succeeded(attempt);
                begin_session(session, &account).await
            }
            Ok(None) => Err(SignInProblem::WrongPassword),
            Err(cause) => {
                self.0.attempts.withdraw(attempt);
                tracing::error!(%cause, "a sign-in could not be checked");
                Err(SignInProblem::Unavailable)
            }
        }
    }

    /// Makes the owner's account with the set-up link, and signs the owner in.
    pub(super) async fn set_up(
        &self,
        session: AuthSession,
        token: &str,
        typed: Credentials,
        again: &Password,
    ) -> Result<(), SignInProblem> {
        if !self.0.set_up.matches(token) {
            return Err(SignInProblem::SetUpLinkInvalid);
        }
        rules::check(&typed.name, &typed.password, again)?;
        let made = self.0.backend.create_owner(typed, self.0.clock.now_ms()).await.map_err(|cause| {
            tracing::error!(%cause, "the first account could not be made");
            SignInProblem::Unavailable
        })?;
        // Now there is an account, whoever made it: the link has done its work.
        self.0.set_up.use_up();
        let owner = made.ok_or(SignInProblem::SetUpLinkInvalid)?;
        begin_session(session, &owner).await
    }
}

/// The session gets a new id, so that one that was planted beforehand is worth nothing.
async fn begin_session(mut session: AuthSession, account: &SignedIn) -> Result<(), SignInProblem> {
    let begun = async {
        // axum-login renews the id of a session that nobody is signed in with; a planted one can be the thief's own.
        if session.user.is_some() {
            session.session.cycle_id().await?;
        }
        session.login(account).await
    };
    begun.await.map_err(|cause| {
        tracing::error!(%cause, "a login session could not be made");
        SignInProblem::Unavailable
    })
}
