//! The rules that there are, with what they join now and a way to be rid of each.

use leptos::prelude::*;

use super::CAN_CHANGE;
use crate::{
    format::thousands,
    models::{
        ids::SiteId,
        pages::PageShown,
        path_rule::{Joined, delete_rule_path},
        query::{Period, Recent, SessionQuery, Tab},
    },
};

/// The list, the first that counts first.
pub(super) fn standing(site: SiteId, rules: Vec<Joined>) -> AnyView {
    let content = if rules.is_empty() {
        view! { <p>"There is none yet: every path is a page of its own."</p> }.into_any()
    } else {
        table(site, rules)
    };
    view! { <section><h2>"Rules"</h2>{content}</section> }.into_any()
}

fn table(site: SiteId, rules: Vec<Joined>) -> AnyView {
    let lines: Vec<_> = rules.into_iter().map(|joined| line(site, joined)).collect();
    view! {
        <p class="muted">"Of several that fit, the first in this order counts: more exact ones come first. Figures are of the last 30 days, without machines."</p>
        <table class="plain-table paths-table">
            <thead>
                <tr>
                    <th scope="col">"Rule"</th><th scope="col" class="figure">"Paths"</th><th scope="col" class="figure">"Page views"</th>
                    {CAN_CHANGE.then(|| view! { <th scope="col"><span class="visually-hidden">"Delete"</span></th> })}
                </tr>
            </thead>
            <tbody>{lines}</tbody>
        </table>
    }
    .into_any()
}

fn line(site: SiteId, joined: Joined) -> AnyView {
    let Joined { rule, paths, views, first } = joined;
    let pattern = rule.to_string();
    let tab = Tab::Page(PageShown { of: pattern.clone() });
    let report = SessionQuery::newest(site).in_period(Period::Last(Recent::Month)).on(tab).href();
    let examples = if first.is_empty() {
        "joins nothing of the last 30 days".to_owned()
    } else {
        let more = if paths > first.len() as u64 { " …" } else { "" };
        let named: Vec<String> = first.into_iter().map(|of| of.path).collect();
        format!("such as {}{more}", named.join(", "))
    };
    let label = format!("Delete the rule {pattern}");
    let delete = CAN_CHANGE.then(|| {
        view! {
            <td class="figure">
                <form method="post" action=delete_rule_path(site)>
                    <input type="hidden" name="pattern" value=pattern.clone()/>
                    <button class="button quiet" aria-label=label>"Delete"</button>
                </form>
            </td>
        }
    });
    view! {
        <tr>
            <th scope="row"><a class="path" href=report>{pattern}</a><span class="row-title">{examples}</span></th>
            <td class="figure">{thousands(paths)}</td>
            <td class="figure">{thousands(views)}</td>
            {delete}
        </tr>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::path_rule::{PathRule, PathViews};

    #[test]
    fn a_rule_leads_to_its_report_and_has_a_form_that_deletes_it() {
        let rule = PathRule::parse("/p/:id").unwrap();
        let first = vec![PathViews { path: "/p/<1>".into(), views: 4 }, PathViews { path: "/p/2".into(), views: 3 }];
        let joined = Joined { rule, paths: 3, views: 8, first };
        let html = Owner::new().with(|| standing(SiteId(1), vec![joined]).to_html());
        assert!(html.contains("href=\"/sites/1/pages/report?period=30d&amp;of=/p/:id\""), "{html}");
        assert!(html.contains("action=\"/sites/1/path-rules/delete\"") && html.contains("value=\"/p/:id\""), "{html}");
        assert!(html.contains("such as /p/&lt;1&gt;, /p/2 …"), "{html}");
        let none = Owner::new().with(|| standing(SiteId(1), vec![]).to_html());
        assert!(none.contains("There is none yet"), "{none}");
    }
}
