//! Packages that mean harm, each named by its fault: every one is refused, names a file or the
//! whole, and writes nothing anywhere. Nothing of a package is trusted before all of it agrees.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../common/mod.rs"]
mod common;
mod raw;

use common::{bag, members};
use luguo_package::{FaultKind, verify_bag};
use raw::{Member, zip};
use std::io::Cursor;

/// What an evil package is called, its bytes, and what must be found.
type Case = (String, Vec<u8>, FaultKind);

fn good() -> Vec<Member> {
    members(&bag())
        .iter()
        .map(|(name, bytes)| Member::new(name, bytes))
        .collect()
}

fn named(all: &[Member], part: &str) -> usize {
    let holds = |member: &Member| String::from_utf8_lossy(&member.name).contains(part);
    all.iter().position(holds).unwrap()
}

fn top(all: &[Member]) -> String {
    let name = String::from_utf8_lossy(&all[0].name).into_owned();
    name.split_once('/').unwrap().0.to_owned()
}

/// The good package with one more file.
fn with(name: impl AsRef<[u8]>, bytes: &[u8]) -> Vec<u8> {
    let mut all = good();
    all.push(Member::new(name, bytes));
    zip(&all)
}

/// The good package with one member changed.
fn changed(part: &str, change: impl FnOnce(&mut Member)) -> Vec<u8> {
    let mut all = good();
    let at = named(&all, part);
    change(&mut all[at]);
    zip(&all)
}

/// The good package with the text of a member changed.
fn reworded(part: &str, from: &str, to: &str) -> Vec<u8> {
    changed(part, |member| {
        let text = String::from_utf8(member.bytes.clone()).unwrap();
        assert!(text.contains(from), "{part} says {from}");
        *member = Member::new(&member.name, text.replacen(from, to, 1).as_bytes());
    })
}

fn paths() -> Vec<Case> {
    let top = top(&good());
    let mut cases: Vec<Case> = [
        ("out of the folder", format!("{top}/../../escaped")),
        (
            "out of the folder under data",
            format!("{top}/data/../../escaped"),
        ),
        (
            "out of the folder under blobs",
            format!("{top}/data/blobs/../../../escaped"),
        ),
        ("out by backslashes", format!("{top}/..\\..\\escaped")),
        ("absolute", "/tmp/escaped".to_owned()),
        ("absolute under the folder", format!("{top}//tmp/escaped")),
        ("drive letter", "C:\\escaped".to_owned()),
        (
            "drive letter in a blob",
            format!("{top}/data/blobs/C:escaped"),
        ),
        ("share", "\\\\server\\share\\escaped".to_owned()),
        (
            "second stream of a file",
            format!("{top}/data/blobs/a:stream"),
        ),
        ("nothing before the slash", "/data/package.json".to_owned()),
        ("nothing after the slash", format!("{top}/")),
        ("folder alone", "folder/".to_owned()),
        ("no folder", "bagit.txt".to_owned()),
        ("dot", format!("{top}/.")),
        ("two dots", format!("{top}/..")),
        (
            "folder in the folder of blobs",
            format!("{top}/data/blobs/a/b"),
        ),
        ("zero in the name", format!("{top}/data/blobs/a\0b")),
        (
            "name of 300 bytes",
            format!("{top}/data/blobs/{}", "a".repeat(300)),
        ),
    ]
    .into_iter()
    .map(|(fault, name)| {
        let bytes = with(&name, b"x");
        (format!("path {fault}"), bytes, FaultKind::Path)
    })
    .collect();
    for (fault, name) in [
        ("windows device", "CON"),
        ("windows device with an ending", "NUL.txt"),
        ("windows printer", "LPT1"),
        ("name turned around", "\u{202e}gpj.exe"),
        ("name of nothing to see", "\u{200b}"),
        ("name ending in a dot", "a."),
        ("name ending in a blank", "a "),
        ("hidden file", ".htaccess"),
        ("program", "start.exe"),
    ] {
        let bytes = with(format!("{top}/data/blobs/{name}"), b"x");
        cases.push((format!("path {fault}"), bytes, FaultKind::Extra));
    }
    cases.push((
        "path not in utf-8".to_owned(),
        with([top.as_bytes(), b"/data/blobs/\xff\xfe"].concat(), b"x"),
        FaultKind::Extra,
    ));
    cases.push((
        "path of a home".to_owned(),
        with("~/escaped", b"x"),
        FaultKind::Structure,
    ));
    cases
}

fn structures() -> Vec<Case> {
    let good = good();
    let top = top(&good);
    let whole = zip(&good);
    let blob = || "data/blobs/";
    let mut twice = good.clone();
    twice.push(good[named(&good, "package.json")].clone());
    let mut cased = good.clone();
    let mut upper = good[named(&good, "data/blobs")].clone();
    upper.name = String::from_utf8(upper.name)
        .unwrap()
        .replace("blobs/", "BLOBS/")
        .into_bytes();
    upper.local_name.clone_from(&upper.name);
    cased.push(upper);
    let mut other = good.clone();
    other.push(Member::new("other/data/package.json", b"{}"));
    let many: Vec<Member> = (0..10_001)
        .map(|n| Member::new(format!("{top}/data/blobs/{n}"), b""))
        .collect();
    let mut other_twice = good.clone();
    let first = named(&good, "package.json");
    other_twice.insert(0, Member::new(&good[first].name, b"{}"));
    let before = [b"MZ a program before the archive".as_slice(), &whole].concat();
    let behind = [whole.as_slice(), b"bytes behind the archive"].concat();
    let cut = |share: usize| whole[..whole.len() * share / 100].to_vec();
    let mut unsigned = whole.clone();
    let end = unsigned.len() - 22;
    unsigned[end + 16..end + 20].copy_from_slice(&u32::MAX.to_le_bytes());
    let mut counted = whole.clone();
    counted[end + 10..end + 12].copy_from_slice(&u16::MAX.to_le_bytes());
    counted[end + 8..end + 10].copy_from_slice(&u16::MAX.to_le_bytes());
    let case = |name: &str, bytes: Vec<u8>, kind| (name.to_owned(), bytes, kind);
    vec![
        case("empty file", Vec::new(), FaultKind::Structure),
        case(
            "no archive",
            b"PK and nothing else".to_vec(),
            FaultKind::Structure,
        ),
        case(
            "directory alone",
            whole[whole.len() - 22..].to_vec(),
            FaultKind::Structure,
        ),
        case("archive of nothing", zip(&[]), FaultKind::Structure),
        case("cut in the middle", cut(50), FaultKind::Structure),
        case("cut in the directory", cut(97), FaultKind::Structure),
        case(
            "last byte missing",
            whole[..whole.len() - 1].to_vec(),
            FaultKind::Structure,
        ),
        case(
            "directory at the end of the world",
            unsigned,
            FaultKind::Structure,
        ),
        case(
            "directory that counts too many",
            counted,
            FaultKind::Structure,
        ),
        case("ten thousand and one files", zip(&many), FaultKind::Limit),
        case("record twice", zip(&twice), FaultKind::Structure),
        case(
            "another record under the same name",
            zip(&other_twice),
            FaultKind::Structure,
        ),
        case("program before the archive", before, FaultKind::Structure),
        case("bytes behind the archive", behind, FaultKind::Structure),
        case("blobs in capitals", zip(&cased), FaultKind::Path),
        case("two folders at the top", zip(&other), FaultKind::Structure),
        case(
            "bag in the bag",
            with(format!("{top}/{top}/bagit.txt"), b"x"),
            FaultKind::Path,
        ),
        case(
            "archive in the bag",
            with(format!("{top}/data/blobs/inner.zip"), &whole),
            FaultKind::Extra,
        ),
        case(
            "link to another file",
            changed(blob(), |member| {
                member.attributes = 0o120_777 << 16;
                *member = Member {
                    bytes: b"/etc/passwd".to_vec(),
                    sizes: (11, 11),
                    ..member.clone()
                };
            }),
            FaultKind::Structure,
        ),
        case(
            "folder that has a name of a file",
            changed(blob(), |member| {
                member.attributes = (0o040_755 << 16) | 0x10
            }),
            FaultKind::Structure,
        ),
        case(
            "encrypted member",
            changed(blob(), |member| member.flags |= 1),
            FaultKind::Structure,
        ),
        case(
            "deflated member",
            changed(blob(), |member| member.method = 8),
            FaultKind::Structure,
        ),
        case(
            "compression nobody knows",
            changed(blob(), |member| member.method = 99),
            FaultKind::Structure,
        ),
        case(
            "member that says it is larger",
            changed(blob(), |member| member.sizes = (1 << 30, 1 << 30)),
            FaultKind::Damaged,
        ),
        case(
            "member that says it is smaller",
            changed(blob(), |member| member.sizes = (1, 1)),
            FaultKind::Damaged,
        ),
        case(
            "member with two sizes",
            changed(blob(), |member| member.sizes.1 = 1 << 31),
            FaultKind::Damaged,
        ),
        case(
            "member that begins elsewhere",
            changed(blob(), |member| member.shift = 7),
            FaultKind::Structure,
        ),
        case(
            "member that begins behind the end",
            changed(blob(), |member| member.shift = 1 << 30),
            FaultKind::Structure,
        ),
        case(
            "member over another one",
            changed("bagit.txt", |member| member.shift = -10),
            FaultKind::Structure,
        ),
        case(
            "wrong checksum",
            changed(blob(), |member| member.crc ^= 1),
            FaultKind::Damaged,
        ),
        case(
            "record of 65 MB",
            changed("package.json", |member| {
                *member = Member::new(&member.name, &vec![b' '; 65 << 20])
            }),
            FaultKind::Limit,
        ),
        case(
            "manifest of 65 MB",
            changed("manifest-sha256.txt", |member| {
                *member = Member::new(&member.name, &vec![b'a'; 65 << 20])
            }),
            FaultKind::Limit,
        ),
    ]
}

fn contents() -> Vec<Case> {
    let case = |name: &str, bytes: Vec<u8>, kind| (name.to_owned(), bytes, kind);
    let rubbish = |part: &str| {
        changed(part, |member| {
            *member = Member::new(&member.name, b"\xff\xfe rubbish")
        })
    };
    let zero = "0".repeat(64);
    let digest = "e".repeat(64);
    let without = |part: &str| {
        let mut all = good();
        all.remove(named(&all, part));
        zip(&all)
    };
    vec![
        case(
            "wrong digest of a blob",
            changed("data/blobs", |member| {
                *member = Member::new(&member.name, b"another content")
            }),
            FaultKind::Damaged,
        ),
        case(
            "extra blob",
            with(format!("{}/data/blobs/{digest}", top(&good())), b"x"),
            FaultKind::Extra,
        ),
        case("missing blob", without("data/blobs"), FaultKind::Missing),
        case(
            "missing record",
            without("package.json"),
            FaultKind::Missing,
        ),
        case(
            "missing form",
            without("declaration.json"),
            FaultKind::Missing,
        ),
        case(
            "missing bagit.txt",
            without("bagit.txt"),
            FaultKind::Missing,
        ),
        case(
            "missing sm3 manifest",
            without("/manifest-sm3.txt"),
            FaultKind::Missing,
        ),
        case(
            "missing tag manifest",
            without("tagmanifest-sha256.txt"),
            FaultKind::Missing,
        ),
        case(
            "rubbish for a record",
            rubbish("package.json"),
            FaultKind::Damaged,
        ),
        case(
            "rubbish for a form",
            rubbish("declaration.json"),
            FaultKind::Damaged,
        ),
        case(
            "rubbish for a manifest",
            rubbish("/manifest-sha256.txt"),
            FaultKind::Structure,
        ),
        case(
            "another version of bagit",
            reworded("bagit.txt", "1.0", "0.97"),
            FaultKind::Damaged,
        ),
        case(
            "another encoding",
            reworded("bagit.txt", "UTF-8", "GBK"),
            FaultKind::Damaged,
        ),
        case(
            "manifest with another digest",
            reworded(
                "/manifest-sm3.txt",
                "\n",
                &format!("\n{zero}  data/nowhere\n"),
            ),
            FaultKind::Missing,
        ),
        case(
            "manifest that points outside",
            reworded(
                "/manifest-sha256.txt",
                "\n",
                &format!("\n{zero}  ../../etc/passwd\n"),
            ),
            FaultKind::Missing,
        ),
        case(
            "another name in the record",
            reworded("package.json", "浮力球", "浮力块"),
            FaultKind::Damaged,
        ),
        case(
            "another name in the form",
            reworded("declaration.json", "浮力球", "浮力块"),
            FaultKind::Damaged,
        ),
        case(
            "another reviewer",
            reworded("package.json", "李国强", "王敏敏"),
            FaultKind::Damaged,
        ),
        case(
            "a return for an approval",
            reworded("package.json", "\"approve\"", "\"return\""),
            FaultKind::Damaged,
        ),
        case(
            "a field nobody knows",
            reworded("package.json", "{", "{\"extra\":1,"),
            FaultKind::Damaged,
        ),
        case(
            "numbers a hundred thousand deep",
            changed("package.json", |member| {
                *member = Member::new(&member.name, "[".repeat(100_000).as_bytes())
            }),
            FaultKind::Damaged,
        ),
    ]
}

#[test]
fn every_hostile_package_is_refused_for_its_fault() {
    let cases: Vec<Case> = paths()
        .into_iter()
        .chain(structures())
        .chain(contents())
        .collect();
    assert!(cases.len() >= 60, "{} packages", cases.len());
    assert!(
        verify_bag(Cursor::new(zip(&good()))).is_valid(),
        "the package that all others come from is good"
    );
    let mut wrong = Vec::new();
    for (name, bytes, wanted) in cases {
        let report = verify_bag(Cursor::new(bytes));
        let kinds: Vec<_> = report.faults.iter().map(|fault| fault.kind).collect();
        if report.is_valid() || !kinds.contains(&wanted) {
            wrong.push(format!(
                "{name}: wanted {wanted:?}, found {:?}",
                report.faults
            ));
        }
        if report
            .faults
            .iter()
            .any(|fault| !fault.message().ends_with('。'))
        {
            wrong.push(format!("{name}: not a sentence"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
