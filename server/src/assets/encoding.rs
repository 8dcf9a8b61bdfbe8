//! Which compressed form of a file a browser takes.

use http::{HeaderMap, header::ACCEPT_ENCODING};

/// A form that a file is kept in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
    Plain,
}

impl Encoding {
    /// Its name in `Content-Encoding`; the plain form has none.
    pub(super) fn token(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Plain => None,
        }
    }
}

/// Whether the request takes this form (RFC 9110, 12.5.3). Weights do not matter beyond zero: the shortest form that
/// is taken at all is the best for everybody.
pub(super) fn accepts(headers: &HeaderMap, encoding: Encoding) -> bool {
    let Some(token) = encoding.token() else { return true };
    let offers = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let mut any = false;
    for offer in offers.flat_map(|value| value.split(',')) {
        let mut parts = offer.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let refused = parts.any(is_zero_weight);
        if name.eq_ignore_ascii_case(token) {
            return !refused;
        }
        any |= name == "*" && !refused;
    }
    any
}

fn is_zero_weight(parameter: &str) -> bool {
    parameter
        .strip_prefix(['q', 'Q'])
        .and_then(|rest| rest.trim_start().strip_prefix('='))
        .is_some_and(|weight| weight.trim().parse::<f32>().is_ok_and(|weight| weight <= 0.0))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("gzip, deflate, br, zstd", true, true)]
    #[case("gzip", false, true)]
    #[case("BR", true, false)]
    #[case("br;q=0, gzip;q=0.5", false, true)]
    #[case("br; q=0.000, *", false, true)]
    #[case("*", true, true)]
    #[case("*;q=0", false, false)]
    #[case("identity", false, false)]
    #[case("", false, false)]
    fn forms_that_a_browser_takes(#[case] offered: &'static str, #[case] brotli: bool, #[case] gzip: bool) {
        let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(offered))]);
        assert_eq!(accepts(&headers, Encoding::Brotli), brotli);
        assert_eq!(accepts(&headers, Encoding::Gzip), gzip);
        assert!(accepts(&headers, Encoding::Plain));
    }

    #[test]
    fn who_offers_nothing_gets_the_plain_form() {
        assert!(!accepts(&HeaderMap::new(), Encoding::Gzip));
    }
}
