//! Every answer that an endpoint, a gateway, a portal or a broken line gives.

use crate::stub::{Answer, error, impatient, json, page, plain, serve};
use bytes::Bytes;
use luguo_domain::{PackageId, Sha256Digest};
use luguo_transport::HttpEndpoint;
use luguo_wire::{LoginRequest, Manifest, ProvincialEndpoint as _, Refusal, Token, UploadUrl};
use tokio::{io::AsyncWriteExt as _, net::TcpListener};
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Call {
    Info,
    Login,
    Announce,
    Create,
    Offset,
    Append,
    Commit,
}

const CALLS: [Call; 7] = [
    Call::Info,
    Call::Login,
    Call::Announce,
    Call::Create,
    Call::Offset,
    Call::Append,
    Call::Commit,
];
const PACKAGE: [Call; 2] = [Call::Announce, Call::Commit];
const UPLOAD: [Call; 3] = [Call::Create, Call::Offset, Call::Append];

fn manifest() -> Manifest {
    serde_json::from_value(serde_json::json!({
        "format": Manifest::FORMAT,
        "package_id": Uuid::nil(),
        "declaration_id": Uuid::nil(),
        "name": "成果",
        "unit": "单位",
        "revision": 1,
        "revision_digest": "00".repeat(32),
        "audit_head": "",
        "files": [],
    }))
    .unwrap()
}

async fn call(endpoint: &HttpEndpoint, call: Call) -> Refusal {
    let token = Token("t".to_owned());
    let upload = UploadUrl("/v1/uploads/u".to_owned());
    match call {
        Call::Info => endpoint.info().await.unwrap_err(),
        Call::Login => endpoint
            .login(LoginRequest {
                account: "a".to_owned(),
                password: "p".to_owned(),
            })
            .await
            .unwrap_err(),
        Call::Announce => endpoint.announce(&token, &manifest()).await.unwrap_err(),
        Call::Create => endpoint
            .create_upload(&token, PackageId(Uuid::nil()), Sha256Digest([0; 32]), 1)
            .await
            .unwrap_err(),
        Call::Offset => endpoint.upload_offset(&token, &upload).await.unwrap_err(),
        Call::Append => endpoint
            .append(&token, &upload, 0, Bytes::from_static(b"x"))
            .await
            .unwrap_err(),
        Call::Commit => endpoint
            .commit(&token, PackageId(Uuid::nil()))
            .await
            .unwrap_err(),
    }
}

async fn expect(answer: Answer, calls: &[Call], is: impl Fn(&Refusal) -> bool) {
    let endpoint = impatient(serve(answer.clone()).await);
    for asked in calls {
        let got = call(&endpoint, *asked).await;
        assert!(
            is(&got),
            "{asked:?} answered {} {:?} gave {got:?}",
            answer.status,
            answer.body
        );
    }
}

fn rest(without: &[Call]) -> Vec<Call> {
    CALLS
        .into_iter()
        .filter(|call| !without.contains(call))
        .collect()
}

#[tokio::test]
async fn a_sign_in_that_ended_is_not_a_refused_one() {
    let ended = error(401, "sign_in_ended", "");
    expect(ended.clone(), &rest(&[Call::Login]), |it| {
        *it == Refusal::SignInEnded
    })
    .await;
    expect(ended, &[Call::Login], |it| *it == Refusal::SignInRefused).await;
    expect(error(401, "sign_in_refused", ""), &[Call::Login], |it| {
        *it == Refusal::SignInRefused
    })
    .await;
    expect(plain(401, &[]), &PACKAGE, |it| *it == Refusal::SignInEnded).await;
}

#[tokio::test]
async fn every_refusal_of_the_endpoint_has_its_meaning() {
    let message = |it: &Refusal| matches!(it, Refusal::Forbidden { message } if message == "原因");
    expect(error(403, "forbidden", ""), &PACKAGE, message).await;
    expect(plain(403, &[]), &UPLOAD, |it| {
        matches!(it, Refusal::Forbidden { .. })
    })
    .await;
    expect(error(404, "unknown", ""), &PACKAGE, |it| {
        *it == Refusal::Unknown
    })
    .await;
    for gone in [404, 410] {
        expect(plain(gone, &[]), &UPLOAD, |it| *it == Refusal::Unknown).await;
    }
    let (a, b) = ("aa".repeat(32), "bb".repeat(32));
    let digests = format!(r#","digests":["{a}","{b}"]"#);
    expect(error(409, "other_manifest", &digests), &PACKAGE, |it| {
        matches!(it, Refusal::OtherManifest { ours, theirs }
            if ours.to_hex() == a && theirs.to_hex() == b)
    })
    .await;
    expect(
        error(409, "blobs_missing", &digests),
        &PACKAGE,
        |it| matches!(it, Refusal::BlobsMissing { missing } if missing.len() == 2),
    )
    .await;
    expect(plain(409, &[]), &UPLOAD, |it| *it == Refusal::OtherOffset).await;
    expect(error(422, "rejected.rules", ""), &PACKAGE, |it| {
        matches!(it, Refusal::Rejected { code, message }
            if code == "rejected.rules" && message == "原因")
    })
    .await;
    expect(
        plain(413, &[]),
        &UPLOAD,
        |it| matches!(it, Refusal::Rejected { code, .. } if code == "rejected.too_large"),
    )
    .await;
    expect(
        error(426, "other_protocol", r#","protocols":[2,3]"#),
        &rest(&[Call::Offset]),
        |it| matches!(it, Refusal::OtherProtocol { offered } if *offered == [2, 3]),
    )
    .await;
}

#[tokio::test]
async fn what_passes_by_itself_carries_how_long_it_asks_to_wait() {
    for status in [423, 429, 503] {
        expect(plain(status, &[("retry-after", "7")]), &CALLS, |it| {
            *it == Refusal::Busy {
                retry_after: Some(7),
            }
        })
        .await;
        expect(plain(status, &[]), &CALLS, |it| {
            *it == Refusal::Busy { retry_after: None }
        })
        .await;
    }
    expect(plain(507, &[]), &CALLS, |it| *it == Refusal::EndpointFull).await;
    expect(error(500, "defect", ""), &CALLS, |it| {
        matches!(
            it,
            Refusal::Server {
                status: 500,
                retry_after: None
            }
        )
    })
    .await;
    // A gateway's page before an endpoint that is down.
    expect(page(502), &CALLS, |it| {
        matches!(it, Refusal::Server { status: 502, .. })
    })
    .await;
    expect(page(503), &CALLS, |it| matches!(it, Refusal::Busy { .. })).await;
    expect(plain(504, &[]), &CALLS, |it| {
        matches!(it, Refusal::Unreachable { .. })
    })
    .await;
}

#[tokio::test]
async fn what_is_no_endpoint_is_told_apart() {
    let stranger = |it: &Refusal| matches!(it, Refusal::NotAnEndpoint { .. });
    for portal in [page(200), page(401), page(403), page(404), page(511)] {
        expect(portal, &CALLS, stranger).await;
    }
    for redirect in [301, 302, 307, 308] {
        expect(
            plain(redirect, &[("location", "http://127.0.0.1:9/portal")]),
            &CALLS,
            stranger,
        )
        .await;
    }
    expect(plain(407, &[]), &PACKAGE, stranger).await;
    expect(plain(404, &[]), &[Call::Info, Call::Login], stranger).await;
    expect(plain(200, &[]), &CALLS, stranger).await;
    expect(json(200, r#"{"hello":"world"}"#), &CALLS, stranger).await;
    expect(json(200, "not json"), &rest(&UPLOAD), stranger).await;
    expect(
        plain(201, &[("location", "https://evil.example.com/u")]),
        &[Call::Create],
        stranger,
    )
    .await;
}

#[tokio::test]
async fn a_broken_line_is_unreachable_and_nothing_else() {
    let unreachable = |it: &Refusal| matches!(it, Refusal::Unreachable { .. });
    expect(json(200, r#"{"name":"#), &rest(&UPLOAD), unreachable).await;

    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap()
    };
    for asked in CALLS {
        let got = call(&impatient(closed), asked).await;
        assert!(unreachable(&got), "refused connection, {asked:?}: {got:?}");
    }

    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = silent.local_addr().unwrap();
    for asked in CALLS {
        let got = call(&impatient(address), asked).await;
        assert!(unreachable(&got), "no answer, {asked:?}: {got:?}");
    }

    // Promises more bytes than it sends, then closes.
    let short = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = short.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = short.accept().await {
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{\"name\"";
            let _ = stream.write_all(head.as_bytes()).await;
        }
    });
    for asked in rest(&UPLOAD) {
        let got = call(&impatient(address), asked).await;
        assert!(unreachable(&got), "cut answer, {asked:?}: {got:?}");
    }
}
