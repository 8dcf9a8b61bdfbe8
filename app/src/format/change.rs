//! How much a figure has changed against the stretch before: by sign and word, never by colour alone.

use super::thousands;

/// A change, rounded to whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Less than one half of a unit.
    None,
    /// By so many percent of what it was.
    Percent(i64),
    /// A share, by so many percentage points.
    Points(i64),
}

/// Above this a change is only said to be greater.
const MOST_PERCENT: i64 = 999;

/// The change of an amount; `None` where there was nothing to compare with.
pub fn relative(now: f64, before: Option<f64>) -> Option<Change> {
    let before = before.filter(|&before| before > 0.0)?;
    Some(change((now - before) / before * 100.0, Change::Percent))
}

/// The change of a share, from 0 to 1; `None` where there was nothing to compare with.
pub fn points(now: f64, before: Option<f64>) -> Option<Change> {
    Some(change((now - before?) * 100.0, Change::Points))
}

fn change(by: f64, of: fn(i64) -> Change) -> Change {
    // What does not fit is as much as fits.
    match by.round() as i64 {
        0 => Change::None,
        by => of(by),
    }
}

impl Change {
    /// `+12 %`, `−1 point`, `no change`.
    pub fn words(self) -> String {
        match self {
            Self::None => "no change".into(),
            // Of next to nothing the percentage says nothing.
            Self::Percent(by) if by > MOST_PERCENT => {
                format!("over +{}\u{a0}%", thousands(MOST_PERCENT.unsigned_abs()))
            }
            Self::Percent(by) => format!("{}\u{a0}%", signed(by)),
            Self::Points(by @ (1 | -1)) => format!("{}\u{a0}point", signed(by)),
            Self::Points(by) => format!("{}\u{a0}points", signed(by)),
        }
    }
}

fn signed(by: i64) -> String {
    let sign = if by < 0 { '−' } else { '+' };
    format!("{sign}{}", thousands(by.unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::more(112.0, Some(100.0), Some("+12\u{a0}%"))]
    #[case::less(50.0, Some(100.0), Some("−50\u{a0}%"))]
    #[case::all_of_it(0.0, Some(3.0), Some("−100\u{a0}%"))]
    #[case::the_same(3.0, Some(3.0), Some("no change"))]
    #[case::hardly_any(1_001.0, Some(1_000.0), Some("no change"))]
    #[case::a_lot(1_301.0, Some(1.0), Some("over +999\u{a0}%"))]
    #[case::nothing_before(3.0, Some(0.0), None)]
    #[case::not_known_before(3.0, None, None)]
    fn amounts(#[case] now: f64, #[case] before: Option<f64>, #[case] said: Option<&str>) {
        assert_eq!(relative(now, before).map(Change::words).as_deref(), said);
    }

    #[rstest]
    #[case::more(0.38, Some(0.33), Some("+5\u{a0}points"))]
    #[case::one(0.37, Some(0.38), Some("−1\u{a0}point"))]
    #[case::from_nothing(0.02, Some(0.0), Some("+2\u{a0}points"))]
    #[case::the_same(0.5, Some(0.5), Some("no change"))]
    #[case::not_known_before(0.5, None, None)]
    fn shares(#[case] now: f64, #[case] before: Option<f64>, #[case] said: Option<&str>) {
        assert_eq!(points(now, before).map(Change::words).as_deref(), said);
    }
}
