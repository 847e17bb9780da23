//! The recycle bin: thirty days, back as it was, and never a submitted revision.

use crate::support::{PREPARER, Place, attach, draft, now, passphrase};
use chrono::TimeDelta;
use luguo_domain::VaultKind;
use luguo_store::{SaveFault, Vault};
use std::ops::ControlFlow;

fn contents(vault: &Vault) -> (u64, u64) {
    let report = vault.check(&mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(report.pages, Vec::<String>::new());
    (report.contents, report.orphans)
}

#[test]
fn a_draft_comes_back_as_it_was_and_goes_for_good_on_purpose() {
    let place = Place::new();
    let vault = place.unit();
    let (kept, gone) = (draft(&vault, "留下的"), draft(&vault, "不要的"));
    attach(&vault, gone, "证书", &[7; 100_000]);
    for id in [kept, gone] {
        vault.discard_declaration(id, now()).unwrap();
        assert!(vault.declaration(id).unwrap().is_none());
    }
    assert!(vault.declarations().unwrap().is_empty());
    assert_eq!(vault.bin().unwrap().len(), 2);
    assert!(matches!(
        vault.discard_declaration(kept, now()),
        Err(SaveFault::NotFound)
    ));
    vault.restore_declaration(kept, now()).unwrap();
    assert_eq!(vault.declarations().unwrap()[0].name, "留下的");
    vault.purge_declaration(gone, now()).unwrap();
    assert!(vault.bin().unwrap().is_empty());
    assert!(vault.free_dropped(&|| true).unwrap());
    assert_eq!(contents(&vault), (0, 0));
}

#[test]
fn evidence_comes_back_at_the_end_and_a_revision_keeps_what_was_thrown_away() {
    let place = Place::new();
    let vault = place.unit();
    let id = draft(&vault, "成果");
    let first = attach(&vault, id, "首页", b"one").item;
    attach(&vault, id, "次页", b"two");
    vault.submit(id, 1, now()).unwrap();
    vault.withdraw(id, now()).unwrap();
    vault.remove_evidence(id, first.id, now()).unwrap();
    assert_eq!(vault.evidence(id).unwrap().len(), 1);
    let lying = vault.bin().unwrap();
    assert_eq!(lying[0].evidence.as_ref().unwrap().title, "首页");
    assert_eq!(lying[0].goes_at, Some(now() + TimeDelta::days(30)));
    vault.restore_evidence(id, first.id, now()).unwrap();
    let titles: Vec<_> = vault
        .evidence(id)
        .unwrap()
        .into_iter()
        .map(|stored| stored.item.title)
        .collect();
    assert_eq!(titles, ["次页", "首页"]);
    vault.remove_evidence(id, first.id, now()).unwrap();
    vault.purge_evidence(id, first.id, now()).unwrap();
    assert!(vault.free_dropped(&|| true).unwrap());
    assert!(
        vault.blob(first.sha256).unwrap().is_some(),
        "revision 1 has it"
    );
}

#[test]
fn what_was_submitted_once_stays_in_the_bin_for_ever() {
    let place = Place::new();
    let vault = place.unit();
    let id = draft(&vault, "成果");
    vault.submit(id, 1, now()).unwrap();
    assert!(matches!(
        vault.discard_declaration(id, now()),
        Err(SaveFault::NotEditable { .. })
    ));
    vault.withdraw(id, now()).unwrap();
    vault.discard_declaration(id, now()).unwrap();
    assert_eq!(vault.bin().unwrap()[0].goes_at, None);
    assert!(matches!(
        vault.purge_declaration(id, now()),
        Err(SaveFault::NotFound)
    ));
}

#[test]
fn the_bin_is_emptied_after_thirty_days_at_an_opening_and_says_so_on_record() {
    let place = Place::new();
    let vault = place.unit();
    let (old, young) = (draft(&vault, "旧"), draft(&vault, "新"));
    let host = draft(&vault, "在填");
    let piece = attach(&vault, host, "证书", &[1; 50_000]).item;
    vault.discard_declaration(old, now()).unwrap();
    vault.remove_evidence(host, piece.id, now()).unwrap();
    vault
        .discard_declaration(young, now() + TimeDelta::days(2))
        .unwrap();
    drop(vault);
    let vault = Vault::open(
        &place.path,
        VaultKind::Open,
        PREPARER,
        &passphrase(PREPARER),
        3,
        now() + TimeDelta::days(31),
    )
    .unwrap();
    let names: Vec<_> = vault
        .bin()
        .unwrap()
        .into_iter()
        .map(|lying| lying.name)
        .collect();
    assert_eq!(names, ["新"]);
    let recorded = vault.audit(None, 10).unwrap();
    for action in ["declaration.purge", "evidence.purge"] {
        assert!(
            recorded
                .iter()
                .any(|record| record.action == action && record.person == "鲁果"),
            "{action}"
        );
    }
    assert!(vault.free_dropped(&|| true).unwrap());
    assert_eq!(contents(&vault), (0, 0));
}

#[test]
fn a_large_content_goes_in_steps_and_goes_on_after_a_stop() {
    let place = Place::new();
    let vault = place.unit();
    let id = draft(&vault, "成果");
    let piece = attach(&vault, id, "录像", &vec![3; 40 << 20]).item;
    let before = std::fs::metadata(&place.path).unwrap().len();
    vault.remove_evidence(id, piece.id, now()).unwrap();
    vault.purge_evidence(id, piece.id, now()).unwrap();
    let asked = std::cell::Cell::new(0);
    let stopped = vault.free_dropped(&|| {
        asked.set(asked.get() + 1);
        asked.get() < 3
    });
    assert!(!stopped.unwrap());
    drop(vault);
    let vault = place.open(VaultKind::Open, PREPARER).unwrap();
    assert!(vault.recovered().is_empty(), "nothing was interrupted");
    assert!(vault.free_dropped(&|| true).unwrap());
    let after = std::fs::metadata(&place.path).unwrap().len();
    assert!(after < 4 << 20 && before > 30 << 20, "{before} → {after}");
    assert_eq!(contents(&vault), (0, 0));
}
