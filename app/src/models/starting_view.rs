//! The views that every site has from its start, one a team, until somebody deletes them. They are no rows: what is stored
//! is which of them were dismissed, so that a site has them however and whenever it was made.

use strum::{AsRefStr, EnumIter, EnumString, IntoEnumIterator};
use uuid::Uuid;

use super::{
    ids::{SiteId, ViewId},
    pages::READ_FROM,
    query::{Dimension, Filter, Metric, NumberTest, SessionQuery, TextTest},
    session::{BOUNCE_BELOW_MS, Bounce},
    sign::{SignFamily, SignKind},
    view::SavedView,
};

/// Parts of what campaigns name as their medium where they are paid for.
const PAID: [&str; 9] = ["cpc", "ppc", "cpm", "cpa", "cpv", "paid", "display", "banner", "retarget"];
/// Parts of the names of events that sites raise when somebody signed up.
const SIGNED_UP: [&str; 4] = ["signup", "sign-up", "sign_up", "sign up"];
/// Parts of the addresses of pages that sites show then.
const WELCOME: [&str; 2] = ["/thank", "/welcome"];

/// Which one. The text form is stored where one was dismissed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, AsRefStr, EnumIter, EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum StartingView {
    /// For designers: where something went wrong.
    Trouble,
    /// For writers: what was read.
    Read,
    /// For marketers: what money was spent on for nothing.
    PaidBounced,
    /// For product managers: who thought about it.
    PricingAlone,
    /// For support: who may ask.
    NeedsAnswer,
}

impl StartingView {
    /// Its id, the same on every site. Those of saved views are random and never so small.
    pub fn id(self) -> ViewId {
        ViewId(Uuid::from_u128(self as u128 + 1))
    }

    /// The one of this id, if it is one.
    pub fn of(id: ViewId) -> Option<Self> {
        Self::iter().find(|view| view.id() == id)
    }

    /// The one of this name, whatever its case.
    pub fn named(name: &str) -> Option<Self> {
        Self::iter().find(|view| view.name().to_lowercase() == name.to_lowercase())
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Trouble => "Trouble",
            Self::Read => "Read to the end",
            Self::PaidBounced => "Paid traffic that bounced",
            Self::PricingAlone => "Saw pricing, no sign-up",
            Self::NeedsAnswer => "Needs an answer",
        }
    }

    /// What it shows, in a sentence.
    pub fn about(self) -> &'static str {
        match self {
            Self::Trouble => {
                "Something went wrong: rage or dead clicks, script errors, pages not found, forms not sent, or one page again and again."
            }
            Self::Read => "Saw 75\u{a0}% or more of a page, and was active for more than 10\u{a0}s.",
            Self::PaidBounced => {
                "Came by a campaign whose medium says that it was paid for, like cpc or paid-social, and bounced: one page, less than 10\u{a0}s, nothing done."
            }
            Self::PricingAlone => {
                "Opened a page with /pricing in its address, but no event is named like sign-up, and no thank-you or welcome page was opened."
            }
            Self::NeedsAnswer => {
                "Met a script error or a page that was not found, and was shown a reference code: somebody may ask about it."
            }
        }
    }

    /// Its conditions.
    pub fn filters(self) -> Vec<Filter> {
        let text = |dimension, test, values: &[&str]| Filter::Text {
            dimension,
            test,
            values: values.iter().map(|&value| value.to_owned()).collect(),
        };
        let more = |metric, than| Filter::Number { metric, test: NumberTest::More(than) };
        let signs = |is_meant: fn(SignKind) -> bool| Filter::Text {
            dimension: Dimension::Sign,
            test: TextTest::Is,
            values: SignKind::iter().filter(|&kind| is_meant(kind)).map(|kind| kind.as_ref().to_owned()).collect(),
        };
        match self {
            Self::Trouble => vec![signs(|kind| kind.family() == SignFamily::Friction)],
            Self::Read => vec![
                more(Metric::Scroll, u32::from(READ_FROM) - 1),
                more(Metric::Active, u32::try_from(BOUNCE_BELOW_MS / 1000).unwrap_or(u32::MAX)),
            ],
            Self::PaidBounced => vec![
                text(Dimension::Medium, TextTest::Contains, &PAID),
                Filter::is(Dimension::Bounced, Bounce::Yes.as_ref()),
            ],
            Self::PricingAlone => vec![
                text(Dimension::Page, TextTest::Contains, &["/pricing"]),
                text(Dimension::Event, TextTest::Lacks, &SIGNED_UP),
                text(Dimension::Page, TextTest::Lacks, &WELCOME),
            ],
            Self::NeedsAnswer => {
                vec![signs(|kind| matches!(kind, SignKind::Error | SignKind::NotFound)), more(Metric::References, 0)]
            }
        }
    }

    /// It as a view of a site.
    pub fn view(self, site: SiteId) -> SavedView {
        let query = SessionQuery::newest(site).narrowed_by(self.filters());
        SavedView { id: self.id(), name: self.name().to_owned(), query }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::models::{
        event::EventKind,
        reference::ReferenceCode,
        samples::{detail, event, page, session},
        select::selects,
        session::Session,
        sign::Sign,
        source::Campaign,
        timeline::{SessionDetail, TimelinePage},
        view::{LONGEST_QUERY, ViewName},
    };

    #[test]
    fn each_is_found_by_its_id_and_its_name_and_could_have_been_saved_by_hand() {
        for view in StartingView::iter() {
            assert_eq!(
                (StartingView::of(view.id()), StartingView::named(&view.name().to_uppercase())),
                (Some(view), Some(view))
            );
            assert_eq!(ViewName::parse(view.name()).unwrap().as_str(), view.name());
            assert!(view.about().ends_with('.') && !view.about().trim_end_matches('.').contains(". "), "one sentence");
            let search = view.view(SiteId(1)).query.search_string();
            assert!(search.len() <= LONGEST_QUERY, "{search}");
        }
        assert_eq!(StartingView::of(ViewId(Uuid::nil())), None);
    }

    #[test]
    fn the_figures_of_the_sentences_are_those_of_the_rules() {
        let read = StartingView::Read.about();
        assert!(read.contains(&format!("{READ_FROM}\u{a0}%")), "{read}");
        for view in [StartingView::Read, StartingView::PaidBounced] {
            let line = format!("{}\u{a0}s", BOUNCE_BELOW_MS / 1000);
            assert!(view.about().contains(&line), "{}", view.about());
        }
    }

    fn on(pages: Vec<TimelinePage>) -> SessionDetail {
        detail(session(1), pages)
    }

    fn seen(percent: Option<u8>, active_ms: u64) -> SessionDetail {
        let page = TimelinePage { scroll: percent, ..page("/a-visit", vec![]) };
        detail(Session { active_ms: Some(active_ms), ..session(1) }, vec![page])
    }

    fn came_by(medium: &str, active_ms: u64) -> SessionDetail {
        let campaign = Campaign { medium: Some(medium.into()), ..Campaign::default() };
        SessionDetail { campaign, ..seen(None, active_ms) }
    }

    fn with(kind: SignKind, code: Option<&str>) -> SessionDetail {
        let session = Session { signs: vec![Sign { kind, figure: 1 }], ..session(1) };
        let references = code.and_then(ReferenceCode::parse).into_iter().collect();
        SessionDetail { references, ..detail(session, vec![page("/", vec![])]) }
    }

    fn pricing_and(path: &str, kind: EventKind, name: &str) -> SessionDetail {
        on(vec![page("/pricing/teams", vec![event(kind, name, "")]), page(path, vec![])])
    }

    #[rstest]
    #[case(StartingView::Trouble, with(SignKind::Returns, None), true)]
    #[case(StartingView::Trouble, with(SignKind::ManyPages, None), false)]
    #[case(StartingView::Read, seen(Some(75), 11_000), true)]
    #[case::not_far_enough(StartingView::Read, seen(Some(74), 60_000), false)]
    #[case::a_short_page_at_a_glance(StartingView::Read, seen(Some(100), 4_000), false)]
    #[case::not_measured(StartingView::Read, seen(None, 60_000), false)]
    #[case(StartingView::PaidBounced, came_by("CPC", 3_000), true)]
    #[case(StartingView::PaidBounced, came_by("paid_social", 3_000), true)]
    #[case::who_stayed(StartingView::PaidBounced, came_by("cpc", 30_000), false)]
    #[case::a_letter(StartingView::PaidBounced, came_by("mail", 3_000), false)]
    #[case(StartingView::PricingAlone, pricing_and("/", EventKind::Click, "Menu"), true)]
    #[case(StartingView::PricingAlone, pricing_and("/", EventKind::Custom, "Signup done"), false)]
    #[case(StartingView::PricingAlone, pricing_and("/sign-up", EventKind::FormStart, "Sign up"), true)]
    #[case(StartingView::PricingAlone, pricing_and("/sign-up/thanks", EventKind::Form, "Sign up"), false)]
    #[case::no_prices(StartingView::PricingAlone, on(vec![page("/", vec![])]), false)]
    #[case(StartingView::NeedsAnswer, with(SignKind::Error, Some("K7F-3QX9")), true)]
    #[case::nobody_can_ask(StartingView::NeedsAnswer, with(SignKind::NotFound, None), false)]
    #[case::nothing_to_ask_about(StartingView::NeedsAnswer, with(SignKind::RageClick, Some("K7F-3QX9")), false)]
    fn it_shows(#[case] view: StartingView, #[case] detail: SessionDetail, #[case] shown: bool) {
        assert_eq!(selects(&view.view(SiteId(1)).query, None, &detail, 0), shown);
    }
}
