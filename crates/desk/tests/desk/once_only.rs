//! Clause 二（一）: the same achievement is reported once. Duplicates are told, compared, merged.

use crate::support::Bench;
use luguo_ipc::FailureCode;
use serde_json::{Value, json};

fn codes(shown: &Value) -> Vec<&str> {
    shown["check"]["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["code"].as_str().unwrap())
        .filter(|code| code.starts_with("duplicate."))
        .collect()
}

#[test]
fn a_second_declaration_of_the_same_achievement_is_told_with_its_grounds_and_either_may_pass_with_a_reason()
 {
    let bench = Bench::ready();
    let first = bench.import("key-technology.json")["id"].clone();
    assert_eq!(
        codes(&bench.done("declaration_show", json!({ "id": first }))),
        Vec::<&str>::new()
    );
    let second = bench.import("key-technology.json");
    assert!(codes(&second).contains(&"duplicate.name"));
    let twin = &second["check"]["duplicates"][0];
    assert_eq!(twin["other"], first);
    assert_eq!(
        (&twin["may_compare"], &twin["may_merge"]),
        (&json!(true), &json!(true))
    );
    assert!(twin["grounds"].as_array().unwrap().len() > 2, "{twin}");
    let complete = bench.complete(&second["id"]);
    assert_eq!(complete["check"]["submittable"], true);
}

#[test]
fn autosave_sees_a_duplicate_that_was_typed_after_the_other_was_opened() {
    let bench = Bench::ready();
    bench.import("basic-research.json");
    let shown = bench.done("declaration_create", json!({ "classified": false }));
    let mut form = shown["form"].clone();
    let other = bench.done("declaration_list", json!({}));
    let name = other
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["name"].as_str().unwrap())
        .find(|name| !name.is_empty())
        .unwrap()
        .to_owned();
    form["name"] = json!(name);
    let saved = bench.done(
        "declaration_save",
        json!({ "id": shown["id"], "version": shown["version"], "form": form, "answers": [] }),
    );
    assert_eq!(saved["check"]["duplicates"][0]["name"], name);
}

#[test]
fn a_comparison_names_each_field_and_what_differs() {
    let bench = Bench::ready();
    let one = bench.import("key-technology.json")["id"].clone();
    let other = bench.import("basic-research.json")["id"].clone();
    let compared = bench.done("declaration_compare", json!({ "id": one, "other": other }));
    let rows = compared["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 22);
    assert_eq!(rows[0]["label"], "成果名称");
    assert_eq!(rows[0]["same"], false);
    let same = bench.done("declaration_compare", json!({ "id": one, "other": one }));
    assert!(
        same["rows"]
            .as_array()
            .unwrap()
            .iter()
            .all(|row| row["same"] == true)
    );
}

#[test]
fn merging_keeps_one_row_with_the_evidence_of_both() {
    let bench = Bench::ready();
    let kept = bench.import("key-technology.json")["id"].clone();
    let other = bench.import("key-technology.json")["id"].clone();
    bench.attach(&kept, "证书.txt", b"one", &["right:1"]);
    bench.attach(&other, "证书二.txt", b"two", &["right:2"]);
    let merged = bench.done("declaration_merge", json!({ "id": kept, "other": other }));
    let evidence = merged["evidence"].as_array().unwrap();
    assert_eq!(evidence.len(), 2);
    assert_eq!(evidence[1]["claims"], json!(["right:2"]));
    assert_eq!(merged["check"]["duplicates"], json!([]));
    let list = bench.done("declaration_list", json!({}));
    assert_eq!(list.as_array().unwrap().len(), 1);
    bench.refused(
        "declaration_merge",
        json!({ "id": kept, "other": kept }),
        FailureCode::Invalid,
    );
    bench.refused(
        "declaration_show",
        json!({ "id": other }),
        FailureCode::NotFound,
    );
}
