//! Contents for showing: served in pieces by an unguessable name, decoded outside, refused in words.

use super::support::Bench;
use luguo_desk::ContentRefusal;
use serde_json::{Value, json};

fn open(bench: &Bench, declaration: &Value, name: &str, bytes: &[u8]) -> Value {
    bench.attach(declaration, name, bytes, &["category"]);
    let shown = bench.done("declaration_show", json!({ "id": declaration }));
    let piece = shown["evidence"]
        .as_array()
        .unwrap()
        .last()
        .unwrap()
        .clone();
    bench.done(
        "content_open",
        json!({ "declaration": declaration, "evidence": piece["id"] }),
    )
}

#[test]
fn a_content_is_served_in_pieces_until_the_vault_is_locked() {
    let bench = Bench::ready();
    let id = bench.import("basic-research.json")["id"].clone();
    let bytes: Vec<u8> = (0..3_000_000_u32).map(|n| (n % 251) as u8).collect();
    let view = open(&bench, &id, "说明.txt", &bytes);
    assert_eq!(view["viewer"], "text");
    let token = view["token"].as_str().unwrap();
    // Across the border of two chunks, and beyond the end.
    for (offset, length) in [(0, 10), (1_048_570, 20), (2_999_990, 100), (3_000_000, 5)] {
        let served = bench
            .desk
            .serve_content(&format!("{token}/{offset}/{length}"))
            .unwrap();
        let end = (offset + length).min(bytes.len());
        assert_eq!(served.bytes, &bytes[offset..end]);
    }
    for unknown in [
        "",
        "x",
        "x/0/1",
        &format!("{token}/a/b"),
        &format!("{token}/-1/5"),
        &format!("{token}/1/2/3"),
    ] {
        assert_eq!(
            bench.desk.serve_content(unknown).unwrap_err(),
            ContentRefusal::Unknown,
            "{unknown}"
        );
    }
    bench.done("vault_lock", json!({}));
    assert_eq!(
        bench
            .desk
            .serve_content(&format!("{token}/0/1"))
            .unwrap_err(),
        ContentRefusal::Unknown
    );
}

#[test]
fn a_workbook_and_an_archive_are_read_outside_and_what_is_none_is_refused_in_words() {
    let bench = Bench::ready();
    let id = bench.import("basic-research.json")["id"].clone();
    let view = open(&bench, &id, "经济效益.xlsx", b"no workbook");
    assert_eq!(view["viewer"], "workbook");
    let failure = bench.refused(
        "content_workbook",
        json!({ "token": view["token"] }),
        luguo_ipc::FailureCode::File,
    );
    assert!(
        failure.message.contains("经济效益.xlsx"),
        "{}",
        failure.message
    );
    let view = open(&bench, &id, "证书.png", b"\x89PNG\r\n\x1a\n and nothing");
    assert_eq!(view["viewer"], "none");
    assert!(view["reason"].as_str().unwrap().contains("证书.png"));
    bench.done("content_close", json!({ "token": view["token"] }));
    bench.refused(
        "content_archive",
        json!({ "token": view["token"] }),
        luguo_ipc::FailureCode::NotFound,
    );
}

#[test]
fn where_one_was_is_remembered_and_nonsense_is_refused() {
    let bench = Bench::ready();
    let id = bench.import("basic-research.json")["id"].clone();
    let view = open(&bench, &id, "说明.txt", b"words");
    assert_eq!(view["place"], Value::Null);
    bench.done(
        "content_place",
        json!({ "sha256": view["sha256"], "place": "{\"page\":1}" }),
    );
    let piece = bench.done("declaration_show", json!({ "id": id }))["evidence"][0]["id"].clone();
    let again = bench.done(
        "content_open",
        json!({ "declaration": id, "evidence": piece }),
    );
    assert_eq!(again["place"], "{\"page\":1}");
    bench.refused(
        "content_place",
        json!({ "sha256": view["sha256"], "place": "x".repeat(1_001) }),
        luguo_ipc::FailureCode::Invalid,
    );
}
