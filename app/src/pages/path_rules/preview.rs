//! What a rule would join that is not there yet, and the button that adds it.

use leptos::prelude::*;

use super::CAN_CHANGE;
use crate::{
    format::{count, rule_problem, thousands},
    models::{
        ids::SiteId,
        path_rule::{Apart, Joined, MOST_RULES, PathRule, PathViews, Preview, RuleProblem, add_rule_path},
    },
};

/// The preview of a rule for a site that has so many.
pub(super) fn preview(site: SiteId, preview: Preview, rules: usize) -> AnyView {
    let Preview { joined, apart, apart_others } = preview;
    let rule = joined.rule.clone();
    view! {
        <div class="preview" role="status">
            <p>{words(&joined)}</p>
        </div>
        {(joined.paths > 0).then(|| table(&joined))}
        {adding(site, &rule, rules)}
        {(!apart.is_empty()).then(|| staying_apart(apart, apart_others))}
    }
    .into_any()
}

fn words(joined: &Joined) -> String {
    let Joined { rule, paths, views, .. } = joined;
    match paths {
        0 => format!(
            "{rule} would join nothing of the last 30 days: no path fits that is not joined already. It can be added all the same, for paths that are yet to come."
        ),
        1 => format!(
            "{rule} would join one path of the last 30 days, with {}.",
            count(*views, "page view", "page views")
        ),
        paths => format!(
            "{rule} would join {} paths of the last 30 days to one page, with {}.",
            thousands(*paths),
            count(*views, "page view", "page views")
        ),
    }
}

fn table(joined: &Joined) -> AnyView {
    let others = joined.paths.saturating_sub(joined.first.len() as u64);
    let line = |PathViews { path, views }: &PathViews| {
        view! { <tr><th class="path" scope="row">{path.clone()}</th><td class="figure">{thousands(*views)}</td></tr> }
    };
    let lines: Vec<_> = joined.first.iter().map(line).collect();
    view! {
        <table class="plain-table paths-table">
            <caption class="visually-hidden">"Paths that would be joined"</caption>
            <thead><tr><th scope="col">"Joined"</th><th scope="col" class="figure">"Page views"</th></tr></thead>
            <tbody>{lines}</tbody>
        </table>
        {and_others(others)}
    }
    .into_any()
}

fn and_others(others: u64) -> Option<AnyView> {
    let words = format!("and {}", count(others, "other path", "other paths"));
    (others > 0).then(|| view! { <p class="muted">{words}</p> }.into_any())
}

/// Where there are too many already, what to do instead of the button.
fn adding(site: SiteId, rule: &PathRule, rules: usize) -> Option<AnyView> {
    if !CAN_CHANGE {
        return None;
    }
    if rules >= MOST_RULES {
        return Some(view! { <p class="problem">{rule_problem(RuleProblem::TooMany)}</p> }.into_any());
    }
    Some(
        view! {
            <form method="post" action=add_rule_path(site)>
                <input type="hidden" name="pattern" value=rule.to_string()/>
                <button class="button primary">"Add this rule"</button>
            </form>
        }
        .into_any(),
    )
}

fn staying_apart(apart: Vec<Apart>, others: u64) -> AnyView {
    let line = |Apart { path, views, by }: Apart| {
        let why = by.map_or_else(|| "does not fit".to_owned(), |by| format!("joined by {by}"));
        view! {
            <tr>
                <th class="path" scope="row">{path}</th>
                <td class="figure">{thousands(views)}</td>
                <td class="meaning">{why}</td>
            </tr>
        }
    };
    let lines: Vec<_> = apart.into_iter().map(line).collect();
    view! {
        <h3>"Stays apart"</h3>
        <p class="muted">"Paths that begin alike and that this rule would not join."</p>
        <table class="plain-table paths-table">
            <caption class="visually-hidden">"Paths that stay apart"</caption>
            <thead><tr><th scope="col">"Path"</th><th scope="col" class="figure">"Page views"</th><th scope="col" class="meaning">"Why"</th></tr></thead>
            <tbody>{lines}</tbody>
        </table>
        {and_others(others)}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(paths: u64, rules: usize) -> String {
        let rule = PathRule::parse("/p/:id").unwrap();
        let first = vec![PathViews { path: "/p/<1>".into(), views: 1_200 }];
        let joined = Joined { rule: rule.clone(), paths, views: 1_200, first };
        let apart = vec![Apart { path: "/p".into(), views: 1, by: None }];
        Owner::new().with(|| preview(SiteId(1), Preview { joined, apart, apart_others: 2 }, rules).to_html())
    }

    #[test]
    fn it_says_how_many_names_some_and_counts_the_others() {
        let html = html(3, 0);
        for part in ["would join 3 paths of the last 30 days", "1,200 page views", "/p/&lt;1&gt;", "and 2 other paths"]
        {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(html.contains("does not fit") && html.contains("Add this rule"), "{html}");
    }

    #[test]
    fn a_rule_that_joins_nothing_can_be_added_and_one_too_many_cannot() {
        assert!(html(0, 0).contains("would join nothing") && html(0, 0).contains("Add this rule"));
        let full = html(3, MOST_RULES);
        assert!(full.contains("there are 50 already") && !full.contains("Add this rule"), "{full}");
    }
}
