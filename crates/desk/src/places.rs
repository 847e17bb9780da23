//! Which vaults this program has opened, the last used first: so that one that lies elsewhere,
//! on a stick or a second disk, is found again. Paths only; nothing of what is in them.

use serde::{Deserialize, Serialize};
use std::{
    io,
    path::{Path, PathBuf},
};

const FILE: &str = "vaults.json";
const MOST: usize = 20;

#[derive(Default, Serialize, Deserialize)]
struct Places {
    paths: Vec<PathBuf>,
}

/// The paths, the last used first. A missing or damaged list is an empty one: it is a
/// convenience, never the only way to a vault.
pub(crate) fn list(folder: &Path) -> Vec<PathBuf> {
    std::fs::read(folder.join(FILE))
        .ok()
        .and_then(|bytes| serde_json::from_slice::<Places>(&bytes).ok())
        .unwrap_or_default()
        .paths
}

/// Puts a path in front.
pub(crate) fn remember(folder: &Path, path: &Path) {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut paths = list(folder);
    if paths.first() == Some(&path) {
        return;
    }
    paths.retain(|known| *known != path);
    paths.insert(0, path);
    paths.truncate(MOST);
    if let Err(fault) = write(folder, &Places { paths }) {
        tracing::warn!(%fault, "the list of vaults was not written");
    }
}

/// Whole or not at all: a new file takes the old one's place.
fn write(folder: &Path, places: &Places) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let new = folder.join(format!("{FILE}.new"));
    std::fs::write(&new, serde_json::to_vec_pretty(places)?)?;
    std::fs::rename(new, folder.join(FILE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_used_vault_stands_first_and_once() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["a", "b", "a"] {
            remember(folder.path(), &folder.path().join(name));
        }
        assert_eq!(
            list(folder.path()),
            [folder.path().join("a"), folder.path().join("b")]
        );
    }

    #[test]
    fn a_damaged_list_is_an_empty_one() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join(FILE), b"{").expect("a file");
        assert_eq!(list(folder.path()), Vec::<PathBuf>::new());
    }
}
