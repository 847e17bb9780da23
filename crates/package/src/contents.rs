//! A package from outside, opened for reading once all of it agrees.

use crate::{
    fault::{Fault, FaultKind},
    record::{Frozen, thaw},
    verify::{Report, verify_bag},
};
use luguo_domain::{Sha256Digest, release::Revision};
use std::io::{Read, Seek};
use zip::ZipArchive;

/// A verified package. Its contents are still read from outside: who keeps them compares their
/// digests again.
pub struct OpenedBag<R> {
    archive: ZipArchive<R>,
    top: String,
    /// The records as they stand in the package.
    pub frozen: Frozen,
    /// The revision in it.
    pub revision: Revision,
}

/// Verifies a package and opens it.
///
/// # Errors
/// The report, with at least one fault; nothing of the package is to be used then.
pub fn open_bag<R: Read + Seek>(mut reader: R) -> Result<OpenedBag<R>, Box<Report>> {
    let mut report = Box::new(verify_bag(&mut reader));
    if !report.is_valid() {
        return Err(report);
    }
    match opened(reader) {
        Ok(bag) => Ok(bag),
        Err(detail) => {
            // It agreed a moment ago: the medium gives other bytes each time.
            report
                .faults
                .push(Fault::new("", FaultKind::Damaged, detail));
            Err(report)
        }
    }
}

fn opened<R: Read + Seek>(reader: R) -> Result<OpenedBag<R>, String> {
    let words = |fault: &dyn std::fmt::Display| fault.to_string();
    let mut archive = ZipArchive::new(reader).map_err(|fault| words(&fault))?;
    let first = archive.by_index_raw(0).map_err(|fault| words(&fault))?;
    let name = first.name().map_err(|fault| words(&fault))?.into_owned();
    drop(first);
    let top = name.split('/').next().unwrap_or_default().to_owned();
    let mut text = |path: &str| -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        archive
            .by_name(&format!("{top}/{path}"))
            .map_err(|fault| words(&fault))?
            .read_to_end(&mut bytes)
            .map_err(|fault| words(&fault))?;
        Ok(bytes)
    };
    let (package, declaration) = (text("data/package.json")?, text("data/declaration.json")?);
    let (frozen, revision) = thaw(&package, &declaration).map_err(|fault| words(&fault))?;
    Ok(OpenedBag {
        archive,
        top,
        frozen,
        revision,
    })
}

impl<R: Read + Seek> OpenedBag<R> {
    /// Opens one content.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    pub fn content(&mut self, sha256: Sha256Digest) -> std::io::Result<impl Read + '_> {
        self.archive
            .by_name(&format!("{}/data/blobs/{sha256}", self.top))
            .map_err(std::io::Error::from)
    }
}
