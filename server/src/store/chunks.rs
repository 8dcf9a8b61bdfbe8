//! Pieces of a few fixed sizes.
//!
//! A statement's text holds a mark for each value, so that every length of a list is another statement to parse and to
//! keep. With these sizes there are twelve of each, a list of any length is two or three of them, and none comes near
//! the limit of values in a statement.

const SIZES: [usize; 12] = [64, 48, 32, 24, 16, 12, 8, 6, 4, 3, 2, 1];

/// Cuts a list of rows to insert into pieces.
pub fn chunks<T>(mut list: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let size = SIZES.into_iter().find(|&size| size <= list.len())?;
        let (piece, rest) = list.split_at(size);
        list = rest;
        Some(piece)
    })
}

/// Cuts a list of values to look for into pieces. The last is filled up with repeats, which find nothing more: one
/// statement where rows to insert would take several.
pub fn lookups<T: Clone>(list: &[T]) -> impl Iterator<Item = Vec<T>> {
    list.chunks(64).map(|piece| {
        let size = SIZES.into_iter().rev().find(|&size| size >= piece.len()).unwrap_or(piece.len());
        let filling = piece.last().into_iter().cycle().take(size - piece.len());
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
        fn the_pieces_are_the_list_and_their_lengths_are_few(list in prop::collection::vec(any::<u8>(), 0..300)) {
            let pieces: Vec<&[u8]> = chunks(&list).collect();
            prop_assert_eq!(&pieces.concat(), &list);
            prop_assert!(pieces.iter().all(|piece| SIZES.contains(&piece.len())));
        }

        #[test]
        fn everything_is_looked_for_and_nothing_else(list in prop::collection::vec(any::<u8>(), 0..300)) {
            let pieces: Vec<Vec<u8>> = lookups(&list).collect();
            prop_assert!(pieces.iter().all(|piece| SIZES.contains(&piece.len())));
            let looked_for: BTreeSet<u8> = pieces.concat().into_iter().collect();
            prop_assert_eq!(looked_for, list.iter().copied().collect::<BTreeSet<u8>>());
        }
    }
}
