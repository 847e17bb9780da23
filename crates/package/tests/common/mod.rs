//! One good package to begin with.

#![allow(
    clippy::unwrap_used,
    dead_code,
    reason = "a test fails by panicking and uses what it needs"
)]

use chrono::{TimeZone as _, Utc};
use luguo_domain::{
    AccountId, Declaration, DeclarationId, EvidenceId, PackageId, Sha256Digest, Sm3Digest,
    decision::{Decision, Verdict},
    evidence::EvidenceItem,
    release::{Approved, Revision},
};
use luguo_package::{BlobSource, Frozen, freeze, write_bag};
use sm3::Digest as _;
use std::io::{Cursor, Read};
use uuid::Uuid;
use zip::ZipArchive;

pub const CONTENTS: [&[u8]; 3] = [b"%PDF-1.7 certificate", b"a scan", b"a scan"];

pub struct Blobs;

impl BlobSource for Blobs {
    fn open(&self, sha256: Sha256Digest) -> std::io::Result<Box<dyn Read + '_>> {
        CONTENTS
            .into_iter()
            .find(|bytes| Sha256Digest::of(bytes) == sha256)
            .map(|bytes| Box::new(bytes) as Box<dyn Read>)
            .ok_or_else(|| std::io::Error::other("no such content"))
    }
}

pub fn frozen() -> Frozen {
    let moment = Utc.with_ymd_and_hms(2026, 11, 5, 1, 2, 3).unwrap();
    let evidence = CONTENTS
        .iter()
        .enumerate()
        .map(|(n, bytes)| EvidenceItem {
            id: EvidenceId(Uuid::from_u128(10 + n as u128)),
            title: format!("材料 {n}"),
            file_name: format!("材料 {n}.pdf"),
            media_type: "application/pdf".to_owned(),
            size: bytes.len() as u64,
            sha256: Sha256Digest::of(bytes),
            sm3: Sm3Digest(sm3::Sm3::digest(bytes).into()),
            claims: vec!["right:1".parse().unwrap()],
            kind: None,
            pages: None,
        })
        .collect();
    let revision = Revision {
        declaration_id: DeclarationId(Uuid::from_u128(1)),
        number: 1,
        declaration: Declaration {
            name: "深海耐压钛合金浮力球".to_owned(),
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
    freeze(
        &approved,
        PackageId(Uuid::from_u128(4)),
        "青岛海洋装备研究院",
        &"0".repeat(64),
    )
}

pub fn bag() -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    write_bag(&frozen(), &Blobs, &mut out).unwrap();
    out.into_inner()
}

pub fn members(bag: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bag)).unwrap();
    (0..archive.len())
        .map(|n| {
            let mut entry = archive.by_index(n).unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            (entry.name().unwrap().into_owned(), bytes)
        })
        .collect()
}
