//! A vault opened twice: the second program is told who holds it.

use luguo_tests::{
    process::Running,
    story::{Desk, PREPARER},
};
use std::process::Stdio;

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
    let mut answer = desk.reviewer.call(&["declaration", "list"]);
    for _ in 0..200 {
        if answer.code == 2 || first.has_ended() {
            break;
        }
        answer = desk.reviewer.call(&["declaration", "list"]);
    }
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
