//! Makes a goal of what a reader looks at: the first click opens a small form with a name, the second saves it. A plain
//! form, which the server answers with the page that it was sent from, counted for the new goal.

use leptos::prelude::*;

use super::goal_picker::CAN_CHANGE;
use crate::{
    components::icon::{GOAL_LINES, Icon},
    format::{filter_words, goal_name},
    models::{
        goal::{Aim, goals_path},
        query::{Filter, SessionQuery},
        view::LONGEST_NAME,
    },
};

/// A button that opens the form; nothing of a condition that no goal can have.
#[component]
pub(in crate::pages) fn MakeGoal(
    /// What was asked for.
    query: SessionQuery,
    /// What is to reach the goal.
    filter: Filter,
    /// Whether the button is an icon alone: where many stand below each other.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let label = format!("Make it a goal: {}", filter_words(&filter));
    let Some(aim) = Aim::of(filter).filter(|_| CAN_CHANGE) else { return ().into_any() };
    let button = if small {
        view! { <summary class="goal-button" title=label.clone() aria-label=label><Icon lines=GOAL_LINES/></summary> }
            .into_any()
    } else {
        view! { <summary class="button quiet"><Icon lines=GOAL_LINES/>"Make it a goal"</summary> }.into_any()
    };
    view! { <details class="picker make-goal">{button}<div class="panel"><GoalForm query aim/></div></details> }
        .into_any()
}

/// The form.
#[component]
fn GoalForm(query: SessionQuery, aim: Aim) -> impl IntoView {
    view! {
        <form method="post" action=goals_path(query.site) class="panel-form goal-form">
            <input type="hidden" name="aim" value=aim.text(query.site)/>
            <input type="hidden" name="back" value=query.at_top().href()/>
            <label class="field">"Name of the goal"<input type="text" name="name" value=goal_name(aim.filter()) required maxlength=LONGEST_NAME.to_string() autocomplete="off"/></label>
            <p class="hint">{format!("Sessions reach it once: {}.", filter_words(aim.filter()))}</p>
            <button class="button primary">"Save the goal"</button>
        </form>
    }
    .into_any()
}

/// The form alone, where a click has opened a panel already; nothing of a condition that no goal can have.
#[component]
pub(super) fn GoalOfCondition(
    /// What was asked for.
    query: SessionQuery,
    /// The condition.
    filter: Filter,
) -> impl IntoView {
    let aim = Aim::of(filter).filter(|_| CAN_CHANGE);
    aim.map(|aim| view! { <div class="goal-of-condition"><p class="panel-title">"Or make it a goal"</p><GoalForm query aim/></div> })
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::{
        ids::SiteId,
        pages::PageShown,
        query::{Dimension, Metric, NumberTest, Tab},
    };

    fn html(filter: Filter) -> String {
        let query = SessionQuery::newest(SiteId(1)).with(Filter::is(Dimension::Country, "DE"));
        let query = query.on(Tab::Page(PageShown { of: "/a?b".into() }));
        Owner::new().with(|| view! { <MakeGoal query filter/> }.to_html()).replace("&amp;", "&")
    }

    #[test]
    fn a_form_has_a_name_already_and_knows_what_it_is_about_and_where_it_stands() {
        let html = html(Filter::is(Dimension::Page, "/a?b"));
        assert_eq!(html.contains("action=\"/sites/1/goals\""), CAN_CHANGE, "{html}");
        for field in [
            "name=\"aim\" value=\"?page=/a%3Fb\"",
            "name=\"back\" value=\"/sites/1/pages/report?country=DE&of=/a%3Fb\"",
            "name=\"name\" value=\"Viewed /a?b\"",
        ] {
            assert_eq!(html.contains(field), CAN_CHANGE, "{field}: {html}");
        }
    }

    #[test]
    fn what_nobody_can_reach_has_no_button() {
        let many = Filter::Number { metric: Metric::Pages, test: NumberTest::More(3) };
        for filter in [many, Filter::is_not(Dimension::Page, "/"), Filter::is(Dimension::Country, "DE")] {
            assert!(!html(filter).contains("<form"));
        }
    }
}
