//! Pieces of at most [`LONGEST`] rows or values.
//!
//! A statement's text holds a mark for each value, so that every length is a statement of its own to parse and keep. One
//! statement a table and commit is what makes collection fast: each is a trip to the database's thread and back. So rows
//! go in at any length up to this one, and the connection keeps all of them prepared; lists to look for are filled up to
//! a few lengths.

/// The most rows of a statement; 64 sessions stay far below the limit of values.
pub const LONGEST: usize = 64;

/// Cuts a list of rows to insert into pieces.
pub fn chunks<T>(list: &[T]) -> impl Iterator<Item = &[T]> {
    list.chunks(LONGEST)
}

/// Cuts a list of values to look for into pieces. Each is filled up to a power of two with repeats, which find nothing
/// more.
pub fn lookups<T: Clone>(list: &[T]) -> impl Iterator<Item = Vec<T>> {
    list.chunks(LONGEST).map(|piece| {
        let filling = piece.last().into_iter().cycle().take(piece.len().next_power_of_two() - piece.len());
        piece.iter().chain(filling).cloned().collect()
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_pieces_are_the_list(list in prop::collection::vec(any::<u8>(), 0..300)) {
            let pieces: Vec<&[u8]> = chunks(&list).collect();
            prop_assert_eq!(&pieces.concat(), &list);
            prop_assert!(pieces.iter().all(|piece| (1..=LONGEST).contains(&piece.len())));
        }

        #[test]
        fn everything_is_looked_for_and_nothing_else(list in prop::collection::vec(any::<u8>(), 0..300)) {
            let pieces: Vec<Vec<u8>> = lookups(&list).collect();
            prop_assert!(pieces.iter().all(|piece| piece.len().is_power_of_two() && piece.len() <= LONGEST));
            let looked_for: BTreeSet<u8> = pieces.concat().into_iter().collect();
            prop_assert_eq!(looked_for, list.iter().copied().collect::<BTreeSet<u8>>());
        }
    }
}
