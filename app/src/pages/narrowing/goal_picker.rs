//! What a selection is counted for: the goals of the site, each a link, and whether sessions reached the chosen one.

use leptos::prelude::*;

use crate::{
    components::icon::{CLOSE_LINES, GOAL_LINES, Icon},
    format::filter_words,
    models::{
        error::AppError,
        events::EventsShown,
        goal::{Goal, delete_goal_path},
        pages::PagesShown,
        query::{SessionQuery, Tab},
    },
};

/// The static demo has no server that could keep goals.
pub(super) const CAN_CHANGE: bool = !cfg!(feature = "csr");

/// The goals, or why there are none. When they fail, the rest of the page stays.
pub(super) type Answer = Result<Vec<Goal>, AppError>;

/// A list that opens: none, and each goal. With one chosen, its name, the way to be rid of it, and both sides of it.
#[component]
pub(super) fn GoalPicker(
    /// What was asked for.
    query: SessionQuery,
    /// Those that there are.
    goals: Answer,
) -> impl IntoView {
    let chosen = query.goal.map(|id| match &goals {
        Ok(goals) => goals.iter().find(|goal| goal.id == id).map_or("Deleted goal", |goal| &goal.name).to_owned(),
        Err(_) => "Chosen goal".to_owned(),
    });
    let button = match chosen.clone() {
        None => view! { <summary class="button quiet"><span class="picker-label">"Goal"</span></summary> }.into_any(),
        Some(name) => view! {
            <summary class="button"><Icon lines=GOAL_LINES/><span class="visually-hidden">"Goal: "</span><span class="picker-label">{name}</span></summary>
        }
        .into_any(),
    };
    let sides = chosen.map(|name| sides(&query, &name));
    view! {
        <div class="goal-choice" class:chosen=query.goal.is_some()>
            <details class="picker goals">{button}<div class="panel">{list(&query, goals)}{how(&query)}</div></details>
            {sides}
        </div>
    }
    .into_any()
}

/// The way to be rid of the chosen goal, and links to those that reached it and those that did not; of the side that is
/// shown, to both.
fn sides(query: &SessionQuery, name: &str) -> AnyView {
    let side = |words: &'static str, converted: bool| {
        let is_shown = query.converted == Some(converted);
        let to = query.that_converted((!is_shown).then_some(converted)).href();
        view! { <a class="button quiet side" href=to aria-current=is_shown.then_some("true")>{words}</a> }
    };
    let without = query.for_goal(None).href();
    let label = format!("Count for no goal instead of {name}");
    view! {
        <a class="chip-remove" href=without aria-label=label><Icon lines=CLOSE_LINES/></a>
        {side("Converted", true)}
        {side("Did not convert", false)}
    }
    .into_any()
}

fn list(query: &SessionQuery, goals: Answer) -> AnyView {
    match goals {
        Err(_) => view! { <p class="panel-title" role="status">"The goals could not be read just now. Reload the page to try again."</p> }.into_any(),
        Ok(goals) if goals.is_empty() && query.goal.is_none() => {
            view! { <p class="panel-title">"There are no goals yet."</p> }.into_any()
        }
        Ok(goals) => {
            let none = query.goal.is_none().then_some("true");
            let lines: Vec<_> = goals.into_iter().map(|goal| line(query, goal)).collect();
            view! {
                <ul class="choices saved-views" role="list" aria-label="Goals">
                    <li><a href=query.for_goal(None).href() aria-current=none>"None"</a></li>
                    {lines}
                </ul>
            }
            .into_any()
        }
    }
}

/// A goal: a link that counts for it, and a way to delete it.
fn line(query: &SessionQuery, goal: Goal) -> AnyView {
    let Goal { id, name, aim } = goal;
    let current = (query.goal == Some(id)).then_some("true");
    let label = format!("Delete the goal {name}");
    let delete = CAN_CHANGE.then(|| {
        view! {
            <form method="post" action=delete_goal_path(query.site, id)>
                <input type="hidden" name="back" value=query.at_top().href()/>
                <button class="chip-remove" aria-label=label><Icon lines=CLOSE_LINES/></button>
            </form>
        }
    });
    let to = query.for_goal(Some(id)).href();
    view! { <li><a href=to title=filter_words(aim.filter()) aria-current=current>{name}</a>{delete}</li> }.into_any()
}

/// How goals are made.
fn how(query: &SessionQuery) -> AnyView {
    if !CAN_CHANGE {
        return view! { <p class="panel-note">"Goals are made from a page, an event or a condition. In this demo they are fixed."</p> }.into_any();
    }
    let pages = query.on(Tab::Pages(PagesShown::default())).href();
    let events = query.on(Tab::Events(EventsShown::default())).href();
    view! {
        <p class="panel-note">
            "Make one from "<a href=pages>"a page"</a>", "<a href=events>"an event"</a>" or a value of its properties: open its report and choose “Make it a goal”. Or open a condition on one of these above the list."
        </p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::models::{
        goal::Aim,
        ids::{GoalId, SiteId},
        query::{Dimension, Filter},
    };

    const ID: &str = "00000000-0000-0000-0000-000000000007";

    fn goals() -> Vec<Goal> {
        let aim = Aim::of(Filter::is(Dimension::Page, "/thanks")).unwrap();
        vec![Goal { id: GoalId(Uuid::from_u128(7)), name: "<Ordered>".into(), aim }]
    }

    fn html(query: &SessionQuery, goals: Answer) -> String {
        let query = query.clone();
        Owner::new().with(|| view! { <GoalPicker query goals/> }.to_html()).replace("&amp;", "&")
    }

    #[test]
    fn a_goal_is_a_link_with_a_form_that_deletes_it() {
        let query = SessionQuery::newest(SiteId(1)).with(Filter::is(Dimension::Country, "DE"));
        let html = html(&query, Ok(goals()));
        assert!(html.contains(&format!("href=\"/sites/1/sessions?country=DE&goal={ID}\"")), "{html}");
        assert!(html.contains("&lt;Ordered&gt;") && html.contains("title=\"Page is /thanks\""), "{html}");
        assert_eq!(html.contains(&format!("/sites/1/goals/{ID}/delete")), CAN_CHANGE, "{html}");
        assert!(!html.contains("Did not convert"), "{html}");
    }

    #[test]
    fn a_chosen_goal_says_its_name_and_leads_to_both_sides_of_it() {
        let query = SessionQuery::newest(SiteId(1)).for_goal(Some(GoalId(Uuid::from_u128(7))));
        let both = html(&query, Ok(goals()));
        assert!(both.contains(&format!("href=\"/sites/1/sessions?goal={ID}&converted=yes\"")), "{both}");
        assert!(both.contains(&format!("href=\"/sites/1/sessions?goal={ID}&converted=no\"")), "{both}");
        assert!(both.contains("href=\"/sites/1/sessions\" aria-label=\"Count for no goal"), "{both}");
        let one = html(&query.that_converted(Some(true)), Ok(goals()));
        let side = one.split("<a ").find(|link| link.contains(">Converted")).unwrap();
        assert!(side.starts_with(&format!("href=\"/sites/1/sessions?goal={ID}\" aria-current=\"true\"")), "{side}");
    }

    #[test]
    fn without_goals_it_says_how_they_are_made_and_when_they_fail_what_to_do() {
        let query = SessionQuery::newest(SiteId(1));
        assert!(html(&query, Ok(vec![])).contains("There are no goals yet."));
        assert!(html(&query, Err(AppError::Unavailable)).contains("Reload the page to try again."));
        let gone = html(&query.for_goal(Some(GoalId(Uuid::from_u128(8)))), Ok(goals()));
        assert!(gone.contains("Deleted goal") && gone.contains(">None<"), "{gone}");
    }
}
