//! Marks, ticks and answers: whose they are, and how they go into decision and revision.

use super::support::{Place, REVIEWER, approve, attach, draft, now};
use luguo_domain::{
    DeclarationId, MarkId, Sha256Digest, VaultKind,
    claim::Claim,
    marks::{ClaimVerdict, MarkPlace},
};
use luguo_store::{SaveFault, Vault};
use uuid::Uuid;

fn mark(vault: &Vault, id: DeclarationId, words: &str, shared: bool) -> MarkId {
    let mark = MarkId(Uuid::now_v7());
    let place = MarkPlace::Field {
        path: "name".to_owned(),
    };
    vault
        .save_mark(mark, (id, 1), &place, words, shared, now())
        .unwrap();
    mark
}

/// A submitted declaration, with the reviewer at work.
fn submitted(place: &Place) -> (Vault, DeclarationId) {
    let vault = place.unit();
    let id = draft(&vault, "深海耐压浮力球");
    attach(&vault, id, "证书", b"proof");
    let version = vault.declaration(id).unwrap().unwrap().row.version;
    vault.submit(id, version, now()).unwrap();
    drop(vault);
    (place.open(VaultKind::Open, REVIEWER).unwrap(), id)
}

#[test]
fn shared_marks_and_ticks_go_into_the_decision_and_private_ones_stay() {
    let place = Place::new();
    let (vault, id) = submitted(&place);
    let shared = mark(&vault, id, "名称与证书不一致", true);
    mark(&vault, id, "问一下老张", false);
    vault
        .tick(id, 1, Claim::Right(1), Some(ClaimVerdict::Unclear), now())
        .unwrap();
    vault
        .tick(id, 1, Claim::Category, Some(ClaimVerdict::Proved), now())
        .unwrap();
    vault.tick(id, 1, Claim::Category, None, now()).unwrap();
    let decision = vault.return_revision(id, 1, "请改正", now()).unwrap();
    assert_eq!(decision.marks.len(), 1);
    assert_eq!(decision.marks[0].id, shared);
    assert_eq!(decision.ticks.len(), 1);
    assert_eq!(decision.ticks[0].verdict, ClaimVerdict::Unclear);
    assert_eq!(vault.decisions(id).unwrap()[0], decision);
    assert_eq!(
        vault.my_marks(id).unwrap().len(),
        2,
        "the author keeps both"
    );
    assert_eq!(vault.find_marks("老张", 10).unwrap().len(), 1);
    assert_eq!(vault.find_marks("100%", 10).unwrap().len(), 0);
}

#[test]
fn a_mark_is_changed_by_its_author_alone() {
    let place = Place::new();
    let (vault, id) = submitted(&place);
    let mine = mark(&vault, id, "先这样", true);
    drop(vault);
    let other = place
        .open(VaultKind::Open, super::support::PREPARER)
        .unwrap();
    let spot = MarkPlace::Claim {
        claim: Claim::Category,
    };
    assert!(matches!(
        other.save_mark(mine, (id, 1), &spot, "别人的", true, now()),
        Err(SaveFault::NotFound)
    ));
    assert!(matches!(other.remove_mark(mine), Err(SaveFault::NotFound)));
    assert!(other.my_marks(id).unwrap().is_empty());
    drop(other);
    let vault = place.open(VaultKind::Open, REVIEWER).unwrap();
    vault
        .save_mark(mine, (id, 1), &spot, "改一下", false, now())
        .unwrap();
    let kept = vault.my_marks(id).unwrap();
    assert_eq!(
        (kept[0].mark.words.as_str(), kept[0].shared),
        ("改一下", false)
    );
    vault.remove_mark(mine).unwrap();
    assert!(vault.my_marks(id).unwrap().is_empty());
}

#[test]
fn an_answer_is_frozen_in_the_next_revision_and_only_the_preparer_answers() {
    let place = Place::new();
    let (vault, id) = submitted(&place);
    let wanted = mark(&vault, id, "缺第二页", true);
    assert!(
        vault.answer_mark(id, wanted, "我来答", now()).is_err(),
        "a reviewer answers nothing"
    );
    vault.return_revision(id, 1, "请改正", now()).unwrap();
    drop(vault);
    let vault = place
        .open(VaultKind::Open, super::support::PREPARER)
        .unwrap();
    vault.answer_mark(id, wanted, "已补扫", now()).unwrap();
    vault
        .answer_mark(id, wanted, " 已补扫第二页 ", now())
        .unwrap();
    let version = vault.declaration(id).unwrap().unwrap().row.version;
    let revision = vault.submit(id, version, now()).unwrap();
    assert_eq!(revision.mark_answers.len(), 1);
    assert_eq!(revision.mark_answers[0].words, "已补扫第二页");
    assert!(
        vault.answer_mark(id, wanted, "晚了", now()).is_err(),
        "what is submitted stays"
    );
    drop(vault);
    let vault = place.open(VaultKind::Open, REVIEWER).unwrap();
    approve(&vault, id, 2);
}

#[test]
fn a_place_is_remembered_for_each_person_and_content() {
    let place = Place::new();
    let (vault, _) = submitted(&place);
    let content = Sha256Digest::of(b"proof");
    vault
        .keep_reading_place(content, "{\"page\":2}", now())
        .unwrap();
    vault
        .keep_reading_place(content, "{\"page\":3}", now())
        .unwrap();
    assert_eq!(
        vault.reading_place(content).unwrap().as_deref(),
        Some("{\"page\":3}")
    );
    drop(vault);
    let other = place
        .open(VaultKind::Open, super::support::PREPARER)
        .unwrap();
    assert_eq!(other.reading_place(content).unwrap(), None);
}
