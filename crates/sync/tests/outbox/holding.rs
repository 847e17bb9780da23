//! What only a person can resolve: held with its reason, and nobody else waits for it.

use crate::{
    fake::{Call, FakeEndpoint},
    forge::Forge,
    support::{Desk, ready},
};
use luguo_domain::{PackageId, Sha256Digest, State};
use luguo_sealed::SigningKey;
use luguo_store::OutboxStep;
use luguo_wire::Refusal;
use uuid::Uuid;

fn rejected() -> Refusal {
    Refusal::Rejected {
        code: "rejected.rules".to_owned(),
        message: "专利号最后一位应为 2".to_owned(),
    }
}

#[tokio::test]
async fn a_poisoned_item_never_delays_another() {
    let faults = [
        rejected(),
        Refusal::Forbidden {
            message: String::new(),
        },
        Refusal::Server {
            status: 500,
            retry_after: None,
        },
        Refusal::Unknown,
        Refusal::Unreachable {
            detail: String::new(),
        },
    ];
    let calls = [Call::Announce, Call::Create, Call::Commit];
    let evidence: Vec<Vec<u8>> = (0..2 * faults.len() * calls.len())
        .map(|n| format!("evidence {n}").into_bytes())
        .collect();
    let evidence: Vec<&[u8]> = evidence.iter().map(Vec::as_slice).collect();
    let mut desk = Desk::new();
    let packages = desk.approved(&evidence);
    let endpoint = FakeEndpoint::new();
    desk.sign_in(&endpoint).await;
    // Every other package is poisoned, in every way.
    let (poisoned, sound): (Vec<_>, Vec<_>) =
        packages.chunks(2).map(|pair| (pair[0], pair[1])).unzip();
    let ways = faults
        .iter()
        .flat_map(|fault| calls.map(|call| (call, fault.clone())));
    for (package, (call, fault)) in poisoned.iter().zip(ways) {
        endpoint.poison(call, *package, fault);
    }
    let report = desk.pass(&endpoint).await;
    assert_eq!(report.delivered, sound);
    for package in poisoned {
        assert!(desk.row(package).wait_message.is_some());
    }
}

#[tokio::test]
async fn a_rejected_package_is_held_with_the_endpoints_words_until_somebody_asks() {
    let (desk, endpoint, package) = ready(b"evidence").await;
    endpoint.refuse(Call::Commit, rejected());
    assert_eq!(desk.pass(&endpoint).await.held, [package]);
    let row = desk.row(package);
    assert!(row.held);
    assert_eq!(row.wait_code.as_deref(), Some("rejected"));
    assert!(row.wait_message.unwrap().contains("专利号最后一位应为 2"));
    desk.later();
    assert_eq!(desk.pass(&endpoint).await.delivered, [], "not by itself");
    desk.vault().outbox_release(desk.now()).unwrap();
    assert_eq!(desk.pass(&endpoint).await.delivered, [package]);
}

#[tokio::test]
async fn another_manifest_under_the_same_id_is_held() {
    let (desk, endpoint, package) = ready(b"evidence").await;
    let digest = Sha256Digest([1; 32]);
    endpoint.refuse(
        Call::Announce,
        Refusal::OtherManifest {
            ours: digest,
            theirs: digest,
        },
    );
    desk.pass(&endpoint).await;
    assert!(desk.row(package).held);
    assert_eq!(desk.wait_code(package), "other_manifest");
}

async fn receipt_is_held(forge: Forge, code: &str) {
    let (desk, endpoint, package) = ready(b"evidence").await;
    *endpoint.forge.lock().unwrap() = Some(forge);
    assert_eq!(desk.pass(&endpoint).await.delivered, []);
    let row = desk.row(package);
    assert!(row.held);
    assert_eq!(row.wait_code.as_deref(), Some(code));
    assert_ne!(row.step, OutboxStep::ReceiptVerified);
    assert!(desk.vault().receipt(package).unwrap().is_none());
    let state = desk
        .vault()
        .declaration(row.declaration)
        .unwrap()
        .unwrap()
        .row
        .state;
    assert_eq!(state, State::Approved);
}

#[tokio::test]
async fn a_receipt_signed_by_another_key_is_held() {
    let key = || SigningKey::generate().unwrap();
    receipt_is_held(Forge::Key(key()), "receipt_signature").await;
    receipt_is_held(Forge::Certificate(key()), "other_certificate").await;
}

#[tokio::test]
async fn a_receipt_that_tells_of_something_else_is_held() {
    let content = |change| receipt_is_held(Forge::Content(change), "receipt_content");
    content(|receipt| receipt.package_id = PackageId(Uuid::nil())).await;
    content(|receipt| receipt.manifest_digest = Sha256Digest([1; 32])).await;
    content(|receipt| {
        receipt.files.pop();
    })
    .await;
    content(|receipt| receipt.files[0].sm3.0[0] ^= 1).await;
    content(|receipt| receipt.files[0].size += 1).await;
    content(|receipt| receipt.desk_audit_head.push('0')).await;
    content(|receipt| receipt.format = "luguo.receipt/2".to_owned()).await;
}

#[tokio::test]
async fn another_certificate_gets_nothing() {
    let (desk, endpoint, package) = ready(b"evidence").await;
    let other = FakeEndpoint::new();
    desk.pass(&other).await;
    assert!(desk.row(package).held);
    assert_eq!(desk.wait_code(package), "other_certificate");
    assert_eq!(
        other.calls(),
        [Call::Info],
        "no token, no manifest, no bytes"
    );
    desk.vault().outbox_release(desk.now()).unwrap();
    assert_eq!(desk.pass(&endpoint).await.delivered, [package]);
}
