//! The vault's care through the commands: imports that go on, passphrases that are due, what each
//! role may, personal data.

use crate::support::{Bench, PASSPHRASE, PREPARER, REVIEWER};
use luguo_ipc::FailureCode;
use serde_json::{Value, json};

fn unlock(bench: &Bench, person: &str) -> Value {
    let status = bench.done("app_status", json!({}));
    bench.done(
        "vault_unlock",
        json!({
            "vault": status["vaults"][0]["token"],
            "person": person,
            "passphrase": PASSPHRASE,
        }),
    )
}

fn add(bench: &Bench, name: &str, role: &str) -> Value {
    bench.done(
        "account_add",
        json!({ "name": name, "roles": [role], "passphrase": PASSPHRASE }),
    )
}

#[test]
fn an_import_that_was_paused_and_closed_goes_on_after_the_next_opening() {
    let bench = Bench::ready();
    let id = bench.import("basic-research.json")["id"].clone();
    let mut tokens = Vec::new();
    for n in 0..3 {
        let path = bench.folder.path().join(format!("录像 {n}.bin"));
        std::fs::write(&path, vec![n as u8; 24 << 20]).unwrap();
        tokens.push(bench.desk.adopt_file(path).token);
    }
    let job = bench.done(
        "evidence_add",
        json!({ "declaration": id, "files": tokens, "claims": [] }),
    );
    let paused = bench.done("job_pause", json!({ "id": job["id"] }));
    assert_eq!(paused["state"], "paused");
    std::thread::sleep(std::time::Duration::from_millis(300));
    let done = |job: &Value| bench.done("job_status", json!({ "id": job["id"] }))["done"].clone();
    let (one, two) = (done(&job), {
        std::thread::sleep(std::time::Duration::from_millis(300));
        done(&job)
    });
    assert_eq!(one, two, "it stands still");
    let resumed = bench.done("job_resume", json!({ "id": job["id"] }));
    assert_eq!(resumed["state"], "running");
    bench.done("job_pause", json!({ "id": job["id"] }));
    bench.desk.close();

    let status = unlock(&bench, PREPARER);
    let waiting = status["care"]["pending_imports"].as_u64().unwrap();
    assert!((1..=3).contains(&waiting), "{waiting}");
    let pending = bench.done("evidence_pending", json!({}));
    assert_eq!(pending["files"].as_array().unwrap().len() as u64, waiting);
    let job = bench.done("evidence_resume", json!({}));
    let ended = bench.wait(&job["id"]);
    assert_eq!(ended["faults"], json!([]), "{ended}");
    let shown = bench.done("declaration_show", json!({ "id": id }));
    let mut names: Vec<_> = shown["evidence"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["file_name"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        ["录像 0.bin", "录像 1.bin", "录像 2.bin"],
        "each once"
    );
    bench.refused("evidence_resume", json!({}), FailureCode::NotFound);
}

#[test]
fn a_cancelled_import_is_not_offered_again_and_a_missing_file_is_named() {
    let bench = Bench::ready();
    let id = bench.import("basic-research.json")["id"].clone();
    let path = bench.folder.path().join("大.bin");
    std::fs::write(&path, vec![1; 60 << 20]).unwrap();
    let token = bench.desk.adopt_file(path).token;
    let job = bench.done(
        "evidence_add",
        json!({ "declaration": id, "files": [token], "claims": [] }),
    );
    bench.done("job_cancel", json!({ "id": job["id"] }));
    for _ in 0..200 {
        let pending = bench.done("evidence_pending", json!({}));
        if pending["files"] == json!([]) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("the cancelled file is still waited for");
}

#[test]
fn only_who_may_reads_the_records_and_sets_the_policy() {
    let bench = Bench::ready();
    add(&bench, REVIEWER, "unit-reviewer");
    // Nobody audits yet: the administrator does.
    bench.done("audit_list", json!({ "limit": 5 }));
    add(&bench, "孙立", "auditor");
    bench.refused("audit_list", json!({ "limit": 5 }), FailureCode::Forbidden);
    add(&bench, "赵芳", "security-officer");
    let policy = json!({ "passphrases": "long", "idle_minutes": 5, "backup_days": 3 });
    bench.refused("policy_save", policy.clone(), FailureCode::Forbidden);
    unlock(&bench, "赵芳");
    bench.refused(
        "policy_save",
        json!({ "passphrases": "long", "idle_minutes": 16, "backup_days": 3 }),
        FailureCode::Invalid,
    );
    let status = bench.done("policy_save", policy);
    assert_eq!(status["care"]["idle_minutes"], 5);
    bench.done("audit_list", json!({ "limit": 5 }));
    bench.refused(
        "account_add",
        json!({ "name": "x", "roles": ["preparer"], "passphrase": "a passphrase of five words" }),
        FailureCode::Forbidden,
    );
    // The new profile asks for length, not for classes.
    bench.refused(
        "passphrase_change",
        json!({ "old": PASSPHRASE, "new": "Short-2026" }),
        FailureCode::Invalid,
    );
    bench.done(
        "passphrase_change",
        json!({ "old": PASSPHRASE, "new": "five words make it long" }),
    );
    unlock(&bench, "孙立");
    bench.done("audit_verify", json!({}));
    let records = bench.done("audit_list", json!({ "limit": 100 }));
    assert_eq!(
        records[0]["action"], "打开保管库",
        "newest first: {}",
        records[0]
    );
    assert_eq!(bench.done("declaration_list", json!({})), json!([]));
    bench.refused(
        "backup_make",
        json!({ "folder": "x" }),
        FailureCode::Forbidden,
    );
    unlock(&bench, REVIEWER);
    bench.refused("audit_list", json!({ "limit": 5 }), FailureCode::Forbidden);
}

#[test]
fn with_a_passphrase_set_by_others_nothing_works_but_changing_it() {
    let bench = Bench::ready();
    bench.done(
        "account_add",
        json!({ "name": REVIEWER, "roles": ["unit-reviewer"], "passphrase": PASSPHRASE,
                "temporary": true }),
    );
    let status = unlock(&bench, REVIEWER);
    assert!(status["care"]["passphrase_due"].is_string());
    let refused = bench.refused("declaration_list", json!({}), FailureCode::PassphraseDue);
    assert!(refused.message.contains("别人替您设的"));
    bench.refused(
        "passphrase_change",
        json!({ "old": PASSPHRASE, "new": PASSPHRASE }),
        FailureCode::Invalid,
    );
    let status = bench.done(
        "passphrase_change",
        json!({ "old": PASSPHRASE, "new": "Zi-Ji-De-2026" }),
    );
    assert_eq!(status["care"]["passphrase_due"], Value::Null);
    bench.done("declaration_list", json!({}));
}

#[test]
fn a_person_is_masked_in_lists_exported_and_erased_unless_a_submission_names_them() {
    let bench = Bench::ready();
    let person = |name: &str| json!({ "person": { "name": name, "born": "1980-05", "unit": "青岛海洋装备研究院" } });
    bench.done("address_save_person", person("钱多"));
    bench.done(
        "address_save_unit",
        json!({ "unit": { "name": "某单位", "phone": "13812345678", "email": "qian@example.org" },
                "credit_code": "" }),
    );
    let book = bench.done("address_list", json!({ "text": "", "limit": 10 }));
    assert_eq!(book["units"][0]["unit"]["phone"], "*******5678");
    assert_eq!(book["units"][0]["unit"]["email"], "q***@example.org");
    assert_eq!(book["people"][0]["person"]["born"], "****-**");
    let id = book["people"][0]["id"].clone();
    let full = bench.done("address_show", json!({ "id": id }));
    assert_eq!(full["person"]["person"]["born"], "1980-05");

    // A submitted revision names them: they stay, and the export says where.
    let made = bench.import("basic-research.json");
    let mut form = made["form"].clone();
    form["researchers"][0]["name"] = json!("钱多");
    form["researchers"][0]["unit"] = json!("青岛海洋装备研究院");
    bench.done(
        "declaration_save",
        json!({ "id": made["id"], "version": made["version"], "form": form, "answers": [],
                "undo": "" }),
    );
    bench.complete(&made["id"]);
    bench.done("declaration_submit", json!({ "id": made["id"] }));
    let refused = bench.refused("address_remove", json!({ "id": id }), FailureCode::Conflict);
    assert!(refused.message.contains("钱多"), "{}", refused.message);
    let place = bench.folder.path().join("钱多.json");
    let token = bench.desk.adopt_file(place.clone()).token;
    bench.done("address_export", json!({ "id": id, "place": token }));
    let told: Value = serde_json::from_slice(&std::fs::read(place).unwrap()).unwrap();
    // The book learned from the submission meanwhile.
    assert_eq!(told["person"]["born"], "1978-04");
    assert_eq!(told["forms"][1]["submitted_revision"], 1);

    bench.done("address_save_person", person("孙少"));
    let book = bench.done("address_list", json!({ "text": "孙少", "limit": 10 }));
    let other = book["people"][0]["id"].clone();
    bench.done("address_remove", json!({ "id": other }));
    let book = bench.done("address_list", json!({ "text": "孙少", "limit": 10 }));
    assert_eq!(book["people"], json!([]));
}

#[test]
fn all_evidence_comes_out_under_names_that_a_person_can_read() {
    let bench = Bench::ready();
    let made = bench.import("basic-research.json");
    let id = &made["id"];
    let place = bench.folder.path().join("取出");
    std::fs::create_dir(&place).unwrap();
    let out = || {
        let token = bench.desk.adopt_file(place.clone()).token;
        json!({ "declaration": id, "folder": token })
    };
    bench.refused("evidence_extract_all", out(), FailureCode::NotFound);
    for (name, bytes) in [
        ("证书.pdf", "one"),
        ("证书.PDF", "two"),
        ("a:b*c?.txt", "three"),
    ] {
        bench.attach(id, name, bytes.as_bytes(), &[]);
    }
    let written = bench.done("evidence_extract_all", out());
    let title = made["form"]["name"].as_str().unwrap();
    assert_eq!(
        written["files"],
        json!([
            format!("{title}_01_证书.pdf"),
            format!("{title}_02_证书.pdf"),
            format!("{title}_03_a_b_c_.txt")
        ])
    );
    let folder = place.join(written["folder"].as_str().unwrap());
    let second = folder.join(written["files"][1].as_str().unwrap());
    assert_eq!(std::fs::read_to_string(second).unwrap(), "two");
    // Never into a folder that is there.
    let again = bench.done("evidence_extract_all", out());
    assert_ne!(again["folder"], written["folder"]);
}
