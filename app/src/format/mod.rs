//! How figures, moments and closed lists read: plain functions, the same on the server and in the browser.

mod count;
mod duration;
mod moment;
mod sentence;
mod words;

pub use count::{count, thousands};
pub use duration::duration;
pub use moment::{clock, clock_with_seconds, date, exact, machine};
pub use sentence::{strip_sentence, summary};
pub use words::{device, ended, event_kind, message_kind, outcome, sign_in_problem, source_title, unmeasured};
