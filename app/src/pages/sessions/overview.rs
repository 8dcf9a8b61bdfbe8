//! Figures and course in time above the list. They are read beside the list: when they fail, the list stays.

use leptos::prelude::*;

use super::{
    histogram::{Drawn, Histogram},
    summary::Figures,
};
use crate::{
    api::{refuse, sessions::load_overview},
    models::{
        error::AppError,
        overview::Overview,
        query::{Period, SessionQuery},
    },
    state::live::Live,
};

/// How old the figures may be while sessions arrive, in milliseconds: each answer looks at all that is selected. Of what
/// goes on now that is little, and the server tells of changes once a second at the most. `None` where none arrive.
fn fresh_ms(period: Period) -> Option<i64> {
    match period {
        Period::Now => Some(0),
        Period::Last(_) => Some(10_000),
        Period::Month { .. } | Period::Range { .. } => None,
    }
}

/// What was answered, and to which query.
pub(super) type Answer = Result<(SessionQuery, Overview), AppError>;

/// The overview of the selection as the page holds it.
#[derive(Clone, Copy)]
pub(super) struct OverviewData {
    /// What was answered.
    pub(super) answer: Resource<Answer>,
    /// The server's clock at the latest answer; 0 while a site has nothing to show yet.
    answered: RwSignal<i64>,
    drawn: Drawn,
}

impl OverviewData {
    /// Begins to load. Paging does not load it again.
    pub(super) fn new(top: Memo<Option<SessionQuery>>, live: Live) -> Self {
        let answer = Resource::new(
            move || (top.get(), live.resets.get()),
            |(query, _)| async move {
                let query = query.ok_or_else(|| refuse(AppError::NotFound))?;
                let overview = load_overview(query.clone()).await?;
                Ok((query, overview))
            },
        );
        Self { answer, answered: RwSignal::new(i64::MAX), drawn: RwSignal::new(None) }
    }

    /// Follows the live list; `first` is told when the first sessions arrive.
    pub(super) fn follow(self, top: Memo<Option<SessionQuery>>, live: Live, first: impl Fn() + 'static) {
        Effect::new(move |earlier: Option<()>| {
            let now_ms = live.update.with(|update| update.as_ref().map(|update| update.now_ms));
            // The first run sees an update from before this page was loaded.
            let Some(now_ms) = now_ms.filter(|_| earlier.is_some()) else { return };
            let fresh_ms = top.with_untracked(|query| query.as_ref().and_then(|query| fresh_ms(query.period)));
            let answered = self.answered.get_untracked();
            if fresh_ms.is_some_and(|fresh_ms| now_ms.saturating_sub(answered) >= fresh_ms) {
                self.answered.set(now_ms);
                self.answer.refetch();
                if answered == 0 {
                    first();
                }
            }
        });
    }
}

/// The figures and the histogram, or why there are none.
#[component]
pub(super) fn OverviewPart(
    /// What was answered.
    answer: Answer,
    /// What the page holds.
    data: OverviewData,
) -> impl IntoView {
    match answer {
        Ok((query, overview)) => {
            let Overview { now_ms, summary, before, histogram } = overview;
            let is_new = summary.sessions == 0 && before.is_none_or(|before| before.sessions == 0) && !query.is_narrowed();
            data.answered.set(if is_new { 0 } else { now_ms });
            // How to get a first session is all that there is to say then.
            if is_new {
                return ().into_any();
            }
            view! {
                <section class="overview" aria-label="Overview">
                    <Figures query=query.clone() summary before/>
                    <Histogram query bars=histogram now_ms drawn=data.drawn/>
                    // On a phone they come after the list.
                    <a class="to-facets" href="#facets" rel="external">"To the facets"</a>
                </section>
            }
            .into_any()
        }
        // In the list's place stands the same.
        Err(AppError::NotSignedIn | AppError::NotFound | AppError::Invalid(_)) => ().into_any(),
        Err(AppError::Unavailable | AppError::TooSlow | AppError::Unreachable) => {
            view! { <p class="part-failed" role="status">"The figures could not be read just now. Reload the page to try again."</p> }.into_any()
        }
    }
}
