//! Where vaults lie, and how they are found again.

use crate::support::{Bench, PASSPHRASE, PREPARER, desk_in};
use luguo_desk::VaultKind;
use luguo_ipc::FailureCode;
use serde_json::{Value, json};
use std::sync::Arc;

#[test]
fn a_vault_made_elsewhere_is_found_again_after_a_restart_without_its_path_on_the_page() {
    let bench = Bench::bare(VaultKind::Open);
    let elsewhere = tempfile::tempdir().unwrap();
    *bench.dialogs.place.lock().unwrap() = Some(elsewhere.path().join("我的保管库"));
    let place = bench.done(
        "place_pick",
        json!({ "file_name": "x.luguo", "title": "存放位置" }),
    );
    bench.make_vault(Some(&place["token"]));
    assert!(elsewhere.path().join("我的保管库.luguo").exists());
    let Bench {
        desk,
        dialogs,
        folder,
    } = bench;
    drop(desk);
    let desk = desk_in(folder.path(), VaultKind::Open, Arc::clone(&dialogs));
    let status = desk.dispatch("app_status", json!({})).unwrap();
    assert_eq!(status["vaults"][0]["name"], "我的保管库");
    let shown = status.to_string();
    assert!(
        !shown.contains(elsewhere.path().to_str().unwrap()),
        "no path reaches the page: {shown}"
    );
    let token = status["vaults"][0]["token"].clone();
    let opened = desk
        .dispatch(
            "vault_unlock",
            json!({ "vault": token, "person": PREPARER, "passphrase": PASSPHRASE }),
        )
        .unwrap();
    assert_eq!(opened["person"]["name"], PREPARER);
}

#[test]
fn a_vault_on_a_medium_that_is_not_there_is_not_offered() {
    let bench = Bench::bare(VaultKind::Open);
    let stick = tempfile::tempdir().unwrap();
    *bench.dialogs.place.lock().unwrap() = Some(stick.path().join("盘上.luguo"));
    let place = bench.done(
        "place_pick",
        json!({ "file_name": "x.luguo", "title": "存放位置" }),
    );
    bench.make_vault(Some(&place["token"]));
    bench.done("vault_lock", json!({}));
    drop(stick);
    assert_eq!(
        bench.done("app_status", json!({}))["vaults"],
        Value::Array(vec![])
    );
}

#[test]
fn a_vault_of_the_other_edition_is_neither_listed_nor_opened() {
    let open = Bench::bare(VaultKind::Open);
    open.make_vault(None);
    open.done("vault_lock", json!({}));
    let classified = desk_in(
        open.folder.path(),
        VaultKind::Classified,
        Arc::clone(&open.dialogs),
    );
    let status = classified.dispatch("app_status", json!({})).unwrap();
    assert_eq!(status["vaults"], Value::Array(vec![]));
    let name = open.done("app_status", json!({}))["vaults"][0]["token"].clone();
    let failure = classified
        .dispatch(
            "vault_unlock",
            json!({ "vault": name, "person": PREPARER, "passphrase": PASSPHRASE }),
        )
        .unwrap_err();
    assert_eq!(failure.code, FailureCode::VaultUnusable);
}

#[test]
fn a_place_with_a_vault_is_refused_and_the_vault_kept() {
    let bench = Bench::ready();
    bench.import("basic-research.json");
    let request = json!({
        "place": null, "person": PREPARER, "passphrase": PASSPHRASE,
        "unit": { "name": crate::support::UNIT, "direct_reporting": false, "city": "370200" },
    });
    bench.refused("vault_create", request, FailureCode::VaultExists);
    let token = bench.done("app_status", json!({}))["vaults"][0]["token"].clone();
    bench.done(
        "vault_unlock",
        json!({ "vault": token, "person": PREPARER, "passphrase": PASSPHRASE }),
    );
    let list = bench.done("declaration_list", json!({}));
    assert_eq!(list.as_array().unwrap().len(), 1);
}
