//! The real client against the real endpoint: HTTP, files, signature.

use crate::support::{Desk, UNIT};
use luguo_domain::{
    PackageId, RulingId, Sha256Digest, State,
    form::DeclarationFile,
    ruling::{Ruling, RulingKind},
};
use luguo_endpoint::{RunningServer, ServerConfig, start};
use luguo_sealed::Certificate;
use luguo_store::OutboxStep;
use luguo_sync::{Connection, login, verify_ruling};
use luguo_transport::HttpEndpoint;
use luguo_wire::{
    LoginAnswer, LoginRequest, ProvincialEndpoint as _, Receipt, Refusal, RulingOutcome,
    SignedRuling, Token,
};
use std::path::Path;
use uuid::Uuid;

async fn serve(data: &Path) -> RunningServer {
    start(ServerConfig {
        data: data.to_owned(),
        listen: "127.0.0.1:0".parse().unwrap(),
        token_minutes: 60,
    })
    .await
    .unwrap()
}

fn client(server: &RunningServer) -> HttpEndpoint {
    HttpEndpoint::new(&format!("http://{}", server.address())).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approved_package_reaches_the_real_endpoint_and_comes_back_as_a_receipt() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("endpoint");
    let password = folder.path().join("password");
    std::fs::write(&password, "Passwort-1\n").unwrap();
    luguo_endpoint::add_unit(&data, UNIT, "370200", false).unwrap();
    luguo_endpoint::add_account(&data, UNIT, "qdhz", &password).unwrap();
    let server = serve(&data).await;
    let endpoint = client(&server);

    let text = include_str!("../../../../tests/fixtures/declarations/key-technology.json");
    let form = DeclarationFile::parse(text).unwrap().declaration;
    let large = (0..3_000_000_u32)
        .map(|n| (n % 251) as u8)
        .collect::<Vec<_>>();
    let mut desk = Desk::new();
    let package = desk.approve_forms(&[(form, vec![&large, b"small", b"small"])])[0];

    let url = endpoint.url();
    login(
        desk.vault(),
        &endpoint,
        &url,
        "qdhz",
        "Passwort-1",
        desk.now(),
    )
    .await
    .unwrap();
    server.stop().await;
    assert_eq!(desk.pass(&endpoint).await.connection, Connection::Offline);
    assert_eq!(desk.wait_code(package), "offline");

    // Back at another port: what was stored does not name the old one.
    let server = serve(&data).await;
    let endpoint = client(&server);
    desk.later();
    let report = desk.pass(&endpoint).await;
    assert_eq!(
        report.delivered,
        [package],
        "{:?}",
        desk.row(package).wait_message
    );
    assert_eq!(desk.row(package).step, OutboxStep::ReceiptVerified);
    let stored = desk.vault().receipt(package).unwrap().unwrap();
    let receipt: Receipt = serde_json::from_str(&stored.receipt).unwrap();
    assert_eq!(receipt.unit, UNIT);
    assert_eq!(receipt.files.len(), 4, "two records, two distinct contents");
    assert_eq!(desk.pass(&endpoint).await.delivered, []);
    server.stop().await;
}

/// Signs in at the endpoint alone, without a vault.
async fn token(endpoint: &HttpEndpoint, account: &str) -> LoginAnswer {
    endpoint
        .login(LoginRequest {
            account: account.to_owned(),
            password: "Passwort-1".to_owned(),
        })
        .await
        .unwrap()
}

/// An endpoint with a unit, its bureau, another bureau and the department; the unit's package is there.
struct Received {
    _folder: tempfile::TempDir,
    server: RunningServer,
    endpoint: HttpEndpoint,
    package: PackageId,
    large: Vec<u8>,
}

async fn received() -> Received {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("endpoint");
    let password = folder.path().join("password");
    std::fs::write(&password, "Passwort-1\n").unwrap();
    luguo_endpoint::add_unit(&data, UNIT, "370200", false).unwrap();
    luguo_endpoint::add_account(&data, UNIT, "qdhz", &password).unwrap();
    for (city, account) in [
        (Some("370200"), "qingdao"),
        (Some("370100"), "jinan"),
        (None, "kjt"),
    ] {
        let name = luguo_endpoint::add_authority(&data, city).unwrap();
        luguo_endpoint::add_account(&data, &name, account, &password).unwrap();
    }
    assert!(luguo_endpoint::add_authority(&data, Some("110000")).is_err());
    let server = serve(&data).await;
    let endpoint = client(&server);

    let text = include_str!("../../../../tests/fixtures/declarations/key-technology.json");
    let form = DeclarationFile::parse(text).unwrap().declaration;
    let large: Vec<u8> = (0..300_000_u32).map(|n| (n % 251) as u8).collect();
    let mut desk = Desk::new();
    let package = desk.approve_forms(&[(form, vec![&large, b"small"])])[0];
    login(
        desk.vault(),
        &endpoint,
        &endpoint.url(),
        "qdhz",
        "Passwort-1",
        desk.now(),
    )
    .await
    .unwrap();
    assert_eq!(desk.pass(&endpoint).await.delivered, [package]);
    Received {
        _folder: folder,
        server,
        endpoint,
        package,
        large,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_package_is_assigned_to_the_units_own_bureau_and_to_nobody_else() {
    let Received {
        _folder,
        server,
        endpoint,
        package,
        large,
    } = received().await;
    let qingdao = token(&endpoint, "qingdao").await;
    assert!(qingdao.authority);
    let told = endpoint.assigned(&qingdao.token, 0).await.unwrap();
    let [assigned] = told.packages.as_slice() else {
        panic!("{told:?}");
    };
    assert_eq!(assigned.manifest.package_id, package);
    assert!(!told.more);
    let rest = endpoint.assigned(&qingdao.token, assigned.place).await;
    assert_eq!(rest.unwrap().packages, []);

    let sha256 = Sha256Digest::of(&large);
    let fetch = |token: Token, from: u64, length: u64| {
        let endpoint = endpoint.clone();
        async move { endpoint.fetch(&token, package, sha256, from, length).await }
    };
    let (head, tail) = (
        fetch(qingdao.token.clone(), 0, 100_000).await.unwrap(),
        fetch(qingdao.token.clone(), 100_000, 200_000)
            .await
            .unwrap(),
    );
    assert_eq!([head, tail].concat(), large);
    let beyond = fetch(qingdao.token.clone(), 299_999, 2).await.unwrap_err();
    assert!(matches!(beyond, Refusal::Unreachable { .. }), "{beyond:?}");
    let stranger = endpoint
        .fetch(&qingdao.token, package, Sha256Digest::of(b"other"), 0, 1)
        .await;
    assert_eq!(stranger.unwrap_err(), Refusal::Unknown);

    for other in ["jinan", "kjt"] {
        let other = token(&endpoint, other).await.token;
        assert_eq!(endpoint.assigned(&other, 0).await.unwrap().packages, []);
        assert_eq!(fetch(other, 0, 1).await.unwrap_err(), Refusal::Unknown);
    }
    let unit = token(&endpoint, "qdhz").await;
    assert!(!unit.authority);
    for refused in [
        endpoint.assigned(&unit.token, 0).await.map(|_| ()),
        fetch(unit.token.clone(), 0, 1).await.map(|_| ()),
    ] {
        let refused = refused.unwrap_err();
        assert!(matches!(refused, Refusal::Forbidden { .. }), "{refused:?}");
    }
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_endpoint_puts_one_ruling_in_force_and_tells_the_other_what_was_there_first() {
    let Received {
        _folder,
        server,
        endpoint,
        package,
        ..
    } = received().await;
    let qingdao = token(&endpoint, "qingdao").await.token;
    let assigned = endpoint.assigned(&qingdao, 0).await.unwrap().packages;
    let manifest = &assigned[0].manifest;
    let ruling = |kind, reason: &str| Ruling {
        id: RulingId(Uuid::now_v7()),
        package,
        declaration: manifest.declaration_id,
        revision: manifest.revision,
        revision_digest: manifest.revision_digest,
        after: None,
        kind,
        ground: None,
        reason: reason.to_owned(),
        reviewer_name: "王科".to_owned(),
        decided_at: "2026-11-06T01:00:00Z".parse().unwrap(),
        marks: Vec::new(),
        ticks: Vec::new(),
    };
    let pem = endpoint.info().await.unwrap().certificate_pem;
    let pinned = Certificate::from_pem(&pem).unwrap();
    let outcome = |signed: &SignedRuling| verify_ruling(signed, &pinned).unwrap().outcome;

    let first = ruling(RulingKind::Return, "请补充应用证明");
    let second = ruling(RulingKind::Hold, "");
    let signed = endpoint.rule(&qingdao, &first).await.unwrap();
    let now = State::Returned;
    assert_eq!(outcome(&signed), RulingOutcome::Applied { now });
    assert_eq!(endpoint.rule(&qingdao, &first).await.unwrap(), signed);
    let late = endpoint.rule(&qingdao, &second).await.unwrap();
    assert_eq!(
        outcome(&late),
        RulingOutcome::Superseded {
            stands: State::Returned,
            newer_revision: None,
            by: Some(Box::new(first.clone())),
        }
    );

    let changed = Ruling {
        reason: "另一个理由".to_owned(),
        ..first.clone()
    };
    let mut elsewhere = ruling(RulingKind::Hold, "");
    elsewhere.revision_digest = Sha256Digest([0; 32]);
    for wrong in [changed, elsewhere, ruling(RulingKind::Veto, "无依据")] {
        let refused = endpoint.rule(&qingdao, &wrong).await.unwrap_err();
        assert!(matches!(refused, Refusal::Rejected { .. }), "{refused:?}");
    }
    for stranger in ["jinan", "kjt"] {
        let stranger = token(&endpoint, stranger).await.token;
        let refused = endpoint
            .rule(&stranger, &ruling(RulingKind::Hold, ""))
            .await;
        assert_eq!(refused.unwrap_err(), Refusal::Unknown);
        assert_eq!(endpoint.rulings(&stranger, 0).await.unwrap().rulings, []);
    }
    let unit = token(&endpoint, "qdhz").await.token;
    let refused = endpoint.rule(&unit, &ruling(RulingKind::Hold, "")).await;
    assert!(matches!(refused.unwrap_err(), Refusal::Forbidden { .. }));
    // The unit learns what is in force, the bureau also what came too late.
    let told = endpoint.rulings(&unit, 0).await.unwrap().rulings;
    assert_eq!(told, std::slice::from_ref(&signed));
    let all = endpoint.rulings(&qingdao, 0).await.unwrap().rulings;
    assert_eq!(all, [signed.clone(), late.clone()]);
    let rest = endpoint.rulings(&qingdao, signed.place).await.unwrap();
    assert_eq!(rest.rulings, [late]);
    server.stop().await;
}
