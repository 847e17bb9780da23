//! One case for each rule of the law, and what is written as the law writes it.

use super::*;
use crate::{AccountId, ClassificationId, DeclarationId, EvidenceId, Moment};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn years(level: SecrecyLevel, years: u32) -> Marking {
    Marking {
        level,
        term: SecrecyTerm::Years { years },
    }
}

fn today() -> NaiveDate {
    day("2026-11-28")
}

fn piece(n: u128) -> EvidenceId {
    EvidenceId(Uuid::from_u128(n))
}

fn classification() -> Classification {
    Classification {
        marking: years(SecrecyLevel::Secret, 10),
        marked_on: today(),
        basis: "《海洋领域国家秘密事项范围》第 3 项".to_owned(),
        scope: vec![Knower {
            account: Some(AccountId(Uuid::nil())),
            name: "王敏".to_owned(),
            unit: String::new(),
        }],
        parts: BTreeMap::from([(piece(1), None)]),
        longer_reason: String::new(),
    }
}

fn fault(
    change: impl FnOnce(&mut Classification),
    rank: DecidingRank,
) -> Option<ClassificationFault> {
    let mut changed = classification();
    change(&mut changed);
    changed.check(rank, today(), &[piece(1)]).err()
}

#[test]
fn a_mark_is_written_as_level_star_term() {
    let until = |term| Marking {
        level: SecrecyLevel::Confidential,
        term,
    };
    let cases = [
        (years(SecrecyLevel::Secret, 10), "机密★10年"),
        (years(SecrecyLevel::TopSecret, 30), "绝密★30年"),
        (
            until(SecrecyTerm::Until {
                day: day("2031-05-01"),
            }),
            "秘密★2031年5月1日",
        ),
        (
            until(SecrecyTerm::Condition {
                words: " 型号公开展出后 ".to_owned(),
            }),
            "秘密★型号公开展出后",
        ),
    ];
    for (marking, words) in cases {
        assert_eq!(marking.to_string(), words);
    }
}

#[test]
fn the_order_of_levels_is_that_of_the_law_and_so_are_the_years() {
    use SecrecyLevel::{Confidential, Secret, TopSecret};
    assert!(Confidential < Secret && Secret < TopSecret);
    assert_eq!(
        SecrecyLevel::ALL.map(SecrecyLevel::most_years),
        [10, 20, 30]
    );
    assert_eq!(
        SecrecyLevel::ALL.map(SecrecyLevel::keeps_list_of_knowers),
        [false, true, true]
    );
    assert_eq!(SecrecyLevel::ALL.map(SecrecyLevel::couriers), [1, 1, 2]);
    for level in SecrecyLevel::ALL {
        assert_eq!(SecrecyLevel::from_code(level.code()), Some(level));
        assert_eq!(SecrecyLevel::from_code(level.label()), Some(level));
    }
}

/// One line a rule: what is changed, and what is said of it.
#[test]
fn every_rule_of_the_law_has_a_case_that_breaks_it() {
    use ClassificationFault as Fault;
    let city = DecidingRank::City;
    let top = |change: &mut Classification| change.marking.level = SecrecyLevel::TopSecret;
    assert_eq!(fault(|_| {}, city), None);
    assert_eq!(fault(top, city), Some(Fault::NotByCity), "Art. 17");
    assert_eq!(fault(top, DecidingRank::Province), None);
    let part = |change: &mut Classification| {
        change
            .parts
            .insert(piece(1), Some(years(SecrecyLevel::TopSecret, 10)));
    };
    assert_eq!(
        fault(part, city),
        Some(Fault::NotByCity),
        "an attachment too"
    );
    assert_eq!(
        fault(part, DecidingRank::Province),
        Some(Fault::PartHigher { evidence: piece(1) }),
        "Art. 18 of the regulation"
    );
    let long = |change: &mut Classification| change.marking = years(SecrecyLevel::Secret, 21);
    assert_eq!(
        fault(long, city),
        Some(Fault::LongerWithoutReason { years: 20 }),
        "Art. 20"
    );
    let reasoned = |change: &mut Classification| {
        long(change);
        change.longer_reason = "型号服役期内".to_owned();
    };
    assert_eq!(fault(reasoned, city), None);
    let far = |change: &mut Classification| {
        change.marking.term = SecrecyTerm::Until {
            day: day("2046-11-29"),
        };
    };
    assert_eq!(
        fault(far, city),
        Some(Fault::LongerWithoutReason { years: 20 })
    );
    let endless =
        |change: &mut Classification| change.marking = years(SecrecyLevel::Secret, u32::MAX);
    assert_eq!(
        fault(endless, city),
        Some(Fault::LongerWithoutReason { years: 20 })
    );
    let none = |change: &mut Classification| change.marking = years(SecrecyLevel::Secret, 0);
    assert_eq!(fault(none, city), Some(Fault::TermOver));
    let over = |change: &mut Classification| {
        change.marked_on = day("2010-01-01");
        change.marking = years(SecrecyLevel::Secret, 10);
    };
    assert_eq!(fault(over, city), Some(Fault::TermOver));
    let condition = |change: &mut Classification| {
        change.marking.term = SecrecyTerm::Condition {
            words: " ".to_owned(),
        };
    };
    assert_eq!(fault(condition, city), Some(Fault::ConditionMissing));
    let tomorrow = |change: &mut Classification| change.marked_on = day("2026-11-29");
    assert_eq!(fault(tomorrow, city), Some(Fault::MarkedInFuture));
    let baseless = |change: &mut Classification| change.basis = " ".to_owned();
    assert_eq!(fault(baseless, city), Some(Fault::BasisMissing));
    let wordy = |change: &mut Classification| change.basis = "依".repeat(501);
    assert_eq!(fault(wordy, city), Some(Fault::TooLong));
    let nobody = |change: &mut Classification| change.scope[0].account = None;
    assert_eq!(fault(nobody, city), Some(Fault::NobodyKnows), "Art. 21");
    let twice = |change: &mut Classification| change.scope.push(change.scope[0].clone());
    assert_eq!(
        fault(twice, city),
        Some(Fault::Name {
            name: "王敏".to_owned()
        })
    );
    let open = |change: &mut Classification| change.parts.clear();
    assert_eq!(
        fault(open, city),
        Some(Fault::PartOpen { evidence: piece(1) }),
        "Art. 22"
    );
}

#[test]
fn the_whole_carries_the_highest_mark_and_of_equal_ones_the_longest() {
    let mut mixed = classification();
    mixed.marking = years(SecrecyLevel::Confidential, 10);
    mixed.parts = BTreeMap::from([
        (piece(1), Some(years(SecrecyLevel::Secret, 5))),
        (piece(2), Some(years(SecrecyLevel::Secret, 15))),
        (piece(3), None),
    ]);
    assert_eq!(mixed.whole().to_string(), "机密★15年");
    assert_eq!(mixed.ends_on(), Some(day("2041-11-28")));
    assert_eq!(highest([]), None);
}

fn proposal(step: ClassificationStep) -> Proposal {
    Proposal {
        id: ClassificationId(Uuid::nil()),
        declaration: DeclarationId(Uuid::nil()),
        step,
        content: None,
        reason: String::new(),
        notice: String::new(),
        proposed_by: AccountId(Uuid::from_u128(1)),
        proposed_by_name: "王敏".to_owned(),
        proposed_at: Moment::default(),
    }
}

#[test]
fn a_change_and_an_end_have_their_notice_and_nobody_decides_on_their_own_proposal() {
    use ClassificationStep::{Change, Determine, End};
    assert_eq!(proposal(Determine).check(), Ok(()));
    for step in [Change, End] {
        let mut one = proposal(step);
        assert_eq!(one.check(), Err(ClassificationFault::NoticeMissing));
        one.reason = "项目验收".to_owned();
        one.notice = "鲁密〔2026〕3号".to_owned();
        assert_eq!(one.check(), Ok(()));
    }
    let verdict = |decided_by: u128, approved: bool, reason: &str| ClassificationVerdict {
        approved,
        reason: reason.to_owned(),
        decided_by: AccountId(Uuid::from_u128(decided_by)),
        decided_by_name: "李强".to_owned(),
        decided_at: Moment::default(),
    };
    let one = proposal(Determine);
    assert_eq!(
        verdict(1, true, "").check(&one),
        Err(ClassificationFault::OwnProposal)
    );
    assert_eq!(verdict(2, true, "").check(&one), Ok(()));
    assert_eq!(
        verdict(2, false, " ").check(&one),
        Err(ClassificationFault::RefusalWithoutReason)
    );
    assert_eq!(verdict(2, false, "依据不对").check(&one), Ok(()));
}

#[test]
fn a_package_is_handed_over_after_it_was_counted_and_registered_and_signed_for_after_that() {
    use HandoverStep as Step;
    let mut taken = vec![Step::Sealed];
    let now = |taken: &[Step]| sealed_state(taken.iter().copied());
    assert!(!now(&taken).allows(Step::HandedOver, &taken), "not counted");
    assert!(
        !now(&taken).allows(Step::SignedFor, &taken),
        "not handed over"
    );
    for step in [
        Step::Written,
        Step::Counted,
        Step::Registered,
        Step::HandedOver,
        Step::SignedFor,
    ] {
        assert!(now(&taken).allows(step, &taken), "{step:?}");
        taken.push(step);
    }
    assert_eq!(now(&taken), SealedState::SignedFor);
    assert!(!now(&taken).allows(Step::HandedOver, &taken), "once");
    assert!(now(&taken).allows(Step::Returned, &taken));
    taken.push(Step::Destroyed);
    for step in Step::ALL {
        assert!(
            !now(&taken).allows(step, &taken),
            "nothing follows: {step:?}"
        );
    }
    assert_eq!(register_number(true, 2026, 7), "密封〔2026〕0007号");
    assert_eq!(register_number(false, 2026, 12), "密收〔2026〕0012号");
}

#[test]
fn a_machine_is_on_record_with_number_approval_basis_and_channel() {
    let machine = |number: &str, channel: bool| ApprovedMachine {
        number: number.to_owned(),
        approval: "市国家保密局 2026 年 3 号".to_owned(),
        basis: "单位保密委员会决定".to_owned(),
        by_secrecy_channel: channel,
        recorded_by: "赵芳".to_owned(),
        recorded_at: Moment::default(),
    };
    assert_eq!(machine("涉密-017", true).check(), Ok(()));
    assert_eq!(machine(" ", true).check(), Err(MachineFault::Text));
    assert_eq!(
        machine("涉密-017", false).check(),
        Err(MachineFault::Channel)
    );
}
