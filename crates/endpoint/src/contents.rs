//! Contents as files, `blobs/ab/cd/<sha256>`: once each, verified before they get their name.

use luguo_domain::{Sha256Digest, Sm3Digest};
use sha2::{Digest as _, Sha256};
use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

/// Where a content lies.
pub(crate) fn path(folder: &Path, sha256: Sha256Digest) -> PathBuf {
    let name = sha256.to_hex();
    folder
        .join("blobs")
        .join(&name[..2])
        .join(&name[2..4])
        .join(name)
}

/// Whether a content is whole here: it gets its name only after it was verified.
pub(crate) fn has(folder: &Path, sha256: Sha256Digest) -> bool {
    path(folder, sha256).is_file()
}

/// Verifies an uploaded file and gives it its name, durably. `false`: its digests are others.
pub(crate) fn settle(
    folder: &Path,
    uploaded: &Path,
    sha256: Sha256Digest,
    sm3: Sm3Digest,
) -> std::io::Result<bool> {
    let (found_sha256, found_sm3) = digests(uploaded)?;
    if found_sha256 != sha256 || found_sm3 != sm3 {
        std::fs::remove_file(uploaded)?;
        return Ok(false);
    }
    let place = path(folder, sha256);
    let parent = place.parent().expect("a content lies in a folder");
    std::fs::create_dir_all(parent)?;
    std::fs::rename(uploaded, &place)?;
    #[cfg(unix)]
    File::open(parent)?.sync_all()?;
    Ok(true)
}

fn digests(path: &Path) -> std::io::Result<(Sha256Digest, Sm3Digest)> {
    let mut file = File::open(path)?;
    let (mut sha256, mut sm3) = (Sha256::new(), sm3::Sm3::new());
    let mut buffer = vec![0; 1 << 20];
    loop {
        let n = file.read(&mut buffer)?;
        if n == 0 {
            break;
        }
        sha256.update(&buffer[..n]);
        sm3.update(&buffer[..n]);
    }
    Ok((
        Sha256Digest(sha256.finalize().into()),
        Sm3Digest(sm3.finalize().into()),
    ))
}

/// Removes contents that no manifest lists: what a lost announcement left.
pub(crate) fn sweep(
    folder: &Path,
    is_listed: impl Fn(&str) -> rusqlite::Result<bool>,
) -> anyhow::Result<()> {
    for first in std::fs::read_dir(folder.join("blobs"))? {
        for second in std::fs::read_dir(first?.path())? {
            for blob in std::fs::read_dir(second?.path())? {
                let blob = blob?;
                if !is_listed(&blob.file_name().to_string_lossy())? {
                    std::fs::remove_file(blob.path())?;
                }
            }
        }
    }
    Ok(())
}
