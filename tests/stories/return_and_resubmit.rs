//! A return names what to correct; the corrected revision travels, the old one stays on record.

use luguo_tests::{endpoint::Endpoint, story::Desk};

#[test]
fn a_returned_declaration_is_corrected_resubmitted_and_received() {
    let desk = Desk::new();
    let endpoint = Endpoint::start(&desk.folder.path().join("endpoint"));
    let id = desk.import("basic-research.json");
    desk.complete(&id);
    desk.preparer.done(&["declaration", "submit", &id]);

    let silent = desk
        .reviewer
        .call(&["review", "return", &id, "--reason", " "]);
    assert_ne!(silent.code, 0, "a return without a reason is refused");
    desk.reviewer.done(&[
        "review",
        "return",
        &id,
        "--reason",
        "第 2 项专利证书缺第二页，请补扫。",
    ]);

    let shown = desk.preparer.done(&["declaration", "show", &id]);
    assert_eq!(shown["state"], "returned");
    assert_eq!(
        shown["decisions"][0]["reason"], "第 2 项专利证书缺第二页，请补扫。",
        "the reason reaches the preparer"
    );

    let page = desk.file("专利证书 第2页.pdf", 50_000, 99);
    desk.attach(&id, &page, "right:1");
    desk.approve(&id);
    desk.sign_in(&endpoint.url);
    desk.preparer.done(&["sync", "run"]);

    let shown = desk.preparer.done(&["declaration", "show", &id]);
    assert_eq!(
        shown["revisions"].as_array().unwrap().len(),
        2,
        "both revisions stay"
    );
    assert_eq!(
        shown["decisions"].as_array().unwrap().len(),
        2,
        "both decisions stay"
    );
    let packages = endpoint.packages();
    assert_eq!(packages.len(), 1);
    assert_eq!(
        packages[0]["revision"], 2,
        "only the approved revision travels"
    );
}

#[test]
fn a_submitted_revision_cannot_be_edited() {
    let desk = Desk::new();
    let id = desk.import("basic-research.json");
    desk.complete(&id);
    desk.preparer.done(&["declaration", "submit", &id]);
    let late = desk.file("迟到.pdf", 1000, 3);
    let answer = desk.preparer.call(&[
        "evidence",
        "add",
        &id,
        late.to_str().unwrap(),
        "--claim",
        "summary",
    ]);
    assert_ne!(answer.code, 0);
    let items = desk.preparer.done(&["evidence", "list", &id]);
    assert!(
        items
            .as_array()
            .unwrap()
            .iter()
            .all(|item| item["file_name"] != "迟到.pdf"),
        "nothing was added"
    );
}

#[test]
fn a_declaration_that_breaks_a_mandatory_rule_is_refused_with_its_findings() {
    let desk = Desk::new();
    let id = desk.import("key-technology.json");
    let answer = desk.preparer.call(&["declaration", "submit", &id]);
    assert_eq!(answer.code, 1, "refused with findings: {}", answer.said);
    let findings = answer.json["findings"].as_array().unwrap();
    assert!(
        findings
            .iter()
            .any(|finding| finding["tier"] == "mandatory")
    );
    for finding in findings {
        assert!(
            !finding["clause"].as_str().unwrap().is_empty(),
            "{finding} names its clause"
        );
    }
}
