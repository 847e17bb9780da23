//! A vault opened twice: the second program is told who holds it.

use luguo_tests::{
    process::Running,
    story::{Desk, PREPARER},
};
use std::{process::Stdio, time::Duration};

#[test]
fn a_second_program_is_told_who_holds_the_vault() {
    let desk = Desk::new();
    let id = desk.import("basic-research.json");
    let file = desk.file("占用.bin", 150 << 20, 4);
    let mut first = Running::start(
        desk.preparer
            .command()
            .args([
                "evidence",
                "add",
                &id,
                file.to_str().unwrap(),
                "--claim",
                "summary",
            ])
            .stdout(Stdio::null()),
    );
    // Knocking before the first is in could keep the first itself out.
    let holder = desk.vault.with_added_extension("holder");
    while !std::fs::read_to_string(&holder).is_ok_and(|held| held.contains(PREPARER)) {
        assert!(
            !first.has_ended(),
            "the first program was at work for a moment"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
    let answer = desk.reviewer.call(&["declaration", "list"]);
    assert_eq!(
        answer.code, 2,
        "the second program is refused while the first is at work"
    );
    assert!(
        answer.said.contains(PREPARER),
        "names the holder: {}",
        answer.said
    );
    assert_eq!(first.wait(), Some(0), "the first program is not disturbed");
}
