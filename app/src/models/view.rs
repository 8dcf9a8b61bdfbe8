//! Selections of sessions that somebody keeps under a name.

use serde::{Deserialize, Serialize};
use strum::{AsRefStr, EnumIter, EnumString};

use super::{
    ids::{SiteId, ViewId},
    query::SessionQuery,
    starting_view::StartingView,
};

/// The longest name, in characters.
pub const LONGEST_NAME: usize = 60;
/// The longest query, in characters of the list's address.
pub const LONGEST_QUERY: usize = 2_000;
/// The most views that a site may have.
pub const MOST_VIEWS: usize = 50;

/// A selection with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// Its id.
    pub id: ViewId,
    /// Its name.
    pub name: String,
    /// What it selects, from the top of the list.
    pub query: SessionQuery,
}

impl SavedView {
    /// What it shows when it is opened from a tab. One of the views of the start says which sessions it means, and not
    /// when, in which order or counted for what: that stays as it is.
    pub fn opened_from(&self, query: &SessionQuery) -> SessionQuery {
        match StartingView::of(self.id) {
            Some(_) => query.narrowed_by(self.query.filters.clone()),
            None => self.query.on(query.tab.clone()),
        }
    }

    /// Whether it is what a tab shows, whichever page of the list.
    pub fn is_shown(&self, query: &SessionQuery) -> bool {
        self.opened_from(query) == query.at_top()
    }

    /// What it shows in a sentence, where Pulse made it.
    pub fn about(&self) -> Option<&'static str> {
        StartingView::of(self.id).map(StartingView::about)
    }
}

/// A name that a view can have: 1 to 60 characters, with single spaces between its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewName(String);

impl ViewName {
    /// A name as it was typed.
    ///
    /// # Errors
    /// When it is empty, too long, or holds what cannot be seen.
    pub fn parse(typed: &str) -> Result<Self, ViewProblem> {
        let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_name = (1..=LONGEST_NAME).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        if is_name { Ok(Self(name)) } else { Err(ViewProblem::NameInvalid) }
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a view was not saved or deleted; travels as `?view_problem=` so that the forms work without scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, AsRefStr, EnumIter, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum ViewProblem {
    /// The name is empty or too long.
    NameInvalid,
    /// There are too many conditions, or their values are too long.
    QueryTooLong,
    /// The site has as many views as it may have.
    TooMany,
    /// Something on the server failed.
    Unavailable,
}

/// Where a form that saves a view leads.
pub fn views_path(site: SiteId) -> String {
    format!("/sites/{site}/views")
}

/// Where a form that deletes a view leads.
pub fn delete_view_path(site: SiteId, id: ViewId) -> String {
    format!("/sites/{site}/views/{id}/delete")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;
    use crate::models::{
        ids::SessionId,
        query::{Cursor, Dimension, Filter, Period, Place, Recent, Tab},
    };

    #[rstest]
    #[case("Phones", Some("Phones"))]
    #[case("  Phones  in\nGermany ", Some("Phones in Germany"))]
    #[case("Überall 📱", Some("Überall 📱"))]
    #[case("", None)]
    #[case(" \t ", None)]
    #[case("a\0b", None)]
    #[case("a\u{1b}b", None)]
    fn names(#[case] typed: &str, #[case] name: Option<&str>) {
        assert_eq!(ViewName::parse(typed).ok().as_ref().map(ViewName::as_str), name);
    }

    #[test]
    fn sixty_characters_are_a_name_and_one_more_is_none() {
        assert!(ViewName::parse(&"ä".repeat(LONGEST_NAME)).is_ok());
        assert_eq!(ViewName::parse(&"ä".repeat(LONGEST_NAME + 1)), Err(ViewProblem::NameInvalid));
    }

    #[test]
    fn a_view_is_shown_on_whichever_page_of_the_list() {
        let query = SessionQuery::newest(SiteId(1)).with(Filter::is(Dimension::Country, "DE"));
        let view = SavedView { id: ViewId(Uuid::nil()), name: "Germany".into(), query: query.clone() };
        let below = Cursor::Below(Place { value: None, id: SessionId(Uuid::nil()) });
        assert!(view.is_shown(&SessionQuery { cursor: below, ..query }));
        assert!(!view.is_shown(&SessionQuery::newest(SiteId(1))));
    }

    #[test]
    fn a_view_of_the_start_is_opened_in_the_period_and_order_that_are_shown() {
        let trouble = StartingView::Trouble.view(SiteId(1));
        let month = SessionQuery::newest(SiteId(1)).in_period(Period::Last(Recent::Month));
        let searched = SessionQuery { search: Some("oak".into()), ..month.clone() };
        let opened = trouble.opened_from(&searched.on(Tab::Events(Default::default())));
        assert_eq!(opened.filters, StartingView::Trouble.filters());
        assert_eq!((opened.period, opened.search.as_deref(), opened.tab.path()), (month.period, None, "events"));
        assert!(trouble.is_shown(&opened) && !trouble.is_shown(&searched));
        assert!(!trouble.is_shown(&opened.with(Filter::is(Dimension::Country, "DE"))));
    }
}
