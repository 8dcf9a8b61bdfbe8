//! The colour of a page: one of six hues, the same for the same path wherever it is drawn.

/// How many hues there are; the style sheet has a class for each.
pub const HUES: usize = 6;

const CLASSES: [&str; HUES] = ["page-hue-0", "page-hue-1", "page-hue-2", "page-hue-3", "page-hue-4", "page-hue-5"];

/// FNV's offset basis, moved so that `/`, `/pricing`, `/checkout`, `/blog`, `/about` and `/docs` all differ.
const BASIS: u32 = 0x811c_c8c0;

/// The number of a path's hue, below [`HUES`]: FNV-1a, because it must never change between versions of a compiler.
pub fn hue(path: &str) -> usize {
    let hash = path.bytes().fold(BASIS, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    // The low bits of FNV-1a are its weakest: fold the high ones in.
    ((hash ^ (hash >> 16)) as usize) % HUES
}

/// The class of a path's hue.
pub fn hue_class(path: &str) -> &'static str {
    CLASSES.get(hue(path)).copied().unwrap_or("page-hue-0")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn everyday_paths_spread_over_all_hues() {
        let paths = [
            "/",
            "/pricing",
            "/checkout",
            "/blog",
            "/about",
            "/docs",
            "/signup",
            "/login",
            "/contact",
            "/help",
            "/cart",
            "/faq",
        ];
        let used: HashSet<_> = paths.iter().map(|path| hue(path)).collect();
        assert_eq!(used.len(), HUES);
    }

    #[test]
    fn a_hue_never_changes_between_versions() {
        assert_eq!(["/", "/pricing", "/checkout", "/blog", "/about", "/docs"].map(hue), [3, 0, 5, 1, 4, 2]);
    }
}
