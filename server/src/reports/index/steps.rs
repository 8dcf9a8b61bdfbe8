//! What happened in the sessions of a day, step by step: their page views in order, each followed by its events, each of
//! these by its properties. For what asks for more than which texts a session has: times and counts of pages, events and
//! their properties, goals, paths.

use app::models::event::{EventKind, Props};
use uuid::Uuid;

use super::words::{Word, Words};

/// Stands for a figure that was not measured.
const UNKNOWN: u32 = u32::MAX;
const UNSEEN: u8 = u8::MAX;

/// A step: 16 bytes, as there are a dozen in a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A page view.
    View { path: Word, title: Word, active_ms: u32, scroll: u8 },
    /// An event of the page view before it.
    Event { kind: EventKind, called: Word, name: Word, target: Word },
    /// A property of the event before it.
    Property { key: Word, value: Word },
}

/// A page view with what happened on it.
#[derive(Clone, Copy, Debug)]
pub(in crate::reports) struct View<'a> {
    /// Its path.
    pub(in crate::reports) path: Word,
    /// Its title; 0 if it has none.
    pub(in crate::reports) title: Word,
    /// Its active time in milliseconds, if that was measured.
    pub(in crate::reports) active_ms: Option<u32>,
    /// How far down it was seen, in percent, if that was measured.
    pub(in crate::reports) scroll: Option<u8>,
    rest: &'a [Step],
}

/// An event.
#[derive(Clone, Copy, Debug)]
pub(in crate::reports) struct Happening<'a> {
    /// Its kind.
    pub(in crate::reports) kind: EventKind,
    /// What it goes by: the name of what the site names, the kind of everything else.
    pub(in crate::reports) called: Word,
    /// Its name; 0 if it has none.
    pub(in crate::reports) name: Word,
    /// Where it leads; 0 where it leads nowhere.
    pub(in crate::reports) target: Word,
    rest: &'a [Step],
}

/// The page views of a session, in order.
pub(in crate::reports) fn views(steps: &[Step]) -> impl Iterator<Item = View<'_>> {
    let is_view = |step: &Step| matches!(step, Step::View { .. });
    parts(steps, is_view).filter_map(|part| match part.split_first() {
        Some((&Step::View { path, title, active_ms, scroll }, rest)) => Some(View {
            path,
            title,
            active_ms: (active_ms != UNKNOWN).then_some(active_ms),
            scroll: (scroll != UNSEEN).then_some(scroll),
            rest,
        }),
        _ => None,
    })
}

impl<'a> View<'a> {
    /// Its events, in order.
    pub(in crate::reports) fn events(&self) -> impl Iterator<Item = Happening<'a>> + use<'a> {
        let is_event = |step: &Step| matches!(step, Step::Event { .. });
        parts(self.rest, is_event).filter_map(|part| match part.split_first() {
            Some((&Step::Event { kind, called, name, target }, rest)) => {
                Some(Happening { kind, called, name, target, rest })
            }
            _ => None,
        })
    }
}

impl Happening<'_> {
    /// Its properties: names and values.
    pub(in crate::reports) fn properties(&self) -> impl Iterator<Item = (Word, Word)> {
        self.rest.iter().filter_map(|step| match *step {
            Step::Property { key, value } => Some((key, value)),
            Step::View { .. } | Step::Event { .. } => None,
        })
    }
}

/// Parts that each begin with a step of a sort.
fn parts(steps: &[Step], begins: impl Fn(&Step) -> bool) -> impl Iterator<Item = &[Step]> {
    let mut rest = steps;
    std::iter::from_fn(move || {
        let (_, after) = rest.split_first()?;
        let end = 1 + after.iter().position(&begins).unwrap_or(after.len());
        let (part, others) = rest.split_at_checked(end)?;
        rest = others;
        Some(part)
    })
}

/// A page view and an event as they are read, in whatever order.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    views: Vec<(i64, Uuid, Step)>,
    events: Vec<(Uuid, i64, Uuid, Vec<Step>)>,
}

/// What is read of a page view.
#[derive(Debug)]
pub(super) struct ReadView<'a> {
    pub(super) id: Uuid,
    pub(super) started_at: i64,
    pub(super) path: &'a str,
    pub(super) title: Option<&'a str>,
    pub(super) active_ms: Option<i64>,
    pub(super) scroll: Option<i32>,
}

/// What is read of an event.
#[derive(Debug)]
pub(super) struct ReadEvent<'a> {
    pub(super) id: Uuid,
    pub(super) page_view: Uuid,
    pub(super) offset_ms: i64,
    pub(super) kind: &'a str,
    pub(super) name: Option<&'a str>,
    pub(super) target: Option<&'a str>,
    pub(super) props: Option<&'a str>,
}

impl Gathering {
    /// Takes a page view in.
    pub(super) fn view(&mut self, view: &ReadView<'_>, words: &mut Words) {
        let narrow = |ms: i64| u32::try_from(ms.max(0)).unwrap_or(UNKNOWN - 1).min(UNKNOWN - 1);
        let step = Step::View {
            path: words.path(view.path),
            title: words.number(view.title.unwrap_or_default()),
            active_ms: view.active_ms.map_or(UNKNOWN, narrow),
            scroll: view.scroll.and_then(|percent| u8::try_from(percent.clamp(0, 100)).ok()).unwrap_or(UNSEEN),
        };
        self.views.push((view.started_at, view.id, step));
    }

    /// Takes an event in.
    pub(super) fn event(&mut self, event: &ReadEvent<'_>, words: &mut Words) {
        // A kind that is none is shown as what the site named itself, here as in a session's timeline.
        let kind = event.kind.parse().unwrap_or(EventKind::Custom);
        let named = event.name.filter(|_| kind == EventKind::Custom);
        let mut steps = vec![Step::Event {
            kind,
            called: words.number(named.unwrap_or(kind.as_ref())),
            name: words.number(event.name.unwrap_or_default()),
            target: words.number(event.target.unwrap_or_default()),
        }];
        let props: Props = event.props.and_then(|props| serde_json::from_str(props).ok()).unwrap_or_default();
        let mut property = |(key, value): (&String, &app::models::event::PropValue)| Step::Property {
            key: words.number(key),
            value: words.number(&value.to_string()),
        };
        steps.extend(props.iter().map(&mut property));
        self.events.push((event.page_view, event.offset_ms, event.id, steps));
    }

    /// All of it in order. Events whose page view is gone are left out.
    pub(super) fn done(mut self) -> Vec<Step> {
        self.views.sort_unstable_by_key(|&(started_at, id, _)| (started_at, id));
        self.events.sort_unstable_by_key(|&(view, offset, id, _)| (view, offset, id));
        let mut steps = Vec::new();
        for (_, view, step) in self.views {
            steps.push(step);
            let first = self.events.partition_point(|&(of, ..)| of < view);
            let of_view = self.events.iter().skip(first).take_while(|&&(of, ..)| of == view);
            of_view.for_each(|(_, _, _, event)| steps.extend_from_slice(event));
        }
        steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_as_small_as_it_can_be() {
        assert_eq!(size_of::<Step>(), 16);
    }

    #[test]
    fn page_views_come_in_order_each_with_its_events_and_their_properties() {
        let mut words = Words::default();
        let mut gathering = Gathering::default();
        let view = |id: u128, started_at: i64, path: &'static str| ReadView {
            id: Uuid::from_u128(id),
            started_at,
            path,
            title: None,
            active_ms: (id == 1).then_some(3_000),
            scroll: None,
        };
        let event = |id: u128, view: u128, offset_ms: i64, kind: &'static str, name: &'static str| ReadEvent {
            id: Uuid::from_u128(id),
            page_view: Uuid::from_u128(view),
            offset_ms,
            kind,
            name: Some(name),
            target: None,
            props: (kind == "custom").then_some("{\"plan\":\"pro\",\"seats\":5}"),
        };
        for (id, started_at, path) in [(1, 200, "/lamps"), (2, 100, "/")] {
            gathering.view(&view(id, started_at, path), &mut words);
        }
        for (id, of, offset, kind, name) in
            [(7, 1, 50, "custom", "signup"), (8, 1, 20, "click", "Buy"), (9, 3, 0, "click", "Gone")]
        {
            gathering.event(&event(id, of, offset, kind, name), &mut words);
        }
        let steps = gathering.done();
        let seen: Vec<String> = views(&steps)
            .map(|view| {
                let events = view.events().map(|event| {
                    let text = |(key, value): (Word, Word)| format!("{}={}", words.text(key), words.text(value));
                    let props: Vec<String> = event.properties().map(text).collect();
                    format!(" {}({})", words.text(event.called), props.join(","))
                });
                format!("{} {:?}{}", words.text(view.path), view.active_ms, events.collect::<String>())
            })
            .collect();
        assert_eq!(seen, ["/ None", "/lamps Some(3000) click() signup(plan=pro,seats=5)"]);
    }
}
