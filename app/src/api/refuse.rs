//! In the browser there is no answer to give a status to.

use crate::models::error::AppError;

/// The error as it is; on the server it also sets the status of the answer.
pub fn refuse(error: AppError) -> AppError {
    error
}
