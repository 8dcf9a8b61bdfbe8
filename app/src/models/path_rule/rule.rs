//! One rule: a pattern of segments.

use std::{cmp::Reverse, fmt};

use serde::{Deserialize, Serialize};

use super::RuleProblem;

/// The longest pattern, in characters.
pub const LONGEST_PATTERN: usize = 200;
/// The longest name of a segment, in characters.
const LONGEST_NAME: usize = 30;
/// At the end of a pattern: all the rest of a path.
const REST: &str = "*";

/// A pattern of paths, such as `/blog/:year/:slug` or `/docs/*`: `:name` stands for exactly one segment, whatever it is,
/// and a final `*` for any rest of one or more. Everything else, a slash at the end too, is as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PathRule {
    text: String,
    segments: Vec<Segment>,
    has_rest: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Segment {
    Exactly(String),
    Any,
}

impl PathRule {
    /// A pattern as it was typed.
    ///
    /// # Errors
    /// When it is none, and why.
    pub fn parse(typed: &str) -> Result<Self, RuleProblem> {
        let text = typed.trim();
        if text.is_empty() {
            return Err(RuleProblem::Empty);
        }
        if text.chars().count() > LONGEST_PATTERN {
            return Err(RuleProblem::TooLong);
        }
        if text.chars().any(|char| char.is_control() || char == '?') {
            return Err(RuleProblem::NotAPath);
        }
        let path = text.strip_prefix('/').ok_or(RuleProblem::NoSlash)?;
        let mut parts: Vec<&str> = path.split('/').collect();
        let has_rest = parts.pop_if(|last| *last == REST).is_some();
        // A slash at the end is a last segment with nothing in it.
        let last = parts.len().saturating_sub(1);
        let segments = parts.iter().enumerate();
        let segments =
            segments.map(|(at, part)| segment(part, at == last && !has_rest)).collect::<Result<Vec<_>, _>>()?;
        if !has_rest && !segments.contains(&Segment::Any) {
            return Err(RuleProblem::JoinsNothing);
        }
        Ok(Self { text: text.to_owned(), segments, has_rest })
    }

    /// As it was typed; its group's path.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether a path is of its shape.
    pub fn fits(&self, path: &str) -> bool {
        let mut rest = path.strip_prefix('/');
        for segment in &self.segments {
            let Some(left) = rest else { return false };
            let (this, after) = left.split_once('/').map_or((left, None), |(this, after)| (this, Some(after)));
            let fits = match segment {
                Segment::Exactly(text) => text == this,
                // A star is what stands in groups that are more general: those are never one's own.
                Segment::Any => !this.is_empty() && this != REST,
            };
            if !fits {
                return false;
            }
            rest = after;
        }
        match rest {
            Some(rest) => self.has_rest && !rest.is_empty(),
            None => !self.has_rest && path.starts_with('/'),
        }
    }

    /// Whether the same paths are of its shape: names tell nothing.
    pub fn is_like(&self, other: &Self) -> bool {
        self.has_rest == other.has_rest && self.segments == other.segments
    }

    /// What all of its paths begin with: the segments before the first that is open.
    pub(super) fn beginning(&self) -> String {
        let exact = self.segments.iter().map_while(|segment| match segment {
            Segment::Exactly(text) => Some(text.as_str()),
            Segment::Any => None,
        });
        exact.flat_map(|text| ["/", text]).collect()
    }

    /// Which of two rules that fit counts, the first: more exact segments first, then those without a rest, then longer
    /// ones. A more general one never comes before one whose paths it has too, so that groups stay as they are when they
    /// are grouped again.
    pub(super) fn rank(&self) -> impl Ord + use<'_> {
        let exact = self.segments.iter().filter(|segment| **segment != Segment::Any).count();
        (Reverse(exact), self.has_rest, Reverse(self.segments.len()), self.text.as_str())
    }
}

fn segment(part: &str, is_end: bool) -> Result<Segment, RuleProblem> {
    if let Some(name) = part.strip_prefix(':') {
        let is_name = (1..=LONGEST_NAME).contains(&name.chars().count())
            && name.chars().all(|char| char.is_alphanumeric() || matches!(char, '_' | '-'));
        return if is_name { Ok(Segment::Any) } else { Err(RuleProblem::NameInvalid) };
    }
    if part.contains('*') {
        return Err(RuleProblem::StarWithin);
    }
    if part.is_empty() && !is_end {
        return Err(RuleProblem::EmptySegment);
    }
    Ok(Segment::Exactly(part.to_owned()))
}

impl fmt::Display for PathRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl TryFrom<String> for PathRule {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|problem| problem.as_ref().to_owned())
    }
}

impl From<PathRule> for String {
    fn from(rule: PathRule) -> Self {
        rule.text
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("/product/:id")]
    #[case("/blog/:year/:slug")]
    #[case("/docs/*")]
    #[case("/*")]
    #[case("/:page")]
    #[case("/product/:id/")]
    #[case("/app#/product/:id")]
    #[case("/größe/:größe")]
    #[case("/a:b/:id")]
    fn a_pattern(#[case] text: &str) {
        assert_eq!(PathRule::parse(text).map(|rule| rule.to_string()), Ok(text.to_owned()));
        assert_eq!(PathRule::parse(&format!("  {text}\n")).map(|rule| rule.to_string()), Ok(text.to_owned()));
    }

    #[rstest]
    #[case("", RuleProblem::Empty)]
    #[case(" \t ", RuleProblem::Empty)]
    #[case("product/:id", RuleProblem::NoSlash)]
    #[case("https://shop.example/product/:id", RuleProblem::NoSlash)]
    #[case("/product/:id?colour=red", RuleProblem::NotAPath)]
    #[case("/product/\0:id", RuleProblem::NotAPath)]
    #[case("/product//:id", RuleProblem::EmptySegment)]
    #[case("//*", RuleProblem::EmptySegment)]
    #[case("/product/:", RuleProblem::NameInvalid)]
    #[case("/product/:the id", RuleProblem::NameInvalid)]
    #[case("/product/:id.html", RuleProblem::NameInvalid)]
    #[case("/*/reviews", RuleProblem::StarWithin)]
    #[case("/product/a*", RuleProblem::StarWithin)]
    #[case("/product/*/", RuleProblem::StarWithin)]
    #[case("/", RuleProblem::JoinsNothing)]
    #[case("/product/1", RuleProblem::JoinsNothing)]
    fn no_pattern(#[case] typed: &str, #[case] why: RuleProblem) {
        assert_eq!(PathRule::parse(typed), Err(why));
    }

    #[test]
    fn two_hundred_characters_are_a_pattern_and_one_more_is_none() {
        let of = |length: usize| format!("/:id/{}", "ä".repeat(length - 5));
        assert!(PathRule::parse(&of(LONGEST_PATTERN)).is_ok());
        assert_eq!(PathRule::parse(&of(LONGEST_PATTERN + 1)), Err(RuleProblem::TooLong));
        assert!(PathRule::parse(&format!("/:{}", "n".repeat(LONGEST_NAME))).is_ok());
        assert_eq!(PathRule::parse(&format!("/:{}", "n".repeat(LONGEST_NAME + 1))), Err(RuleProblem::NameInvalid));
    }

    #[rstest]
    #[case::one_segment("/product/:id", "/product/123", true)]
    #[case::whatever_it_is("/product/:id", "/product/a b", true)]
    #[case::itself("/product/:id", "/product/:id", true)]
    #[case::another_name("/product/:id", "/product/:slug", true)]
    #[case::no_segment("/product/:id", "/product", false)]
    #[case::an_empty_segment("/product/:id", "/product/", false)]
    #[case::one_too_many("/product/:id", "/product/123/reviews", false)]
    #[case::a_slash_too_many("/product/:id", "/product/123/", false)]
    #[case::another_case("/product/:id", "/Product/123", false)]
    #[case::more_before_it("/product/:id", "/shop/product/123", false)]
    #[case::a_group_that_is_more_general("/product/:id", "/product/*", false)]
    #[case::a_slash_at_the_end("/product/:id/", "/product/123/", true)]
    #[case::without_it("/product/:id/", "/product/123", false)]
    #[case::within("/:lang/docs", "/de/docs", true)]
    #[case::a_rest_of_one("/docs/*", "/docs/a", true)]
    #[case::a_rest_of_more("/docs/*", "/docs/a/b/", true)]
    #[case::itself_with_a_rest("/docs/*", "/docs/*", true)]
    #[case::no_rest("/docs/*", "/docs", false)]
    #[case::an_empty_rest("/docs/*", "/docs/", false)]
    #[case::a_name_before_a_rest("/docs/:lang/*", "/docs/de/a", true)]
    #[case::a_name_without_a_rest("/docs/:lang/*", "/docs/de", false)]
    #[case::everything("/*", "/a/b", true)]
    #[case::but_the_beginning("/*", "/", false)]
    #[case::a_route("/app#/product/:id", "/app#/product/7", true)]
    #[case::no_path("/*", "", false)]
    #[case::nor_this("/:page", "about:blank", false)]
    fn a_path_fits(#[case] rule: &str, #[case] path: &str, #[case] fits: bool) {
        assert_eq!(PathRule::parse(rule).unwrap().fits(path), fits);
    }

    #[test]
    fn names_tell_nothing() {
        let rule = |text: &str| PathRule::parse(text).unwrap();
        assert!(rule("/a/:id").is_like(&rule("/a/:slug")));
        for other in ["/a/:id/", "/b/:id", "/a/*", "/a/:id/:id"] {
            assert!(!rule("/a/:id").is_like(&rule(other)), "{other}");
        }
    }

    #[rstest]
    #[case("/product/:id", "/product")]
    #[case("/a/b/*", "/a/b")]
    #[case("/:page", "")]
    #[case("/:lang/docs", "")]
    fn the_beginning(#[case] rule: &str, #[case] beginning: &str) {
        assert_eq!(PathRule::parse(rule).unwrap().beginning(), beginning);
    }

    #[test]
    fn over_the_wire_it_is_its_text_and_is_read_again() {
        let rule = PathRule::parse("/product/:id").unwrap();
        let json = serde_json::to_string(&rule).unwrap();
        assert_eq!(json, "\"/product/:id\"");
        assert_eq!(serde_json::from_str::<PathRule>(&json).unwrap(), rule);
        assert!(serde_json::from_str::<PathRule>("\"/product\"").is_err());
    }
}
