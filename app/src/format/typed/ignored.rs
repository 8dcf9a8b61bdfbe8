//! What of an address was not understood, and the sentences that tell it.

use super::codes::values;
use crate::{
    format::values::{dimension_words, value_words},
    models::query::{Dimension, MOST_VALUES},
};

/// A part of an address that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ignored {
    /// A parameter, by its name.
    Parameter(String),
    /// A word for a value of a closed list that has no such value.
    Unknown(Dimension, String),
    /// A part of the words of more values than a condition can have.
    TooShort(Dimension, String),
}

impl Ignored {
    /// The name of the parameter that was ignored.
    pub fn name(&self) -> &str {
        match self {
            Self::Parameter(name) => name,
            Self::Unknown(of, _) | Self::TooShort(of, _) => of.as_ref(),
        }
    }
}

/// The sentences that tell what was ignored, and what to do.
pub fn ignored_words(ignored: &[Ignored]) -> Vec<String> {
    let mut names = Vec::new();
    let mut sentences = Vec::new();
    for part in ignored {
        match part {
            Ignored::Parameter(name) => names.push(name.as_str()),
            Ignored::Unknown(of, typed) => {
                let what = dimension_words(*of).to_lowercase();
                sentences
                    .push(format!("No {what} is called “{typed}”, so this condition was ignored. {}", advice(*of)));
            }
            Ignored::TooShort(of, typed) => {
                let what = dimension_words(*of).to_lowercase();
                sentences.push(format!(
                    "“{typed}” is a part of more than {MOST_VALUES} values of {what}, so this condition was ignored. Type more of the name."
                ));
            }
        }
    }
    if !names.is_empty() {
        let names = names.join(", ");
        sentences.insert(0, format!("This part of the address was not understood and is ignored: {names}."));
    }
    sentences
}

/// How a value of a closed list can be typed.
fn advice(of: Dimension) -> String {
    if of == Dimension::Country {
        return "Type a country by its name or its two letters, like Germany or DE.".into();
    }
    let known: Vec<String> = values(of).iter().map(|code| value_words(of, code)).collect();
    format!("Type one of these: {}.", known.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_ignored_is_told_with_what_to_do() {
        let ignored = [
            Ignored::Unknown(Dimension::Country, "Germny".into()),
            Ignored::Parameter("period".into()),
            Ignored::Unknown(Dimension::Device, "fridge".into()),
            Ignored::Parameter("sort".into()),
        ];
        let expected = [
            "This part of the address was not understood and is ignored: period, sort.",
            "No country is called “Germny”, so this condition was ignored. Type a country by its name or its two letters, like Germany or DE.",
            "No device is called “fridge”, so this condition was ignored. Type one of these: Desktop, Phone, Tablet, Other device, Unknown device.",
        ];
        assert_eq!(ignored_words(&ignored), expected);
        assert_eq!(ignored_words(&[]), Vec::<String>::new());
    }
}
