//! A classified achievement never enters the open edition, clause 二（一）.

use luguo_tests::{
    programs::root,
    story::{Desk, REVIEWER_PASSPHRASE},
};

#[test]
fn a_declaration_marked_classified_leaves_no_row() {
    let desk = Desk::new();
    let file = root().join("tests/fixtures/hostile-declarations/marked-classified.json");
    let before = desk.preparer.done(&["audit", "verify"]);
    let answer = desk
        .preparer
        .call(&["declaration", "import", file.to_str().unwrap()]);
    assert_ne!(answer.code, 0);
    assert!(answer.said.contains("涉密"), "{}", answer.said);
    let list = desk.preparer.done(&["declaration", "list"]);
    assert_eq!(list.as_array().unwrap().len(), 0, "no row is kept");
    let after = desk.preparer.done(&["audit", "verify"]);
    assert_eq!(before["valid"], true);
    assert_eq!(after["valid"], true);
}

#[test]
fn the_open_edition_refuses_a_classified_vault_and_leaves_it_untouched() {
    let desk = Desk::new();
    let vault = desk.folder.path().join("classified.luguo");
    luguo_testkit::classified_vault(&vault, "王敏", REVIEWER_PASSPHRASE);
    let before = std::fs::read(&vault).unwrap();
    let opener =
        luguo_tests::ctl::Ctl::new(desk.folder.path(), &vault, "王敏", REVIEWER_PASSPHRASE);
    let answer = opener.call(&["declaration", "list"]);
    assert_eq!(answer.code, 2);
    assert!(answer.said.contains("涉密"), "{}", answer.said);
    assert_eq!(std::fs::read(&vault).unwrap(), before, "not a byte changed");
}

#[test]
fn hostile_declaration_files_are_refused_or_become_findings_and_nothing_is_half_stored() {
    let desk = Desk::new();
    let folder = root().join("tests/fixtures/hostile-declarations");
    for (name, mark) in [
        ("invalid-json.json", "行"),
        ("unknown-option.json", "行"),
        ("unknown-field.json", "行"),
    ] {
        let path = folder.join(name);
        let answer = desk
            .preparer
            .call(&["declaration", "import", path.to_str().unwrap()]);
        assert_ne!(answer.code, 0, "{name} is refused");
        assert!(
            answer.said.contains(name),
            "{name}: names the file: {}",
            answer.said
        );
        assert!(
            answer.said.contains(mark),
            "{name}: names the line: {}",
            answer.said
        );
    }
    assert_eq!(
        desk.preparer
            .done(&["declaration", "list"])
            .as_array()
            .unwrap()
            .len(),
        0
    );
    for name in [
        "summary-1001.json",
        "fourth-researcher.json",
        "end-before-start.json",
    ] {
        let path = folder.join(name);
        let id = desk
            .preparer
            .done(&["declaration", "import", path.to_str().unwrap()])["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let checked = desk.preparer.call(&["declaration", "check", &id]);
        assert_eq!(checked.code, 1, "{name} has findings");
        let submitted = desk.preparer.call(&["declaration", "submit", &id]);
        assert_eq!(submitted.code, 1, "{name} cannot be submitted");
    }
}
