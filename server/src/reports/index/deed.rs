//! What sessions did on one page view, as numbers of texts.

use app::models::{
    event::EventKind,
    query::{Act, Bounds, Deed},
};

use super::{
    reach::HasProperty,
    steps::{Happening, Step, View, views},
    words::{Word, Words},
};

/// What is asked of one page view.
#[derive(Clone, Debug)]
pub(super) struct OnView {
    /// Its page; `None` of any.
    page: Option<Text>,
    act: OnPage,
}

/// A text; `None` where no session has it.
type Text = Option<Word>;

#[derive(Clone, Debug)]
enum OnPage {
    View,
    After(Text),
    Before(Text),
    Depth(Bounds),
    Active(Bounds),
    Friction,
    Errors,
    Event(EventKind, Text),
    Exactly { kind: EventKind, name: Text, target: Text },
    Property(HasProperty),
}

impl OnView {
    pub(super) fn of(deed: &Deed, words: &Words) -> Self {
        let text = |text: &str| words.known(text);
        let act = match &deed.act {
            Act::View => OnPage::View,
            Act::After(page) => OnPage::After(text(page)),
            Act::Before(page) => OnPage::Before(text(page)),
            Act::Depth(bounds) => OnPage::Depth(*bounds),
            Act::Active(bounds) => OnPage::Active(*bounds),
            Act::Friction => OnPage::Friction,
            Act::Errors => OnPage::Errors,
            Act::Event(called) => OnPage::Event(called.kind, text(&called.name)),
            Act::Exactly { kind, name, target } => {
                OnPage::Exactly { kind: *kind, name: text(name), target: text(target) }
            }
            Act::Property(property, value) => {
                OnPage::Property(HasProperty::of(property, std::slice::from_ref(value), words))
            }
        };
        Self { page: (!deed.page.is_empty()).then(|| text(&deed.page)), act }
    }

    /// Whether one of a session's page views fulfils it.
    pub(super) fn is_done(&self, steps: &[Step]) -> bool {
        match self.act {
            OnPage::After(page) => self.is_beside(steps, |before, after| (after, before), page),
            OnPage::Before(page) => self.is_beside(steps, |before, after| (before, after), page),
            _ => views(steps).any(|view| self.is_on(view.path) && self.act.holds(&view)),
        }
    }

    fn is_on(&self, path: Word) -> bool {
        self.page.is_none_or(|page| page == Some(path))
    }

    /// Whether two pages stand beside each other, of which `sides` says which is the one that is meant and which the other.
    /// Before the first and after the last one stands nothing; a reload is no new look.
    fn is_beside(&self, steps: &[Step], sides: fn(Word, Word) -> (Word, Word), other: Text) -> bool {
        let mut before = 0;
        views(steps).map(|view| view.path).chain([0]).any(|path| {
            let (page, beside) = sides(std::mem::replace(&mut before, path), path);
            page != beside && page != 0 && self.is_on(page) && other == Some(beside)
        })
    }
}

impl OnPage {
    fn holds(&self, view: &View<'_>) -> bool {
        let happened = |is_it: &dyn Fn(&Happening<'_>) -> bool| view.events().any(|event| is_it(&event));
        match self {
            Self::View | Self::After(_) | Self::Before(_) => true,
            Self::Depth(bounds) => view.scroll.is_some_and(|percent| bounds.hold(percent.into())),
            Self::Active(bounds) => view.active_ms.is_some_and(|ms| bounds.hold(ms / 1000)),
            Self::Friction => happened(&|event| event.kind.is_obstacle()),
            Self::Errors => happened(&|event| event.kind.is_error()),
            Self::Event(kind, called) => happened(&|event| event.kind == *kind && *called == Some(event.called)),
            Self::Exactly { kind, name, target } => {
                happened(&|event| event.kind == *kind && *name == Some(event.name) && *target == Some(event.target))
            }
            Self::Property(property) => happened(&|event| property.is_had(event)),
        }
    }
}
