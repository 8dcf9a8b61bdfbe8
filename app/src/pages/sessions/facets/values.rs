//! The values of a facet, each a link that asks for it or gives it up.

use leptos::prelude::*;

use crate::{
    components::chart::percent,
    format::{count, property_value_words, thousands, value_words},
    models::{
        facet::Facet,
        query::{Choice, Dimension, SessionQuery, Subject},
        session::Country,
    },
    pages::tables::conversion,
};

/// The values, the most frequent first; before them those that were chosen and are not among them.
pub(super) fn values(facet: &Facet, query: &SessionQuery) -> AnyView {
    let most = facet.values.iter().map(|value| value.sessions).max().unwrap_or_default();
    let rows = rows(facet, query);
    if rows.is_empty() {
        return view! { <p class="facet-note">"None"</p> }.into_any();
    }
    let of = facet.dimension.into();
    let converted = |value: &str| {
        let shown = facet.values.iter().find(|shown| shown.value == value)?;
        conversions(shown.conversions?, shown.sessions, of, value, query)
    };
    let rows: Vec<_> =
        rows.iter().map(|(value, sessions)| row(of, value, *sessions, most, query, converted(value))).collect();
    let others = (facet.others > 0).then(
        || view! { <p class="facet-note">{format!("and {}", count(facet.others, "other value", "other values"))}</p> },
    );
    view! { <ul class="facet-values" role="list">{rows}</ul>{others} }.into_any()
}

/// Values with their sessions, where those are known.
fn rows(facet: &Facet, query: &SessionQuery) -> Vec<(String, Option<u64>)> {
    let counted = facet.values.iter().map(|shown| (shown.value.clone(), shown.sessions)).collect();
    with_chosen(facet.dimension.into(), counted, query)
}

/// Before what was counted what was chosen and is not among it.
pub(in crate::pages::sessions) fn with_chosen(
    of: Subject<'_>,
    counted: Vec<(String, u64)>,
    query: &SessionQuery,
) -> Vec<(String, Option<u64>)> {
    let is_counted = |value: &String| counted.iter().any(|(counted, _)| counted == value);
    let missing = query.chosen(of).into_iter().filter(|value| !is_counted(value)).map(|value| (value, None));
    missing
        .collect::<Vec<_>>()
        .into_iter()
        .chain(counted.into_iter().map(|(value, sessions)| (value, Some(sessions))))
        .collect()
}

/// With a goal chosen: how many of a value's sessions reached it, a link to these. Conditions on other values of the
/// dimension do not count here, so they do not there either.
pub(in crate::pages::sessions) fn conversions(
    conversions: u64,
    sessions: u64,
    of: Subject<'_>,
    value: &str,
    query: &SessionQuery,
) -> Option<AnyView> {
    let conversion = conversion(conversions, sessions, &query.but_for(of).including(of, value));
    Some(view! { <span class="facet-goal">{conversion}" converted"</span> }.into_any())
}

/// A value: a link that asks for it, or that gives it up, and a small one that asks for the others.
pub(in crate::pages::sessions) fn row(
    of: Subject<'_>,
    value: &str,
    sessions: Option<u64>,
    most: u64,
    query: &SessionQuery,
    converted: Option<AnyView>,
) -> AnyView {
    let choice = query.choice(of, value);
    let words = match of {
        Subject::Dimension(dimension) => value_words(dimension, value),
        Subject::Property(_) => property_value_words(value),
    };
    let toggled = |chosen: Choice, otherwise: SessionQuery| {
        if choice == chosen { query.unchosen(of, value).href() } else { otherwise.href() }
    };
    let take = toggled(Choice::Included, query.including(of, value));
    let leave = toggled(Choice::Excluded, query.excluding(of, value));
    let (taken, left) = (mark(choice, Choice::Included), mark(choice, Choice::Excluded));
    let share = sessions.unwrap_or_default() as f64 / most.max(1) as f64;
    let figure = sessions.map(|sessions| {
        let unit = if sessions == 1 { " session" } else { " sessions" };
        view! { <span class="facet-figure">{thousands(sessions)}<span class="visually-hidden">{unit}</span></span> }
    });
    let flag = flag(of, value).map(|flag| view! { <span class="flag" aria-hidden="true">{flag}</span> });
    let is_path =
        matches!(of, Subject::Dimension(Dimension::Entry | Dimension::Exit | Dimension::Page | Dimension::Link));
    view! {
        <li class="facet-value">
            <a class="facet-take" href=take title=words.clone() aria-current=taken data-noscroll="true">
                <svg class="facet-bar" width="100%" height="100%" aria-hidden="true" focusable="false"><rect width=percent(share) height="100%" rx="3"/></svg>
                {flag}
                <span class="facet-words" class:path=is_path>{words.clone()}</span>
                " "{figure}
            </a>
            <a class="facet-leave" href=leave aria-current=left data-noscroll="true">"not"<span class="visually-hidden">" "{words}</span></a>
            {converted}
        </li>
    }
    .into_any()
}

fn mark(choice: Choice, of: Choice) -> Option<&'static str> {
    (choice == of).then_some("true")
}

fn flag(of: Subject<'_>, value: &str) -> Option<String> {
    (of == Subject::Dimension(Dimension::Country))
        .then(|| value.parse::<Country>().ok())
        .flatten()
        .map(|country| country.flag())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::models::{
        facet::FacetValue,
        ids::{GoalId, SiteId},
    };

    fn facet(values: &[(&str, u64)]) -> Facet {
        let value = |&(value, sessions): &(&str, u64)| FacetValue { value: value.into(), sessions, conversions: None };
        Facet { dimension: Dimension::Country, values: values.iter().map(value).collect(), others: 0 }
    }

    #[test]
    fn what_was_chosen_can_be_given_up_even_when_no_session_has_it() {
        let query = SessionQuery::newest(SiteId(1))
            .including(Dimension::Country, "FR")
            .including(Dimension::Country, "DE")
            .excluding(Dimension::Country, "NL");
        let rows = rows(&facet(&[("DE", 3), ("US", 1)]), &query);
        let expected = [("FR", None), ("NL", None), ("DE", Some(3_u64)), ("US", Some(1))];
        assert_eq!(rows, expected.map(|(value, sessions)| (value.to_owned(), sessions)));
    }

    #[test]
    fn with_a_goal_each_value_leads_to_its_sessions_that_reached_it() {
        let goal = GoalId(Uuid::nil());
        let query = SessionQuery::newest(SiteId(1)).including(Dimension::Country, "FR").for_goal(Some(goal));
        let mut facet = facet(&[("DE", 12), ("US", 8)]);
        facet.values[0].conversions = Some(3);
        facet.values[1].conversions = Some(0);
        let html = Owner::new().with(|| values(&facet, &query).to_html()).replace("&amp;", "&");
        let link = format!("href=\"/sites/1/sessions?country=DE&goal={goal}&converted=yes\">3 (25\u{a0}%)<");
        assert!(html.contains(&link) && html.contains(">0 (0\u{a0}%)"), "{html}");
    }

    #[test]
    fn a_value_says_how_many_and_both_links_keep_the_rest_of_the_query() {
        let query = SessionQuery::newest(SiteId(1)).including(Dimension::Country, "DE");
        let html =
            Owner::new().with(|| values(&facet(&[("DE", 1), ("US", 2)]), &query).to_html()).replace("&amp;", "&");
        assert!(html.contains("href=\"/sites/1/sessions?country=DE&country=US\""), "{html}");
        assert!(html.contains("href=\"/sites/1/sessions?country=DE&country.not=US\""), "{html}");
        assert!(html.contains("href=\"/sites/1/sessions\""), "{html}");
        assert_eq!(html.matches("aria-current=\"true\"").count(), 1, "{html}");
        assert!(!html.contains("style="), "{html}");
    }
}
