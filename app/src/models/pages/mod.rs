//! The pages of a site, as the selected sessions used them.

mod report;
mod table;

pub use report::{ACTIVE_BARS, Beside, BesideRow, Element, PageReport, PageShown, Top, active_bar, scroll_bar};
pub(super) use table::millionths;
pub use table::{PageRow, PageSort, PageTable, PagesShown, READ_FROM};
