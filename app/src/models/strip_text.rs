//! How a strip travels: a list of texts, its figures first, then each path of it once.
//!
//! ```json
//! ["0,0,23000,0a150i;1,23400,,|5000c12300d", "/", "/pricing"]
//! ```
//!
//! Before the `|` stand the page views, with `;` between them. Each is
//!
//! * the place of its path among the paths, from 0 on;
//! * the milliseconds from the start of the page view before, the first's from the start of the session;
//! * how many milliseconds it was open, nothing when that was not reported;
//! * its stretches: the tenths of a second at which one begins, and `a`, `i` or `h` for active, idle or hidden.
//!
//! After it stand the events: the milliseconds from the event before, and a letter for what happened. Fifty rows of a list
//! that is full of long sessions have thousands of both, so that names of fields would be most of the answer.

use std::fmt::{self, Write};

use serde::{Serialize, Serializer, ser};

use super::{
    event::EventKind,
    span::{Attention, Span, Spans},
    strip::{Strip, StripMark, StripView},
};

/// The texts are not a strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a strip is its figures and its paths")]
pub struct NotAStrip;

impl Serialize for Strip {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut paths = Vec::new();
        let figures = figures(self, &mut paths).map_err(<S::Error as ser::Error>::custom)?;
        serializer.collect_seq(std::iter::once(figures.as_str()).chain(paths))
    }
}

impl TryFrom<Vec<String>> for Strip {
    type Error = NotAStrip;
    fn try_from(texts: Vec<String>) -> Result<Self, NotAStrip> {
        read(&texts).ok_or(NotAStrip)
    }
}

/// Writes the figures, and gathers the paths that they speak of.
fn figures<'a>(strip: &'a Strip, paths: &mut Vec<&'a str>) -> Result<String, fmt::Error> {
    let mut text = String::new();
    let mut before = 0;
    for (at, view) in strip.views.iter().enumerate() {
        let between = if at > 0 { ";" } else { "" };
        write!(text, "{between}{},{},", place(&view.path, paths), since(before, view.from_ms))?;
        if let Some(open_ms) = view.open_ms {
            write!(text, "{open_ms}")?;
        }
        text.push(',');
        for span in view.spans.as_slice() {
            write!(text, "{}{}", span.from, attention_letter(span.attention))?;
        }
        before = view.from_ms;
    }
    text.push('|');
    let mut before = 0;
    for mark in &strip.marks {
        write!(text, "{}{}", since(before, mark.at_ms), mark.kind.letter())?;
        before = mark.at_ms;
    }
    Ok(text)
}

/// Where a path stands among the paths; a new one is put at their end.
fn place<'a>(path: &'a str, paths: &mut Vec<&'a str>) -> usize {
    paths.iter().position(|known| *known == path).unwrap_or_else(|| {
        paths.push(path);
        paths.len() - 1
    })
}

/// The way from one moment to another. It comes out below zero where they are not in order.
fn since(before: u64, ms: u64) -> i64 {
    ms.wrapping_sub(before).cast_signed()
}

fn read(texts: &[String]) -> Option<Strip> {
    let (figures, paths) = texts.split_first()?;
    let (views, marks) = figures.split_once('|')?;
    let mut from_ms = 0;
    let views = views.split_terminator(';').map(|text| {
        let view = read_view(text, paths, from_ms)?;
        from_ms = view.from_ms;
        Some(view)
    });
    let views = views.collect::<Option<_>>()?;
    let mut at_ms = 0;
    let marks = lettered(marks).map(|part| {
        let (since, letter) = part?;
        at_ms = after(at_ms, since)?;
        Some(StripMark { at_ms, kind: EventKind::of_letter(letter)? })
    });
    Some(Strip { views, marks: marks.collect::<Option<_>>()? })
}

fn read_view(text: &str, paths: &[String], before: u64) -> Option<StripView> {
    let mut parts = text.split(',');
    let path = paths.get(parts.next()?.parse::<usize>().ok()?)?.clone();
    let from_ms = after(before, parts.next()?)?;
    let open_ms = match parts.next()? {
        "" => None,
        open => Some(open.parse().ok()?),
    };
    let mut spans: Vec<Span> = Vec::new();
    for part in lettered(parts.next()?) {
        let (from, letter) = part?;
        let attention = ATTENTIONS.into_iter().find(|attention| attention_letter(*attention) == letter)?;
        spans.push(Span { from: from.parse().ok()?, attention });
    }
    Some(StripView { path, from_ms, open_ms, spans: Spans::tidy(spans, open_ms.unwrap_or_default()) })
}

fn after(before: u64, since: &str) -> Option<u64> {
    Some(before.wrapping_add_signed(since.parse().ok()?))
}

/// Numbers that each end with a letter.
fn lettered(text: &str) -> impl Iterator<Item = Option<(&str, char)>> {
    text.split_inclusive(|sign: char| sign.is_ascii_lowercase()).map(|part| {
        let letter = part.chars().next_back()?;
        Some((part.strip_suffix(letter)?, letter))
    })
}

const ATTENTIONS: [Attention; 3] = [Attention::Active, Attention::Idle, Attention::Hidden];

fn attention_letter(attention: Attention) -> char {
    match attention {
        Attention::Active => 'a',
        Attention::Idle => 'i',
        Attention::Hidden => 'h',
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;
    use strum::IntoEnumIterator;

    use super::*;

    prop_compose! {
        fn any_view()(
            path in prop_oneof![Just("/".to_owned()), Just("/pricing".to_owned()), any::<String>()],
            from_ms in prop_oneof![0u64..90_000_000, any::<u64>()],
            open_ms in prop::option::of(prop_oneof![0u64..900_000, any::<u64>()]),
            spans in prop::collection::vec((0u32..9_000, prop::sample::select(ATTENTIONS.to_vec())), 0..8),
        ) -> StripView {
            let spans = Spans::tidy(spans.into_iter().map(Span::from), open_ms.unwrap_or_default());
            StripView { path, from_ms, open_ms, spans }
        }
    }

    prop_compose! {
        fn any_mark()(
            at_ms in prop_oneof![0u64..90_000_000, any::<u64>()],
            kind in prop::sample::select(EventKind::iter().collect::<Vec<_>>()),
        ) -> StripMark {
            StripMark { at_ms, kind }
        }
    }

    prop_compose! {
        fn any_strip()(
            views in prop::collection::vec(any_view(), 0..20),
            marks in prop::collection::vec(any_mark(), 0..20),
        ) -> Strip {
            Strip { views, marks }
        }
    }

    proptest! {
        #[test]
        fn a_strip_arrives_as_it_was_sent(strip in any_strip()) {
            let sent = serde_json::to_string(&strip).unwrap();
            prop_assert_eq!(serde_json::from_str::<Strip>(&sent).unwrap(), strip);
        }

        #[test]
        fn whatever_arrives_is_a_strip_or_an_error(
            figures in "[0-9,;|acdhi-]{0,40}",
            paths in prop::collection::vec(any::<String>(), 0..3),
        ) {
            let texts: Vec<String> = std::iter::once(figures).chain(paths).collect();
            if let Ok(strip) = Strip::try_from(texts) {
                let sent = serde_json::to_string(&strip).unwrap();
                prop_assert_eq!(serde_json::from_str::<Strip>(&sent).unwrap(), strip);
            }
        }
    }

    #[test]
    fn a_strip_travels_as_its_figures_and_each_path_once() {
        let view = |path: &str, from_ms, open_ms: Option<u64>, spans: &[(u32, Attention)]| StripView {
            path: path.into(),
            from_ms,
            open_ms,
            spans: Spans::tidy(spans.iter().copied().map(Span::from), open_ms.unwrap_or_default()),
        };
        let strip = Strip {
            views: vec![
                view("/", 0, Some(23_000), &[(0, Attention::Active), (150, Attention::Idle)]),
                view("/pricing", 23_400, None, &[]),
                view("/", 30_000, Some(500), &[(0, Attention::Hidden)]),
            ],
            marks: vec![
                StripMark { at_ms: 5_000, kind: EventKind::Click },
                StripMark { at_ms: 17_300, kind: EventKind::DeadClick },
            ],
        };
        assert_eq!(
            serde_json::to_string(&strip).unwrap(),
            r#"["0,0,23000,0a150i;1,23400,,;0,6600,500,0h|5000c12300d","/","/pricing"]"#
        );
        assert_eq!(serde_json::to_string(&Strip::default()).unwrap(), r#"["|"]"#);
    }

    #[rstest]
    #[case::nothing(&[])]
    #[case::no_events(&["0,0,,", "/"])]
    #[case::a_path_that_is_not_there(&["1,0,,|", "/"])]
    #[case::a_page_view_without_stretches(&["0,0,1000|", "/"])]
    #[case::a_length_below_zero(&["0,0,-1,|", "/"])]
    #[case::a_stretch_without_a_letter(&["0,0,1000,0|", "/"])]
    #[case::a_letter_without_a_number(&["0,0,1000,a|", "/"])]
    #[case::a_kind_that_does_not_exist(&["|5x"])]
    #[case::more_than_a_byte(&["|5é"])]
    fn what_is_not_a_strip_is_an_error(#[case] texts: &[&str]) {
        assert_eq!(Strip::try_from(texts.iter().copied().map(String::from).collect::<Vec<_>>()), Err(NotAStrip));
    }
}
