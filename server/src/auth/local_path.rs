//! Where to go after signing in: a page of ours and nothing else.

/// In bytes; longer ones are no addresses of ours.
const LONGEST: usize = 2000;

/// A path of this server with its query. Anything that a browser could take for another host is not one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LocalPath(String);

impl LocalPath {
    /// `None` for other hosts (`//host`, and `/\host`, which browsers read the same way) and for what cannot stand
    /// in a header (browsers drop tabs and line ends, so `/<tab>/host` is another host too).
    pub(super) fn parse(text: &str) -> Option<Self> {
        let is_local = text.starts_with('/') && !text.starts_with("//") && !text.contains('\\');
        let is_plain = text.len() <= LONGEST && text.bytes().all(|byte| byte.is_ascii_graphic());
        (is_local && is_plain).then(|| Self(text.to_owned()))
    }

    /// As text.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// For a query string.
    pub(super) fn encoded(&self) -> String {
        percent_encoding::utf8_percent_encode(&self.0, percent_encoding::NON_ALPHANUMERIC).to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("/")]
    #[case("/sites/1/sessions")]
    #[case("/sites/1/sessions?period=last_7_days&x=a%20b")]
    #[case("/sites//1")]
    fn pages_of_ours_pass(#[case] path: &str) {
        assert_eq!(LocalPath::parse(path).map(|path| path.0).as_deref(), Some(path));
    }

    #[rstest]
    #[case("")]
    #[case("sites/1")]
    #[case("//evil.example")]
    #[case("/\\evil.example")]
    #[case("/\t/evil.example")]
    #[case("/\n")]
    #[case("https://evil.example/")]
    #[case("javascript:alert(1)")]
    fn other_places_do_not(#[case] path: &str) {
        assert_eq!(LocalPath::parse(path), None);
    }

    proptest! {
        #[test]
        fn whatever_passes_stays_on_this_host(text in "[/\\\\a-z:@.?#\t\n ]{0,12}") {
            if let Some(path) = LocalPath::parse(&text) {
                let base = url::Url::parse("https://pulse.example/login").expect("it is a URL");
                let target = base.join(path.as_str());
                prop_assert!(target.is_ok_and(|target| target.origin() == base.origin()), "{text:?}");
            }
        }
    }
}
