//! The country of an address, from a database file that is mapped, not loaded.

use std::{net::IpAddr, path::Path};

use app::models::session::Country;
use maxminddb::{Mmap, PathElement, Reader};

/// The country database; without one every country is unknown.
#[derive(Default)]
pub struct Countries(Option<Reader<Mmap>>);

impl Countries {
    /// No database.
    pub fn none() -> Self {
        Self(None)
    }

    /// Opens a database in MaxMind's format.
    ///
    /// # Errors
    /// When the file cannot be read or is no such database.
    pub fn open(file: &Path) -> Result<Self, maxminddb::MaxMindDbError> {
        #[expect(
            unsafe_code,
            reason = "the file is replaced by renaming, never written in place; the read copy costs 8 MB"
        )]
        // SAFETY: nobody changes the mapped file: set-up writes a new one and renames it.
        let reader = unsafe { Reader::open_mmap(file) }?;
        Ok(Self(Some(reader)))
    }

    /// The country of an address, `None` when it is not known.
    pub fn of(&self, address: IpAddr) -> Option<Country> {
        let found = self.0.as_ref()?.lookup(address).ok()?;
        // GeoIP2 and DB-IP keep the code under different names.
        let paths: [&[PathElement<'_>]; 2] =
            [&[PathElement::Key("country_code")], &[PathElement::Key("country"), PathElement::Key("iso_code")]];
        paths.iter().find_map(|path| found.decode_path::<&str>(path).ok().flatten()?.parse().ok())
    }
}
