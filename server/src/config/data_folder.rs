//! The folder that holds the embedded database and the secret.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// A folder for what Pulse keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFolder(PathBuf);

impl DataFolder {
    /// The folder at `path`, which need not exist yet.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The file that says that a database was set up from this folder.
    pub fn mark(&self) -> PathBuf {
        self.0.join("database-was-set-up")
    }

    /// Makes that file.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn set_mark(&self) -> io::Result<()> {
        if self.mark().exists() {
            return Ok(());
        }
        fs::write(
            self.mark(),
            "A database was set up from this folder. Pulse does not start over an empty one while this file is here.\n",
        )
    }

    /// Makes it if it is missing, open to its owner alone. One that exists is left as it is.
    ///
    /// # Errors
    /// It cannot be made, or it is not a folder.
    pub fn prepare(&self) -> io::Result<()> {
        if self.0.is_dir() {
            return Ok(());
        }
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.0)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_new_folder_is_open_to_its_owner_alone() {
        let around = tempfile::tempdir().unwrap();
        let data = DataFolder::at(around.path().join("pulse/data"));
        data.prepare().unwrap();
        assert_eq!(fs::metadata(data.path()).unwrap().permissions().mode() & 0o777, 0o700);
        data.prepare().unwrap();
    }

    #[test]
    fn a_file_in_its_place_is_an_error() {
        let around = tempfile::tempdir().unwrap();
        let file = around.path().join("data");
        fs::write(&file, "").unwrap();
        assert!(DataFolder::at(file).prepare().is_err());
    }
}
