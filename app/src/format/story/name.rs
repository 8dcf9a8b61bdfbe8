//! What visitors and sites have written, as it may stand in a sentence.

/// The most characters of a name.
const LONGEST_NAME: usize = 40;
/// The most characters of a path.
const LONGEST_PATH: usize = 80;

/// The name of a button, a form, a source; nothing if there is nothing to read.
pub(super) fn name(text: &str) -> Option<String> {
    Some(bounded(text, LONGEST_NAME)).filter(|name| !name.is_empty())
}

/// A name in quotation marks.
pub(in crate::format) fn quoted(text: &str) -> Option<String> {
    name(text).map(|name| format!("“{name}”"))
}

/// The path of a page.
pub(in crate::format) fn path(text: &str) -> String {
    bounded(text, LONGEST_PATH)
}

/// On one line, not longer than so many characters. What reads from right to left does not turn what stands beside it.
fn bounded(text: &str, most: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line: String = words.join(" ").chars().filter(|letter| !letter.is_control()).collect();
    let short = if line.chars().count() > most {
        let start: String = line.chars().take(most.saturating_sub(1)).collect();
        format!("{}…", start.trim_end())
    } else {
        line
    };
    if short.chars().any(may_turn) { format!("\u{2068}{short}\u{2069}") } else { short }
}

/// Letters from Hebrew to the last Arabic block, their other forms, and the signs that turn a text.
fn may_turn(letter: char) -> bool {
    matches!(
        letter,
        '\u{590}'..='\u{8FF}' | '\u{200E}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::as_it_is("Pay", Some("“Pay”"))]
    #[case::two_lines(" Pay\n now\u{2028}! ", Some("“Pay now !”"))]
    #[case::nothing("", None)]
    #[case::nothing_to_read(" \t\n", None)]
    #[case::forty("a123456789b123456789c123456789d123456789", Some("“a123456789b123456789c123456789d123456789”"))]
    #[case::longer("a123456789b123456789c123456789d123456789e", Some("“a123456789b123456789c123456789d12345678…”"))]
    #[case::from_right_to_left("مصباح", Some("“\u{2068}مصباح\u{2069}”"))]
    fn names(#[case] text: &str, #[case] expected: Option<&str>) {
        assert_eq!(quoted(text).as_deref(), expected);
    }

    proptest! {
        #[test]
        fn a_name_is_one_short_line(text in any::<String>()) {
            if let Some(name) = name(&text) {
                // Two more where it may turn.
                prop_assert!(name.chars().count() <= LONGEST_NAME + 2);
                prop_assert!(!name.chars().any(char::is_control), "{}", name);
            }
        }
    }
}
