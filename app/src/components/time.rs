//! Moments with their exact form on hover and for machines.

use leptos::prelude::*;

use crate::{
    format::{exact, machine},
    models::time::LocalTime,
};

/// A moment; the children say how it reads.
#[component]
pub fn Moment(
    /// When.
    at: LocalTime,
    /// How it reads: `14:02`.
    text: String,
) -> impl IntoView {
    view! { <time datetime=machine(at) title=exact(at)>{text}</time> }
}
