//! What stands between the dashboard and other sites: the content security policy, and who may send what.

mod headers;
mod host;
mod origin;

pub use headers::{document_policy, every_answer, page};
pub use host::require_loopback_host;
pub use origin::{OwnOrigin, refuse_foreign_writes};
