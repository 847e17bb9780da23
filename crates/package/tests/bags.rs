//! Bags: deterministic, whole, and every fault named at its file.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::{bag, frozen, members};
use luguo_domain::Sha256Digest;
use luguo_package::{FaultKind, thaw, verify_bag};
use std::io::{Cursor, Write as _};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

fn zip(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in members {
        writer.start_file(name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn faults(bag: &[u8]) -> Vec<(String, FaultKind)> {
    verify_bag(Cursor::new(bag))
        .faults
        .into_iter()
        .map(|fault| (fault.path, fault.kind))
        .collect()
}

#[test]
fn the_same_package_is_the_same_bytes_and_verifies() {
    assert_eq!(bag(), bag());
    let report = verify_bag(Cursor::new(bag()));
    assert!(report.is_valid(), "{:?}", report.faults);
    assert_eq!(report.record.unwrap().name, "深海耐压钛合金浮力球");
}

#[test]
fn the_bytes_of_a_package_do_not_change_between_versions() {
    // Pinned from this very fixture: a change here breaks packages that are already out.
    assert_eq!(
        Sha256Digest::of(&bag()).to_hex(),
        "1d532378c59467d86525904f96234b8cffcf2cb4e473b9c806192df593aa1c07"
    );
}

#[test]
fn equal_contents_share_one_file() {
    let names: Vec<_> = frozen().files.into_iter().map(|file| file.path).collect();
    assert_eq!(names.len(), 4, "{names:?}");
}

#[test]
fn the_records_come_back_as_they_were_frozen() {
    let frozen = frozen();
    let (again, revision) = thaw(&frozen.package_json, &frozen.declaration_json).unwrap();
    assert_eq!(again, frozen);
    assert_eq!(revision.digest(), frozen.record.revision_digest);
}

#[test]
fn a_changed_byte_in_any_member_is_named() {
    let original = members(&bag());
    for n in 0..original.len() {
        let mut changed = original.clone();
        let last = changed[n].1.len() - 1;
        changed[n].1[last] ^= 1;
        let (_, path) = changed[n].0.split_once('/').unwrap();
        let found = faults(&zip(&changed));
        let blamed = found.iter().any(|(at, _)| at == path);
        assert!(blamed, "{path}: {found:?}");
    }
}

#[test]
fn a_dropped_member_is_named_as_missing() {
    let original = members(&bag());
    for n in 0..original.len() {
        let mut fewer = original.clone();
        let (name, _) = fewer.remove(n);
        let (_, path) = name.split_once('/').unwrap();
        let found = faults(&zip(&fewer));
        assert!(
            found.contains(&(path.to_owned(), FaultKind::Missing)),
            "{path}: {found:?}"
        );
    }
}

#[test]
fn an_added_member_is_named_as_extra() {
    let mut more = members(&bag());
    let top = more[0].0.split_once('/').unwrap().0.to_owned();
    more.push((format!("{top}/data/blobs/extra"), b"x".to_vec()));
    assert_eq!(
        faults(&zip(&more)),
        [("data/blobs/extra".to_owned(), FaultKind::Extra)]
    );
}

#[test]
fn hostile_paths_are_refused_unread() {
    for path in [
        "../evil",
        "/etc/passwd",
        "top/../../evil",
        "top/a\\b",
        "top/data/blobs/..",
        "C:/x/y",
    ] {
        let mut more = members(&bag());
        more.push((path.to_owned(), b"x".to_vec()));
        let found = faults(&zip(&more));
        assert!(
            found
                .iter()
                .any(|(_, kind)| *kind == FaultKind::Path || *kind == FaultKind::Structure),
            "{path}: {found:?}"
        );
    }
}

#[test]
fn a_truncated_package_is_no_package() {
    let whole = bag();
    for length in [0, 1, whole.len() / 2, whole.len() - 1] {
        let report = verify_bag(Cursor::new(&whole[..length]));
        assert!(!report.is_valid(), "{length}");
        assert_eq!(report.faults[0].kind, FaultKind::Structure);
        assert!(!report.faults[0].message().is_empty());
    }
}

#[test]
fn a_symbolic_link_is_refused() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let whole = members(&bag());
    let top = whole[0].0.split_once('/').unwrap().0.to_owned();
    for (name, bytes) in whole {
        writer.start_file(name, options).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    writer
        .add_symlink(format!("{top}/data/blobs/link"), "/etc/passwd", options)
        .unwrap();
    let bytes = writer.finish().unwrap().into_inner();
    assert_eq!(
        faults(&bytes),
        [("data/blobs/link".to_owned(), FaultKind::Structure)]
    );
}

#[test]
fn records_that_contradict_each_other_are_refused() {
    let frozen = frozen();
    let text = String::from_utf8(frozen.package_json.clone()).unwrap();
    for (from, to) in [
        (
            "\"revision\":1,\"revision_digest\"",
            "\"revision\":2,\"revision_digest\"",
        ),
        ("\"verdict\":\"approve\"", "\"verdict\":\"return\""),
        ("luguo.package/1", "luguo.package/2"),
        ("材料 1.pdf", "材料 9.pdf"),
    ] {
        assert!(text.contains(from), "{from}");
        let changed = text.replacen(from, to, 1);
        assert!(
            thaw(changed.as_bytes(), &frozen.declaration_json).is_err(),
            "{from}"
        );
    }
}
