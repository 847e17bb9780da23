//! Rulings of an authority: made at the reading desk, on their way by themselves, shown with what
//! became of them at both ends.

use crate::{declaration, desk::Desk, failure};
use luguo_domain::{
    DeclarationId, Moment, RulingId, State,
    ruling::{Ruling, RulingKind, VetoGround},
};
use luguo_ipc::{
    DeclarationView, Failure, GroundView, RulingOfferView, RulingRequest, RulingStateView,
    RulingView,
};
use luguo_store::{EndpointRow, NewRuling, StoredRuling, Vault};
use luguo_sync::{Options, RulingReport, rule_once};
use luguo_wire::{RulingOutcome, RulingRecord};
use uuid::Uuid;

impl Desk {
    /// Hands in what was ruled and learns what was ruled elsewhere, now. `None` when nobody is signed
    /// in at an endpoint.
    pub fn run_rulings(&self) -> Option<RulingReport> {
        let _one = self.line.one_pass();
        let opened = self.line.opened();
        let vault = self.peek()?;
        let endpoint = signed_in(&vault)?;
        let connection = self.host.connector.connect(&endpoint.url).ok()?;
        let mut report = None;
        let clock = self.host.clock.clone();
        self.host.connector.run(Box::pin(async {
            let options = Options::default();
            let pass = rule_once(&vault, connection.as_ref(), &*clock, &options);
            report = self.line.while_open(opened, pass).await;
        }));
        let report = report?;
        self.line.note_rulings(&report);
        Some(report)
    }
}

fn signed_in(vault: &Vault) -> Option<EndpointRow> {
    let endpoint = vault.endpoint().ok().flatten()?;
    endpoint.token.is_some().then_some(endpoint)
}

/// Whether it is time to hand in and to ask.
pub(crate) fn is_due(desk: &Desk, vault: &Vault, now: Moment) -> bool {
    desk.line.next_rulings().is_none_or(|next| next <= now) && signed_in(vault).is_some()
}

/// Rules. It is handed in as soon as the endpoint can be reached.
pub(crate) fn make(desk: &Desk, request: &RulingRequest) -> Result<DeclarationView, Failure> {
    let vault = desk.vault()?;
    vault
        .rule(
            &NewRuling {
                id: RulingId(Uuid::now_v7()),
                declaration: request.id,
                revision: request.revision,
                kind: request.kind,
                ground: request.ground,
                reason: &request.reason,
            },
            desk.now(),
        )
        .map_err(failure::step)?;
    desk.line.rulings_at_once();
    declaration::show(desk, request.id)
}

/// What the person may rule on a received revision now.
pub(crate) fn offers(
    vault: &Vault,
    id: DeclarationId,
    revision: u32,
) -> Result<Vec<RulingOfferView>, Failure> {
    Ok(vault
        .may_rule(id, revision)
        .map_err(failure::store)?
        .into_iter()
        .map(|kind| RulingOfferView {
            kind,
            label: kind.label().to_owned(),
            hint: match kind {
                RulingKind::Recommend => "列入本月推荐的候选。",
                RulingKind::Hold => "留在主管部门，以后还可以推荐或退回。",
                RulingKind::Return => "退回报送单位修改，改好后单位重新审核、重新报送。",
                RulingKind::Veto => "一票否决是最后的决定，不能撤回。",
            }
            .to_owned(),
            needs_reason: kind.needs_reason(),
            grounds: match kind {
                RulingKind::Veto => VetoGround::ALL
                    .into_iter()
                    .map(|ground| GroundView {
                        ground,
                        label: ground.label().to_owned(),
                    })
                    .collect(),
                RulingKind::Recommend | RulingKind::Hold | RulingKind::Return => Vec::new(),
            },
        })
        .collect())
}

/// Rulings on a declaration, the newest first.
pub(crate) fn views(vault: &Vault, id: DeclarationId) -> Result<Vec<RulingView>, Failure> {
    let all = vault.rulings(id).map_err(failure::store)?;
    all.iter().rev().map(view).collect()
}

fn view(stored: &StoredRuling) -> Result<RulingView, Failure> {
    let ruling = &stored.ruling;
    let record = stored.told.as_ref().map(|told| {
        serde_json::from_str::<RulingRecord>(&told.record).map_err(|fault| {
            Failure::new(
                luguo_ipc::FailureCode::VaultUnusable,
                "接收端对审核意见的记录读不出来，请联系维护人员。",
            )
            .with_detail(fault)
        })
    });
    let record = record.transpose()?;
    let (state, told) = match &record {
        None if stored.held => (
            RulingStateView::Held,
            stored.wait_message.clone().unwrap_or_default(),
        ),
        None => (
            RulingStateView::Waiting,
            stored
                .wait_message
                .clone()
                .unwrap_or_else(|| "已存在本机，联网后自动送到接收端。".to_owned()),
        ),
        Some(record) => outcome(&record.outcome),
    };
    Ok(RulingView {
        id: ruling.id,
        revision: ruling.revision,
        kind: ruling.kind,
        label: label(ruling),
        reason: ruling.reason.clone(),
        reviewer: match &record {
            Some(record) => format!("{} {}", record.authority, ruling.reviewer_name),
            None => ruling.reviewer_name.clone(),
        },
        decided_at: ruling.decided_at.to_rfc3339(),
        state,
        told,
    })
}

fn label(ruling: &Ruling) -> String {
    match ruling.ground {
        Some(ground) => format!("{}（{}）", ruling.kind.label(), ground.label()),
        None => ruling.kind.label().to_owned(),
    }
}

fn outcome(outcome: &RulingOutcome) -> (RulingStateView, String) {
    match outcome {
        RulingOutcome::Applied { .. } => (
            RulingStateView::InForce,
            "接收端已记录，已经生效。".to_owned(),
        ),
        RulingOutcome::Superseded {
            stands,
            newer_revision,
            by,
        } => (
            RulingStateView::Superseded,
            superseded(*stands, *newer_revision, by.as_deref()),
        ),
    }
}

fn superseded(stands: State, newer_revision: Option<u32>, by: Option<&Ruling>) -> String {
    let mut words = "没有生效：".to_owned();
    if let Some(newer) = newer_revision {
        words.push_str(&format!("报送单位已经报来第 {newer} 版，请看新的一版。"));
    } else if let Some(by) = by {
        words.push_str(&format!("{}先提出了“{}”", by.reviewer_name, label(by)));
        if !by.reason.is_empty() {
            words.push_str(&format!("（{}）", by.reason));
        }
        words.push('。');
    }
    words.push_str(&format!("这项成果现在是“{}”。", stands.label()));
    words
}

/// Where a received revision stands, in words; absent while nobody ruled on it.
pub(crate) fn standing(
    vault: &Vault,
    id: DeclarationId,
    revision: u32,
) -> Result<Option<(State, String)>, Failure> {
    let all = vault.rulings(id).map_err(failure::store)?;
    let mut here = all
        .iter()
        .filter(|stored| stored.ruling.revision == revision);
    if here.clone().next().is_none() {
        return Ok(None);
    }
    let stands = vault.standing(id, revision).map_err(failure::store)?;
    let waits = here.any(|stored| stored.told.is_none());
    let words = match waits {
        true => format!("{}（待送出）", stands.label()),
        false => stands.label().to_owned(),
    };
    Ok(Some((stands, words)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use luguo_domain::{PackageId, Sha256Digest};

    fn ruling() -> Ruling {
        Ruling {
            id: RulingId(Uuid::nil()),
            package: PackageId(Uuid::nil()),
            declaration: DeclarationId(Uuid::nil()),
            revision: 1,
            revision_digest: Sha256Digest([0; 32]),
            after: None,
            kind: RulingKind::Veto,
            ground: Some(VetoGround::RightsDispute),
            reason: "法院已受理".to_owned(),
            reviewer_name: "王科".to_owned(),
            decided_at: Moment::default(),
            marks: Vec::new(),
            ticks: Vec::new(),
        }
    }

    #[test]
    fn what_was_there_first_is_told_with_who_what_and_why() {
        assert_eq!(
            superseded(State::Vetoed, None, Some(&ruling())),
            "没有生效：王科先提出了“一票否决（知识产权纠纷）”（法院已受理）。这项成果现在是“一票否决”。"
        );
        assert_eq!(
            superseded(State::Returned, Some(3), Some(&ruling())),
            "没有生效：报送单位已经报来第 3 版，请看新的一版。这项成果现在是“已退回”。"
        );
    }
}
