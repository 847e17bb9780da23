//! The way of an achievement: every state and step; and what may leave the unit.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use luguo_domain::{
    AccountId, Declaration, DeclarationId, Moment, State, Step, VaultKind,
    decision::{Decision, DecisionFault, Verdict},
    release::{NotReleasable, Releasable, Revision},
};
use uuid::Uuid;

const STEPS: [Step; 14] = [
    Step::Submit,
    Step::Withdraw,
    Step::Return,
    Step::Approve,
    Step::ReceiveByAuthority,
    Step::ReceiveByDepartment,
    Step::Recommend,
    Step::Hold,
    Step::Report,
    Step::Admit,
    Step::AdmitDirectly,
    Step::Decline,
    Step::Publish,
    Step::Veto,
];

#[test]
fn only_the_ways_of_the_notice_are_open() {
    use State::*;
    let open = [
        (Draft, Step::Submit, UnitReview),
        (Returned, Step::Submit, UnitReview),
        (UnitReview, Step::Withdraw, Draft),
        (UnitReview, Step::Return, Returned),
        (UnitReview, Step::Approve, Approved),
        (Approved, Step::ReceiveByAuthority, AuthorityReview),
        (Approved, Step::ReceiveByDepartment, Evaluation),
        (Approved, Step::AdmitDirectly, Admitted),
        (AuthorityReview, Step::Return, Returned),
        (AuthorityReview, Step::Recommend, Recommended),
        (AuthorityReview, Step::Hold, Held),
        (AuthorityReview, Step::AdmitDirectly, Admitted),
        (AuthorityReview, Step::Veto, Vetoed),
        (Held, Step::Return, Returned),
        (Held, Step::Recommend, Recommended),
        (Held, Step::Veto, Vetoed),
        (Recommended, Step::Report, Evaluation),
        (Recommended, Step::Veto, Vetoed),
        (Evaluation, Step::Return, Returned),
        (Evaluation, Step::Admit, Admitted),
        (Evaluation, Step::AdmitDirectly, Admitted),
        (Evaluation, Step::Decline, Declined),
        (Evaluation, Step::Veto, Vetoed),
        (Admitted, Step::Publish, Published),
    ];
    for from in State::ALL {
        for step in STEPS {
            let expected = open.iter().find(|(f, s, _)| *f == from && *s == step);
            match (from.step(step), expected) {
                (Ok(to), Some((_, _, wanted))) => assert_eq!(to, *wanted, "{from:?} {step:?}"),
                (Err(fault), None) => {
                    assert_eq!((fault.from, fault.step), (from, step));
                    let text = fault.to_string();
                    assert!(text.contains(&format!("{from:?}")), "{text}");
                    assert!(text.contains(&format!("{:?}", fault.to)), "{text}");
                }
                (outcome, _) => panic!("{from:?} {step:?}: {outcome:?}"),
            }
        }
    }
}

fn revision() -> Revision {
    Revision {
        declaration_id: DeclarationId(Uuid::from_u128(1)),
        number: 1,
        declaration: Declaration::default(),
        evidence: Vec::new(),
        answers: Vec::new(),
        mark_answers: Vec::new(),
        prepared_by: "王敏".to_owned(),
        submitted_at: Moment::UNIX_EPOCH,
    }
}

fn approval(of: &Revision) -> Decision {
    Decision {
        verdict: Verdict::Approve,
        revision: of.number,
        revision_digest: of.digest(),
        prepared_by: AccountId(Uuid::from_u128(2)),
        decided_by: AccountId(Uuid::from_u128(3)),
        reviewer_name: "李国强".to_owned(),
        decided_at: Moment::UNIX_EPOCH,
        reason: String::new(),
        marks: Vec::new(),
        ticks: Vec::new(),
    }
}

#[test]
fn an_approved_revision_of_an_open_vault_may_leave() {
    let revision = revision();
    let decision = approval(&revision);
    Releasable::new(VaultKind::Open, revision, decision).unwrap();
}

#[test]
fn nothing_of_a_classified_vault_may_leave() {
    let revision = revision();
    let decision = approval(&revision);
    assert_eq!(
        Releasable::new(VaultKind::Classified, revision, decision).unwrap_err(),
        NotReleasable::Classified
    );
}

#[test]
fn a_return_own_work_and_an_approval_of_other_content_release_nothing() {
    let revision = revision();
    let mut returned = approval(&revision);
    returned.verdict = Verdict::Return;
    assert_eq!(
        Releasable::new(VaultKind::Open, revision.clone(), returned).unwrap_err(),
        NotReleasable::NotApproved
    );
    let mut own = approval(&revision);
    own.decided_by = own.prepared_by;
    assert_eq!(
        Releasable::new(VaultKind::Open, revision.clone(), own).unwrap_err(),
        NotReleasable::Decision(DecisionFault::OwnWork)
    );
    let decision = approval(&revision);
    let mut changed = revision;
    changed.declaration.name = "改过的名称".to_owned();
    assert!(matches!(
        Releasable::new(VaultKind::Open, changed, decision).unwrap_err(),
        NotReleasable::OtherRevision { .. }
    ));
}
