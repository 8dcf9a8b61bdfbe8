//! The facets that somebody asked for while looking: those that are not loaded with the page, and those that are
//! searched in. Each has its own state, so that one that fails or takes long stays alone with that.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use strum::IntoEnumIterator;

use crate::{
    api::sessions::load_facet,
    models::{
        error::AppError,
        facet::Facet,
        query::{Dimension, Machines, SessionQuery},
    },
};

/// How long to wait for the next letter.
const NEXT_LETTER: Duration = Duration::from_millis(200);

/// One facet that can be asked for.
#[derive(Clone, Copy)]
pub struct AskedFacet {
    dimension: Dimension,
    /// What the values are to contain.
    pub part: RwSignal<String>,
    /// What was answered last; `None` when nothing was asked for.
    pub answer: RwSignal<Option<Result<Facet, AppError>>>,
    /// Whether an answer is on its way.
    pub loading: RwSignal<bool>,
    /// Whether it was opened or closed by hand, so that it stays so when the page is made anew.
    pub open: RwSignal<Option<bool>>,
    /// Counts the questions: only the latest may be answered.
    latest: StoredValue<u32>,
}

impl AskedFacet {
    fn new(dimension: Dimension) -> Self {
        Self {
            dimension,
            part: RwSignal::new(String::new()),
            answer: RwSignal::new(None),
            loading: RwSignal::new(false),
            open: RwSignal::new(None),
            latest: StoredValue::new(0),
        }
    }

    /// Whether it was asked for already.
    pub fn is_asked(self) -> bool {
        self.loading.get_untracked() || self.answer.with_untracked(Option::is_some)
    }

    /// Asks now. Only in event handlers and effects: on the server nobody asks.
    pub fn ask(self, query: SessionQuery) {
        let question = self.next_question();
        self.send(question, query);
    }

    /// Asks for values that contain this, once no further letter follows.
    pub fn search(self, query: SessionQuery, part: String) {
        self.part.set(part);
        let question = self.next_question();
        set_timeout(
            move || {
                if self.latest.try_get_value() == Some(question) {
                    self.send(question, query);
                }
            },
            NEXT_LETTER,
        );
    }

    fn send(self, question: u32, query: SessionQuery) {
        self.loading.set(true);
        let part = self.part.get_untracked();
        // Machines are left out of the list; why they are machines can be asked all the same.
        let query = match self.dimension {
            Dimension::Bot => SessionQuery { machines: Machines::Shown, ..query },
            _ => query,
        };
        spawn_local(async move {
            let answer = load_facet(query, self.dimension, part).await;
            // The page may be gone by now, and its signals with it.
            if self.latest.try_get_value() == Some(question) {
                let _ = self.answer.try_set(Some(answer));
                let _ = self.loading.try_set(false);
            }
        });
    }

    fn next_question(self) -> u32 {
        self.latest
            .try_update_value(|latest| {
                *latest += 1;
                *latest
            })
            .unwrap_or_default()
    }

    /// Asks again for another selection, or forgets what the page brings by itself.
    fn follow(self, query: Option<&SessionQuery>, comes_with_page: bool) {
        let is_searched = self.part.with_untracked(|part| !part.is_empty());
        match query {
            Some(query) if is_searched || (!comes_with_page && self.is_asked()) => self.ask(query.clone()),
            _ => {
                self.next_question();
                self.answer.set(None);
                self.loading.set(false);
            }
        }
    }
}

/// All facets that can be asked for.
#[derive(Clone, Copy)]
pub struct AskedFacets(StoredValue<Vec<AskedFacet>>);

impl AskedFacets {
    /// None has been asked for.
    pub fn new() -> Self {
        Self(StoredValue::new(Dimension::iter().map(AskedFacet::new).collect()))
    }

    /// That of a dimension.
    pub fn of(self, dimension: Dimension) -> AskedFacet {
        let found = self.0.with_value(|all| all.iter().find(|asked| asked.dimension == dimension).copied());
        found.unwrap_or_else(|| AskedFacet::new(dimension))
    }

    /// Whatever was asked for is asked again when the selection changes. `with_page` come with the page.
    pub fn follow(self, top: Memo<Option<SessionQuery>>, with_page: &'static [Dimension]) {
        Effect::new(move |earlier: Option<()>| {
            let query = top.get();
            if earlier.is_none() {
                return;
            }
            let all = self.0.with_value(Clone::clone);
            all.into_iter().for_each(|asked| asked.follow(query.as_ref(), with_page.contains(&asked.dimension)));
        });
    }
}

impl Default for AskedFacets {
    fn default() -> Self {
        Self::new()
    }
}
