//! Evidence: once per content, streamed, cancelled without a trace.

use crate::support::{PREPARER, Place, attach, draft, now, try_attach};
use luguo_domain::{EvidenceId, Sha256Digest, VaultKind};
use luguo_store::{EvidenceSource, ImportFault};
use std::{io::Read as _, ops::ControlFlow};
use uuid::Uuid;

fn noise(size: usize) -> Vec<u8> {
    (0..size).map(|n| (n * 31 % 251) as u8).collect()
}

#[test]
fn content_comes_out_as_it_went_in_across_chunks() {
    let place = Place::new();
    let vault = place.unit();
    let id = draft(&vault, "成果");
    for size in [1, (1 << 20) - 1, 1 << 20, (8 << 20) + 5] {
        let bytes = noise(size);
        let imported = attach(&vault, id, &format!("{size}"), &bytes);
        assert_eq!(imported.item.sha256, Sha256Digest::of(&bytes));
        let mut reader = vault.blob(imported.item.sha256).unwrap().unwrap();
        let mut out = Vec::new();
        reader.read_to_end(&mut out).unwrap();
        assert_eq!(out, bytes);
        let tail = reader.read_at(size as u64 / 2, 10).unwrap();
        assert_eq!(tail, bytes[size / 2..(size / 2 + 10).min(size)]);
    }
}

#[test]
fn equal_content_is_stored_once_and_said() {
    let place = Place::new();
    let vault = place.unit();
    let id = draft(&vault, "成果");
    let one = attach(&vault, id, "甲", &noise(100));
    let two = attach(&vault, id, "乙", &noise(100));
    assert_eq!(one.item.sha256, two.item.sha256);
    assert_eq!(two.same_content, ["甲"]);
    let gone = |piece| {
        vault.remove_evidence(id, piece, now()).unwrap();
        vault.purge_evidence(id, piece, now()).unwrap();
    };
    gone(one.item.id);
    assert!(
        vault.blob(two.item.sha256).unwrap().is_some(),
        "the other still needs it"
    );
    gone(two.item.id);
    assert!(
        vault.blob(two.item.sha256).unwrap().is_none(),
        "nobody needs it any more"
    );
}

#[test]
fn a_submitted_revision_keeps_its_content() {
    let place = Place::new();
    let vault = place.unit();
    let id = draft(&vault, "成果");
    let one = attach(&vault, id, "甲", &noise(100));
    vault.submit(id, 1, now()).unwrap();
    vault.withdraw(id, now()).unwrap();
    vault.remove_evidence(id, one.item.id, now()).unwrap();
    assert!(vault.blob(one.item.sha256).unwrap().is_some());
}

#[test]
fn an_empty_file_is_refused() {
    let place = Place::new();
    let vault = place.unit();
    let id = draft(&vault, "成果");
    assert!(matches!(
        try_attach(&vault, id, "空", b"").unwrap_err(),
        ImportFault::Empty
    ));
    assert!(vault.evidence(id).unwrap().is_empty());
}

#[test]
fn a_cancelled_import_leaves_no_trace() {
    let place = Place::new();
    let vault = place.unit();
    let id = draft(&vault, "成果");
    let bytes = noise(20 << 20);
    let mut reader = bytes.as_slice();
    let source = EvidenceSource {
        id: EvidenceId(Uuid::now_v7()),
        title: "大".to_owned(),
        file_name: "大.bin".to_owned(),
        media_type: "application/octet-stream".to_owned(),
        claims: Vec::new(),
        settles: None,
    };
    let outcome = vault.import_evidence(
        id,
        source,
        &mut reader,
        &mut |done| {
            if done > 8 << 20 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        },
        now(),
    );
    assert!(matches!(outcome.unwrap_err(), ImportFault::Cancelled));
    assert!(vault.evidence(id).unwrap().is_empty());
    drop(vault);
    let vault = place.open(VaultKind::Open, PREPARER).unwrap();
    assert!(vault.recovered().is_empty(), "nothing was left to sweep");
}

#[test]
fn a_failing_reader_leaves_no_trace() {
    struct Failing(usize);
    impl std::io::Read for Failing {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            if self.0 == 0 {
                return Err(std::io::Error::other("the cable was pulled"));
            }
            let take = out.len().min(self.0);
            self.0 -= take;
            Ok(take)
        }
    }
    let place = Place::new();
    let vault = place.unit();
    let id = draft(&vault, "成果");
    let source = EvidenceSource {
        id: EvidenceId(Uuid::now_v7()),
        title: "断".to_owned(),
        file_name: "断.bin".to_owned(),
        media_type: "application/octet-stream".to_owned(),
        claims: Vec::new(),
        settles: None,
    };
    let outcome = vault.import_evidence(
        id,
        source,
        &mut Failing(12 << 20),
        &mut |_| ControlFlow::Continue(()),
        now(),
    );
    assert!(matches!(outcome.unwrap_err(), ImportFault::Read(_)));
    assert!(vault.evidence(id).unwrap().is_empty());
}
