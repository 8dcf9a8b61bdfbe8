//! The typed models that the server and the browser share: plain data, parsing, arithmetic.
//!
//! Nothing here knows Leptos views, the database or HTTP, so that every rule can be tested as a plain function.

pub mod account;
mod as_text;
pub mod attended;
pub mod care;
pub mod country;
pub mod ending;
pub mod error;
pub mod event;
mod event_text;
pub mod events;
pub mod export;
pub mod facet;
pub mod goal;
pub mod ids;
pub mod intake;
pub mod kept;
pub mod live;
pub mod outcome;
pub mod overview;
pub mod pages;
pub mod part;
pub mod path_rule;
pub mod paths;
pub mod privacy;
pub mod query;
pub mod ranked;
pub mod reference;
#[cfg(test)]
pub(crate) mod samples;
pub mod select;
pub mod session;
pub mod shown;
pub mod sign;
pub mod site;
pub mod source;
pub mod span;
pub mod starting_view;
pub mod stored;
pub mod stretch;
pub mod strip;
pub mod strip_text;
pub mod time;
pub mod timeline;
pub mod view;
