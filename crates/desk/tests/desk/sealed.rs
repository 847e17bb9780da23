//! A classified unit and the authority it reports to, each at a desk of its own: marking, sealing,
//! opening, ruling, receipts; and each way in which sealing must fail closed.

use crate::{
    classified_unit::{ESCROW_PASSWORD, OFFICER, OUTSIDER, SECURITY, Unit, both, files, text},
    support::{Bench, PASSPHRASE, PREPARER, REVIEWER},
};
use luguo_ipc::FailureCode;
use serde_json::{Value, json};
use std::path::PathBuf;

#[test]
fn a_classified_result_is_marked_sealed_handed_over_read_ruled_on_and_comes_back() {
    let (unit, own, bureau, theirs) = both();
    let id = unit.approved();
    let medium = tempfile::tempdir().unwrap();
    let wanted = json!({ "declarations": [id] });
    let plan = unit
        .at_work(OFFICER)
        .bench
        .done("seal_plan", wanted.clone());
    assert_eq!(plan["hindrances"], json!([]), "{plan}");
    assert_eq!(plan["marking"], "机密★10年");
    assert_eq!(
        plan["approvers"],
        json!([REVIEWER]),
        "nobody outside the scope"
    );
    let file = unit.sealed(&wanted, &own, &[&theirs], medium.path());
    assert_eq!(
        files(medium.path()),
        std::slice::from_ref(&file),
        "nothing else is on the medium"
    );
    let row = unit.bench.done("sealed_register", json!({}))["rows"][0].clone();
    let package = row["package_id"].clone();
    assert_eq!(
        (&row["state_label"], &row["officer"], &row["approver"]),
        (&json!("已封装"), &json!(OFFICER), &json!(REVIEWER))
    );

    // The bureau looks without a key, opens, and signs.
    bureau.at_work(REVIEWER);
    let seen = bureau
        .bench
        .done("sealed_inspect", json!({ "file": bureau.token(&file) }));
    assert_eq!(
        (&seen["hindrances"], &seen["known"]),
        (&json!([]), &json!(false))
    );
    let job = bureau.opened(&file, &[bureau.account(OFFICER)]);
    assert_eq!(job["faults"], json!([]), "{job}");
    let shown = bureau.bench.done("declaration_show", json!({ "id": id }));
    assert_eq!(shown["marking"], "机密★10年");
    assert_eq!(shown["evidence"][0]["marking"], "机密★10年");
    assert_eq!(shown["evidence"][1]["marking"], "不涉密");
    let again = bureau.opened(&file, &[]);
    assert_eq!(
        again["faults"],
        json!([]),
        "the same again changes nothing: {again}"
    );
    let incoming = bureau.bench.done("sealed_register", json!({}))["rows"][0].clone();
    assert_eq!(incoming["state_label"], "已签收");
    bureau.at_work(OUTSIDER);
    bureau.bench.refused(
        "declaration_show",
        json!({ "id": id }),
        FailureCode::NotFound,
    );

    // Handed over and signed for: by the code that was read over, once.
    unit.at_work(OFFICER);
    unit.bench.refused(
        "sealed_step",
        json!({ "package_id": package, "step": "handed_over", "couriers": ["甲"] }),
        FailureCode::Conflict,
    );
    unit.step(&package, "counted", &json!({}));
    unit.bench.refused(
        "sealed_step",
        json!({ "package_id": package, "step": "registered", "channel": "快递" }),
        FailureCode::Invalid,
    );
    unit.step(&package, "registered", &json!({ "channel": "机要交通" }));
    unit.step(&package, "handed_over", &json!({ "couriers": ["孙专管"] }));
    unit.bench.refused(
        "receipt_take",
        json!({ "package_id": package, "code": "000000000000" }),
        FailureCode::Invalid,
    );
    let register = unit.bench.done(
        "receipt_take",
        json!({ "package_id": package, "code": incoming["receipt_code"] }),
    );
    assert_eq!(register["rows"][0]["state_label"], "已签收");
    let receipt = bureau.table.join("回执.p7s");
    bureau.at_work(OFFICER).bench.done(
        "receipt_write",
        json!({ "package_id": package, "place": bureau.token(&receipt) }),
    );
    unit.bench.refused(
        "receipt_take",
        json!({ "file": unit.token(&receipt) }),
        FailureCode::Conflict,
    );
    let state = unit
        .at_work(PREPARER)
        .bench
        .done("declaration_show", json!({ "id": id }));
    assert_eq!(state["state"], "authority_review");

    // The bureau returns it, sealed back to the unit's card.
    bureau.at_work(REVIEWER);
    bureau.bench.done(
        "ruling_make",
        json!({ "id": id, "revision": 1, "kind": "return", "reason": "请补充应用证明" }),
    );
    bureau.at_work(OFFICER);
    let back = tempfile::tempdir().unwrap();
    let wanted = json!({ "replies": [id] });
    let plan = bureau.bench.done("seal_plan", json!({}));
    assert_eq!(plan["candidates"][0]["reply"], true, "{plan}");
    let reply = bureau.sealed(&wanted, &theirs, &[&own], back.path());
    unit.at_work(OFFICER);
    let job = unit.opened(&reply, &[]);
    assert_eq!(job["faults"], json!([]), "{job}");
    let state = unit
        .at_work(PREPARER)
        .bench
        .done("declaration_show", json!({ "id": id }));
    assert_eq!(state["state"], "returned");
    assert!(
        text(&state["return_notice"]).contains("请补充应用证明"),
        "{state}"
    );
    for at in [&unit, &bureau] {
        assert_eq!(at.bench.done("audit_verify", json!({}))["valid"], true);
    }
}

#[test]
fn the_second_holder_opens_with_the_file_and_its_password() {
    let (unit, own, bureau, theirs) = both();
    let id = unit.approved();
    let medium = tempfile::tempdir().unwrap();
    let wanted = json!({ "declarations": [id] });
    let file = unit.sealed(&wanted, &own, &[&theirs], medium.path());
    // Another machine of the unit, whose keys are gone.
    let other = Unit::new("青岛海洋装备研究院", false);
    other.takes_card_of(&unit, &own, "青岛海洋装备研究院");
    let _ = bureau;
    let key = other.token(&unit.table.join("备用卡.pem"));
    let request = |password: &str| json!({ "file": other.token(&file), "knowers": [], "key_file": key, "password": password });
    other.bench.refused(
        "sealed_open",
        request("wrong password"),
        FailureCode::Refused,
    );
    let job = other.bench.done("sealed_open", request(ESCROW_PASSWORD));
    let job = other.bench.wait(&job["id"]);
    assert_eq!(job["faults"], json!([]), "{job}");
    assert_eq!(
        other.bench.done("declaration_show", json!({ "id": id }))["marking"],
        "机密★10年"
    );
}

/// Every branch that stops sealing: the sentence, and that the medium stays empty.
#[test]
fn sealing_fails_closed_on_every_branch() {
    let (unit, own, _bureau, theirs) = both();
    let id = unit.approved();
    let medium = tempfile::tempdir().unwrap();
    let good = |unit: &Unit| {
        unit.order(
            &json!({ "declarations": [id] }),
            &own,
            &[&theirs],
            medium.path(),
        )
    };
    let stays_empty = |what: &str| {
        assert_eq!(files(medium.path()), Vec::<PathBuf>::new(), "{what}");
        let register = unit.bench.done("sealed_register", json!({}));
        assert_eq!(register["rows"], json!([]), "{what}");
    };
    let refused = |change: &dyn Fn(&mut Value), code: FailureCode, what: &str| {
        let mut order = good(&unit);
        change(&mut order);
        let failure = unit.bench.refused("seal_begin", order, code);
        stays_empty(what);
        failure.message
    };
    unit.at_work(REVIEWER);
    refused(&|_| {}, FailureCode::Forbidden, "not the officer");
    unit.at_work(OFFICER);
    refused(
        &|order| order["recipients"] = json!([]),
        FailureCode::Invalid,
        "no recipient",
    );
    refused(
        &|order| order["recipients"] = json!(["00"]),
        FailureCode::Invalid,
        "a card that nobody took in",
    );
    refused(
        &|order| order["key"] = json!("00"),
        FailureCode::Invalid,
        "no key",
    );
    refused(
        &|order| order["approver_passphrase"] = json!("wrong-Passphrase-1"),
        FailureCode::Refused,
        "the approver's passphrase is wrong",
    );
    refused(
        &|order| order["approver"] = json!(OFFICER),
        FailureCode::Forbidden,
        "one person alone",
    );
    let message = refused(
        &|order| order["approver"] = json!(OUTSIDER),
        FailureCode::Forbidden,
        "an approver outside the scope",
    );
    assert!(message.contains("两个人在场"), "{message}");
    refused(
        &|order| order["not_removable_reason"] = json!(" "),
        FailureCode::Invalid,
        "a place that is not removable and no reason",
    );
    refused(
        &|order| order["medium_label"] = json!(""),
        FailureCode::Invalid,
        "a medium without label",
    );
    refused(
        &|order| order["declarations"] = json!([]),
        FailureCode::Conflict,
        "nothing chosen",
    );
    // A folder that is gone by the time of writing: the job says so.
    let gone = medium.path().join("gone");
    std::fs::create_dir(&gone).unwrap();
    let mut order = good(&unit);
    order["folder"] = json!(unit.token(&gone));
    std::fs::remove_dir(&gone).unwrap();
    let job = unit.bench.done("seal_begin", order);
    let job = unit.bench.wait(&job["id"]);
    assert_eq!(job["faults"].as_array().map(Vec::len), Some(1), "{job}");
    stays_empty("the folder is gone");
    // A card that is void by now.
    unit.bench.done(
        "card_void",
        json!({ "fingerprint": theirs, "reason": "对方报失" }),
    );
    refused(
        &|_| {},
        FailureCode::Conflict,
        "the only recipient's card is void",
    );
}

#[test]
fn without_the_record_of_the_machine_nothing_is_sealed_and_the_reason_is_told() {
    let unit = Unit::new("青岛海洋装备研究院", false);
    let plan = unit.at_work(OFFICER).bench.done("seal_plan", json!({}));
    let hindrances = plan["hindrances"].to_string();
    assert!(hindrances.contains("登记这台涉密计算机"), "{hindrances}");
    unit.bench.refused(
        "machine_record",
        json!({ "number": "1", "approval": "1", "basis": "1", "by_secrecy_channel": true }),
        FailureCode::Forbidden,
    );
    unit.at_work(SECURITY);
    unit.bench.refused(
        "machine_record",
        json!({ "number": "1", "approval": "1", "basis": "1", "by_secrecy_channel": false }),
        FailureCode::Invalid,
    );
    let unit = unit.with_machine();
    unit.bench.refused(
        "machine_record",
        json!({ "number": "2", "approval": "2", "basis": "2", "by_secrecy_channel": true }),
        FailureCode::Conflict,
    );
}

#[test]
fn a_place_that_takes_no_file_is_told_and_nothing_is_entered() {
    let (unit, own, _bureau, theirs) = both();
    let id = unit.approved();
    let medium = tempfile::tempdir().unwrap();
    unit.at_work(OFFICER);
    let file = medium.path().join("not a folder");
    std::fs::write(&file, b"x").unwrap();
    let order = unit.order(&json!({ "declarations": [id] }), &own, &[&theirs], &file);
    let job = unit.bench.done("seal_begin", order);
    let job = unit.bench.wait(&job["id"]);
    assert_eq!(job["faults"].as_array().map(Vec::len), Some(1), "{job}");
    assert_eq!(std::fs::read(&file).unwrap(), b"x");
    assert_eq!(
        unit.bench.done("sealed_register", json!({}))["rows"],
        json!([])
    );
}

#[test]
fn no_open_package_comes_out_and_one_goes_in_only_when_it_is_confirmed() {
    let (unit, ..) = both();
    let id = unit.approved();
    unit.at_work(REVIEWER);
    let place = unit.token(&unit.table.join("出去.zip"));
    for (command, request) in [
        ("package_export", json!({ "id": id, "place": place })),
        ("declaration_export", json!({ "id": id, "place": place })),
        (
            "evidence_extract_all",
            json!({ "declaration": id, "folder": unit.token(&unit.table) }),
        ),
    ] {
        unit.bench.refused(command, request, FailureCode::Forbidden);
    }
    assert!(!unit.table.join("出去.zip").exists());
    let outside = Bench::ready();
    let open = outside.import("basic-research.json")["id"].clone();
    outside.complete(&open);
    outside.done("declaration_submit", json!({ "id": open }));
    outside.done(
        "account_add",
        json!({ "name": REVIEWER, "roles": ["unit-reviewer"], "passphrase": PASSPHRASE }),
    );
    let status = outside.done("vault_lock", json!({}));
    outside.done(
        "vault_unlock",
        json!({ "vault": status["vaults"][0]["token"], "person": REVIEWER, "passphrase": PASSPHRASE }),
    );
    outside.done("review_approve", json!({ "id": open, "revision": 1 }));
    let bag = outside.folder.path().join("成果包.zip");
    let place = outside.desk.adopt_file(bag.clone()).token;
    outside.done("package_export", json!({ "id": open, "place": place }));
    let file = unit.token(&bag);
    unit.bench.refused(
        "received_take",
        json!({ "files": [file] }),
        FailureCode::Conflict,
    );
    let job = unit.bench.done(
        "received_take",
        json!({ "files": [file], "into_classified": true }),
    );
    let job = unit.bench.wait(&job["id"]);
    assert_eq!(job["faults"], json!([]), "{job}");
    let list = unit.bench.done("received_list", json!({}));
    assert_eq!(list["received"][0]["marking"], "");
    unit.at_work(OUTSIDER);
    assert_eq!(
        unit.bench.done("received_list", json!({}))["received"],
        json!([])
    );
}

#[test]
fn the_open_edition_knows_none_of_these_commands() {
    let bench = Bench::ready();
    for command in ["key_list", "sealed_register", "machine_show", "seal_plan"] {
        bench.refused(command, json!({}), FailureCode::Forbidden);
    }
    bench.refused(
        "account_add",
        json!({ "name": "孙", "roles": ["results-officer"], "passphrase": PASSPHRASE }),
        FailureCode::Invalid,
    );
}

#[test]
fn papers_are_numbered_and_a_look_is_one_record() {
    let (unit, own, _bureau, theirs) = both();
    let id = unit.approved();
    let medium = tempfile::tempdir().unwrap();
    unit.sealed(
        &json!({ "declarations": [id] }),
        &own,
        &[&theirs],
        medium.path(),
    );
    let package = unit.bench.done("sealed_register", json!({}))["rows"][0]["package_id"].clone();
    let proposal =
        unit.bench.done("classification_show", json!({ "id": id }))["history"][0]["id"].clone();
    for (n, paper) in [
        json!({ "kind": "handover", "package_id": package }),
        json!({ "kind": "register", "year": 2026 }),
        json!({ "kind": "knowers", "id": id }),
        json!({ "kind": "classification", "proposal": proposal }),
        json!({ "kind": "card", "fingerprint": own }),
    ]
    .into_iter()
    .enumerate()
    {
        let path = unit.table.join(format!("{n}.pdf"));
        let written = unit.bench.done(
            "secrecy_paper",
            json!({ "paper": paper, "place": unit.token(&path) }),
        );
        assert!(written["size"].as_u64().unwrap() > 1000, "{paper}");
        assert!(
            std::fs::read(&path).unwrap().starts_with(b"%PDF"),
            "{paper}"
        );
    }
    let knowers = unit.bench.done("knowledge_show", json!({ "id": id }));
    assert_eq!(knowers["required"], true, "机密 keeps the list");
    let names: Vec<_> = knowers["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| text(&row["name"]))
        .collect();
    assert!(names.contains(&PREPARER.to_owned()) && names.contains(&REVIEWER.to_owned()));
    assert!(!names.contains(&OUTSIDER.to_owned()));
    unit.at_work(REVIEWER);
    for _ in 0..3 {
        unit.bench.done("declaration_show", json!({ "id": id }));
    }
    unit.at_work(SECURITY);
    let views = unit
        .bench
        .done("audit_list", json!({ "limit": 6 }))
        .as_array()
        .unwrap()
        .iter()
        .filter(|record| record["action"] == "查看涉密成果" && record["person"] == REVIEWER)
        .count();
    assert_eq!(views, 1, "a look that goes on is one look");
}
