//! Verifying a bag from outside: nothing is extracted, everything is bounded, and each
//! damaged, missing or extra file is named.

use crate::{
    bag::each_piece,
    fault::{Fault, FaultKind},
    record::{Frozen, PackageRecord, thaw},
    tag,
};
use luguo_domain::{Sha256Digest, Sm3Digest};
use sha2::{Digest as _, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Read, Seek, SeekFrom},
};
use zip::{CompressionMethod, ZipArchive};

/// Files a package may have.
const MOST_FILES: usize = 10_000;
/// Bytes a tag file or record may have.
const LARGEST_TEXT: u64 = 64 << 20;

/// What verifying found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// What the package says it is, when it could be read.
    pub record: Option<PackageRecord>,
    /// Files whose digests agree.
    pub files: u32,
    /// Everything that is wrong.
    pub faults: Vec<Fault>,
}

impl Report {
    /// Whether everything agrees.
    pub fn is_valid(&self) -> bool {
        self.faults.is_empty() && self.record.is_some()
    }

    fn fault(&mut self, path: &str, kind: FaultKind, detail: impl std::fmt::Display) {
        self.faults.push(Fault::new(path, kind, detail));
    }
}

struct Member {
    sha256: Sha256Digest,
    sm3: Sm3Digest,
    size: u64,
    crc: u32,
    /// The archive says another size or checksum.
    lies: bool,
    text: Option<Vec<u8>>,
}

/// Verifies a package.
pub fn verify_bag<R: Read + Seek>(mut reader: R) -> Report {
    let mut report = Report::default();
    if !ends_with_directory(&mut reader).unwrap_or_default() {
        report.fault("", FaultKind::Structure, "does not end with its directory");
        return report;
    }
    match ZipArchive::new(reader) {
        Ok(mut archive) => {
            if archive.len() > MOST_FILES {
                report.fault("", FaultKind::Limit, format!("{} entries", archive.len()));
            } else {
                let members = read_members(&mut archive, &mut report);
                check(&members, &mut report);
                let lying = members.iter().filter(|(_, member)| member.lies);
                for path in lying.map(|(path, _)| path) {
                    // Mostly its digest said so already.
                    if !report.faults.iter().any(|fault| fault.path == *path) {
                        report.fault(path, FaultKind::Damaged, "not the size or checksum it says");
                    }
                }
            }
        }
        Err(fault) => report.fault("", FaultKind::Structure, fault),
    }
    report
        .faults
        .sort_by(|a, b| (&a.path, a.kind).cmp(&(&b.path, b.kind)));
    report
}

fn read_members<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    report: &mut Report,
) -> BTreeMap<String, Member> {
    let mut members = BTreeMap::new();
    let mut tops = BTreeSet::new();
    let mut places = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let mut entry = match archive.by_index_raw(index) {
            Ok(entry) => entry,
            Err(fault) => {
                report.fault("", FaultKind::Structure, fault);
                continue;
            }
        };
        let name = match entry.name() {
            Ok(name) => name.into_owned(),
            Err(fault) => {
                report.fault("", FaultKind::Path, fault);
                continue;
            }
        };
        places.push((
            entry.header_start(),
            entry.data_start().unwrap_or_default(),
            entry.compressed_size(),
        ));
        let Some((top, path)) = name
            .split_once('/')
            .filter(|(top, path)| !top.is_empty() && is_bag_path(path))
        else {
            report.fault(&name, FaultKind::Path, "not a path of a bag");
            continue;
        };
        let is_plain = entry.compression() == CompressionMethod::Stored
            && !entry.encrypted()
            && entry.is_file()
            && entry.unix_mode().is_none_or(is_regular);
        if !is_plain {
            report.fault(path, FaultKind::Structure, "not a plain stored file");
            continue;
        }
        tops.insert(top.to_owned());
        let is_text = !path.starts_with("data/blobs/");
        if is_text && entry.size() > LARGEST_TEXT {
            report.fault(path, FaultKind::Limit, entry.size());
            continue;
        }
        let (size, crc) = (entry.size(), entry.crc32());
        match read_member(&mut entry, is_text) {
            Ok(mut member) => {
                member.lies = member.size != size || member.crc != crc;
                if members.insert(path.to_owned(), member).is_some() {
                    report.fault(path, FaultKind::Path, "stands twice");
                }
            }
            Err(fault) => report.fault(path, FaultKind::Damaged, fault),
        }
    }
    if tops.len() > 1 {
        report.fault("", FaultKind::Structure, "more than one base folder");
    }
    if !lie_side_by_side(places, archive.offset(), archive.central_directory_start()) {
        report.fault(
            "",
            FaultKind::Structure,
            "bytes that belong to no file, or to two",
        );
    }
    members
}

/// Whether nothing stands behind the end of the directory (APPNOTE.TXT 4.3.16), not even a comment.
fn ends_with_directory<R: Read + Seek>(reader: &mut R) -> std::io::Result<bool> {
    reader.seek(SeekFrom::End(-22))?;
    let mut end = [0; 22];
    reader.read_exact(&mut end)?;
    reader.rewind()?;
    Ok(end.starts_with(b"PK\x05\x06"))
}

/// A file that is nothing else: no link, no device. Without a type it is one.
fn is_regular(mode: u32) -> bool {
    matches!(mode & 0o170_000, 0 | 0o100_000)
}

/// Whether the members fill the archive up to its directory without gap or overlap: two programs
/// else read two different packages out of one file.
fn lie_side_by_side(mut places: Vec<(u64, u64, u64)>, begin: u64, end: u64) -> bool {
    places.sort_unstable();
    let mut at = 0;
    for (header, data, size) in places {
        if header != at || data < header {
            return false;
        }
        at = data.saturating_add(size);
    }
    begin == 0 && at == end
}

/// The paths a bag of ours has; everything else is refused unread.
fn is_bag_path(path: &str) -> bool {
    match path {
        "bagit.txt"
        | "bag-info.txt"
        | "manifest-sha256.txt"
        | "manifest-sm3.txt"
        | "tagmanifest-sha256.txt"
        | "tagmanifest-sm3.txt"
        | "data/package.json"
        | "data/declaration.json" => true,
        _ => {
            let name = path.strip_prefix("data/blobs/").unwrap_or(path);
            !name.is_empty()
                && name.len() <= 255
                && !name.contains(['/', '\\', ':', '\0'])
                && name != "."
                && name != ".."
        }
    }
}

fn read_member(reader: &mut dyn Read, is_text: bool) -> std::io::Result<Member> {
    let (mut sha256, mut sm3) = (Sha256::new(), sm3::Sm3::new());
    let mut crc = crc32fast::Hasher::new();
    let mut text = is_text.then(Vec::new);
    let size = each_piece(reader, |piece| {
        sha256.update(piece);
        sm3.update(piece);
        crc.update(piece);
        if let Some(text) = &mut text {
            text.extend_from_slice(piece);
        }
        Ok(())
    })?;
    Ok(Member {
        sha256: Sha256Digest(sha256.finalize().into()),
        sm3: Sm3Digest(sm3.finalize().into()),
        size,
        crc: crc.finalize(),
        lies: false,
        text,
    })
}

fn check(members: &BTreeMap<String, Member>, report: &mut Report) {
    let text = |path: &str| members.get(path).and_then(|member| member.text.as_deref());
    let mut listed: BTreeMap<String, bool> = BTreeMap::new();
    for (tags, sha256) in [
        ("manifest-sha256.txt", true),
        ("manifest-sm3.txt", false),
        ("tagmanifest-sha256.txt", true),
        ("tagmanifest-sm3.txt", false),
    ] {
        let Some(lines) = text(tags) else {
            report.fault(tags, FaultKind::Missing, "no such file");
            continue;
        };
        let Some(entries) = parse(lines) else {
            report.fault(tags, FaultKind::Structure, "not a manifest");
            continue;
        };
        for (digest, path) in entries {
            let agrees = members.get(&path).map(|member| {
                let found = if sha256 {
                    member.sha256.to_hex()
                } else {
                    member.sm3.to_hex()
                };
                found == digest
            });
            let known = listed.entry(path.clone()).or_insert(true);
            match agrees {
                Some(true) => {}
                // Said once, though both digests disagree.
                Some(false) if *known => {
                    *known = false;
                    report.fault(&path, FaultKind::Damaged, format!("{tags} says {digest}"));
                }
                None if *known => {
                    *known = false;
                    report.fault(&path, FaultKind::Missing, format!("{tags} lists it"));
                }
                Some(false) | None => {}
            }
        }
    }
    report.files = listed.values().filter(|agrees| **agrees).count() as u32;
    for path in members.keys() {
        let is_tag_manifest = path.starts_with("tagmanifest-");
        if !listed.contains_key(path) && !is_tag_manifest {
            report.fault(path, FaultKind::Extra, "no manifest lists it");
        }
    }
    if text("bagit.txt").is_some_and(|bytes| bytes != tag::BAGIT.as_bytes()) {
        report.fault("bagit.txt", FaultKind::Structure, "not BagIt 1.0 in UTF-8");
    }
    let (Some(package), Some(declaration)) =
        (text("data/package.json"), text("data/declaration.json"))
    else {
        report.fault("", FaultKind::Structure, "a record is missing");
        return;
    };
    match thaw(package, declaration) {
        Ok((frozen, _)) => {
            check_record(&frozen, members, report);
            report.record = Some(frozen.record);
        }
        Err(fault) => report.fault("data/package.json", FaultKind::Record, fault),
    }
}

/// The tag files and the payload must be exactly what the record implies.
fn check_record(frozen: &Frozen, members: &BTreeMap<String, Member>, report: &mut Report) {
    for (name, bytes) in tag::files(frozen) {
        let found = members.get(&name).and_then(|member| member.text.as_deref());
        if found.is_some_and(|found| found != bytes.as_slice()) {
            report.fault(&name, FaultKind::Record, "not what the record implies");
        }
    }
    for file in &frozen.files {
        let same = members.get(&file.path).is_some_and(|member| {
            member.sha256 == file.sha256 && member.sm3 == file.sm3 && member.size == file.size
        });
        let said = report.faults.iter().any(|fault| fault.path == file.path);
        if !same && !said {
            let kind = if members.contains_key(&file.path) {
                FaultKind::Damaged
            } else {
                FaultKind::Missing
            };
            report.fault(&file.path, kind, "the record lists it otherwise");
        }
    }
}

fn parse(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    std::str::from_utf8(bytes)
        .ok()?
        .lines()
        .map(|line| {
            let (digest, path) = line.split_once("  ")?;
            (digest.len() == 64).then(|| (digest.to_owned(), path.to_owned()))
        })
        .collect()
}
