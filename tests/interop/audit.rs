//! The audit chain is checked by a program that is not ours.

use luguo_tests::{
    programs::{python, root},
    story::Desk,
};
use std::{path::Path, process::Command};

/// What the other program says: records and head, or why it refuses.
fn checked(file: &Path, heads: &Path) -> Result<(u64, String), String> {
    let output = python()
        .arg(root().join("tests/interop/audit.py"))
        .args([file, heads])
        .output()
        .unwrap();
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let said = String::from_utf8(output.stdout).unwrap();
    let (records, head) = said.trim().split_once(' ').unwrap();
    Ok((records.parse().unwrap(), head.to_owned()))
}

/// How many signed heads OpenSSL finds genuine; panics on one that is not.
fn openssl_agrees(folder: &Path) -> usize {
    let run = |arguments: &[&str]| {
        let output = Command::new("openssl")
            .current_dir(folder)
            .args(arguments)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    };
    run(&[
        "x509",
        "-in",
        "certificate.pem",
        "-pubkey",
        "-noout",
        "-out",
        "public.pem",
    ]);
    let mut agreed = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some(seq) = name.strip_suffix(".message") else {
            continue;
        };
        run(&[
            "pkeyutl",
            "-verify",
            "-pubin",
            "-inkey",
            "public.pem",
            "-rawin",
            "-digest",
            "sm3",
            "-pkeyopt",
            "distid:1234567812345678",
            "-in",
            &name,
            "-sigfile",
            &format!("{seq}.signature"),
        ]);
        agreed += 1;
    }
    agreed
}

#[test]
fn an_exported_chain_is_verified_by_python_and_a_changed_line_is_named() {
    let desk = Desk::new();
    let id = desk.import("basic-research.json");
    desk.complete(&id);
    desk.approve(&id);
    let file = desk.folder.path().join("操作记录.jsonl");
    desk.preparer
        .done(&["audit", "export", "-o", file.to_str().unwrap()]);
    let (records, head) = checked(&file, desk.folder.path()).unwrap();
    assert!(records > 10, "{records}");
    assert_eq!(head.len(), 64);
    assert!(
        openssl_agrees(desk.folder.path()) >= 2,
        "approval and export"
    );

    let text = std::fs::read_to_string(&file).unwrap();
    let lines: Vec<_> = text.lines().collect();
    let forged = [
        text.replacen("review.approve", "review.return", 1),
        [&lines[..4], &lines[5..]].concat().join("\n"),
        [&lines[..3], &[lines[4], lines[3]], &lines[5..]]
            .concat()
            .join("\n"),
    ];
    for (n, forged) in forged.iter().enumerate() {
        std::fs::write(&file, forged).unwrap();
        let refused = checked(&file, desk.folder.path()).unwrap_err();
        assert!(refused.contains("breaks the chain"), "{n}: {refused}");
    }
}
