//! kill -9 of the endpoint: exactly one package afterwards, digests equal, no orphan content.

use luguo_tests::{
    endpoint::Endpoint,
    process::wait_until,
    proxy::{Fault, Proxy},
    story::{Desk, holds_exactly_one_whole_package},
};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

/// Runs the outbox while the endpoint dies at the fault, then again after its restart.
fn survives(make_fault: impl FnOnce(Box<dyn FnOnce() + Send>) -> Fault) {
    let desk = Desk::new();
    let endpoint = Arc::new(Mutex::new(Endpoint::start(
        &desk.folder.path().join("endpoint"),
    )));
    let proxy = Proxy::start(endpoint.lock().unwrap().address());
    desk.sign_in(&proxy.url);
    desk.approved(24 << 20);

    let shared = endpoint.clone();
    proxy.arm(make_fault(Box::new(move || shared.lock().unwrap().kill())));
    let interrupted = desk.preparer.call(&["sync", "run"]);
    assert_eq!(
        interrupted.code, 1,
        "it waits with a reason: {}",
        interrupted.said
    );
    wait_until("the fault", Duration::from_secs(10), || !proxy.is_armed());
    let item = desk.item();
    assert_ne!(item["step"], "receipt_verified");
    assert!(!item["reason"].as_str().unwrap().is_empty());

    endpoint.lock().unwrap().restart();
    desk.preparer.done(&["sync", "run"]);
    assert_eq!(desk.item()["step"], "receipt_verified");
    holds_exactly_one_whole_package(&endpoint.lock().unwrap());
}

#[test]
fn a_kill_in_mid_patch_loses_nothing() {
    survives(|kill| Fault::AfterSent(9 << 20, kill));
}

#[test]
fn a_kill_between_commit_and_receipt_gives_the_same_receipt_later() {
    survives(Fault::CommitAnswer);
}
