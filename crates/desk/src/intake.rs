//! Files by token: a page names what a person picked, never where it lies.

use luguo_ipc::{Failure, FailureCode, PickedFileView};
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};
use unicode_normalization::UnicodeNormalization as _;
use uuid::Uuid;

/// The tokens of one run.
#[derive(Default)]
pub(crate) struct Intake(Mutex<HashMap<String, PathBuf>>);

impl Intake {
    /// Gives a path a token.
    pub(crate) fn adopt(&self, path: PathBuf) -> PickedFileView {
        let token = Uuid::new_v4().simple().to_string();
        let view = PickedFileView {
            token: token.clone(),
            name: file_name(&path),
            size: std::fs::metadata(&path).map_or(0, |metadata| metadata.len()),
        };
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(token, path);
        view
    }

    /// The path behind a token.
    pub(crate) fn path(&self, token: &str) -> Option<PathBuf> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(token)
            .cloned()
    }

    /// The path behind a token, or the sentence that it is gone.
    pub(crate) fn get(&self, token: &str) -> Result<PathBuf, Failure> {
        self.path(token).ok_or_else(|| {
            Failure::new(FailureCode::NotFound, "选择的文件已失效，请重新选择一次。")
        })
    }
}

/// A path's file name for people and records: NFC (some systems hand out NFD).
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().nfc().collect())
        .unwrap_or_default()
}
