//! Where the bars of the histogram stand: places across from 0 to 1, heights in pixels.

use crate::models::{overview::Bar, sign::SignFamily};

/// The least height of what is there, in pixels: one session of thousands still shows.
const LEAST: f64 = 2.0;
/// How much of its place a bar fills.
const FILLED: f64 = 0.8;

/// The sessions of one family within a bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// The family; `None` for sessions without a sign.
    pub family: Option<SignFamily>,
    /// Its upper edge, in pixels from the top.
    pub top: f64,
    /// How high it is.
    pub height: f64,
}

/// A bar on the drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Where its place begins, from 0 to 1; the place can be clicked in its full height.
    pub place: f64,
    /// How wide the place is.
    pub place_width: f64,
    /// Where the bar begins.
    pub from: f64,
    /// How wide the bar is.
    pub width: f64,
    /// What it consists of, from the ground up.
    pub pieces: Vec<Piece>,
}

/// The bars in a drawing of this height. The highest fills it.
pub fn columns(bars: &[Bar], height: f64) -> Vec<Column> {
    let most = bars.iter().map(Bar::sessions).max().unwrap_or_default();
    let place_width = 1.0 / bars.len().max(1) as f64;
    let column = |(at, bar): (usize, &Bar)| {
        let place = at as f64 * place_width;
        let from = place + place_width * (1.0 - FILLED) / 2.0;
        Column { place, place_width, from, width: place_width * FILLED, pieces: pieces(bar, most, height) }
    };
    bars.iter().enumerate().map(column).collect()
}

/// What is rare stands on the ground, where it can be compared.
fn pieces(bar: &Bar, most: u64, height: f64) -> Vec<Piece> {
    let parts = [
        (Some(SignFamily::Friction), bar.friction),
        (Some(SignFamily::Suspicious), bar.suspicious),
        (Some(SignFamily::Outstanding), bar.outstanding),
        (None, bar.plain),
    ];
    let true_height = |sessions: u64| sessions as f64 / most.max(1) as f64 * height;
    let mut pieces: Vec<Piece> = parts
        .into_iter()
        .filter(|&(_, sessions)| sessions > 0)
        .map(|(family, sessions)| Piece { family, top: 0.0, height: true_height(sessions).max(LEAST) })
        .collect();
    // What the small ones were given, the greatest gives up.
    let over = pieces.iter().map(|piece| piece.height).sum::<f64>() - true_height(bar.sessions());
    if let Some(greatest) = pieces.iter_mut().max_by(|one, other| one.height.total_cmp(&other.height)) {
        greatest.height = (greatest.height - over).max(LEAST);
    }
    let mut top = height;
    for piece in &mut pieces {
        top -= piece.height;
        piece.top = top;
    }
    pieces
}

/// The first and the last of the columns that were drawn over, whichever way.
pub fn drawn_over(begun: usize, reached: usize) -> (usize, usize) {
    (begun.min(reached), begun.max(reached))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::models::time::LocalTime;

    const HEIGHT: f64 = 64.0;

    fn bar((friction, suspicious, outstanding, plain): (u64, u64, u64, u64)) -> Bar {
        let at = LocalTime { ms: 0, offset_s: 0 };
        Bar { from: at, to: at, friction, suspicious, outstanding, plain }
    }

    #[test]
    fn the_highest_bar_fills_the_drawing_and_stands_on_the_ground() {
        let columns = columns(&[bar((16, 0, 0, 48)), bar((0, 0, 0, 32)), bar((0, 0, 0, 0))], HEIGHT);
        let of = |column: &Column| column.pieces.iter().map(|piece| (piece.top, piece.height)).collect::<Vec<_>>();
        assert_eq!(
            columns.iter().map(of).collect::<Vec<_>>(),
            [vec![(48.0, 16.0), (0.0, 48.0)], vec![(32.0, 32.0)], vec![]]
        );
        assert_eq!(columns[0].pieces[0].family, Some(SignFamily::Friction));
    }

    #[test]
    fn one_session_of_many_shows_and_makes_its_bar_no_higher() {
        let columns = columns(&[bar((1, 0, 0, 1_023))], HEIGHT);
        let heights: Vec<_> = columns[0].pieces.iter().map(|piece| piece.height).collect();
        assert_eq!(heights, [LEAST, HEIGHT - LEAST]);
    }

    #[test]
    fn no_bars_are_no_columns() {
        assert_eq!(columns(&[], HEIGHT), []);
    }

    #[test]
    fn a_stretch_can_be_drawn_from_either_end() {
        assert_eq!((drawn_over(3, 7), drawn_over(7, 3), drawn_over(5, 5)), ((3, 7), (3, 7), (5, 5)));
    }

    proptest! {
        #[test]
        fn pieces_lie_within_the_drawing_without_gaps(
            counts in prop::collection::vec((0u64..500, 0u64..500, 0u64..500, 0u64..5_000), 1..120),
        ) {
            let bars: Vec<Bar> = counts.into_iter().map(bar).collect();
            let columns = columns(&bars, HEIGHT);
            prop_assert_eq!(columns.len(), bars.len());
            for column in &columns {
                prop_assert!(column.place <= column.from && column.from + column.width <= 1.0 + 1e-9);
                let mut ground = HEIGHT;
                for piece in &column.pieces {
                    prop_assert!((piece.top + piece.height - ground).abs() < 1e-6);
                    prop_assert!(piece.height >= LEAST && piece.top >= -4.0 * LEAST);
                    ground = piece.top;
                }
            }
        }
    }
}
