//! Browser hooks, one a file. Each says what it gives on the server and at hydration: nothing that the browser alone
//! knows may decide what is rendered first.

mod follow_link;
mod use_at_top;
mod use_clipboard;
mod use_density;
mod use_document_hidden;
mod use_hydrated;
mod use_kept;
mod use_keys;
#[cfg(not(feature = "csr"))]
mod use_live;
mod use_opt_out;
mod use_single_keys;
mod use_theme;
mod use_unfolded_target;

#[cfg(feature = "csr")]
pub use crate::demo::live::use_live;
pub use follow_link::follow_link;
pub use use_at_top::use_at_top;
pub use use_clipboard::{Copying, use_clipboard};
pub use use_density::{Density, use_density};
pub use use_document_hidden::use_document_hidden;
pub use use_hydrated::use_hydrated;
pub use use_keys::use_keys;
#[cfg(not(feature = "csr"))]
pub use use_live::use_live;
pub use use_opt_out::use_opt_out;
pub use use_single_keys::{SingleKeys, use_single_keys};
pub use use_theme::{Theme, use_theme};
pub use use_unfolded_target::use_unfolded_target;
