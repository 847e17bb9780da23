//! Any contents under any names: what was written verifies, and one changed byte is found.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use chrono::{TimeZone as _, Utc};
use luguo_domain::{
    AccountId, Declaration, DeclarationId, EvidenceId, PackageId, Sha256Digest, Sm3Digest,
    decision::{Decision, Verdict},
    evidence::EvidenceItem,
    release::{Approved, Revision},
};
use luguo_package::{BlobSource, Frozen, freeze, thaw, verify_bag, write_bag};
use proptest::{collection::vec, prelude::*, sample::Index};
use sm3::Digest as _;
use std::io::{Cursor, Read, Write as _};
use uuid::Uuid;
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

/// What a package is made of: the achievement's name, the unit, and files with their names.
#[derive(Debug, Clone)]
struct Made {
    name: String,
    unit: String,
    files: Vec<(String, Vec<u8>)>,
}

impl BlobSource for Made {
    fn open(&self, sha256: Sha256Digest) -> std::io::Result<Box<dyn Read + '_>> {
        self.files
            .iter()
            .find(|(_, bytes)| Sha256Digest::of(bytes) == sha256)
            .map(|(_, bytes)| Box::new(bytes.as_slice()) as Box<dyn Read>)
            .ok_or_else(|| std::io::Error::other("no such content"))
    }
}

impl Made {
    fn freeze(&self) -> Frozen {
        let moment = Utc.with_ymd_and_hms(2026, 11, 5, 1, 2, 3).unwrap();
        let evidence = (10_u128..)
            .zip(&self.files)
            .map(|(id, (name, bytes))| EvidenceItem {
                id: EvidenceId(Uuid::from_u128(id)),
                title: name.clone(),
                file_name: name.clone(),
                media_type: "application/octet-stream".to_owned(),
                size: bytes.len() as u64,
                sha256: Sha256Digest::of(bytes),
                sm3: Sm3Digest(sm3::Sm3::digest(bytes).into()),
                claims: Vec::new(),
                kind: None,
                pages: None,
            })
            .collect();
        let revision = Revision {
            declaration_id: DeclarationId(Uuid::from_u128(1)),
            number: 1,
            declaration: Declaration {
                name: self.name.clone(),
                ..Declaration::default()
            },
            evidence,
            answers: Vec::new(),
            mark_answers: Vec::new(),
            prepared_by: "王敏".to_owned(),
            submitted_at: moment,
        };
        let decision = Decision {
            verdict: Verdict::Approve,
            revision: 1,
            revision_digest: revision.digest(),
            prepared_by: AccountId(Uuid::from_u128(2)),
            decided_by: AccountId(Uuid::from_u128(3)),
            reviewer_name: "李国强".to_owned(),
            decided_at: moment,
            reason: String::new(),
            marks: Vec::new(),
            ticks: Vec::new(),
        };
        let approved = Approved::new(revision, decision).unwrap();
        let package = PackageId(Uuid::from_u128(4));
        freeze(&approved, package, &self.unit, &"0".repeat(64))
    }

    fn bag(&self) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        write_bag(&self.freeze(), self, &mut out).unwrap();
        out.into_inner()
    }
}

/// Any text at all: line breaks, control characters, right-to-left marks, path separators, …
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\\PC\r\n\t\0/\\\\:.\"<>|?* ]{0,60}",
        Just("../../etc/passwd".to_owned()),
        Just("CON".to_owned()),
        "[成果证书佐证材料 　]{0,80}",
    ]
}

fn made() -> impl Strategy<Value = Made> {
    let file = (text(), vec(any::<u8>(), 1..3_000));
    (text(), text(), vec(file, 0..6)).prop_map(|(name, unit, mut files)| {
        // Equal content under another name now and then.
        if let [first, _, third, ..] = files.as_mut_slice() {
            third.1.clone_from(&first.1);
        }
        Made { name, unit, files }
    })
}

/// Name, place in the ZIP and bytes of each member.
fn members(bag: &[u8]) -> Vec<(String, usize, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bag)).unwrap();
    (0..archive.len())
        .map(|n| {
            let mut entry = archive.by_index(n).unwrap();
            let start = usize::try_from(entry.data_start().unwrap()).unwrap();
            let name = entry.name().unwrap().into_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            (name, start, bytes)
        })
        .collect()
}

/// The members in a new ZIP, whose checksums are right again.
fn zip_anew(members: &[(String, usize, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, _, bytes) in members {
        writer.start_file(name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn blamed(bag: &[u8]) -> Vec<String> {
    verify_bag(Cursor::new(bag))
        .faults
        .into_iter()
        .map(|fault| fault.path)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn anything_that_was_written_verifies_and_comes_back(made in made()) {
        let bag = made.bag();
        let report = verify_bag(Cursor::new(&bag));
        prop_assert!(report.faults.is_empty(), "{:?}", report.faults);
        let record = report.record.expect("a record");
        prop_assert_eq!(&record.name, &made.name);
        prop_assert_eq!(&record.unit, &made.unit);
        let names: Vec<_> = record.evidence.iter().map(|item| &item.file_name).collect();
        let given: Vec<_> = made.files.iter().map(|(name, _)| name).collect();
        prop_assert_eq!(names, given);
        let members = members(&bag);
        for (_, bytes) in &made.files {
            let path = format!("/data/blobs/{}", Sha256Digest::of(bytes));
            let found = members.iter().filter(|(name, ..)| name.ends_with(&path));
            let found: Vec<_> = found.map(|(.., stored)| stored).collect();
            prop_assert_eq!(found, [bytes], "once, and the same bytes");
        }
        let frozen = made.freeze();
        let (again, _) = thaw(&frozen.package_json, &frozen.declaration_json).unwrap();
        prop_assert_eq!(again, frozen);
    }

    #[test]
    fn one_changed_byte_in_any_content_names_the_file(
        made in made(),
        member in any::<Index>(),
        at in any::<Index>(),
        change in 1..=u8::MAX,
    ) {
        let bag = made.bag();
        let mut members = members(&bag);
        let n = member.index(members.len());
        let at = at.index(members[n].2.len());
        let (_, path) = members[n].0.split_once('/').expect("one base folder");
        let path = path.to_owned();

        // A damaged medium: the bytes change, the ZIP's own checksums stay.
        let mut damaged = bag.clone();
        damaged[members[n].1 + at] ^= change;
        let found = blamed(&damaged);
        prop_assert!(found.contains(&path), "{path} at {at}: {found:?}");

        // A hand: the ZIP is whole again around the changed byte.
        members[n].2[at] ^= change;
        let found = blamed(&zip_anew(&members));
        prop_assert!(found.contains(&path), "{path} at {at}: {found:?}");
    }
}
