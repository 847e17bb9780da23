//! Rulings of an authority: made offline, handed in once, in force or told as superseded, and told to
//! the unit.

use crate::{
    fake::{BUREAU, Call, FakeEndpoint, unreachable},
    forge::Forge,
    support::{Desk, bureau},
};
use luguo_domain::{
    PackageId, RulingId, State,
    ruling::{Ruling, RulingKind, VetoGround},
};
use luguo_sealed::SigningKey;
use luguo_store::{NewRuling, StepFault};
use luguo_sync::Connection;
use luguo_wire::Refusal;
use uuid::Uuid;

/// A unit with a delivered package, and its bureau that took it in.
async fn delivered() -> (Desk, Desk, FakeEndpoint, PackageId) {
    let mut unit = Desk::new();
    let package = unit.approved(&[b"evidence"])[0];
    let endpoint = FakeEndpoint::new();
    unit.sign_in(&endpoint).await;
    assert_eq!(unit.pass(&endpoint).await.delivered, [package]);
    let bureau = bureau(&endpoint).await;
    assert_eq!(bureau.pull(&endpoint).await.arrived, [package]);
    endpoint.calls();
    (unit, bureau, endpoint, package)
}

fn rule(desk: &Desk, kind: RulingKind, reason: &str) -> Result<Ruling, StepFault> {
    let received = desk.vault().received_packages().unwrap().remove(0);
    desk.vault().rule(
        &NewRuling {
            id: RulingId(Uuid::now_v7()),
            declaration: received.declaration,
            revision: received.revision,
            kind,
            ground: (kind == RulingKind::Veto).then_some(VetoGround::RightsDispute),
            reason,
        },
        desk.now(),
    )
}

fn state(desk: &Desk, ruling: &Ruling) -> State {
    let found = desk.vault().declaration(ruling.declaration).unwrap();
    found.unwrap().row.state
}

#[tokio::test]
async fn a_return_made_offline_is_handed_in_once_and_reaches_the_unit_with_its_reason() {
    let (unit, bureau, endpoint, _) = delivered().await;
    let ruling = rule(&bureau, RulingKind::Return, "请补充应用证明").unwrap();
    endpoint.refuse(Call::Rule, unreachable());
    assert_eq!(bureau.rule(&endpoint).await.connection, Connection::Offline);
    let waiting = bureau.vault().rulings_on_their_way().unwrap().remove(0);
    assert!(waiting.wait_message.unwrap().contains("网络断开"));

    // The answer is lost: the same ruling again gets the same record.
    bureau.later();
    endpoint.lose_answer(Call::Rule);
    bureau.rule(&endpoint).await;
    bureau.later();
    assert_eq!(bureau.rule(&endpoint).await.settled, [ruling.id]);
    assert_eq!(bureau.vault().rulings_on_their_way().unwrap(), []);
    let told = bureau.vault().rulings(ruling.declaration).unwrap();
    assert_eq!(told.len(), 1, "never twice");
    assert!(told[0].told.as_ref().unwrap().applied);

    assert_eq!(unit.rule(&endpoint).await.settled, [ruling.id]);
    assert_eq!(state(&unit, &ruling), State::Returned);
    let found = unit.vault().declaration(ruling.declaration).unwrap();
    assert_eq!(found.unwrap().row.return_reason.unwrap(), "请补充应用证明");
    assert_eq!(
        unit.rule(&endpoint).await.settled,
        [],
        "nothing comes twice"
    );
}

#[tokio::test]
async fn a_ruling_that_comes_second_is_shown_as_superseded_and_changes_nothing() {
    let (unit, first, endpoint, _) = delivered().await;
    let second = crate::support::bureau(&endpoint).await;
    second.pull(&endpoint).await;
    let held = rule(&first, RulingKind::Hold, "").unwrap();
    let returned = rule(&second, RulingKind::Return, "请补充").unwrap();
    first.rule(&endpoint).await;
    second.rule(&endpoint).await;
    let known = second.vault().rulings(held.declaration).unwrap();
    let own = known.iter().find(|known| known.own).unwrap();
    assert_eq!(own.ruling, returned);
    let told = own.told.as_ref().unwrap();
    assert!(!told.applied);
    assert!(told.record.contains(&held.id.to_string()), "by which one");
    assert!(
        known.iter().any(|known| known.ruling == held),
        "a colleague's shows"
    );
    unit.rule(&endpoint).await;
    assert_eq!(state(&unit, &held), State::Held);
}

#[tokio::test]
async fn what_the_notice_requires_is_asked_for_and_a_step_that_is_not_open_is_refused() {
    let (_, bureau, _, _) = delivered().await;
    for kind in [RulingKind::Return, RulingKind::Veto] {
        let fault = rule(&bureau, kind, " ").unwrap_err();
        assert!(matches!(fault, StepFault::Ruling(_)), "{fault:?}");
    }
    let ruling = rule(&bureau, RulingKind::Veto, "法院已受理权属诉讼").unwrap();
    assert_eq!(ruling.ground, Some(VetoGround::RightsDispute));
    assert!(matches!(
        rule(&bureau, RulingKind::Return, "再看看").unwrap_err(),
        StepFault::Illegal(_)
    ));
    let may = bureau.vault().may_rule(ruling.declaration, ruling.revision);
    assert_eq!(may.unwrap(), [], "a veto is final");
}

#[tokio::test]
async fn a_record_that_somebody_else_signed_is_not_believed() {
    let (unit, bureau, endpoint, _) = delivered().await;
    let ruling = rule(&bureau, RulingKind::Hold, "").unwrap();
    *endpoint.forge.lock().unwrap() = Some(Forge::Key(SigningKey::generate().unwrap()));
    assert_eq!(bureau.rule(&endpoint).await.settled, []);
    let waiting = bureau.vault().rulings_on_their_way().unwrap().remove(0);
    assert!(waiting.held);
    assert!(waiting.wait_message.unwrap().contains("签名核验"));
    assert_eq!(unit.rule(&endpoint).await.settled, []);
    assert_eq!(state(&unit, &ruling), State::AuthorityReview);
}

#[tokio::test]
async fn a_refused_ruling_is_held_with_the_reason_and_a_busy_endpoint_only_delays_it() {
    let (_, bureau, endpoint, _) = delivered().await;
    let ruling = rule(&bureau, RulingKind::Hold, "").unwrap();
    endpoint.refuse(Call::Rule, Refusal::Busy { retry_after: None });
    bureau.rule(&endpoint).await;
    let waiting = bureau.vault().rulings_on_their_way().unwrap().remove(0);
    assert!(!waiting.held && waiting.next_try.is_some());
    bureau.later();
    let message = "审核意见针对的版本与接收端收到的不是同一份。".to_owned();
    let code = "rejected.ruling".to_owned();
    endpoint.refuse(Call::Rule, Refusal::Rejected { code, message });
    bureau.rule(&endpoint).await;
    let waiting = bureau.vault().rulings_on_their_way().unwrap().remove(0);
    assert!(waiting.held);
    assert!(waiting.wait_message.unwrap().contains("不是同一份"));
    bureau.vault().ruling_release().unwrap();
    assert_eq!(bureau.rule(&endpoint).await.settled, [ruling.id]);
}

#[tokio::test]
async fn an_ended_sign_in_keeps_the_ruling_until_somebody_signs_in() {
    let (_, bureau, endpoint, _) = delivered().await;
    let ruling = rule(&bureau, RulingKind::Hold, "").unwrap();
    endpoint.refuse(Call::Rule, Refusal::SignInEnded);
    let report = bureau.rule(&endpoint).await;
    assert_eq!(report.connection, Connection::SignInNeeded);
    bureau.sign_in_as(&endpoint, BUREAU).await;
    bureau.later();
    assert_eq!(bureau.rule(&endpoint).await.settled, [ruling.id]);
}

#[tokio::test]
async fn rulings_made_one_after_the_other_offline_go_in_that_order() {
    let (unit, bureau, endpoint, _) = delivered().await;
    let held = rule(&bureau, RulingKind::Hold, "").unwrap();
    let returned = rule(&bureau, RulingKind::Return, "请补充").unwrap();
    assert_eq!(returned.after, Some(held.id));
    assert_eq!(bureau.rule(&endpoint).await.settled, [held.id, returned.id]);
    let known = bureau.vault().rulings(held.declaration).unwrap();
    assert!(
        known
            .iter()
            .all(|known| known.told.as_ref().unwrap().applied)
    );
    unit.rule(&endpoint).await;
    assert_eq!(state(&unit, &held), State::Returned);
}
