//! What passes by itself: the line, a busy or broken endpoint, an ended sign-in.

use crate::{
    fake::{Call, FakeEndpoint, unreachable},
    support::{Desk, ready},
};
use luguo_store::OutboxStep;
use luguo_sync::Connection;
use luguo_wire::Refusal;

#[tokio::test]
async fn without_a_sign_in_nothing_is_called_and_the_reason_stands_there() {
    let mut desk = Desk::new();
    let package = desk.approved(&[b"evidence"])[0];
    let endpoint = FakeEndpoint::new();
    let report = desk.pass(&endpoint).await;
    assert_eq!(report.connection, Connection::SignInNeeded);
    assert_eq!(report.next_try, None);
    assert_eq!(endpoint.calls(), []);
    assert_eq!(desk.wait_code(package), "sign_in_first");
    desk.sign_in(&endpoint).await;
    assert_eq!(
        desk.pass(&endpoint).await.delivered,
        [package],
        "at once after the sign-in"
    );
}

#[tokio::test]
async fn an_ended_sign_in_pauses_the_queue_and_keeps_everything() {
    let mut desk = Desk::new();
    let packages = desk.approved(&[b"one", b"two"]);
    let endpoint = FakeEndpoint::new();
    desk.sign_in(&endpoint).await;
    endpoint.refuse(Call::Create, Refusal::SignInEnded);
    endpoint.calls();
    let report = desk.pass(&endpoint).await;
    assert_eq!(report.connection, Connection::SignInNeeded);
    assert_eq!(
        endpoint.calls(),
        [Call::Info, Call::Announce, Call::Create],
        "stops there"
    );
    for package in &packages {
        let row = desk.row(*package);
        assert_eq!(row.wait_code.as_deref(), Some("sign_in"));
        assert!(row.wait_message.unwrap().contains("请重新登录"));
        assert!(!row.held);
    }
    assert!(desk.vault().endpoint().unwrap().unwrap().token.is_none());
    desk.sign_in(&endpoint).await;
    assert_eq!(desk.pass(&endpoint).await.delivered, packages);
}

#[tokio::test]
async fn a_silent_endpoint_lets_everything_wait_longer_each_time() {
    let mut desk = Desk::new();
    let packages = desk.approved(&[b"one", b"two"]);
    let endpoint = FakeEndpoint::new();
    desk.sign_in(&endpoint).await;
    endpoint.refuse_always(Call::Info, unreachable());
    endpoint.calls();
    let mut waits = Vec::new();
    for _ in 0..3 {
        let report = desk.pass(&endpoint).await;
        assert_eq!(report.connection, Connection::Offline);
        waits.push((report.next_try.unwrap() - desk.now()).num_seconds());
        for package in &packages {
            assert_eq!(desk.wait_code(*package), "offline");
        }
        desk.later();
    }
    assert_eq!(waits, [10, 20, 40]);
    assert_eq!(
        endpoint.calls(),
        [Call::Info; 3],
        "one question for the whole queue"
    );
    endpoint.heal();
    assert_eq!(desk.pass(&endpoint).await.delivered, packages);
}

#[tokio::test]
async fn a_line_that_breaks_in_the_middle_stops_the_queue_only_when_the_endpoint_is_silent() {
    let mut desk = Desk::new();
    let packages = desk.approved(&[b"one", b"two"]);
    let endpoint = FakeEndpoint::new();
    desk.sign_in(&endpoint).await;
    endpoint.poison(Call::Append, packages[0], unreachable());
    let report = desk.pass(&endpoint).await;
    assert_eq!(report.connection, Connection::Online);
    assert_eq!(report.delivered, [packages[1]]);
    assert_eq!(desk.wait_code(packages[0]), "cut_off");
}

#[tokio::test]
async fn each_passing_refusal_has_its_reason_and_its_time() {
    let cases = [
        (
            Refusal::Busy {
                retry_after: Some(77),
            },
            "busy",
            77,
        ),
        (
            Refusal::Server {
                status: 500,
                retry_after: None,
            },
            "server_failed",
            10,
        ),
        (Refusal::EndpointFull, "endpoint_full", 10),
        (
            Refusal::OtherProtocol { offered: vec![2] },
            "other_protocol",
            10,
        ),
    ];
    for (refusal, code, seconds) in cases {
        let (desk, endpoint, package) = ready(b"evidence").await;
        endpoint.refuse(Call::Commit, refusal);
        let report = desk.pass(&endpoint).await;
        let row = desk.row(package);
        assert_eq!(row.wait_code.as_deref(), Some(code));
        assert_eq!(
            (row.next_try.unwrap() - desk.now()).num_seconds(),
            seconds,
            "{code}"
        );
        assert_eq!(report.next_try, row.next_try);
        endpoint.calls();
        desk.pass(&endpoint).await;
        assert_eq!(endpoint.count(Call::Commit), 0, "not before its time");
        desk.later();
        assert_eq!(desk.pass(&endpoint).await.delivered, [package], "{code}");
    }
}

#[tokio::test]
async fn a_stranger_on_the_line_gets_no_token() {
    let (desk, endpoint, package) = ready(b"evidence").await;
    let portal = Refusal::NotAnEndpoint {
        detail: "a web page".to_owned(),
    };
    endpoint.refuse(Call::Info, portal);
    let report = desk.pass(&endpoint).await;
    assert_eq!(report.connection, Connection::Offline);
    assert_eq!(desk.wait_code(package), "not_an_endpoint");
    assert_eq!(endpoint.calls(), [Call::Info]);
    assert_eq!(desk.row(package).step, OutboxStep::Frozen);
}

#[tokio::test]
async fn an_endpoint_that_loses_everything_is_not_flooded() {
    let (desk, endpoint, package) = ready(b"evidence").await;
    endpoint.refuse_always(Call::Offset, Refusal::Unknown);
    endpoint.refuse_always(Call::Append, Refusal::Unknown);
    desk.pass(&endpoint).await;
    assert_eq!(desk.wait_code(package), "restarted");
    assert!(endpoint.calls().len() < 20);
}
