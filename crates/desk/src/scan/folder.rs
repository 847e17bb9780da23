//! A folder that an office scanner writes to: what came since it is watched, once it is whole.

use crate::{desk::Desk, failure, intake::file_name};
use luguo_domain::Moment;
use luguo_ipc::{Failure, PickedFileView, ScanTrayView, ScanWatchRequest};
use luguo_store::Vault;
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::SystemTime,
};

/// What a scanner writes.
const ENDINGS: [&str; 7] = ["pdf", "jpg", "jpeg", "png", "tif", "tiff", "webp"];
/// Files that are offered at once.
const MOST: usize = 100;

/// A file as it was looked at last.
struct Looked {
    size: u64,
    changed: Option<SystemTime>,
    /// Its token, once it did not grow between two looks.
    offered: Option<PickedFileView>,
}

/// Files of the watched folder, by path.
#[derive(Default)]
pub(crate) struct Seen(Mutex<HashMap<PathBuf, Looked>>);

impl Seen {
    /// Forgets all: another folder, another vault.
    pub(crate) fn forget(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}

pub(crate) fn watch(desk: &Desk, request: &ScanWatchRequest) -> Result<ScanTrayView, Failure> {
    let vault = desk.vault()?;
    let path = request
        .folder
        .as_deref()
        .map(|token| desk.intake.get(token))
        .transpose()?;
    vault
        .watch_scan_folder(path.as_deref(), desk.now())
        .map_err(failure::store)?;
    desk.scanned.forget();
    super::show(desk, request.declaration)
}

/// The watched folder.
#[derive(Default)]
pub(super) struct Watched {
    /// Its name.
    pub(super) folder: Option<String>,
    /// Why it cannot be read.
    pub(super) fault: Option<String>,
    /// What came into it.
    pub(super) files: Vec<PickedFileView>,
}

/// Looks into the watched folder.
pub(super) fn arrived(desk: &Desk, vault: &Vault) -> Result<Watched, Failure> {
    let Some((path, since)) = vault.scan_folder().map_err(failure::store)? else {
        return Ok(Watched::default());
    };
    let name = file_name(&path);
    match look(desk, &path, since) {
        Ok(files) => Ok(Watched {
            folder: Some(name),
            fault: None,
            files,
        }),
        Err(_) => Ok(Watched {
            fault: Some(format!(
                "监看的文件夹“{name}”现在打不开，可能被移走或没有插好。插好以后会自动继续。"
            )),
            folder: Some(name),
            files: Vec::new(),
        }),
    }
}

fn look(desk: &Desk, folder: &Path, since: Moment) -> std::io::Result<Vec<PickedFileView>> {
    let mut seen = desk
        .scanned
        .0
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let ending = path
            .extension()
            .map(|ending| ending.to_string_lossy().to_lowercase())
            .unwrap_or_default();
        // A link may lead anywhere: only what lies here is offered.
        let Ok(metadata) = std::fs::symlink_metadata(&path) else {
            continue;
        };
        let changed = metadata.modified().ok();
        let is_new = changed.is_some_and(|changed| Moment::from(changed) >= since);
        if !metadata.is_file() || metadata.len() == 0 || !is_new || !ENDINGS.contains(&&*ending) {
            continue;
        }
        let size = metadata.len();
        match seen.get_mut(&path) {
            // A scanner is still writing it until it stays as it is.
            Some(looked) if looked.size == size && looked.changed == changed => {
                let view = looked
                    .offered
                    .get_or_insert_with(|| desk.intake.adopt(path.clone()));
                found.push((changed, view.clone()));
            }
            _ => {
                seen.insert(
                    path,
                    Looked {
                        size,
                        changed,
                        offered: None,
                    },
                );
            }
        }
    }
    found.sort_by(|(at, a), (bt, b)| (at, &a.name).cmp(&(bt, &b.name)));
    Ok(found.into_iter().take(MOST).map(|(_, view)| view).collect())
}
