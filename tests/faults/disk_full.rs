//! A full disk in an import: a clear message, the form survives. The kernel's answer is
//! injected at the system call, so that the test needs no small disk of its own.

use luguo_tests::{ctl::read, programs::program, story::Desk};
use std::process::Command;

#[test]
fn a_full_disk_in_an_import_fails_clearly_and_the_form_survives() {
    let desk = Desk::new();
    let id = desk.import("key-technology.json");
    desk.complete(&id);
    let form = desk.preparer.done(&["declaration", "show", &id]);
    let file = desk.file("大文件.tif", 60 << 20, 21);

    let mut strace = Command::new("strace");
    strace
        .args(["-f", "-qq", "-e", "trace=pwrite64", "-e", "signal=none"])
        .args([
            "-e",
            "inject=pwrite64:error=ENOSPC:when=900+",
            "-o",
            "/dev/null",
        ])
        .arg(program("luguoctl"));
    desk.preparer.equip(&mut strace);
    strace.args([
        "evidence",
        "add",
        &id,
        file.to_str().unwrap(),
        "--claim",
        "summary",
    ]);
    let answer = read(&strace.output().unwrap());
    assert_eq!(answer.code, 2, "{} {}", answer.said, answer.json);
    assert!(
        answer.said.contains("磁盘"),
        "says what is full: {}",
        answer.said
    );

    let after = desk.preparer.done(&["declaration", "show", &id]);
    assert_eq!(form["form"], after["form"], "the form survives");
    assert_eq!(form["evidence"], after["evidence"], "nothing is half in");
    desk.preparer.done(&["audit", "verify"]);
    desk.attach(&id, &file, "summary");
}
