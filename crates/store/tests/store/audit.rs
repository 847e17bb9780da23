//! The audit chain is whole after every change.

use crate::support::{Place, REVIEWER, approve, attach, draft, now};
use luguo_domain::VaultKind;

#[test]
fn every_step_is_a_record_and_the_chain_verifies() {
    let place = Place::new();
    let vault = place.unit();
    let id = draft(&vault, "成果");
    attach(&vault, id, "证书", b"bytes");
    vault.submit(id, 1, now()).unwrap();
    drop(vault);
    let vault = place.open(VaultKind::Open, REVIEWER).unwrap();
    approve(&vault, id, 1);
    let report = vault.verify_audit().unwrap();
    assert_eq!(report.fault, None);
    assert_eq!(report.head, vault.audit_head().unwrap());
    let actions: Vec<_> = vault
        .audit(None, 100)
        .unwrap()
        .into_iter()
        .rev()
        .map(|record| record.action)
        .collect();
    assert_eq!(
        actions,
        [
            "vault.create",
            "account.add",
            "declaration.create",
            "evidence.add",
            "declaration.submit",
            "vault.open",
            "review.approve"
        ]
    );
}
