//! The tables as SeaORM sees them, one file a table. Plain rows: what they mean is in `app::models`.
#![allow(missing_docs, reason = "the derives make undocumented items of every column")]

pub mod account;
pub mod deleted_session;
pub mod dismissed_view;
pub mod erased_day;
pub mod event;
pub mod goal;
pub mod login_session;
pub mod open_page_view;
pub mod open_session;
pub mod outcome_count;
pub mod page_sketch;
pub mod page_view;
pub mod path_rule;
pub mod salt;
pub mod saved_view;
pub mod session;
pub mod session_reference;
pub mod session_sketch;
pub mod site;
