//! Who looks at the dashboard.

use serde::{Deserialize, Serialize};
use strum::{AsRefStr, EnumString};

use super::ids::AccountId;

/// Somebody who may look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Viewer {
    /// Demo mode: whoever reaches the loopback address.
    Demo,
    /// Somebody who signed in.
    Account {
        /// The account.
        id: AccountId,
        /// Its name.
        name: String,
    },
}

/// What can go wrong on the sign-in and set-up pages; travels as `?problem=` so that the forms work without scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, AsRefStr, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum SignInProblem {
    /// No account has this name and password.
    WrongPassword,
    /// Too many attempts within a short time.
    TooManyAttempts,
    /// The set-up link is wrong, used up, or from before a restart.
    SetUpLinkInvalid,
    /// The name is empty or too long.
    NameInvalid,
    /// The password is shorter than 10 characters or longer than 200.
    PasswordInvalid,
    /// The two passwords differ.
    PasswordsDiffer,
    /// Something on the server failed.
    Unavailable,
}
