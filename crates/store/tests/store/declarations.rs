//! Saving, submitting, deciding.

use crate::support::{PREPARER, Place, REVIEWER, approve, draft, now};
use luguo_domain::{Declaration, Role, State, VaultKind, decision::DecisionFault};
use luguo_store::{SaveFault, StepFault, Typing};

fn typing(form: &Declaration) -> Typing<'_> {
    Typing {
        form,
        answers: &[],
        completeness: 20,
        undo: "[1]",
    }
}

/// Steps belong to the text they were made on: whoever else writes the form leaves them behind.
#[test]
fn the_steps_to_undo_come_back_with_the_version_they_were_saved_with() {
    let place = Place::new();
    let vault = place.unit();
    let id = draft(&vault, "一");
    assert_eq!(vault.undo_history(id).unwrap(), "");
    let form = Declaration::default();
    vault
        .save_declaration(id, 1, &typing(&form), now())
        .unwrap();
    assert_eq!(vault.undo_history(id).unwrap(), "[1]");
    let other = draft(&vault, "二");
    vault
        .merge_declarations(id, other, &form, &[], 20, now())
        .unwrap();
    assert_eq!(vault.undo_history(id).unwrap(), "");
}

#[test]
fn a_save_on_an_old_version_is_refused_and_keeps_the_newer_text() {
    let place = Place::new();
    let vault = place.unit();
    let id = draft(&vault, "一");
    let form = |name: &str| Declaration {
        name: name.to_owned(),
        ..Declaration::default()
    };
    let version = vault
        .save_declaration(id, 1, &typing(&form("二")), now())
        .unwrap();
    assert_eq!(version, 2);
    let stale = vault.save_declaration(id, 1, &typing(&form("三")), now());
    assert!(matches!(
        stale.unwrap_err(),
        SaveFault::Stale { current: 2 }
    ));
    assert_eq!(vault.declaration(id).unwrap().unwrap().form.name, "二");
}

#[test]
fn a_submitted_revision_is_immutable_and_the_draft_is_closed() {
    let place = Place::new();
    let vault = place.unit();
    let id = draft(&vault, "成果");
    let revision = vault.submit(id, 1, now()).unwrap();
    let refused = vault.save_declaration(id, 1, &typing(&Declaration::default()), now());
    assert!(matches!(
        refused.unwrap_err(),
        SaveFault::NotEditable {
            state: State::UnitReview
        }
    ));
    assert_eq!(vault.revision(id, 1).unwrap().unwrap(), revision);
    assert!(matches!(
        vault.submit(id, 1, now()).unwrap_err(),
        StepFault::Illegal(_)
    ));
}

#[test]
fn who_prepared_it_does_not_decide_on_it() {
    let place = Place::new();
    let vault = place.unit();
    let id = draft(&vault, "成果");
    vault.submit(id, 1, now()).unwrap();
    assert!(!vault.me().is(Role::UnitReviewer));
    assert!(matches!(
        vault.return_revision(id, 1, "理由", now()).unwrap_err(),
        StepFault::NotAReviewer
    ));
    assert_eq!(
        vault.declaration(id).unwrap().unwrap().row.state,
        State::UnitReview
    );
}

#[test]
fn a_return_needs_a_reason_and_reopens_the_draft_for_its_preparer() {
    let place = Place::new();
    let vault = place.unit();
    let id = draft(&vault, "成果");
    vault.submit(id, 1, now()).unwrap();
    drop(vault);
    let vault = place.open(VaultKind::Open, REVIEWER).unwrap();
    assert!(matches!(
        vault.return_revision(id, 1, "  ", now()).unwrap_err(),
        StepFault::Decision(DecisionFault::ReasonMissing)
    ));
    vault.return_revision(id, 1, "请补扫第二页", now()).unwrap();
    drop(vault);
    let vault = place.open(VaultKind::Open, PREPARER).unwrap();
    let found = vault.declaration(id).unwrap().unwrap();
    assert_eq!(found.row.state, State::Returned);
    assert_eq!(found.row.return_reason.as_deref(), Some("请补扫第二页"));
    assert_eq!(
        vault.submit(id, found.row.version, now()).unwrap().number,
        2
    );
    assert_eq!(vault.revisions(id).unwrap().len(), 2);
}

#[test]
fn a_decision_on_an_older_revision_is_refused() {
    let place = Place::new();
    let vault = place.unit();
    let id = draft(&vault, "成果");
    vault.submit(id, 1, now()).unwrap();
    vault.withdraw(id, now()).unwrap();
    vault.submit(id, 1, now()).unwrap();
    drop(vault);
    let vault = place.open(VaultKind::Open, REVIEWER).unwrap();
    assert!(matches!(
        vault.return_revision(id, 1, "理由", now()).unwrap_err(),
        StepFault::Stale { current: 2 }
    ));
    approve(&vault, id, 2);
    assert_eq!(vault.outbox().unwrap().len(), 1);
}
