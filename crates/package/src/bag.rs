//! Writing a bag: the same package gives the same bytes, whoever writes it and when.

use crate::{record::Frozen, tag};
use luguo_domain::{Sha256Digest, Sm3Digest};
use sha2::{Digest as _, Sha256};
use std::io::{Read, Seek, SeekFrom, Write};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

/// Where the contents come from.
pub trait BlobSource {
    /// Opens a content.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    fn open(&self, sha256: Sha256Digest) -> std::io::Result<Box<dyn Read + '_>>;
}

/// A written bag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of the whole file.
    pub sha256: Sha256Digest,
}

/// Why a bag was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteFault {
    /// Reading a content or writing the bag failed.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// A content is not what the package says.
    #[error("the content {path} does not agree with its digests")]
    Content {
        /// Path in the bag.
        path: String,
    },
}

impl From<zip::result::ZipError> for WriteFault {
    fn from(fault: zip::result::ZipError) -> Self {
        WriteFault::Io(fault.into())
    }
}

/// Writes the bag under one folder named by the package id. Contents are streamed and their
/// digests checked on the way.
///
/// # Errors
/// [`WriteFault`]; the output is then to be thrown away.
pub fn write_bag<W: Read + Write + Seek>(
    frozen: &Frozen,
    blobs: &dyn BlobSource,
    out: W,
) -> Result<Written, WriteFault> {
    let top = frozen.record.package_id.to_string();
    let mut zip = ZipWriter::new(out);
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut members: Vec<(String, Option<Vec<u8>>, usize)> = tag::files(frozen)
        .into_iter()
        .map(|(name, bytes)| (name, Some(bytes), 0))
        .collect();
    for (n, file) in frozen.files.iter().enumerate() {
        let bytes = match file.path.as_str() {
            "data/package.json" => Some(frozen.package_json.clone()),
            "data/declaration.json" => Some(frozen.declaration_json.clone()),
            _ => None,
        };
        members.push((file.path.clone(), bytes, n));
    }
    members.sort_by(|a, b| a.0.cmp(&b.0));
    for (path, bytes, n) in members {
        let size = bytes
            .as_ref()
            .map_or(frozen.files[n].size, |bytes| bytes.len() as u64);
        zip.start_file(
            format!("{top}/{path}"),
            options.large_file(size >= u64::from(u32::MAX)),
        )?;
        match bytes {
            Some(bytes) => zip.write_all(&bytes)?,
            None => copy(&frozen.files[n], blobs, &mut zip)?,
        }
    }
    let mut out = zip.finish()?;
    out.flush()?;
    out.seek(SeekFrom::Start(0))?;
    let mut hasher = Sha256::new();
    let size = each_piece(&mut out, |piece| {
        hasher.update(piece);
        Ok(())
    })?;
    Ok(Written {
        size,
        sha256: Sha256Digest(hasher.finalize().into()),
    })
}

fn copy(
    file: &crate::record::PayloadFile,
    blobs: &dyn BlobSource,
    out: &mut impl Write,
) -> Result<(), WriteFault> {
    let (mut sha256, mut sm3) = (Sha256::new(), sm3::Sm3::new());
    let size = each_piece(&mut blobs.open(file.sha256)?, |piece| {
        sha256.update(piece);
        sm3.update(piece);
        out.write_all(piece)
    })?;
    let agrees = size == file.size
        && Sha256Digest(sha256.finalize().into()) == file.sha256
        && Sm3Digest(sm3.finalize().into()) == file.sm3;
    if agrees {
        Ok(())
    } else {
        Err(WriteFault::Content {
            path: file.path.clone(),
        })
    }
}

/// Reads to the end in pieces of constant size and returns how many bytes there were.
pub(crate) fn each_piece(
    reader: &mut dyn Read,
    mut take: impl FnMut(&[u8]) -> std::io::Result<()>,
) -> std::io::Result<u64> {
    let mut buffer = vec![0; 256 * 1024];
    let mut size = 0;
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok(size),
            Ok(n) => {
                take(&buffer[..n])?;
                size += n as u64;
            }
            Err(fault) if fault.kind() == std::io::ErrorKind::Interrupted => {}
            Err(fault) => return Err(fault),
        }
    }
}
