//! Pieces of a few fixed sizes.
//!
//! A statement's text holds a mark for each value, so that every length of a list is another statement to parse and to
//! keep. With these sizes there are seven of each, and none comes near the limit of values in a statement.

/// Cuts a list into pieces of 64, 32, … 1.
pub fn chunks<T>(mut list: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let size = [64, 32, 16, 8, 4, 2, 1].into_iter().find(|&size| size <= list.len())?;
        let (piece, rest) = list.split_at(size);
        list = rest;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_pieces_are_the_list_and_their_lengths_are_few(list in prop::collection::vec(any::<u8>(), 0..300)) {
            let pieces: Vec<&[u8]> = chunks(&list).collect();
            prop_assert_eq!(&pieces.concat(), &list);
            prop_assert!(pieces.iter().all(|piece| piece.len().is_power_of_two() && piece.len() <= 64));
        }
    }
}
