//! Who may see pages. Server functions and streams do not pass here: they answer 401 themselves.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};

use super::{Auth, backend::AuthSession, local_path::LocalPath};
use crate::error::Failure;

/// The set-up page as whoever comes without the link sees it: it says who prints the link.
const WHERE_THE_LINK_IS: &str = "/setup?problem=set_up_link_invalid";

/// Sends whoever is not signed in to the page for it, which brings them back; and to the set-up page while there is
/// no account.
pub async fn require_viewer(State(auth): State<Auth>, request: Request, next: Next) -> Response {
    if is_signed_in(&request) {
        return next.run(request).await;
    }
    match auth.has_account().await {
        Ok(true) => Redirect::to(&sign_in_path(&request)).into_response(),
        Ok(false) => Redirect::to(WHERE_THE_LINK_IS).into_response(),
        Err(_) => Failure::Unavailable.into_response(),
    }
}

/// Whoever is signed in needs neither sign-in nor set-up; without an account there is no sign-in, with one no set-up.
pub async fn leave_account_pages(State(auth): State<Auth>, request: Request, next: Next) -> Response {
    if is_signed_in(&request) {
        return Redirect::to("/").into_response();
    }
    let sets_up = request.uri().path() == "/setup";
    match auth.has_account().await {
        Ok(true) if sets_up => Redirect::to("/login").into_response(),
        Ok(false) if !sets_up || request.uri().query().is_none() => Redirect::to(WHERE_THE_LINK_IS).into_response(),
        Ok(_) => next.run(request).await,
        Err(_) => Failure::Unavailable.into_response(),
    }
}

/// In demo mode nobody signs in.
pub async fn demo_has_no_accounts() -> Redirect {
    Redirect::to("/")
}

fn is_signed_in(request: &Request) -> bool {
    request.extensions().get::<AuthSession>().is_some_and(|session| session.user.is_some())
}

fn sign_in_path(request: &Request) -> String {
    let wanted = request.uri().path_and_query().and_then(|path| LocalPath::parse(path.as_str()));
    match wanted.filter(|path| path.as_str() != "/") {
        Some(path) => format!("/login?next={}", path.encoded()),
        None => "/login".to_owned(),
    }
}
