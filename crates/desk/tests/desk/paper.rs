//! Paper and package are one: what is printed carries its revision, and a scan of another one is
//! told and not taken.

use crate::support::Bench;
use luguo_ipc::FailureCode;
use serde_json::{Value, json};

fn page(bench: &Bench, id: &Value, kind: &str) -> Value {
    bench.done(
        "document_page",
        json!({ "id": id, "kind": kind, "page": 99 }),
    )
}

/// The last page of the signing copy, as it comes from the scanner.
fn signed(bench: &Bench, id: &Value) -> Vec<u8> {
    use base64::Engine as _;
    let shown = page(bench, id, "signing_copy");
    base64::engine::general_purpose::STANDARD
        .decode(shown["png"].as_str().unwrap())
        .unwrap()
}

fn attach_png(bench: &Bench, id: &Value, bytes: &[u8]) -> Value {
    bench.attach(id, "承诺页.png", bytes, &["commitment"])
}

#[test]
fn a_scan_of_the_signing_copy_is_known_by_its_code() {
    let bench = Bench::ready();
    let id = bench.import("basic-research.json")["id"].clone();
    let job = attach_png(&bench, &id, &signed(&bench, &id));
    assert_eq!(job["faults"], json!([]));
    assert!(
        job["remarks"][0].as_str().unwrap().contains("第 1 版"),
        "{job}"
    );
}

#[test]
fn a_scan_of_another_declaration_or_of_an_earlier_form_is_refused_with_its_reason() {
    let bench = Bench::ready();
    let one = bench.import("basic-research.json");
    let other = bench.import("key-technology.json")["id"].clone();
    let scan = signed(&bench, &one["id"]);
    let job = attach_png(&bench, &other, &scan);
    assert!(
        job["faults"][0]["message"]
            .as_str()
            .unwrap()
            .contains("另一项成果"),
        "{job}"
    );
    let mut form = one["form"].clone();
    form["summary"] = json!("打印之后改过一个字。");
    bench.done(
        "declaration_save",
        json!({ "id": one["id"], "version": one["version"], "form": form, "answers": [] }),
    );
    let job = attach_png(&bench, &one["id"], &scan);
    assert!(
        job["faults"][0]["message"]
            .as_str()
            .unwrap()
            .contains("又改过"),
        "{job}"
    );
    let shown = bench.done("declaration_show", json!({ "id": one["id"] }));
    assert_eq!(shown["evidence"], json!([]));
}

#[test]
fn a_form_that_was_changed_after_its_page_was_signed_is_not_submitted() {
    let bench = Bench::ready();
    let one = bench.import("basic-research.json");
    let id = &one["id"];
    let scan = signed(&bench, id);
    attach_png(&bench, id, &scan);
    let shown = bench.complete(id);
    assert_eq!(shown["check"]["submittable"], true);
    let mut form = shown["form"].clone();
    form["policy_needs"] = json!("签字之后才想起来的一句话。");
    bench.done(
        "declaration_save",
        json!({ "id": id, "version": shown["version"], "form": form, "answers": shown["answers"] }),
    );
    let failure = bench.refused(
        "declaration_submit",
        json!({ "id": id }),
        FailureCode::Findings,
    );
    assert_eq!(
        failure.findings[0].code,
        "commitment.page_of_other_revision"
    );
    let shown = bench.done("declaration_show", json!({ "id": id }));
    let mut form = shown["form"].clone();
    form["policy_needs"] = one["form"]["policy_needs"].clone();
    bench.done(
        "declaration_save",
        json!({ "id": id, "version": shown["version"], "form": form, "answers": shown["answers"] }),
    );
    let sent = bench.done("declaration_submit", json!({ "id": id }));
    assert_eq!(sent["state"], "unit_review");
}

#[test]
fn every_document_is_shown_page_by_page_and_written_as_a_pdf() {
    let bench = Bench::ready();
    let id = bench.import("key-technology.json")["id"].clone();
    bench.attach(&id, "录像.webm", b"\x1a\x45\xdf\xa3 not much", &["summary"]);
    for kind in ["form", "signing_copy", "evidence_list", "print_set"] {
        let shown = page(&bench, &id, kind);
        assert_eq!(
            shown["page"], shown["pages"],
            "the last page for one too many"
        );
        let path = bench.folder.path().join(format!("{kind}.pdf"));
        *bench.dialogs.place.lock().unwrap() = Some(path.clone());
        let place = bench.done("place_pick", json!({ "file_name": "x", "title": "y" }));
        let written = bench.done(
            "document_write",
            json!({ "id": id, "kind": kind, "place": place["token"] }),
        );
        assert_eq!(written["size"], std::fs::metadata(&path).unwrap().len());
        assert!(std::fs::read(&path).unwrap().starts_with(b"%PDF-1."));
    }
    let set = page(&bench, &id, "print_set");
    assert!(
        set["remarks"][0].as_str().unwrap().contains("录像"),
        "{}",
        set["remarks"]
    );
}
