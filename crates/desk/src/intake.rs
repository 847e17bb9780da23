//! Files by token: a page names what a person picked, never where it lies. What was pasted
//! stays in memory until it is in the vault: it never lies on the disk in clear.

use crate::failure;
use luguo_ipc::{Failure, FailureCode, PickedFileView};
use std::{
    collections::HashMap,
    fs::File,
    io::{Cursor, Read, Seek},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};
use unicode_normalization::UnicodeNormalization as _;
use uuid::Uuid;
use zeroize::Zeroizing;

/// What stands behind a token.
#[derive(Clone)]
pub(crate) enum Picked {
    /// A file on a disk.
    File(PathBuf),
    /// Bytes of the clipboard with the name they came under.
    Pasted {
        /// File name.
        name: String,
        /// The bytes; wiped when nobody needs them.
        bytes: Arc<Zeroizing<Vec<u8>>>,
    },
}

/// Something that can be read and read again from its beginning.
pub(crate) trait Source: Read + Seek {}
impl<T: Read + Seek> Source for T {}

impl Picked {
    /// Name for people and records.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::File(path) => file_name(path),
            Self::Pasted { name, .. } => name.clone(),
        }
    }

    /// Where it lies; `None` for what was pasted.
    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Pasted { .. } => None,
        }
    }

    /// Size in bytes; 0 when the file is not to be read now.
    pub(crate) fn size(&self) -> u64 {
        match self {
            Self::File(path) => std::fs::metadata(path).map_or(0, |metadata| metadata.len()),
            Self::Pasted { bytes, .. } => bytes.len() as u64,
        }
    }

    /// Opens it for reading.
    ///
    /// # Errors
    /// What the system says of the file.
    pub(crate) fn open(&self) -> std::io::Result<Box<dyn Source + '_>> {
        Ok(match self {
            Self::File(path) => Box::new(File::open(path)?),
            Self::Pasted { bytes, .. } => Box::new(Cursor::new(bytes.as_slice())),
        })
    }

    /// Reads all of it, refusing what is larger than `limit` bytes.
    ///
    /// # Errors
    /// A sentence that names the file.
    pub(crate) fn read_all(&self, limit: u64) -> Result<Vec<u8>, Failure> {
        let name = self.name();
        let unreadable = |fault: std::io::Error| failure::file(&name, &fault);
        let mut bytes = Vec::new();
        self.open()
            .map_err(unreadable)?
            .take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(unreadable)?;
        if bytes.len() as u64 > limit {
            return Err(Failure::new(
                FailureCode::File,
                format!(
                    "“{name}”超过 {} MB，没有读取。请确认选对了文件。",
                    limit >> 20
                ),
            ));
        }
        Ok(bytes)
    }
}

/// The tokens of one run.
#[derive(Default)]
pub(crate) struct Intake(Mutex<HashMap<String, Picked>>);

impl Intake {
    /// Gives a path a token.
    pub(crate) fn adopt(&self, path: PathBuf) -> PickedFileView {
        self.keep(Picked::File(path))
    }

    /// Gives something picked a token.
    pub(crate) fn keep(&self, picked: Picked) -> PickedFileView {
        let token = Uuid::new_v4().simple().to_string();
        let view = PickedFileView {
            token: token.clone(),
            name: picked.name(),
            size: picked.size(),
        };
        self.lock().insert(token, picked);
        view
    }

    /// What stands behind a token, or the sentence that it is gone.
    pub(crate) fn find(&self, token: &str) -> Result<Picked, Failure> {
        self.lock().get(token).cloned().ok_or_else(gone)
    }

    /// Lets go of what was pasted: it is in the vault now, or the person was told why not.
    pub(crate) fn forget_pasted(&self, token: &str) {
        let mut tokens = self.lock();
        if matches!(tokens.get(token), Some(Picked::Pasted { .. })) {
            tokens.remove(token);
        }
    }

    /// The path behind a token.
    pub(crate) fn path(&self, token: &str) -> Option<PathBuf> {
        match self.lock().get(token) {
            Some(Picked::File(path)) => Some(path.clone()),
            Some(Picked::Pasted { .. }) | None => None,
        }
    }

    /// The path behind a token, or the sentence that it is gone.
    pub(crate) fn get(&self, token: &str) -> Result<PathBuf, Failure> {
        self.path(token).ok_or_else(gone)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Picked>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn gone() -> Failure {
    Failure::new(FailureCode::NotFound, "选择的文件已失效，请重新选择一次。")
}

/// A path's file name for people and records: NFC (some systems hand out NFD).
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().nfc().collect())
        .unwrap_or_default()
}
