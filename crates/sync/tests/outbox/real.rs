//! The real client against the real endpoint: HTTP, files, signature.

use crate::support::{Desk, UNIT};
use luguo_domain::form::DeclarationFile;
use luguo_endpoint::{RunningServer, ServerConfig, start};
use luguo_store::OutboxStep;
use luguo_sync::{Connection, login};
use luguo_transport::HttpEndpoint;
use luguo_wire::Receipt;
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
