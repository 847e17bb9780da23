//! Signing in.

use crate::{
    fake::{Call, FakeEndpoint, PASSWORD, unreachable},
    support::{Desk, ready},
};
use luguo_domain::VaultKind;
use luguo_sync::{LoginFault, login};
use luguo_wire::Refusal;

async fn sign_in(desk: &Desk, endpoint: &FakeEndpoint, password: &str) -> Result<(), LoginFault> {
    login(
        desk.vault(),
        endpoint,
        "https://endpoint.example",
        "a",
        password,
        desk.now(),
    )
    .await
}

#[tokio::test]
async fn the_first_sign_in_pins_the_certificate() {
    let (desk, endpoint, _) = ready(b"evidence").await;
    let known = desk.vault().endpoint().unwrap().unwrap();
    assert_eq!(known.certificate_pem, endpoint.certificate_pem());
    assert!(known.token.is_some());
}

#[tokio::test]
async fn another_certificate_later_never_sees_the_password() {
    let (desk, _, _) = ready(b"evidence").await;
    let before = desk.vault().endpoint().unwrap();
    let other = FakeEndpoint::new();
    let fault = sign_in(&desk, &other, PASSWORD).await.unwrap_err();
    assert!(matches!(fault, LoginFault::OtherCertificate { pinned, offered } if pinned != offered));
    assert_eq!(other.calls(), [Call::Info]);
    assert_eq!(
        desk.vault().endpoint().unwrap(),
        before,
        "the earlier sign-in stands"
    );
}

#[tokio::test]
async fn a_refused_sign_in_changes_nothing() {
    let (desk, endpoint, package) = ready(b"evidence").await;
    let before = desk.vault().endpoint().unwrap();
    let wrong = sign_in(&desk, &endpoint, "wrong").await.unwrap_err();
    assert!(matches!(wrong, LoginFault::Refused(Refusal::SignInRefused)));
    endpoint.refuse(Call::Info, unreachable());
    let offline = sign_in(&desk, &endpoint, PASSWORD).await.unwrap_err();
    assert!(matches!(
        offline,
        LoginFault::Refused(Refusal::Unreachable { .. })
    ));
    assert_eq!(desk.vault().endpoint().unwrap(), before);
    assert_eq!(desk.pass(&endpoint).await.delivered, [package]);
}

#[tokio::test]
async fn signing_in_again_after_a_restore_still_reoffers() {
    let (desk, endpoint, package) = ready(b"evidence").await;
    desk.pass(&endpoint).await;
    endpoint.restore_empty();
    sign_in(&desk, &endpoint, PASSWORD).await.unwrap();
    assert_eq!(desk.pass(&endpoint).await.delivered, [package]);
    assert_eq!(endpoint.packages(), 1);
}

#[tokio::test]
async fn a_classified_vault_calls_nobody() {
    let desk = Desk::of(VaultKind::Classified);
    let endpoint = FakeEndpoint::new();
    let fault = sign_in(&desk, &endpoint, PASSWORD).await.unwrap_err();
    assert!(matches!(fault, LoginFault::Classified));
    desk.pass(&endpoint).await;
    assert_eq!(endpoint.calls(), []);
}
