//! How the events of a page view travel: a list of texts, their figures first, then each text of them once.
//!
//! ```json
//! ["1,300c0,,,1795525330000,3600;1,56o1,2;1,900u3,,4", "Pay", "Docs", "https://docs.example", "seen", "{\"shelf\":3}"]
//! ```
//!
//! Between the `;` stand the events. Each is
//!
//! * its number, less that of the event before;
//! * its offset in milliseconds, less that of the event before, and a letter for its kind;
//! * the places of its name, target and properties among the texts, from 0 on, nothing where there is none;
//! * where they are not those of the event before: the moment that offsets count from, and the zone's offset in seconds.
//!
//! Commas at the end are left out. A session can have ten thousand events: names of fields would be most of the answer.
//! Their ids stay on the server, which is the only one to need them.

use std::{borrow::Cow, collections::HashMap};

use serde::{Deserialize, Deserializer, Serializer, de, ser};

use super::{
    event::{EventKind, Props},
    time::LocalTime,
    timeline::TimelineEvent,
};

/// Writes the events.
///
/// # Errors
///
/// When properties cannot be written as JSON.
pub(super) fn serialize<S: Serializer>(events: &[TimelineEvent], serializer: S) -> Result<S::Ok, S::Error> {
    let mut texts = Texts::default();
    let mut before = Before::default();
    let mut figures = Vec::with_capacity(events.len());
    for event in events {
        figures.push(written(event, &before, &mut texts).map_err(<S::Error as ser::Error>::custom)?);
        before = Before::of(event);
    }
    serializer.collect_seq(std::iter::once(Cow::Owned(figures.join(";"))).chain(texts.all))
}

/// Reads them.
///
/// # Errors
///
/// When the texts are no events.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<TimelineEvent>, D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    read(&texts).ok_or_else(|| <D::Error as de::Error>::custom("events are their figures and their texts"))
}

/// What an event's figures count from.
#[derive(Clone, Copy, Debug, Default)]
struct Before {
    number: u32,
    offset_ms: u64,
    /// The moment that offsets count from.
    base: LocalTime,
}

impl Before {
    fn of(event: &TimelineEvent) -> Self {
        let ms = event.at.ms.wrapping_sub(event.offset_ms.cast_signed());
        Self { number: event.number, offset_ms: event.offset_ms, base: LocalTime { ms, ..event.at } }
    }
}

/// Texts, each once, and the place of each.
#[derive(Default)]
struct Texts<'a> {
    all: Vec<Cow<'a, str>>,
    places: HashMap<Cow<'a, str>, usize>,
}

impl<'a> Texts<'a> {
    fn place(&mut self, text: Cow<'a, str>) -> String {
        let place = *self.places.entry(text).or_insert_with_key(|text| {
            self.all.push(text.clone());
            self.all.len() - 1
        });
        place.to_string()
    }
}

fn written<'a>(event: &'a TimelineEvent, before: &Before, texts: &mut Texts<'a>) -> serde_json::Result<String> {
    let this = Before::of(event);
    let number = i64::from(this.number) - i64::from(before.number);
    let offset = this.offset_ms.wrapping_sub(before.offset_ms).cast_signed();
    let mut place = |text: Option<&'a str>| text.map(|text| texts.place(text.into())).unwrap_or_default();
    let (name, target) = (place(event.name.as_deref()), place(event.target.as_deref()));
    let props = match event.props.is_empty() {
        true => String::new(),
        false => texts.place(serde_json::to_string(&event.props)?.into()),
    };
    let base = match this.base == before.base {
        true => String::new(),
        false => format!("{},{}", this.base.ms, this.base.offset_s),
    };
    let text = format!("{number},{offset}{}{name},{target},{props},{base}", event.kind.letter());
    Ok(text.trim_end_matches(',').to_owned())
}

fn read(texts: &[String]) -> Option<Vec<TimelineEvent>> {
    let (figures, texts) = texts.split_first()?;
    let mut before = Before::default();
    let events = figures.split_terminator(';').map(|text| {
        let event = read_event(text, &before, texts)?;
        before = Before::of(&event);
        Some(event)
    });
    events.collect()
}

fn read_event(text: &str, before: &Before, texts: &[String]) -> Option<TimelineEvent> {
    let text_at = |place: &str| match place {
        "" => Some(None),
        place => texts.get(place.parse::<usize>().ok()?).map(Some),
    };
    let mut parts = text.split(',');
    let number = i64::from(before.number).checked_add(parts.next()?.parse().ok()?)?;
    let (offset, kind, name) = around_letter(parts.next()?)?;
    let offset_ms = before.offset_ms.wrapping_add_signed(offset.parse().ok()?);
    let mut next = || parts.next().unwrap_or_default();
    let (target, props) = (text_at(next())?, text_at(next())?);
    let base = match (next(), next()) {
        ("", "") => before.base,
        (ms, zone) => LocalTime { ms: ms.parse().ok()?, offset_s: zone.parse().ok()? },
    };
    Some(TimelineEvent {
        id: None,
        number: number.try_into().ok()?,
        at: LocalTime { ms: base.ms.wrapping_add(offset_ms.cast_signed()), ..base },
        offset_ms,
        kind,
        name: text_at(name)?.cloned(),
        target: target.cloned(),
        props: props.map_or_else(|| Some(Props::new()), |text| serde_json::from_str(text).ok())?,
    })
}

/// What stands before the letter of a kind, the kind, and what stands behind it.
fn around_letter(text: &str) -> Option<(&str, EventKind, &str)> {
    let (at, letter) = text.char_indices().find(|(_, sign)| sign.is_ascii_lowercase())?;
    Some((text.get(..at)?, EventKind::of_letter(letter)?, text.get(at + letter.len_utf8()..)?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;
    use strum::IntoEnumIterator;

    use super::*;
    use crate::models::{event::PropValue, samples};

    /// Events as they stand in a page view.
    #[derive(Debug, PartialEq, serde::Serialize, Deserialize)]
    #[serde(transparent)]
    struct Sent(#[serde(with = "super")] Vec<TimelineEvent>);

    fn any_text() -> impl Strategy<Value = Option<String>> {
        prop::option::of(prop_oneof![Just("Pay".to_owned()), Just(String::new()), any::<String>()])
    }

    prop_compose! {
        fn any_event()(
            number in prop_oneof![0u32..100, any::<u32>()],
            at in (prop_oneof![0i64..100_000, any::<i64>()], prop::sample::select(vec![0i32, 3_600, -12_600])),
            offset_ms in prop_oneof![0u64..100_000, any::<u64>()],
            kind in prop::sample::select(EventKind::iter().collect::<Vec<_>>()),
            name in any_text(),
            target in any_text(),
            props in prop::collection::btree_map(any::<String>(), any::<bool>().prop_map(PropValue::Bool), 0..3),
        ) -> TimelineEvent {
            TimelineEvent { id: None, number, at: LocalTime { ms: at.0, offset_s: at.1 }, offset_ms, kind, name, target, props }
        }
    }

    proptest! {
        #[test]
        fn events_arrive_as_they_were_sent(events in prop::collection::vec(any_event(), 0..20)) {
            let sent = Sent(events);
            let text = serde_json::to_string(&sent).unwrap();
            prop_assert_eq!(serde_json::from_str::<Sent>(&text).unwrap(), sent);
        }

        #[test]
        fn whatever_arrives_is_events_or_an_error(
            figures in "[0-9,;cuox-]{0,40}",
            texts in prop::collection::vec(any::<String>(), 0..3),
        ) {
            let texts: Vec<String> = std::iter::once(figures).chain(texts).collect();
            if let Some(events) = read(&texts) {
                let sent = Sent(events);
                let text = serde_json::to_string(&sent).unwrap();
                prop_assert_eq!(serde_json::from_str::<Sent>(&text).unwrap(), sent);
            }
        }
    }

    #[test]
    fn events_travel_as_their_figures_and_each_text_once() {
        let event = |number, offset_ms: u64, kind, name: &str, target: &str| {
            let at = LocalTime { ms: 1_795_525_330_000 + offset_ms.cast_signed(), offset_s: 3_600 };
            TimelineEvent { id: None, number, at, offset_ms, ..samples::event(kind, name, target) }
        };
        let props = Props::from([("shelf".to_owned(), PropValue::Number(3.0))]);
        let events = vec![
            event(1, 300, EventKind::Click, "Pay", ""),
            event(2, 356, EventKind::Outbound, "Pay", "https://pay.example/"),
            TimelineEvent { props, ..event(4, 900, EventKind::Custom, "", "") },
            TimelineEvent { at: LocalTime { ms: 7, offset_s: 0 }, ..event(5, 900, EventKind::Error, "", "") },
        ];
        assert_eq!(
            serde_json::to_string(&Sent(events)).unwrap(),
            r#"["1,300c0,,,1795525330000,3600;1,56o0,1;2,544u,,2;1,0e,,,-893,0","Pay","https://pay.example/","{\"shelf\":3.0}"]"#
        );
        assert_eq!(serde_json::to_string(&Sent(vec![])).unwrap(), r#"[""]"#);
    }

    #[rstest]
    #[case::nothing(&[])]
    #[case::no_kind(&["1,300"])]
    #[case::a_kind_that_does_not_exist(&["1,300x"])]
    #[case::a_text_that_is_not_there(&["1,300c1", "Pay"])]
    #[case::properties_that_are_none(&["1,300c0,,0", "Pay"])]
    #[case::a_number_below_zero(&["-1,300c"])]
    #[case::half_a_moment(&["1,300c,,,5"])]
    #[case::more_than_a_byte(&["1,3é0c"])]
    fn what_is_no_event_is_an_error(#[case] texts: &[&str]) {
        assert_eq!(read(&texts.iter().copied().map(String::from).collect::<Vec<_>>()), None);
    }
}
