//! The goal that the list is counted for, which the session was opened from: whether it was reached, when, and by what.

use leptos::prelude::*;

use crate::{
    components::{
        badge::{GoalMark, goal_mark},
        markup::Markup,
    },
    format::reached_words,
    models::{
        goal::Goal,
        part::Places,
        select::{ReachedBy, reached},
        timeline::{SessionDetail, TimelineEvent, TimelinePage, page_anchor},
    },
};

/// That a session reached the goal.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    by: ReachedBy,
    words: String,
}

impl Mark {
    /// That of a session; `None` if it did not reach the goal.
    pub(super) fn of(detail: &SessionDetail, goal: &Goal) -> Option<Self> {
        let reached = reached(detail, &goal.aim)?;
        Some(Self { by: reached.by, words: reached_words(&goal.name, reached.after_ms) })
    }

    /// It, beside the page view that reached the goal.
    pub(super) fn on_page(mark: Option<&Self>, page: &TimelinePage) -> Option<AnyView> {
        mark.filter(|mark| mark.by == ReachedBy::Page(page.number)).map(Self::view)
    }

    /// It, beside the event that reached the goal.
    pub(super) fn on_event(mark: Option<&Self>, event: &TimelineEvent) -> Option<Markup> {
        mark.filter(|mark| mark.by == ReachedBy::Event(event.number)).map(|mark| goal_mark(&mark.words))
    }

    fn view(&self) -> AnyView {
        view! { <GoalMark words=self.words.clone()/> }.into_any()
    }

    /// Where in the timeline it stands.
    fn href(&self, detail: &SessionDetail, places: &Places) -> String {
        match self.by {
            ReachedBy::Page(number) => format!("#{}", page_anchor(number)),
            ReachedBy::Event(number) => {
                let event = detail.events().find(|event| event.number == number);
                event.map_or_else(|| "#timeline-title".to_owned(), |event| places.href(event))
            }
        }
    }
}

/// A line at the top of the session: that it reached the goal, a link to the place where it did; or that it did not.
pub(super) fn goal_line(detail: &SessionDetail, goal: &Goal, mark: Option<&Mark>, places: &Places) -> AnyView {
    let Some(mark) = mark else {
        return view! { <p class="goal-line muted">{format!("Did not reach the goal {}", goal.name)}</p> }.into_any();
    };
    let href = mark.href(detail, places);
    // Loaded like any page: else the browser does not see that the address points at something.
    view! { <p class="goal-line"><a href=href rel="external">{mark.view()}</a></p> }.into_any()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::models::{
        event::EventKind,
        goal::Aim,
        ids::GoalId,
        query::{Dimension, Filter},
        samples::{self, event, page},
        shown::Chosen,
        time::LocalTime,
        timeline::arrange,
    };

    /// Home, then the shop after a minute, where a form is sent after ten seconds.
    fn shopper() -> SessionDetail {
        let at = |ms| LocalTime { ms, offset_s: 0 };
        let sent = TimelineEvent { offset_ms: 10_000, at: at(70_000), ..event(EventKind::Form, "Order", "") };
        let pages = vec![page("/", vec![]), TimelinePage { at: at(60_000), ..page("/shop", vec![sent]) }];
        SessionDetail { timeline: arrange(pages), ..samples::detail(samples::session(1), vec![]) }
    }

    fn goal(filter: Filter) -> Goal {
        Goal { id: GoalId(Uuid::nil()), name: "Ordered".into(), aim: Aim::of(filter).unwrap() }
    }

    fn line(filter: Filter) -> String {
        let (detail, goal) = (shopper(), goal(filter));
        let places = Places::of(&detail, &Chosen::default());
        let mark = Mark::of(&detail, &goal);
        Owner::new().with(|| goal_line(&detail, &goal, mark.as_ref(), &places).to_html())
    }

    #[test]
    fn the_line_says_how_long_it_took_and_leads_there() {
        let by_page = line(Filter::is(Dimension::Page, "/shop"));
        assert!(by_page.contains("href=\"#page-2\"") && by_page.contains("Ordered after 1 min<"), "{by_page}");
        let by_event = line(Filter::is(Dimension::Event, "form"));
        assert!(by_event.contains("href=\"#event-1\"") && by_event.contains("Ordered after 1 min 10 s<"), "{by_event}");
    }

    #[test]
    fn one_that_did_not_reach_it_says_so() {
        assert!(line(Filter::is(Dimension::Page, "/thanks")).contains("Did not reach the goal Ordered"));
    }

    #[test]
    fn the_mark_stands_where_the_goal_was_reached_and_nowhere_else() {
        let detail = shopper();
        let mark = Mark::of(&detail, &goal(Filter::is(Dimension::Page, "/shop")));
        let marked: Vec<u32> = Owner::new().with(|| {
            let pages = detail.pages().filter(|page| Mark::on_page(mark.as_ref(), page).is_some());
            pages.map(|page| page.number).collect()
        });
        assert_eq!(marked, [2]);
        assert!(detail.events().all(|event| Mark::on_event(mark.as_ref(), event).is_none()));
    }
}
