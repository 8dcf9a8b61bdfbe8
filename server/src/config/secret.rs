//! The secret of an installation: 32 random bytes that visitor keys are made with. Never in the database, so that
//! the database alone leads to nobody.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Where the secret is kept.
#[derive(Clone)]
pub enum SecretSource {
    /// Given in the environment, as 64 hex digits.
    Given(String),
    /// In a file, which is made at the first start.
    File(PathBuf),
}

impl std::fmt::Debug for SecretSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Given(_) => f.write_str("Given(…)"),
            Self::File(path) => f.debug_tuple("File").field(path).finish(),
        }
    }
}

/// Why there is no secret.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// `PULSE_SECRET` is malformed.
    #[error("PULSE_SECRET must be 64 hex digits. `openssl rand -hex 32` makes a good one")]
    GivenIsMalformed,
    /// The file holds something else.
    #[error(
        "the secret in {} is not 64 hex digits. Put the right one back; or delete the file for a new one, \
         which begins a new session for every visitor", .0.display()
    )]
    FileIsMalformed(PathBuf),
    /// The file cannot be read or made.
    #[error("the secret file {} cannot be used: {cause}", file.display())]
    FileFails {
        /// The file.
        file: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
}

impl SecretSource {
    /// What the environment gives, else the file in the data folder.
    pub fn new(given: Option<String>, data: &Path) -> Self {
        given.map_or_else(|| Self::File(data.join("secret")), Self::Given)
    }

    /// Reads the secret; makes the file of `fresh` bytes if it is missing.
    ///
    /// # Errors
    /// See [`SecretError`].
    pub fn load(&self, fresh: impl FnOnce() -> [u8; 32]) -> Result<[u8; 32], SecretError> {
        match self {
            Self::Given(text) => parse(text).ok_or(SecretError::GivenIsMalformed),
            Self::File(file) => read_or_make(file, fresh)
                .map_err(|cause| SecretError::FileFails { file: file.clone(), cause })?
                .ok_or_else(|| SecretError::FileIsMalformed(file.clone())),
        }
    }
}

fn read_or_make(file: &Path, fresh: impl FnOnce() -> [u8; 32]) -> io::Result<Option<[u8; 32]>> {
    match make(file, fresh) {
        Ok(secret) => Ok(Some(secret)),
        Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => Ok(parse(&fs::read_to_string(file)?)),
        Err(cause) => Err(cause),
    }
}

/// Fails with `AlreadyExists` when there is one: of two that start at once, the second reads what the first made.
fn make(file: &Path, fresh: impl FnOnce() -> [u8; 32]) -> io::Result<[u8; 32]> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut opened = options.open(file)?;
    let secret = fresh();
    writeln!(opened, "{}", blake3::Hash::from_bytes(secret).to_hex())?;
    opened.sync_all()?;
    Ok(secret)
}

/// A hash is 32 bytes that are written as 64 hex digits, and so is a secret.
fn parse(text: &str) -> Option<[u8; 32]> {
    blake3::Hash::from_hex(text.trim()).ok().map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_start_makes_a_file_that_later_starts_read() {
        let data = tempfile::tempdir().unwrap();
        let source = SecretSource::new(None, data.path());
        assert_eq!(source.load(|| [7; 32]).unwrap(), [7; 32]);
        assert_eq!(source.load(|| [8; 32]).unwrap(), [7; 32]);

        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(data.path().join("secret")).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn the_environment_wins() {
        let data = tempfile::tempdir().unwrap();
        let source = SecretSource::new(Some("0a".repeat(32)), data.path());
        assert_eq!(source.load(|| [7; 32]).unwrap(), [10; 32]);
        assert!(!data.path().join("secret").exists());
    }

    #[test]
    fn what_is_no_secret_is_refused_and_kept() {
        let data = tempfile::tempdir().unwrap();
        fs::write(data.path().join("secret"), "").unwrap();
        let source = SecretSource::new(None, data.path());
        assert!(matches!(source.load(|| [7; 32]), Err(SecretError::FileIsMalformed(_))));
        assert_eq!(fs::read_to_string(data.path().join("secret")).unwrap(), "");
        let given = SecretSource::new(Some("abc".into()), data.path());
        assert!(matches!(given.load(|| [7; 32]), Err(SecretError::GivenIsMalformed)));
    }
}
