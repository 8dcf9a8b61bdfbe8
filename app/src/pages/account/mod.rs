//! Signing in and setting up: plain forms that the server answers with a redirect. No scripts are needed.

mod card;
mod set_up;
mod sign_in;

pub use set_up::SetUpPage;
pub use sign_in::SignInPage;
