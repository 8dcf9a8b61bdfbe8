//! The closed lists of values: their codes, and the words that stand for them.

use strum::{IntoEnumIterator, VariantNames};

use crate::{
    format::{conditions::tested_words, values::value_words},
    models::{
        event::EventKind,
        query::{Dimension, TextTest},
        session::{Bounce, Country, Device},
        sign::SignKind,
        source::Channel,
    },
};

/// What stands in a field in which a value is changed: what would be typed there.
pub fn typed_words(of: Dimension, test: TextTest, value: &str) -> String {
    if is_closed(of) { tested_words(of, test, value) } else { value.to_owned() }
}

/// Whether the list of its values is closed. Events are not: sites name their own.
pub(super) fn is_closed(of: Dimension) -> bool {
    matches!(of, Dimension::Country | Dimension::Device | Dimension::Channel | Dimension::Sign | Dimension::Bounced)
}

/// The codes of a closed list.
pub(super) fn values(of: Dimension) -> Vec<String> {
    let names: &[&str] = match of {
        Dimension::Country => return Country::all().map(|country| country.code()).collect(),
        Dimension::Device => Device::VARIANTS,
        Dimension::Channel => Channel::VARIANTS,
        Dimension::Sign => SignKind::VARIANTS,
        Dimension::Bounced => Bounce::VARIANTS,
        _ => &[],
    };
    names.iter().map(|&name| name.to_owned()).collect()
}

/// The code of a value: that itself, its words, and for a country its other names and letters that the list does not
/// know but a database of countries may.
pub(super) fn code(of: Dimension, typed: &str) -> Option<String> {
    let wanted = folded(typed);
    let is_meant = |code: &String| {
        let words = folded(&value_words(of, code));
        folded(code) == wanted || words == wanted || wanted.strip_prefix("the ") == Some(words.as_str())
    };
    if let Some(code) = values(of).into_iter().find(is_meant) {
        return Some(code);
    }
    if wanted == "unknown" || wanted == folded(&value_words(of, "")) {
        return Some(String::new());
    }
    if of != Dimension::Country {
        return None;
    }
    Country::also_called(typed).map(|country| country.code()).or_else(|| letters(typed))
}

/// Two letters.
fn letters(typed: &str) -> Option<String> {
    typed.to_ascii_uppercase().parse::<Country>().ok().map(|country| country.code())
}

/// The codes of the values whose words pass; of a country the two letters are no words.
pub(super) fn codes_with(of: Dimension, passes: &dyn Fn(&str) -> bool) -> Vec<String> {
    let is_meant =
        |code: &String| passes(&folded(&value_words(of, code))) || (of != Dimension::Country && passes(&folded(code)));
    values(of).into_iter().filter(is_meant).collect()
}

/// The code of an event's kind that is typed by its words; what else is typed is the name of an event of the site's own.
pub(super) fn event(typed: &str) -> String {
    let typed = typed.trim();
    // Events of the last kind are told by their names.
    let mut kinds = EventKind::iter().filter(|kind| *kind != EventKind::Custom);
    let kind = kinds.find(|kind| folded(&value_words(Dimension::Event, kind.as_ref())) == folded(typed));
    kind.map_or_else(|| typed.to_owned(), |kind| kind.as_ref().to_owned())
}

/// Words as they are compared: without case, accents and what joins words.
pub(super) fn folded(text: &str) -> String {
    let plain = |letter: char| match letter {
        '_' | '-' => ' ',
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        '’' => '\'',
        letter => letter,
    };
    text.trim().to_lowercase().chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_words_of_every_closed_list_are_read_as_they_were() {
        for of in Dimension::iter().filter(|of| is_closed(*of)) {
            for value in values(of) {
                assert_eq!(code(of, &value), Some(value.clone()), "{of:?} {value}");
                assert_eq!(code(of, &typed_words(of, TextTest::Is, &value)), Some(value.clone()), "{of:?} {value}");
            }
        }
    }
}
