//! What saves a clerk's typing: earlier declarations, the address book, files, what is due.

use crate::support::{Bench, UNIT};
use luguo_ipc::FailureCode;
use serde_json::{Value, json};

#[test]
fn a_copy_has_the_chosen_parts_and_an_empty_name() {
    let bench = Bench::ready();
    let from = bench.import("key-technology.json");
    let copy = bench.done(
        "declaration_copy",
        json!({ "from": from["id"], "parts": ["units", "researchers"] }),
    );
    assert_eq!(copy["form"]["units"], from["form"]["units"]);
    assert_eq!(copy["form"]["researchers"], from["form"]["researchers"]);
    assert_eq!(copy["form"]["name"], "");
    assert_eq!(copy["form"]["rights"], json!([]));
    assert_eq!(copy["evidence"], json!([]));
}

#[test]
fn an_exported_form_is_taken_in_again_without_loss() {
    let bench = Bench::ready();
    let from = bench.import("major-application.json");
    let path = bench.folder.path().join("导出.json");
    *bench.dialogs.place.lock().unwrap() = Some(path.clone());
    let place = bench.done("place_pick", json!({ "file_name": "x", "title": "y" }));
    let written = bench.done(
        "declaration_export",
        json!({ "id": from["id"], "place": place["token"] }),
    );
    assert_eq!(written["name"], "导出.json");
    let token = bench.desk.adopt_file(path).token;
    let again = bench.done("declaration_import", json!({ "file": token }));
    assert_eq!(again["form"], from["form"]);
    assert_ne!(again["id"], from["id"]);
}

#[test]
fn the_address_book_learns_from_a_submission_and_finds_by_initials() {
    let bench = Bench::ready();
    let list = |text: &str| bench.done("address_list", json!({ "text": text, "limit": 5 }));
    let id = bench.import("key-technology.json")["id"].clone();
    assert_eq!(list("")["units"], json!([]), "a draft teaches nothing");
    let form = bench.complete(&id)["form"].clone();
    bench.done("declaration_submit", json!({ "id": id }));
    assert_eq!(
        list("")["units"][0]["unit"]["name"],
        form["units"][0]["name"]
    );
    assert_eq!(
        list("")["people"].as_array().unwrap().len(),
        form["researchers"].as_array().unwrap().len()
    );
}

#[test]
fn a_unit_of_the_book_may_carry_a_credit_code_whose_check_character_agrees() {
    let bench = Bench::ready();
    let request = |code: &str| {
        let unit = json!({
            "name": UNIT, "nature": null, "nature_other": "", "contact": "", "email": "",
            "phone": "", "address": "",
        });
        json!({ "unit": unit, "credit_code": code })
    };
    let failure = bench.refused(
        "address_save_unit",
        request("91350100M000100Y45"),
        FailureCode::Invalid,
    );
    assert!(failure.message.contains("应为 3"), "{}", failure.message);
    let book = bench.done("address_save_unit", request("91350100m000100y43"));
    assert_eq!(book["units"][0]["credit_code"], "91350100M000100Y43");
    let id = book["units"][0]["id"].clone();
    assert_eq!(
        bench.done("address_remove", json!({ "id": id }))["units"],
        json!([])
    );
    bench.refused("address_remove", json!({ "id": id }), FailureCode::NotFound);
}

#[test]
fn evidence_is_ordered_described_and_replaced_with_its_history() {
    let bench = Bench::ready();
    let id = bench.import("basic-research.json")["id"].clone();
    bench.attach(&id, "甲.txt", b"one", &["right:1"]);
    bench.attach(&id, "乙.txt", b"two", &[]);
    let shown = bench.done("declaration_show", json!({ "id": id }));
    let pieces: Vec<Value> = shown["evidence"]
        .as_array()
        .unwrap()
        .iter()
        .map(|piece| piece["id"].clone())
        .collect();
    let ordered = bench.done(
        "evidence_order",
        json!({ "declaration": id, "order": [pieces[1], pieces[0]] }),
    );
    assert_eq!(ordered["evidence"][0]["id"], pieces[1]);
    bench.done(
        "evidence_edit",
        json!({
            "declaration": id, "evidence": pieces[0], "title": "甲 证书", "claims": ["right:1"],
            "kind": "certificate", "pages": [2, 3],
        }),
    );
    let file = bench.folder.path().join("甲 重新扫描.txt");
    std::fs::write(&file, b"one again").unwrap();
    let token = bench.desk.adopt_file(file).token;
    let job = bench.done(
        "evidence_replace",
        json!({ "declaration": id, "evidence": pieces[0], "file": token }),
    );
    assert_eq!(bench.wait(&job["id"])["faults"], json!([]));
    let shown = bench.done("declaration_show", json!({ "id": id }));
    let piece = &shown["evidence"][1];
    assert_eq!(
        (&piece["title"], &piece["kind"], &piece["pages"]),
        (&json!("甲 证书"), &json!("certificate"), &json!(null)),
        "the pages of the old scan say nothing of the new one"
    );
    assert_eq!(piece["earlier"][0]["file_name"], "甲.txt");
    bench.refused(
        "evidence_edit",
        json!({
            "declaration": id, "evidence": pieces[0], "title": "甲", "claims": [], "pages": [3, 2],
        }),
        FailureCode::Invalid,
    );
}

#[test]
fn what_is_due_is_told_with_the_tenth_and_the_first_due_first() {
    let bench = Bench::ready();
    let id = bench.import("key-technology.json")["id"].clone();
    let mut form = bench.done("declaration_show", json!({ "id": id }))["form"].clone();
    form["research"]["to"] = json!("2024-11-15");
    form["research"]["from"] = json!("2023-01-01");
    bench.done(
        "declaration_save",
        json!({ "id": id, "version": 1, "form": form, "answers": [] }),
    );
    bench.import("basic-research.json");
    let today = bench.done("today_show", json!({}));
    assert_eq!(
        (&today["due"], &today["days"]),
        (&json!("2026-11-10"), &json!(0))
    );
    let items = today["items"].as_array().unwrap();
    assert_eq!(items.len(), 2);
    assert_eq!(items[0]["kind"], "expiring");
    assert_eq!(items[0]["due"], "2026-11-10");
    assert_eq!(items[1]["kind"], "draft");
}
