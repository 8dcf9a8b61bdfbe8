//! The forms: plain HTML posts, answered with a redirect, so that they work without scripts.

use app::models::account::SignInProblem;
use axum::{
    Form, Router,
    extract::{Extension, State},
    response::Redirect,
    routing::post,
};
use serde::Deserialize;

use super::{
    Auth,
    backend::{AuthSession, Credentials},
    local_path::LocalPath,
    passwords::Password,
};

/// `POST /auth/login`, `/auth/setup` and `/auth/logout`. Needs the session layer around it.
pub fn router(auth: &Auth) -> Router {
    Router::new()
        .route("/auth/login", post(sign_in))
        .route("/auth/setup", post(set_up))
        .route("/auth/logout", post(sign_out))
        .with_state(auth.clone())
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SignInForm {
    name: String,
    password: String,
    next: String,
}

async fn sign_in(
    State(auth): State<Auth>,
    Extension(session): Extension<AuthSession>,
    Form(form): Form<SignInForm>,
) -> Redirect {
    let next = LocalPath::parse(&form.next);
    match auth.sign_in(session, credentials(&form.name, form.password)).await {
        Ok(()) => Redirect::to(next.as_ref().map_or("/", LocalPath::as_str)),
        Err(problem) => {
            let next = next.map(|next| format!("&next={}", next.encoded())).unwrap_or_default();
            Redirect::to(&format!("/login?problem={}{next}", problem.as_ref()))
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SetUpForm {
    token: String,
    name: String,
    password: String,
    password_again: String,
}

async fn set_up(
    State(auth): State<Auth>,
    Extension(session): Extension<AuthSession>,
    Form(form): Form<SetUpForm>,
) -> Redirect {
    let typed = credentials(&form.name, form.password);
    match auth.set_up(session, &form.token, typed, &Password::typed(form.password_again)).await {
        Ok(()) => Redirect::to("/"),
        Err(problem @ SignInProblem::SetUpLinkInvalid) => Redirect::to(&format!("/setup?problem={}", problem.as_ref())),
        // The token was right, so it is digits that can stand in an address.
        Err(problem) => Redirect::to(&format!("/setup?problem={}&token={}", problem.as_ref(), form.token)),
    }
}

async fn sign_out(Extension(mut session): Extension<AuthSession>) -> Redirect {
    match session.logout().await {
        Ok(_) => Redirect::to("/login"),
        Err(cause) => {
            tracing::error!(%cause, "a login session could not be ended");
            Redirect::to(&format!("/login?problem={}", SignInProblem::Unavailable.as_ref()))
        }
    }
}

fn credentials(name: &str, password: String) -> Credentials {
    Credentials { name: name.trim().to_owned(), password: Password::typed(password) }
}
