//! How figures, moments and closed lists read: plain functions, the same on the server and in the browser.

mod change;
mod conditions;
mod count;
mod deeds;
mod definitions;
mod duration;
mod goals;
mod moment;
mod paths;
mod period;
mod ribbon;
mod rules;
mod sentence;
mod signs;
mod story;
mod typed;
mod usual;
mod values;
mod words;

pub use change::{Change, points, relative};
pub use conditions::{
    NUMBER_TESTS, filter_words, metric, number_test, number_value, property_value_words, property_words, tested_words,
    text_test,
};
pub use count::{count, repeated, thousands};
pub use deeds::{active_words, depth_words};
pub use definitions::Measure;
pub use duration::duration;
pub use goals::{goal_name, goal_problem, reached_words};
pub use moment::{clock, clock_with_seconds, date, exact, machine, stretch, year_and_month};
pub use paths::{anchor_words, step_page_words, step_words};
pub use period::{day_time_words, order_words, period_words};
pub use ribbon::{events_words, pages_words};
pub use rules::rule_problem;
pub use sentence::strip_sentence;
pub use signs::{sign_shape, sign_title, sign_words};
pub use story::story;
pub use typed::{Ignored, ignored_words, read_query, typed_words};
pub use usual::{usual_title, usual_words};
pub use values::{channel_words, dimension_words, family_words, sign_kind_words, value_words};
pub use words::{
    device, ended, event_kind, message_kind, outcome, shown_words, sign_in_problem, source_title, unmeasured,
    view_problem,
};
