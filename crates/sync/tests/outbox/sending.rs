//! The way to the receipt, and how it goes on after a cut.

use crate::{
    fake::{Call, FakeEndpoint},
    support::{Desk, ready},
};
use luguo_domain::{Sha256Digest, State};
use luguo_store::OutboxStep;
use luguo_sync::Connection;
use luguo_wire::{Receipt, Refusal};

#[tokio::test]
async fn one_pass_takes_a_package_to_its_verified_receipt() {
    let evidence = vec![7; 1_300_000];
    let (desk, endpoint, package) = ready(&evidence).await;
    let report = desk.pass(&endpoint).await;
    assert_eq!(report.connection, Connection::Online);
    assert_eq!(report.delivered, [package]);
    let row = desk.row(package);
    assert_eq!(row.step, OutboxStep::ReceiptVerified);
    assert_eq!(row.sent, row.total);
    assert_eq!(endpoint.contents()[&Sha256Digest::of(&evidence)], evidence);
    let state = desk
        .vault()
        .declaration(row.declaration)
        .unwrap()
        .unwrap()
        .row
        .state;
    assert_eq!(state, State::AuthorityReview);
    let receipt = desk.vault().receipt(package).unwrap().unwrap();
    let receipt: Receipt = serde_json::from_str(&receipt.receipt).unwrap();
    assert_eq!(receipt.package_id, package);
    assert_eq!(desk.pass(&endpoint).await.delivered, [], "delivered once");
}

#[tokio::test]
async fn the_same_content_travels_once() {
    let mut desk = Desk::new();
    let packages = desk.approved(&[b"same", b"same"]);
    let endpoint = FakeEndpoint::new();
    desk.sign_in(&endpoint).await;
    assert_eq!(desk.pass(&endpoint).await.delivered, packages);
    assert_eq!(
        endpoint.count(Call::Create),
        5,
        "two records each and one content"
    );
}

#[tokio::test]
async fn a_423_waits_and_resumes_the_same_upload() {
    let (desk, endpoint, package) = ready(&vec![7; 2_000_000]).await;
    // The records and the first piece arrive, then the line breaks and leaves a lock behind.
    desk.pass_until_cut(&endpoint).await;
    let begun = desk.vault().outbox_uploads(package).unwrap();
    for _ in 0..3 {
        desk.later();
        endpoint.refuse(
            Call::Offset,
            Refusal::Busy {
                retry_after: Some(3),
            },
        );
        desk.pass(&endpoint).await;
        assert_eq!(desk.wait_code(package), "busy");
        assert!(desk.row(package).next_try.unwrap() > desk.now());
        assert_eq!(desk.vault().outbox_uploads(package).unwrap(), begun);
    }
    desk.later();
    assert_eq!(desk.pass(&endpoint).await.delivered, [package]);
    assert_eq!(endpoint.count(Call::Create), 3, "never a second upload");
}

#[tokio::test]
async fn an_upload_goes_on_where_it_was_after_a_restart() {
    let (mut desk, endpoint, package) = ready(&vec![7; 2_000_000]).await;
    desk.pass_until_cut(&endpoint).await;
    let sent = desk.row(package).sent;
    assert!(sent > 500_000, "the first piece is there: {sent}");
    desk.restart();
    desk.later();
    assert_eq!(desk.pass(&endpoint).await.delivered, [package]);
    assert_eq!(endpoint.count(Call::Create), 3, "one for each content");
}

#[tokio::test]
async fn a_lost_append_answer_is_resumed_at_the_endpoints_offset() {
    let (desk, endpoint, package) = ready(&vec![7; 2_000_000]).await;
    endpoint.lose_answer(Call::Append);
    desk.pass(&endpoint).await;
    assert_eq!(desk.wait_code(package), "cut_off");
    desk.later();
    // The stored offset is behind; a 409 in the middle is answered by asking, at once.
    endpoint.refuse(Call::Append, Refusal::OtherOffset);
    assert_eq!(desk.pass(&endpoint).await.delivered, [package]);
}

#[tokio::test]
async fn an_upload_that_is_gone_is_announced_again() {
    let (desk, endpoint, package) = ready(&vec![7; 2_000_000]).await;
    desk.pass_until_cut(&endpoint).await;
    endpoint.forget_uploads();
    desk.later();
    assert_eq!(desk.pass(&endpoint).await.delivered, [package]);
}

#[tokio::test]
async fn lost_commit_answer_yields_the_same_receipt() {
    let (desk, endpoint, package) = ready(b"evidence").await;
    endpoint.lose_answer(Call::Commit);
    desk.pass(&endpoint).await;
    assert_ne!(desk.row(package).step, OutboxStep::ReceiptVerified);
    assert_eq!(endpoint.packages(), 1, "it was done there");
    desk.later();
    assert_eq!(desk.pass(&endpoint).await.delivered, [package]);
    assert_eq!(endpoint.packages(), 1);
    let receipt = desk.vault().receipt(package).unwrap().unwrap();
    assert!(
        receipt.receipt.contains("\"SDCG-1\""),
        "{}",
        receipt.receipt
    );
}

#[tokio::test]
async fn a_content_that_arrived_damaged_is_sent_again() {
    let (desk, endpoint, package) = ready(b"evidence").await;
    endpoint.damage_once(Sha256Digest::of(b"evidence"));
    assert_eq!(desk.pass(&endpoint).await.delivered, [package]);
    assert_eq!(
        endpoint.contents()[&Sha256Digest::of(b"evidence")],
        b"evidence"
    );
}

#[tokio::test]
async fn epoch_change_reoffers_and_deletes_nothing() {
    let mut desk = Desk::new();
    let packages = desk.approved(&[b"one", b"two"]);
    let endpoint = FakeEndpoint::new();
    desk.sign_in(&endpoint).await;
    desk.pass(&endpoint).await;
    let first = desk.vault().receipt(packages[0]).unwrap().unwrap();
    let declaration = desk.row(packages[0]).declaration;

    endpoint.restore_empty();
    assert_eq!(
        desk.pass(&endpoint).await.delivered,
        packages,
        "offered and sent again"
    );
    assert_eq!(endpoint.packages(), 2);
    assert_eq!(endpoint.contents().len(), 6);
    assert_eq!(
        desk.vault().receipt(packages[0]).unwrap().unwrap(),
        first,
        "the first receipt stays"
    );
    let state = desk
        .vault()
        .declaration(declaration)
        .unwrap()
        .unwrap()
        .row
        .state;
    assert_eq!(state, State::AuthorityReview);

    endpoint.restore_without_contents();
    assert_eq!(desk.pass(&endpoint).await.delivered, packages);
    assert_eq!(
        endpoint.contents().len(),
        6,
        "a receipt does not stand in for the bytes"
    );

    endpoint.calls();
    assert_eq!(desk.pass(&endpoint).await.delivered, []);
    assert_eq!(endpoint.calls(), [Call::Info], "once for each epoch");
}

impl Desk {
    /// One pass that breaks at the second piece of the evidence.
    async fn pass_until_cut(&self, endpoint: &FakeEndpoint) {
        let sizes = self.vault().outbox().unwrap()[0].total;
        assert!(sizes > 1 << 20, "two pieces at least");
        endpoint.cut_at_second_piece();
        self.pass(endpoint).await;
        endpoint.heal();
        let begun = self
            .vault()
            .outbox_uploads(self.vault().outbox().unwrap()[0].package);
        assert!(
            begun
                .unwrap()
                .iter()
                .any(|upload| upload.offset == 512 * 1024)
        );
    }
}
