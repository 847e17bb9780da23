//! Marks by two persons, who may know, and the register: what the tables hold by themselves.

use crate::support::{PREPARER, Place, REVIEWER, approve, attach, draft, now, passphrase};
use chrono::NaiveDate;
use luguo_domain::{
    AccountId, ClassificationId, DeclarationId, Role, State, VaultKind,
    secrecy::{
        Classification, ClassificationFault, ClassificationStep, HandoverStep, Knower, Marking,
        SealedState, SecrecyLevel, SecrecyTerm,
    },
};
use luguo_store::{
    ClassifyFault, NewAccount, NewProposal, NewSealed, RegisterFault, SealedItem, SearchQuery,
    StepFault, Vault,
};
use std::collections::BTreeMap;
use uuid::Uuid;

const DECIDER: &str = "赵定密";
const OUTSIDER: &str = "钱旁观";

fn today() -> NaiveDate {
    now().date_naive()
}

struct Unit {
    place: Place,
}

impl Unit {
    /// A classified vault with a preparer, a reviewer, a 定密责任人 and somebody outside.
    fn new() -> Self {
        let place = Place::new();
        let vault = place.create(VaultKind::Classified);
        for (name, roles) in [
            (REVIEWER, &[Role::UnitReviewer][..]),
            (DECIDER, &[Role::ClassificationOfficer]),
            (OUTSIDER, &[Role::UnitReviewer, Role::ResultsOfficer]),
        ] {
            vault
                .add_account(
                    &NewAccount {
                        id: AccountId(Uuid::now_v7()),
                        name,
                        roles,
                        passphrase: &passphrase(name),
                        temporary: false,
                    },
                    now(),
                )
                .unwrap();
        }
        Self { place }
    }

    fn open(&self, person: &str) -> Vault {
        self.place.open(VaultKind::Classified, person).unwrap()
    }
}

fn account(vault: &Vault, name: &str) -> AccountId {
    let all = vault.accounts().unwrap();
    all.iter().find(|account| account.name == name).unwrap().id
}

/// 机密★10年, known to preparer and reviewer, no attachment secret.
fn mark(vault: &Vault, id: DeclarationId) -> Classification {
    Classification {
        marking: Marking {
            level: SecrecyLevel::Secret,
            term: SecrecyTerm::Years { years: 10 },
        },
        marked_on: today(),
        basis: "保密事项范围第 3 项".to_owned(),
        scope: [PREPARER, REVIEWER]
            .map(|name| Knower {
                account: Some(account(vault, name)),
                name: name.to_owned(),
                unit: String::new(),
            })
            .to_vec(),
        parts: vault
            .evidence(id)
            .unwrap()
            .into_iter()
            .map(|stored| (stored.item.id, None))
            .collect(),
        longer_reason: String::new(),
    }
}

fn propose(
    vault: &Vault,
    id: DeclarationId,
    step: ClassificationStep,
    content: Option<&Classification>,
) -> Result<ClassificationId, ClassifyFault> {
    let (reason, notice) = match step {
        ClassificationStep::Determine => ("", ""),
        _ => ("项目验收", "鲁密〔2026〕3号"),
    };
    let new = NewProposal {
        id: ClassificationId(Uuid::now_v7()),
        declaration: id,
        step,
        content,
        reason,
        notice,
    };
    vault
        .propose_classification(&new, today(), now())
        .map(|proposal| proposal.id)
}

/// A declaration with an attachment, marked by two persons.
fn marked(unit: &Unit) -> DeclarationId {
    let vault = unit.open(PREPARER);
    let id = draft(&vault, "涉密成果");
    attach(&vault, id, "检测报告", b"report");
    let content = mark(&vault, id);
    let proposal = propose(&vault, id, ClassificationStep::Determine, Some(&content)).unwrap();
    drop(vault);
    let vault = unit.open(DECIDER);
    vault
        .decide_classification(proposal, true, "", today(), now())
        .unwrap();
    id
}

#[test]
fn a_mark_holds_once_another_person_decided_so_and_nothing_is_marked_by_default() {
    let unit = Unit::new();
    let vault = unit.open(PREPARER);
    let id = draft(&vault, "涉密成果");
    assert_eq!(vault.classification(id).unwrap(), None, "Art. 22");
    let content = mark(&vault, id);
    let proposal = propose(&vault, id, ClassificationStep::Determine, Some(&content)).unwrap();
    assert_eq!(
        vault.classification(id).unwrap(),
        None,
        "proposed is not decided"
    );
    let again = propose(&vault, id, ClassificationStep::Determine, Some(&content));
    assert!(matches!(again, Err(ClassifyFault::Pending)), "{again:?}");
    let own = vault.decide_classification(proposal, true, "", today(), now());
    assert!(matches!(own, Err(ClassifyFault::NotAllowed)), "{own:?}");
    drop(vault);
    let vault = unit.open(DECIDER);
    assert_eq!(vault.classifications_to_decide().unwrap().len(), 1);
    let silent = vault.decide_classification(proposal, false, " ", today(), now());
    assert!(matches!(
        silent,
        Err(ClassifyFault::Law(
            ClassificationFault::RefusalWithoutReason
        ))
    ));
    vault
        .decide_classification(proposal, true, "", today(), now())
        .unwrap();
    drop(vault);
    let vault = unit.open(PREPARER);
    let holds = vault.classification(id).unwrap().unwrap();
    assert_eq!(holds.whole().to_string(), "机密★10年");
}

#[test]
fn who_holds_both_roles_does_not_decide_on_the_own_proposal() {
    let unit = Unit::new();
    let vault = unit.open(PREPARER);
    let me = account(&vault, PREPARER);
    let roles = [
        Role::Preparer,
        Role::SystemAdministrator,
        Role::ClassificationOfficer,
    ];
    vault.set_roles(me, &roles, now()).unwrap();
    drop(vault);
    let vault = unit.open(PREPARER);
    let id = draft(&vault, "涉密成果");
    let content = mark(&vault, id);
    let proposal = propose(&vault, id, ClassificationStep::Determine, Some(&content)).unwrap();
    let own = vault.decide_classification(proposal, true, "", today(), now());
    assert!(matches!(
        own,
        Err(ClassifyFault::Law(ClassificationFault::OwnProposal))
    ));
}

#[test]
fn a_city_unit_records_no_top_secret_and_every_attachment_is_answered() {
    let unit = Unit::new();
    let vault = unit.open(PREPARER);
    let id = draft(&vault, "涉密成果");
    let piece = attach(&vault, id, "检测报告", b"report").item.id;
    let mut content = mark(&vault, id);
    content.marking.level = SecrecyLevel::TopSecret;
    let refused = propose(&vault, id, ClassificationStep::Determine, Some(&content));
    assert!(matches!(
        refused,
        Err(ClassifyFault::Law(ClassificationFault::NotByCity))
    ));
    let mut content = mark(&vault, id);
    content.parts.clear();
    let refused = propose(&vault, id, ClassificationStep::Determine, Some(&content));
    assert!(matches!(
        refused,
        Err(ClassifyFault::Law(ClassificationFault::PartOpen { evidence })) if evidence == piece
    ));
}

#[test]
fn nothing_is_submitted_before_it_and_every_attachment_is_marked() {
    let unit = Unit::new();
    let vault = unit.open(PREPARER);
    let bare = draft(&vault, "没有定密");
    let refused = vault.submit(bare, 1, now());
    assert!(matches!(refused, Err(StepFault::Unmarked)), "{refused:?}");
    drop(vault);
    let id = marked(&unit);
    let vault = unit.open(PREPARER);
    attach(&vault, id, "后来加的", b"later");
    let refused = vault.submit(id, 1, now());
    assert!(matches!(refused, Err(StepFault::Unmarked)), "{refused:?}");
    let content = mark(&vault, id);
    let proposal = propose(&vault, id, ClassificationStep::Determine, Some(&content)).unwrap();
    drop(vault);
    unit.open(DECIDER)
        .decide_classification(proposal, true, "", today(), now())
        .unwrap();
    unit.open(PREPARER).submit(id, 1, now()).unwrap();
}

#[test]
fn what_a_person_may_not_know_is_not_there_in_any_list() {
    let unit = Unit::new();
    let id = marked(&unit);
    let vault = unit.open(PREPARER);
    let sha256 = vault.evidence(id).unwrap()[0].item.sha256;
    vault.submit(id, 1, now()).unwrap();
    drop(vault);
    let everything = SearchQuery {
        text: "涉密".to_owned(),
        limit: 10,
        ..SearchQuery::default()
    };
    for (person, knows) in [
        (PREPARER, true),
        (REVIEWER, true),
        (DECIDER, false),
        (OUTSIDER, false),
    ] {
        let vault = unit.open(person);
        let seen = [
            vault.may_know(id).unwrap(),
            vault.declaration(id).unwrap().is_some(),
            !vault.declarations().unwrap().is_empty(),
            !vault.evidence(id).unwrap().is_empty(),
            !vault.revisions(id).unwrap().is_empty(),
            vault.revision(id, 1).unwrap().is_some(),
            vault.classification(id).unwrap().is_some(),
            !vault.classifications(id).unwrap().is_empty(),
            !vault.names_of_content(sha256).unwrap().is_empty(),
            !vault.search(&everything).unwrap().is_empty(),
            vault.name_of(&id.to_string()).unwrap().is_some(),
        ];
        assert_eq!(seen, [knows; 11], "{person}");
        let mut forms = 0;
        vault.each_form(&mut |_, _| forms += 1).unwrap();
        assert_eq!(forms, usize::from(knows), "{person}");
    }
    let vault = unit.open(OUTSIDER);
    let refused = vault.return_revision(id, 1, "不该看见", now());
    assert!(matches!(refused, Err(StepFault::NotFound)), "{refused:?}");
}

#[test]
fn change_and_end_are_records_with_their_notice_and_the_end_marks_no_more() {
    let unit = Unit::new();
    let id = marked(&unit);
    let vault = unit.open(PREPARER);
    let mut wider = mark(&vault, id);
    wider.scope.push(Knower {
        account: Some(account(&vault, OUTSIDER)),
        name: OUTSIDER.to_owned(),
        unit: String::new(),
    });
    let change = propose(&vault, id, ClassificationStep::Change, Some(&wider)).unwrap();
    drop(vault);
    assert!(!unit.open(OUTSIDER).may_know(id).unwrap());
    unit.open(DECIDER)
        .decide_classification(change, true, "", today(), now())
        .unwrap();
    assert!(unit.open(OUTSIDER).may_know(id).unwrap());
    let vault = unit.open(PREPARER);
    let end = propose(&vault, id, ClassificationStep::End, None).unwrap();
    drop(vault);
    unit.open(DECIDER)
        .decide_classification(end, true, "", today(), now())
        .unwrap();
    let vault = unit.open(PREPARER);
    assert_eq!(vault.classification(id).unwrap(), None);
    let steps: Vec<_> = vault
        .classifications(id)
        .unwrap()
        .into_iter()
        .map(|stored| (stored.proposal.step, stored.verdict.unwrap().approved))
        .collect();
    use ClassificationStep::{Change, Determine, End};
    assert_eq!(steps, [(End, true), (Change, true), (Determine, true)]);
}

#[test]
fn who_knew_stands_once_with_the_first_time_and_copies_are_numbered() {
    let unit = Unit::new();
    let id = marked(&unit);
    let vault = unit.open(REVIEWER);
    for _ in 0..2 {
        vault
            .note_knowledge(id, "declaration.view", "", "查看", now())
            .unwrap();
    }
    vault
        .add_knower(id, "孙工", "某厂", "会议传达", now())
        .unwrap();
    let names: Vec<_> = vault
        .knowers(id)
        .unwrap()
        .into_iter()
        .map(|knower| (knower.name, knower.unit))
        .collect();
    assert_eq!(
        names,
        [
            (REVIEWER.to_owned(), String::new()),
            ("孙工".to_owned(), "某厂".to_owned())
        ]
    );
    let views = vault
        .audit(None, 100)
        .unwrap()
        .into_iter()
        .filter(|record| record.action == "declaration.view")
        .count();
    assert_eq!(views, 2, "each look is a record");
    let copies = [1, 2].map(|_| vault.number_copy("a", "print", now()).unwrap());
    assert_eq!(
        (copies, vault.number_copy("b", "print", now()).unwrap()),
        ([1, 2], 1)
    );
}

#[test]
fn an_open_vault_marks_nothing_keeps_no_key_and_has_no_register() {
    let place = Place::new();
    let vault = place.unit();
    let id = draft(&vault, "普通成果");
    let content = mark(&vault, id);
    let refused = propose(&vault, id, ClassificationStep::Determine, Some(&content));
    assert!(
        matches!(refused, Err(ClassifyFault::Store(_))),
        "{refused:?}"
    );
    let refused = vault.enter_sealed(&sealed("p1", &[], &BTreeMap::new()), now());
    assert!(
        matches!(refused, Err(RegisterFault::Store(_))),
        "{refused:?}"
    );
    vault
        .note_knowledge(id, "declaration.view", "", "查看", now())
        .unwrap();
    assert!(vault.knowers(id).unwrap().is_empty());
}

fn sealed<'a>(
    package: &'a str,
    items: &'a [SealedItem],
    codes: &'a BTreeMap<String, String>,
) -> NewSealed<'a> {
    NewSealed {
        package,
        outgoing: true,
        digest: "d",
        marking: "机密★10年",
        content: "{}",
        officer: "专管员",
        approver: REVIEWER,
        items,
        codes,
        medium: "介质编号 U-1",
        knowers: &[],
    }
}

#[test]
fn a_signature_moves_the_declaration_and_every_step_has_a_signed_head() {
    let unit = Unit::new();
    let id = marked(&unit);
    unit.open(PREPARER).submit(id, 1, now()).unwrap();
    let vault = unit.open(REVIEWER);
    approve(&vault, id, 1);
    assert!(
        vault.outbox().unwrap().is_empty(),
        "a package, and no outbox"
    );
    assert!(vault.package_of(id).unwrap().is_some());
    let items = [SealedItem {
        declaration: id,
        revision: 1,
        reply: false,
    }];
    let codes = BTreeMap::new();
    let number = vault
        .enter_sealed(&sealed("p1", &items, &codes), now())
        .unwrap();
    assert_eq!(number, "密封〔2026〕0001号");
    let second = vault
        .enter_sealed(&sealed("p2", &[], &codes), now())
        .unwrap();
    assert_eq!(second, "密封〔2026〕0002号");
    let again = vault.enter_sealed(&sealed("p1", &items, &codes), now());
    assert!(matches!(again, Err(RegisterFault::Known)));
    let early = vault.step_sealed("p1", HandoverStep::HandedOver, "", now());
    assert!(matches!(
        early,
        Err(RegisterFault::NotNow {
            state: SealedState::Sealed,
            step: HandoverStep::HandedOver
        })
    ));
    for step in [
        HandoverStep::Counted,
        HandoverStep::Registered,
        HandoverStep::HandedOver,
    ] {
        vault.step_sealed("p1", step, "", now()).unwrap();
    }
    let state = || vault.declaration(id).unwrap().unwrap().row.state;
    assert_eq!(state(), State::Approved, "handed over is not arrived");
    vault
        .step_sealed("p1", HandoverStep::SignedFor, "回执", now())
        .unwrap();
    assert_eq!(state(), State::AuthorityReview);
    let stored = vault.sealed_package("p1").unwrap().unwrap();
    assert_eq!(stored.state(), SealedState::SignedFor);
    assert_eq!(stored.steps.len(), 6);
    assert!(vault.verify_audit().unwrap().fault.is_none());
}

#[test]
fn an_approver_who_is_the_officer_is_refused_by_the_table() {
    let unit = Unit::new();
    let vault = unit.open(REVIEWER);
    let codes = BTreeMap::new();
    let mut alone = sealed("p1", &[], &codes);
    alone.approver = alone.officer;
    let refused = vault.enter_sealed(&alone, now());
    assert!(
        matches!(refused, Err(RegisterFault::Store(_))),
        "{refused:?}"
    );
}
