//! The country of an address, from a database file that is mapped, not loaded.

use std::{
    fmt, fs, io,
    net::IpAddr,
    path::PathBuf,
    sync::{PoisonError, RwLock},
    time::SystemTime,
};

use app::models::session::Country;
use maxminddb::{MaxMindDbError, Mmap, PathElement, Reader};

/// The country database; without one every country is unknown.
#[derive(Default)]
pub struct Countries {
    file: Option<PathBuf>,
    open: RwLock<Open>,
}

#[derive(Default)]
struct Open {
    reader: Option<Reader<Mmap>>,
    version: Option<Version>,
}

/// Tells one file from another that took its place.
type Version = (Option<SystemTime>, u64);

impl fmt::Debug for Countries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Countries").field(&self.file).finish()
    }
}

impl Countries {
    /// No database.
    pub fn none() -> Self {
        Self::default()
    }

    /// Opens a database in MaxMind's format.
    ///
    /// # Errors
    /// When the file cannot be read or is no such database.
    pub fn open(file: PathBuf) -> Result<Self, MaxMindDbError> {
        let open = Open { version: Some(version(&file)?), reader: Some(mapped(&file)?) };
        Ok(Self { file: Some(file), open: RwLock::new(open) })
    }

    /// Takes the file that has taken the place of the one that is open; whether there was one.
    ///
    /// # Errors
    /// When it is no such database: the one that is open stays, and the other is not looked at again.
    pub fn refresh(&self) -> Result<bool, MaxMindDbError> {
        let Some(file) = &self.file else { return Ok(false) };
        let version = Some(version(file)?);
        if self.open.read().unwrap_or_else(PoisonError::into_inner).version == version {
            return Ok(false);
        }
        let reader = mapped(file);
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        open.version = version;
        open.reader = Some(reader?);
        Ok(true)
    }

    /// Whether there is a database.
    pub fn is_open(&self) -> bool {
        self.file.is_some()
    }

    /// The country of an address, `None` when it is not known.
    pub fn of(&self, address: IpAddr) -> Option<Country> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        let found = open.reader.as_ref()?.lookup(address).ok()?;
        // GeoIP2 and DB-IP keep the code under different names.
        let paths: [&[PathElement<'_>]; 2] =
            [&[PathElement::Key("country_code")], &[PathElement::Key("country"), PathElement::Key("iso_code")]];
        paths.iter().find_map(|path| found.decode_path::<&str>(path).ok().flatten()?.parse().ok())
    }
}

fn version(file: &PathBuf) -> io::Result<Version> {
    let metadata = fs::metadata(file)?;
    Ok((metadata.modified().ok(), metadata.len()))
}

fn mapped(file: &PathBuf) -> Result<Reader<Mmap>, MaxMindDbError> {
    #[expect(
        unsafe_code,
        reason = "the file is replaced by renaming, never written in place; the read copy costs 8 MB"
    )]
    // SAFETY: nobody changes the mapped file: whoever brings a new one renames it.
    unsafe {
        Reader::open_mmap(file)
    }
}

#[cfg(test)]
#[path = "../../../tests/support/country_database.rs"]
mod country_database;

#[cfg(test)]
mod tests {
    use super::{country_database::by_halves, *};

    /// A database that knows one thing: every IPv4 address is in this country.
    fn database(country: &str) -> Vec<u8> {
        by_halves([country; 2])
    }

    fn put(folder: &std::path::Path, bytes: &[u8]) -> PathBuf {
        let (new, file) = (folder.join("new"), folder.join("country.mmdb"));
        fs::write(&new, bytes).unwrap();
        fs::rename(new, &file).unwrap();
        file
    }

    fn seen(countries: &Countries) -> Option<Country> {
        countries.of("203.0.113.9".parse().unwrap())
    }

    #[test]
    fn a_file_that_takes_the_place_of_the_open_one_is_taken_and_a_truncated_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let countries = Countries::open(put(folder.path(), &database("DE"))).unwrap();
        assert_eq!((seen(&countries), countries.refresh().unwrap()), ("DE".parse().ok(), false));

        // Of another length each time: a file system may not tell two writes within a moment apart.
        let whole = database("FR");
        put(folder.path(), &whole[..whole.len() - 40]);
        assert!(countries.refresh().is_err());
        assert_eq!((seen(&countries), countries.refresh().unwrap()), ("DE".parse().ok(), false), "said once");

        put(folder.path(), &[whole, vec![0]].concat());
        assert_eq!((countries.refresh().unwrap(), seen(&countries)), (true, "FR".parse().ok()));
    }

    #[test]
    fn a_file_that_is_gone_keeps_the_open_one() {
        let folder = tempfile::tempdir().unwrap();
        let file = put(folder.path(), &database("DE"));
        let countries = Countries::open(file.clone()).unwrap();
        fs::remove_file(file).unwrap();
        assert!(countries.refresh().is_err());
        assert_eq!(seen(&countries), "DE".parse().ok());
    }

    #[test]
    fn without_a_file_every_country_is_unknown() {
        let countries = Countries::none();
        assert_eq!((seen(&countries), countries.refresh().unwrap()), (None, false));
    }
}
