//! A country as flag and name.

use leptos::prelude::*;

use crate::models::session::Country;

/// The flag, for the eye only, and the name.
#[component]
pub fn CountryName(
    /// The country, if it is known.
    country: Option<Country>,
) -> impl IntoView {
    match country {
        Some(country) => view! {
            <span class="country"><span class="flag" aria-hidden="true">{country.flag()}</span>" "<span class="country-name">{country.name()}</span></span>
        }
        .into_any(),
        None => view! { <span class="country muted">"Unknown country"</span> }.into_any(),
    }
}
