//! The outbox keeps the data and says in Chinese why it waits.

use luguo_tests::{
    endpoint::{ACCOUNT, Endpoint},
    proxy::Proxy,
    story::{Desk, holds_exactly_one_whole_package},
};
use serde_json::Value;

fn reason(item: &Value) -> String {
    item["reason"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn an_endpoint_that_is_down_leaves_the_package_waiting_with_the_reason() {
    let desk = Desk::new();
    let mut endpoint = Endpoint::start(&desk.folder.path().join("endpoint"));
    desk.sign_in(&endpoint.url);
    desk.approved(0);
    endpoint.kill();
    let answer = desk.preparer.call(&["sync", "run"]);
    assert_eq!(answer.code, 1);
    let item = desk.item();
    assert!(reason(&item).contains("没有应答"), "{item}");
    endpoint.restart();
    desk.preparer.done(&["sync", "run"]);
    holds_exactly_one_whole_package(&endpoint);
}

#[test]
fn a_wrong_password_is_refused_and_nothing_is_pinned() {
    let desk = Desk::new();
    let endpoint = Endpoint::start(&desk.folder.path().join("endpoint"));
    let password = desk.folder.path().join("wrong.password");
    std::fs::write(&password, "falsch-Falsch-1").unwrap();
    let answer = desk.preparer.call(&[
        "sync",
        "login",
        "--endpoint",
        &endpoint.url,
        "--account",
        ACCOUNT,
        "--password-file",
        password.to_str().unwrap(),
    ]);
    assert_ne!(answer.code, 0);
    assert!(answer.said.contains("账号或密码"), "{}", answer.said);
}

#[test]
fn an_expired_sign_in_keeps_the_package_and_asks_to_sign_in_again() {
    let desk = Desk::new();
    let endpoint = Endpoint::start_with(
        &desk.folder.path().join("endpoint"),
        &["--token-minutes", "0"],
    );
    desk.sign_in(&endpoint.url);
    let id = desk.approved(0);
    let answer = desk.preparer.call(&["sync", "run"]);
    assert_eq!(answer.code, 1);
    let item = desk.item();
    assert!(reason(&item).contains("登录"), "{item}");
    let shown = desk.preparer.done(&["declaration", "show", &id]);
    assert_eq!(shown["state"], "approved", "local work is untouched");
}

#[test]
fn a_failing_endpoint_is_waited_for_and_a_captive_portal_is_not_taken_for_success() {
    let desk = Desk::new();
    let endpoint = Endpoint::start(&desk.folder.path().join("endpoint"));
    let proxy = Proxy::start(endpoint.address());
    desk.sign_in(&proxy.url);
    desk.approved(0);
    for response in [
        "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\nConnection: close\r\n\r\n<html></html>",
    ] {
        proxy.answer_with(Some(response));
        let answer = desk.preparer.call(&["sync", "run"]);
        assert_eq!(answer.code, 1, "{response}");
        let item = desk.item();
        assert!(!reason(&item).is_empty(), "{response}: {item}");
        assert_ne!(item["step"], "receipt_verified");
        proxy.answer_with(None);
    }
    desk.preparer.done(&["sync", "run"]);
    holds_exactly_one_whole_package(&endpoint);
}

#[test]
fn an_endpoint_with_another_signing_key_gets_nothing() {
    let desk = Desk::new();
    let mut first = Endpoint::start(&desk.folder.path().join("first"));
    let proxy_to_first = Proxy::start(first.address());
    desk.sign_in(&proxy_to_first.url);
    desk.approved(0);
    let address = first.address().to_owned();
    first.kill();
    drop(first);
    let mut second = Endpoint::start(&desk.folder.path().join("second"));
    second.kill();
    second.url = format!("http://{address}");
    second.restart();
    let answer = desk.preparer.call(&["sync", "run"]);
    assert_eq!(answer.code, 1);
    let status = desk.preparer.call(&["sync", "status"]).json;
    let text = status.to_string();
    assert!(text.contains("证书"), "{text}");
    assert_eq!(
        second.packages().len(),
        0,
        "nothing was sent to the other one"
    );
    assert_ne!(desk.item()["step"], "receipt_verified");
}
