//! What browsers load, embedded in the binary: style, application, tracker.
//!
//! Addresses under `/pkg/` hold a hash of all of them, so browsers keep them for good, and files that name each other (the
//! app's parts) find each other. The tracker alone has an address that never changes, because it stands in the pages of
//! other sites.

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
        .map(|asset| (hashed_path(asset.name, &VERSION), asset))
        .collect()
});

/// Stands for the content of all files: the first 16 hex digits of the BLAKE3 hash of their names and hashes.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut all = blake3::Hasher::new();
    for asset in ASSETS {
        all.update(asset.name.as_bytes()).update(asset.hash.as_bytes());
    }
    all.finalize().to_hex().chars().take(16).collect()
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

/// Where a file is found; 404 for one that was not embedded.
fn path_of(name: &str) -> String {
    hashed_path(name, &VERSION)
}

/// `a/app.js` becomes `/pkg/0123456789abcdef/a/app.js`.
fn hashed_path(name: &str, version: &str) -> String {
    format!("/pkg/{version}/{name}")
}
