//! The UI kit: data in, callbacks out.

pub mod badge;
pub mod chart;
pub mod copy_button;
pub mod country;
pub mod icon;
pub mod logo;
pub mod markup;
pub mod notice;
pub mod script_tag;
pub mod time;
