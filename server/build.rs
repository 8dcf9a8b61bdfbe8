//! Embeds what browsers load: hashes and compresses each file once, and writes the table that `assets.rs` includes.
#![expect(clippy::expect_used, clippy::panic, reason = "a build script ends by panicking")]

use std::{
    collections::{BTreeMap, HashSet},
    env, fs,
    io::Write,
    path::{Path, PathBuf},
};

/// Without one of these a release would serve broken pages.
const REQUIRED: [&str; 5] = ["pulse.css", "app.js", "app_bg.wasm", "pulse.js", "favicon.svg"];
/// What compresses; pictures and fonts are compressed already.
const COMPRESSIBLE: [&str; 9] = ["css", "js", "wasm", "svg", "json", "txt", "html", "map", "webmanifest"];

fn main() {
    let folder = assets_folder();
    let is_release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    println!("cargo::rerun-if-env-changed=PULSE_ASSETS");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", folder.display());

    let files = files_under(&folder);
    let missing: Vec<_> = REQUIRED.into_iter().filter(|name| !files.contains_key(*name)).collect();
    assert!(
        missing.is_empty() || !is_release,
        "a release embeds what browsers load, and {} lacks {}. Run `make build`, which makes them first.",
        folder.display(),
        missing.join(", "),
    );

    let workshop = Workshop::new(is_release);
    let rows: Vec<String> = files.iter().map(|(name, path)| workshop.row(name, path)).collect();
    workshop.write_table(&rows);
    workshop.sweep();
}

fn assets_folder() -> PathBuf {
    let crate_folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let given = env::var_os("PULSE_ASSETS").filter(|given| !given.is_empty());
    crate_folder.join(given.unwrap_or_else(|| "../build/assets".into()))
}

/// Every file by its path within the folder; none when the folder is missing.
fn files_under(folder: &Path) -> BTreeMap<String, PathBuf> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(current) = folders.pop() {
        let Ok(entries) = fs::read_dir(&current) else { continue };
        for entry in entries {
            let path = entry.expect("the folder of assets can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("it was found below").to_string_lossy().replace('\\', "/");
                files.insert(name, path);
            }
        }
    }
    files
}

/// Compresses into the build's own folder, where results stay until their source changes.
struct Workshop {
    folder: PathBuf,
    brotli: u32,
    gzip: u32,
    used: std::cell::RefCell<HashSet<PathBuf>>,
}

impl Workshop {
    fn new(is_release: bool) -> Self {
        let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("assets");
        fs::create_dir_all(&folder).expect("the build's folder can be written");
        // The best of brotli takes seconds for a WASM file: too long for a build that is made anew at every change.
        let (brotli, gzip) = if is_release { (11, 9) } else { (4, 6) };
        Self { folder, brotli, gzip, used: std::cell::RefCell::default() }
    }

    /// One row of the table, in Rust.
    fn row(&self, name: &str, path: &Path) -> String {
        let plain = fs::read(path).unwrap_or_else(|cause| panic!("{} cannot be read: {cause}", path.display()));
        let hash = blake3::hash(&plain).to_hex()[..16].to_owned();
        let (brotli, gzip) = if is_compressible(name) {
            let brotli =
                self.compressed(&plain, &format!("{hash}.{}.br", self.brotli), |plain| brotli(plain, self.brotli));
            let gzip = self.compressed(&plain, &format!("{hash}.{}.gz", self.gzip), |plain| gzip(plain, self.gzip));
            (brotli, gzip)
        } else {
            ("None".to_owned(), "None".to_owned())
        };
        let plain = self.embed(&self.kept(&format!("{hash}.plain"), || plain.clone()));
        format!("Asset {{ name: {name:?}, hash: {hash:?}, plain: {plain}, brotli: {brotli}, gzip: {gzip} }}")
    }

    /// `Some(include_bytes!(…))` if that is shorter than the file itself.
    fn compressed(&self, plain: &[u8], file: &str, compress: impl Fn(&[u8]) -> Vec<u8>) -> String {
        let path = self.kept(file, || compress(plain));
        let length = fs::metadata(&path).expect("it was just written").len();
        if length < plain.len() as u64 { format!("Some({})", self.embed(&path)) } else { "None".to_owned() }
    }

    /// The file of this name, made if it is not there from an earlier build.
    fn kept(&self, file: &str, make: impl FnOnce() -> Vec<u8>) -> PathBuf {
        let path = self.folder.join(file);
        if !path.exists() {
            let unfinished = path.with_extension("part");
            fs::write(&unfinished, make()).expect("the build's folder can be written");
            fs::rename(&unfinished, &path).expect("the build's folder can be written");
        }
        self.used.borrow_mut().insert(path.clone());
        path
    }

    fn embed(&self, path: &Path) -> String {
        format!("include_bytes!({:?})", path.display().to_string())
    }

    fn write_table(&self, rows: &[String]) {
        let table = self.folder.join("table.rs");
        fs::write(&table, format!("&[\n{}]\n", rows.iter().map(|row| format!("    {row},\n")).collect::<String>()))
            .expect("the build's folder can be written");
        self.used.borrow_mut().insert(table);
    }

    /// Removes what earlier versions of the files left behind.
    fn sweep(&self) {
        let used = self.used.borrow();
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if !used.contains(&entry.path()) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

fn is_compressible(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| COMPRESSIBLE.contains(&extension))
}

fn brotli(plain: &[u8], quality: u32) -> Vec<u8> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, quality, 24);
    writer.write_all(plain).expect("memory can be written");
    writer.into_inner()
}

fn gzip(plain: &[u8], level: u32) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
    writer.write_all(plain).expect("memory can be written");
    writer.finish().expect("memory can be written")
}
