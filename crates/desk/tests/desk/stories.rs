//! From a form to an approved package, and what is refused on the way.

use crate::support::{Bench, PASSPHRASE, PREPARER, REVIEWER};
use luguo_desk::VaultKind;
use luguo_ipc::FailureCode;
use serde_json::{Value, json};

pub fn sign_in(bench: &Bench, person: &str) {
    bench.done("vault_lock", json!({}));
    let token = bench.done("app_status", json!({}))["vaults"][0]["token"].clone();
    bench.done(
        "vault_unlock",
        json!({ "vault": token, "person": person, "passphrase": PASSPHRASE }),
    );
}

pub fn with_reviewer() -> Bench {
    let bench = Bench::ready();
    bench.done(
        "account_add",
        json!({ "name": REVIEWER, "roles": ["unit-reviewer"], "passphrase": PASSPHRASE }),
    );
    bench
}

#[test]
fn a_complete_form_is_submitted_returned_corrected_and_approved() {
    let bench = with_reviewer();
    let id = bench.import("key-technology.json")["id"].clone();
    let shown = bench.complete(&id);
    assert_eq!(shown["check"]["submittable"], true, "{}", shown["check"]);
    let sent = bench.done("declaration_submit", json!({ "id": id }));
    assert_eq!(sent["state"], "unit_review");

    sign_in(&bench, REVIEWER);
    bench.refused(
        "review_return",
        json!({ "id": id, "revision": 1, "reason": "  " }),
        FailureCode::Invalid,
    );
    let returned = bench.done(
        "review_return",
        json!({ "id": id, "revision": 1, "reason": "请补充海试地点。" }),
    );
    assert_eq!(returned["state"], "returned");

    sign_in(&bench, PREPARER);
    let mut form = returned["form"].clone();
    form["summary"] = json!("海试在南海完成。");
    let shown = bench.done("declaration_show", json!({ "id": id }));
    bench.done(
        "declaration_save",
        json!({ "id": id, "version": shown["version"], "form": form, "answers": shown["answers"] }),
    );
    bench.done("declaration_submit", json!({ "id": id }));

    sign_in(&bench, REVIEWER);
    bench.refused(
        "review_approve",
        json!({ "id": id, "revision": 1 }),
        FailureCode::Conflict,
    );
    let approved = bench.done("review_approve", json!({ "id": id, "revision": 2 }));
    assert_eq!(approved["state"], "approved");
    assert_eq!(bench.done("audit_verify", json!({}))["valid"], true);
}

#[test]
fn an_incomplete_form_is_saved_and_not_submitted_with_every_finding_named() {
    let bench = Bench::ready();
    let id = bench.done("declaration_create", json!({ "classified": false }))["id"].clone();
    let failure = bench.refused(
        "declaration_submit",
        json!({ "id": id }),
        FailureCode::Findings,
    );
    assert!(!failure.findings.is_empty());
    for finding in &failure.findings {
        assert!(
            !finding.clause.is_empty() && !finding.remedy.is_empty(),
            "{finding:?}"
        );
    }
}

#[test]
fn the_answer_yes_to_classified_ends_in_the_open_edition_without_a_row() {
    let bench = Bench::ready();
    bench.refused(
        "declaration_create",
        json!({ "classified": true }),
        FailureCode::ClassifiedEndsHere,
    );
    assert_eq!(
        bench.done("declaration_list", json!({})),
        Value::Array(vec![])
    );
}

#[test]
fn the_classified_edition_takes_only_classified_achievements_and_has_no_sync() {
    let bench = Bench::bare(VaultKind::Classified);
    bench.make_vault(None);
    bench.refused(
        "declaration_create",
        json!({ "classified": false }),
        FailureCode::Invalid,
    );
    bench.done("declaration_create", json!({ "classified": true }));
    assert_eq!(bench.done("app_status", json!({}))["network"], false);
}

#[test]
fn pasted_bytes_never_lie_on_the_disk_in_clear() {
    let bench = Bench::ready();
    let id = bench.import("basic-research.json")["id"].clone();
    let secret = b"bytes of the clipboard that nobody else may read".repeat(100);
    let job = bench.attach(&id, "剪贴板.txt", &secret, &["category"]);
    assert_eq!(job["finished"], json!(["剪贴板.txt"]));
    for entry in std::fs::read_dir(bench.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        assert!(
            path.is_file(),
            "no folder of waiting files: {}",
            path.display()
        );
        let bytes = std::fs::read(&path).unwrap();
        assert!(
            !bytes.windows(48).any(|window| window == &secret[..48]),
            "{} holds the bytes in clear",
            path.display()
        );
    }
}

#[test]
fn one_bad_file_does_not_stop_the_others_and_is_named_with_its_reason() {
    let bench = Bench::ready();
    let id = bench.import("basic-research.json")["id"].clone();
    let empty = bench.folder.path().join("空.pdf");
    let good = bench.folder.path().join("好.pdf");
    std::fs::write(&empty, b"").unwrap();
    std::fs::write(&good, b"%PDF-1.7").unwrap();
    let gone = bench.folder.path().join("不在.pdf");
    let files: Vec<_> = [&empty, &gone, &good]
        .map(|path| bench.desk.adopt_file(path.clone()).token)
        .into();
    let job = bench.done(
        "evidence_add",
        json!({ "declaration": id, "files": files, "claims": [] }),
    );
    let job = bench.wait(&job["id"]);
    assert_eq!(job["finished"], json!(["好.pdf"]));
    assert_eq!(job["faults"][0]["file"], "空.pdf");
    assert_eq!(job["faults"][1]["file"], "不在.pdf");
}

#[test]
fn a_stale_window_does_not_overwrite_what_was_saved_after_it_opened() {
    let bench = Bench::ready();
    let shown = bench.import("basic-research.json");
    let save = |name: &str| {
        let mut form = shown["form"].clone();
        form["name"] = json!(name);
        json!({ "id": shown["id"], "version": shown["version"], "form": form, "answers": [] })
    };
    bench.done("declaration_save", save("先保存的名称"));
    bench.refused(
        "declaration_save",
        save("后来的旧窗口"),
        FailureCode::Conflict,
    );
    let now = bench.done("declaration_show", json!({ "id": shown["id"] }));
    assert_eq!(now["form"]["name"], "先保存的名称");
}

#[test]
fn nothing_is_answered_while_the_vault_is_locked() {
    let bench = Bench::ready();
    let id = bench.import("basic-research.json")["id"].clone();
    bench.done("vault_lock", json!({}));
    for (name, request) in [
        ("declaration_list", json!({})),
        ("declaration_show", json!({ "id": id })),
        ("account_list", json!({})),
        ("audit_verify", json!({})),
    ] {
        bench.refused(name, request, FailureCode::Locked);
    }
}

#[test]
fn a_request_of_another_shape_names_its_field() {
    let bench = Bench::ready();
    let failure = bench.refused(
        "declaration_show",
        json!({ "id": "not-an-id" }),
        FailureCode::Invalid,
    );
    assert!(failure.message.contains("id"), "{}", failure.message);
}
