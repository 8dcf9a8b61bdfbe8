//! What the tables of the tabs share: heads that order them, cells with figures, their search and their paging.

use leptos::prelude::*;

use crate::{
    components::icon::{Icon, ON_LINES},
    format::thousands,
    models::query::SessionQuery,
    pages::narrowing::{action, kept},
};

/// The head of a column: a link that orders by it, and how it is ordered now.
pub(super) fn head(
    class: &'static str,
    name: &'static str,
    what: &'static str,
    is_by: Option<bool>,
    href: String,
) -> AnyView {
    let (way, arrow) = match is_by {
        Some(false) => (Some("descending"), Some("↓")),
        Some(true) => (Some("ascending"), Some("↑")),
        None => (None, None),
    };
    let arrow = arrow.map(|arrow| view! { <span class="sort-arrow" aria-hidden="true">{arrow}</span> });
    view! {
        <th class=class role="columnheader" scope="col" aria-sort=way><a class="sort" href=href title=what>{name}{arrow}</a></th>
    }
    .into_any()
}

/// A cell with a figure, which leads to the sessions that it counts where a condition can say which these are.
pub(super) fn figure(name: &'static str, text: String, href: Option<String>) -> AnyView {
    let text = match href {
        Some(href) => view! { <a href=href>{text}</a> }.into_any(),
        None => view! { <span>{text}</span> }.into_any(),
    };
    // On a phone the name stands beside the figure; the head says it to everybody else.
    view! { <td class="cell-number" role="cell"><span class="cell-name" aria-hidden="true">{name}</span>{text}</td> }
        .into_any()
}

/// A number of sessions, or of what is in them, a link to these sessions.
pub(super) fn sessions(name: &'static str, number: u64, of: &SessionQuery) -> AnyView {
    linked(name, thousands(number), number, of)
}

/// What a number comes to, a link to the sessions that it counts. Of none there is nothing to see.
pub(super) fn linked(name: &'static str, text: String, number: u64, of: &SessionQuery) -> AnyView {
    figure(name, text, (number > 0).then(|| of.list_href()))
}

/// The same outside a table.
pub(super) fn link(text: String, number: u64, of: &SessionQuery) -> AnyView {
    if number == 0 {
        return text.into_any();
    }
    view! { <a href=of.list_href()>{text}</a> }.into_any()
}

/// A share in percent: a whole number from 10 on, with a tenth below; a dash of nothing.
pub(super) fn share(part: u64, of: u64) -> String {
    if of == 0 {
        return "–".into();
    }
    let percent = part as f64 * 100.0 / of as f64;
    if percent >= 9.95 || part == 0 { format!("{percent:.0}\u{a0}%") } else { format!("{percent:.1}\u{a0}%") }
}

/// How many of some sessions reached the goal, and which share: `12 (4.8 %)`.
pub(super) fn conversion_words(conversions: u64, sessions: u64) -> String {
    format!("{} ({})", thousands(conversions), share(conversions, sessions))
}

/// The same, a link to those that did.
pub(super) fn conversion(conversions: u64, sessions: u64, of: &SessionQuery) -> AnyView {
    link(conversion_words(conversions, sessions), conversions, &of.that_converted(Some(true)))
}

/// A cell with that.
pub(super) fn conversion_cell(conversions: u64, sessions: u64, of: &SessionQuery) -> AnyView {
    linked("Conversions", conversion_words(conversions, sessions), conversions, &of.that_converted(Some(true)))
}

/// Searches a table: a plain form.
pub(super) fn search(query: &SessionQuery, part: &str, label: &'static str) -> AnyView {
    view! {
        <form method="get" action=action(query) class="find" role="search" aria-label=label>
            {kept(query, &["part", "behind"])}
            <label>
                <span class="visually-hidden">{label}</span>
                <input type="search" name="part" value=part.to_owned() placeholder=label maxlength="200" autocomplete="off" autocapitalize="none" spellcheck="false"/>
            </label>
            <button class="button">"Find"</button>
        </form>
    }
    .into_any()
}

/// The links below a table: back to its top, on to its next rows.
pub(super) fn paging(first: Option<String>, next: Option<String>) -> AnyView {
    view! {
        <nav class="paging" aria-label="Pages of the table">
            {first.map(|first| view! { <a class="button" href=first>"To the first"</a> })}
            {next.map(|next| view! { <a class="button older" rel="next" href=next>"Next"<Icon lines=ON_LINES/></a> })}
        </nav>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(0, 0, "–")]
    #[case(0, 8, "0\u{a0}%")]
    #[case(1, 3, "33\u{a0}%")]
    #[case(1, 21, "4.8\u{a0}%")]
    #[case(1, 10_000, "0.0\u{a0}%")]
    #[case(8, 8, "100\u{a0}%")]
    fn shares(#[case] part: u64, #[case] of: u64, #[case] words: &str) {
        assert_eq!(share(part, of), words);
    }
}
