//! From a form filled in offline to a verified receipt.

use luguo_tests::{
    endpoint::Endpoint,
    story::{Desk, holds_exactly_one_whole_package},
};

#[test]
fn an_achievement_travels_from_the_form_to_a_verified_receipt() {
    let desk = Desk::new();
    let endpoint = Endpoint::start(&desk.folder.path().join("endpoint"));
    let id = desk.approved(3_000_000);
    desk.sign_in(&endpoint.url);
    desk.preparer.done(&["sync", "run"]);

    assert_eq!(desk.item()["step"], "receipt_verified");
    let shown = desk.preparer.done(&["declaration", "show", &id]);
    assert_eq!(
        shown["state"], "authority_review",
        "a unit under a city bureau goes to the bureau, clause 二（二）"
    );
    holds_exactly_one_whole_package(&endpoint);
    desk.preparer.done(&["audit", "verify"]);

    desk.preparer.done(&["sync", "run"]);
    assert_eq!(
        endpoint.packages().len(),
        1,
        "a second run sends nothing twice"
    );
}

#[test]
fn two_pieces_of_evidence_of_equal_content_travel_once() {
    let desk = Desk::new();
    let endpoint = Endpoint::start(&desk.folder.path().join("endpoint"));
    let id = desk.import("basic-research.json");
    desk.complete(&id);
    let one = desk.file("检测报告.pdf", 300_000, 5);
    let two = desk.folder.path().join("检测报告 副本.pdf");
    std::fs::copy(&one, &two).unwrap();
    desk.attach(&id, &one, "summary");
    desk.attach(&id, &two, "summary");
    desk.approve(&id);
    desk.sign_in(&endpoint.url);
    desk.preparer.done(&["sync", "run"]);
    holds_exactly_one_whole_package(&endpoint);
    let items = desk.preparer.done(&["evidence", "list", &id]);
    let same = items
        .as_array()
        .unwrap()
        .iter()
        .filter(|item| item["size"] == 300_000)
        .count();
    assert_eq!(same, 2, "both stay on the list");
}

#[test]
fn the_preparer_cannot_approve_even_with_both_roles_in_the_unit() {
    let desk = Desk::new();
    let id = desk.import("major-application.json");
    desk.complete(&id);
    desk.preparer.done(&["declaration", "submit", &id]);
    let answer = desk.preparer.call(&["review", "approve", &id]);
    assert_eq!(answer.code, 1, "{}", answer.said);
    let shown = desk.preparer.done(&["declaration", "show", &id]);
    assert_eq!(shown["state"], "unit_review");
}
