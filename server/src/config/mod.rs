//! What the command line and the environment say, checked once, one small struct a concern.

mod data_folder;
mod network;
mod secret;

use std::path::{Path, PathBuf};

pub use data_folder::DataFolder;
pub use network::{Network, NoProxy, NotLoopback, PublicUrl, PublicUrlError, TrustedProxies, parse_proxy};
pub use secret::{SecretError, SecretSource};

/// Who may look at the dashboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Whoever signs in.
    Accounts,
    /// Whoever reaches the loopback address: nobody signs in.
    Demo,
}

/// Everything that is decided before Pulse starts.
#[derive(Clone, Debug)]
pub struct Config {
    /// Who may look.
    pub access: Access,
    /// Where files are kept.
    pub data: DataFolder,
    /// The database.
    pub database: DatabaseUrl,
    /// Addresses.
    pub network: Network,
    /// Where the secret is.
    pub secret: SecretSource,
    /// The table that turns an address into a country.
    pub country: CountryDatabase,
}

/// The address of a database, as SeaORM takes it. Not shown in logs: it can hold a password.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(pub String);

impl std::fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DatabaseUrl(…)")
    }
}

/// The country table, `None` when there is none: then no countries are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountryDatabase(pub Option<PathBuf>);

impl CountryDatabase {
    /// The one that was named, else `country.mmdb` in the data folder or in the folder around it (the demo's data
    /// lies within that of a real installation).
    pub fn find(named: Option<PathBuf>, data: &Path) -> Self {
        let beside = || {
            let folders = [Some(data), data.parent()];
            folders.into_iter().flatten().map(|folder| folder.join("country.mmdb")).find(|file| file.exists())
        };
        Self(named.or_else(beside))
    }
}
