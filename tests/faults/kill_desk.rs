//! kill -9 of the desk: no orphan content, nothing acknowledged is lost, exactly one package.

use luguo_tests::{
    endpoint::Endpoint,
    process::{Running, wait_until},
    proxy::{Fault, Proxy},
    story::{Desk, holds_exactly_one_whole_package},
};
use std::{
    process::Stdio,
    sync::{Arc, Mutex},
    time::Duration,
};

#[test]
fn a_kill_in_mid_import_leaves_the_form_and_no_orphan_content() {
    let desk = Desk::new();
    let id = desk.import("key-technology.json");
    desk.complete(&id);
    let before = desk.preparer.done(&["evidence", "list", &id]);
    let size_before = size_of(&desk);

    let file = desk.file("大文件 扫描件.tif", 200 << 20, 8);
    let mut import = Running::start(
        desk.preparer
            .command()
            .args([
                "evidence",
                "add",
                &id,
                file.to_str().unwrap(),
                "--claim",
                "summary",
            ])
            .stdout(Stdio::null()),
    );
    wait_until(
        "40 MB of the import on disk",
        Duration::from_secs(120),
        || {
            assert!(
                !import.has_ended(),
                "the import ended before it could be killed"
            );
            size_of(&desk) > size_before + (40 << 20)
        },
    );
    import.kill();

    let opened = desk.preparer.call(&["evidence", "list", &id]);
    assert_eq!(before, opened.json, "the list is as before the import");
    for told in ["没有正常退出", "最后一次保存", "1 份材料没有加完"] {
        assert!(opened.said.contains(told), "{told} in {}", opened.said);
    }
    let again = desk.preparer.call(&["evidence", "list", &id]);
    assert_eq!(again.said, "", "said once");
    desk.preparer.done(&["audit", "verify"]);
    // The file is taken in again from its beginning, whole.
    let added = desk.attach(&id, &file, "summary");
    assert_eq!(added["size"], 200 << 20);
    let out = desk.folder.path().join("取出.tif");
    desk.preparer.done(&[
        "evidence",
        "extract",
        &id,
        added["id"].as_str().unwrap(),
        "-o",
        out.to_str().unwrap(),
    ]);
    assert_eq!(std::fs::read(&file).unwrap(), std::fs::read(&out).unwrap());
    assert!(
        size_of(&desk) < size_before + (200 << 20) + (60 << 20),
        "the killed import's pages were used again: no orphan content"
    );
}

fn size_of(desk: &Desk) -> u64 {
    ["", "-wal"]
        .iter()
        .filter_map(|suffix| {
            let mut path = desk.vault.clone().into_os_string();
            path.push(suffix);
            std::fs::metadata(path).ok()
        })
        .map(|metadata| metadata.len())
        .sum()
}

#[test]
fn a_kill_in_mid_upload_is_resumed_to_exactly_one_package() {
    let desk = Desk::new();
    let endpoint = Endpoint::start(&desk.folder.path().join("endpoint"));
    let proxy = Proxy::start(endpoint.address());
    desk.sign_in(&proxy.url);
    desk.approved(40 << 20);

    let victim: Arc<Mutex<Option<Running>>> = Arc::default();
    let shared = victim.clone();
    proxy.arm(Fault::AfterSent(
        12 << 20,
        Box::new(move || *shared.lock().unwrap() = None),
    ));
    *victim.lock().unwrap() = Some(Running::start(
        desk.preparer
            .command()
            .args(["sync", "run"])
            .stdout(Stdio::null()),
    ));
    wait_until("the kill in mid-upload", Duration::from_secs(120), || {
        !proxy.is_armed() && victim.lock().unwrap().is_none()
    });
    assert_ne!(desk.item()["step"], "receipt_verified");

    desk.preparer.done(&["sync", "run"]);
    assert_eq!(desk.item()["step"], "receipt_verified");
    holds_exactly_one_whole_package(&endpoint);
}
