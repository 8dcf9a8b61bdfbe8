//! Links to the parts of a long timeline, which need no script.

use leptos::prelude::*;

use crate::{
    format::{count, thousands},
    models::part::{AT_ONCE, Part, Places},
};

/// How many parts before and behind the one that is shown have a link of their own.
const NEAR: u32 = 2;

/// Links to the first part, the last and those around the one that is shown, each with the events that it holds; nothing
/// where one part holds them all.
pub(super) fn part_links(places: &Places, label: &'static str) -> AnyView {
    let part = places.part();
    if part.last() == 1 {
        return ().into_any();
    }
    let mut before = 0;
    let links: Vec<_> = linked(part)
        .map(|number| {
            let between = (number > before + 1).then(|| view! { <li class="shown-words" aria-hidden="true">"…"</li> });
            before = number;
            let current = (number == part.number).then_some("true");
            let range = Part { number, ..part }.range();
            let words = format!("{}–{}", thousands(range.start as u64 + 1), thousands(range.end as u64));
            view! { {between}<li><a href=places.part_href(number) aria-current=current>{words}</a></li> }
        })
        .collect();
    let words = format!("{}, {} at a time:", count(part.events as u64, "event", "events"), thousands(AT_ONCE as u64));
    view! {
        <nav class="shown" aria-label=label><ul role="list"><li class="shown-words">{words}</li>{links}</ul></nav>
    }
    .into_any()
}

/// The numbers of the parts that have a link. A single one between two others has one too.
fn linked(part: Part) -> impl Iterator<Item = u32> {
    let Part { number, .. } = part;
    let last = part.last();
    let near = move |of: u32| of.abs_diff(number) <= NEAR;
    (1..=last).filter(move |&of| {
        of == 1 || of == last || near(of) || (of == 2 && near(3)) || (of + 1 == last && near(of.saturating_sub(1)))
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::few(1, 3, &[1, 2, 3])]
    #[case::at_the_beginning(1, 25, &[1, 2, 3, 25])]
    #[case::in_the_middle(12, 25, &[1, 10, 11, 12, 13, 14, 25])]
    #[case::no_gap_of_one(5, 9, &[1, 2, 3, 4, 5, 6, 7, 8, 9])]
    #[case::at_the_end(25, 25, &[1, 23, 24, 25])]
    fn the_first_the_last_and_the_near_ones_have_links(
        #[case] number: u32,
        #[case] parts: usize,
        #[case] expected: &[u32],
    ) {
        assert_eq!(linked(Part::new(number, parts * AT_ONCE)).collect::<Vec<_>>(), expected);
    }
}
