//! How failures of a server function's transport become an [`AppError`].

use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};

use super::json::TextJson;
use crate::models::error::AppError;

impl FromServerFnError for AppError {
    type Encoder = TextJson;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::Unreachable,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::Invalid("a part of it is missing or malformed".into())
            }
            _ => Self::Unavailable,
        }
    }
}
