//! Approval, outbox, receipts.

use crate::support::{PREPARER, Place, REVIEWER, approve, draft, now};
use luguo_domain::{State, Step, VaultKind};
use luguo_store::{OutboxStep, StoredReceipt};

#[test]
fn an_approval_puts_its_package_into_the_outbox_at_once() {
    let place = Place::new();
    let vault = place.unit();
    let id = draft(&vault, "成果");
    vault.submit(id, 1, now()).unwrap();
    drop(vault);
    let vault = place.open(VaultKind::Open, REVIEWER).unwrap();
    let package = approve(&vault, id, 1);
    let rows = vault.outbox().unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].package, package);
    assert_eq!(rows[0].step, OutboxStep::Frozen);
    assert_eq!(
        vault.declaration(id).unwrap().unwrap().row.state,
        State::Approved
    );
    let head = vault.audit(None, 1).unwrap()[0].hash.clone();
    let frozen = vault.package(package).unwrap().unwrap().frozen;
    assert_eq!(
        frozen.package_json,
        head.into_bytes(),
        "the audit head goes into the package"
    );
}

#[test]
fn a_receipt_moves_package_and_declaration_together_and_only_once() {
    let place = Place::new();
    let vault = place.unit();
    let id = draft(&vault, "成果");
    vault.submit(id, 1, now()).unwrap();
    drop(vault);
    let vault = place.open(VaultKind::Open, REVIEWER).unwrap();
    let package = approve(&vault, id, 1);
    drop(vault);
    let vault = place.open(VaultKind::Open, PREPARER).unwrap();
    let receipt = StoredReceipt {
        receipt: "{}".to_owned(),
        signature: "AA==".to_owned(),
        certificate_pem: String::new(),
    };
    for _ in 0..2 {
        vault
            .store_receipt(package, &receipt, Step::ReceiveByAuthority, now())
            .unwrap();
    }
    assert_eq!(vault.outbox().unwrap()[0].step, OutboxStep::ReceiptVerified);
    assert_eq!(
        vault.declaration(id).unwrap().unwrap().row.state,
        State::AuthorityReview
    );
    assert_eq!(vault.receipt(package).unwrap().unwrap(), receipt);
}
