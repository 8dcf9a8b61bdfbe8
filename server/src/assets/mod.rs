//! What browsers load, embedded in the binary: style, application, tracker.
//!
//! Names under `/pkg/` hold a hash of the content, so browsers keep them for good. The tracker alone has a name that
//! never changes, because it stands in the pages of other sites.

mod encoding;
mod serve;

use std::{collections::HashMap, sync::LazyLock};

use app::services::AssetPaths;
pub use serve::router;

/// The tracker's address; it stands in the script tags of other sites, so it never changes.
pub const TRACKER_PATH: &str = "/pulse.js";
const TRACKER: &str = "pulse.js";

/// A file as the build script embedded it.
struct Asset {
    /// Its path in the folder of assets.
    name: &'static str,
    /// The first 16 hex digits of its BLAKE3 hash.
    hash: &'static str,
    plain: &'static [u8],
    /// Compressed, where that is shorter.
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

/// Empty in a debug build for which none were made.
static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets/table.rs"));

/// What is served under `/pkg/`, by address.
static BY_PATH: LazyLock<HashMap<String, &Asset>> = LazyLock::new(|| {
    ASSETS
        .iter()
        .filter(|asset| asset.name != TRACKER)
        .map(|asset| (hashed_path(asset.name, asset.hash), asset))
        .collect()
});

impl Asset {
    fn named(name: &str) -> Option<&'static Self> {
        ASSETS.iter().find(|asset| asset.name == name)
    }
}

/// The addresses that pages load from.
pub fn paths() -> AssetPaths {
    AssetPaths {
        css: path_of("pulse.css"),
        js: path_of("app.js"),
        wasm: path_of("app_bg.wasm"),
        favicon: path_of("favicon.svg"),
    }
}

/// Where a file is found. One that was not embedded keeps its name, and answers 404.
fn path_of(name: &str) -> String {
    Asset::named(name).map_or_else(|| format!("/pkg/{name}"), |asset| hashed_path(asset.name, asset.hash))
}

/// `a/app.js` becomes `/pkg/a/app.0123456789abcdef.js`.
fn hashed_path(name: &str, hash: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("/pkg/{stem}.{hash}.{extension}"),
        None => format!("/pkg/{name}.{hash}"),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("pulse.css", "/pkg/pulse.0123456789abcdef.css")]
    #[case("app_bg.wasm", "/pkg/app_bg.0123456789abcdef.wasm")]
    #[case("snippets/x-1/inline.js", "/pkg/snippets/x-1/inline.0123456789abcdef.js")]
    #[case("LICENSE", "/pkg/LICENSE.0123456789abcdef")]
    fn the_hash_stands_before_the_extension(#[case] name: &str, #[case] path: &str) {
        assert_eq!(hashed_path(name, "0123456789abcdef"), path);
    }
}
