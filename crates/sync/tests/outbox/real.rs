//! The real client against the real endpoint: HTTP, files, signature.

use crate::support::{Desk, UNIT};
use luguo_domain::{Sha256Digest, form::DeclarationFile};
use luguo_endpoint::{RunningServer, ServerConfig, start};
use luguo_store::OutboxStep;
use luguo_sync::{Connection, login};
use luguo_transport::HttpEndpoint;
use luguo_wire::{LoginAnswer, LoginRequest, ProvincialEndpoint as _, Receipt, Refusal, Token};
use std::path::Path;

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

#[tokio::test(flavor = "multi_thread")]
async fn a_package_is_assigned_to_the_units_own_bureau_and_to_nobody_else() {
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
