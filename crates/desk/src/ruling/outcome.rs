//! What became of a ruling, in words.

use luguo_domain::VaultKind;
use luguo_ipc::{Failure, FailureCode, RulingStateView};
use luguo_store::StoredRuling;
use serde::{Deserialize, Serialize};
#[cfg(feature = "network")]
use {
    super::label,
    luguo_domain::{State, ruling::Ruling},
    luguo_wire::{RulingOutcome, RulingRecord},
};

/// What a classified vault keeps of a ruling that went or came in a sealed package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SealedReply {
    /// The package, 32 hexadecimal digits.
    pub(crate) package: String,
    /// Who ruled: the unit of the sealer, at the reporting unit.
    pub(crate) authority: Option<String>,
}

/// What became of it.
pub(super) struct Told {
    pub(super) state: RulingStateView,
    pub(super) words: String,
    pub(super) authority: Option<String>,
}

pub(super) fn told(kind: VaultKind, stored: &StoredRuling) -> Result<Told, Failure> {
    match &stored.told {
        None => Ok(waits(kind, stored)),
        Some(told) if kind == VaultKind::Classified => {
            let reply: SealedReply = serde_json::from_str(&told.record).map_err(unreadable)?;
            Ok(Told {
                state: RulingStateView::InForce,
                words: match reply.authority {
                    Some(_) => "随密封包带回，已经生效。".to_owned(),
                    None => "已随密封包送回报送单位。".to_owned(),
                },
                authority: reply.authority,
            })
        }
        #[cfg(feature = "network")]
        Some(told) => {
            let record: RulingRecord = serde_json::from_str(&told.record).map_err(unreadable)?;
            let (state, words) = outcome(&record.outcome);
            Ok(Told {
                state,
                words,
                authority: Some(record.authority),
            })
        }
        #[cfg(not(feature = "network"))]
        Some(_) => Err(unreadable(
            "an endpoint's record in an edition without network",
        )),
    }
}

fn waits(kind: VaultKind, stored: &StoredRuling) -> Told {
    let (state, words) = match (kind, &stored.wait_message) {
        (VaultKind::Classified, _) => (
            RulingStateView::Waiting,
            "已存在本机。请由涉密成果专管员封装后送回报送单位。".to_owned(),
        ),
        (VaultKind::Open, message) if stored.held => {
            (RulingStateView::Held, message.clone().unwrap_or_default())
        }
        (VaultKind::Open, Some(message)) => (RulingStateView::Waiting, message.clone()),
        (VaultKind::Open, None) => (
            RulingStateView::Waiting,
            "已存在本机，联网后自动送到接收端。".to_owned(),
        ),
    };
    Told {
        state,
        words,
        authority: None,
    }
}

fn unreadable(fault: impl std::fmt::Display) -> Failure {
    Failure::new(
        FailureCode::VaultUnusable,
        "对审核意见的记录读不出来，请联系维护人员。",
    )
    .with_detail(fault)
}

#[cfg(feature = "network")]
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

#[cfg(feature = "network")]
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

#[cfg(all(test, feature = "network"))]
mod tests {
    use super::*;
    use luguo_domain::{
        DeclarationId, Moment, PackageId, RulingId, Sha256Digest,
        ruling::{RulingKind, VetoGround},
    };
    use uuid::Uuid;

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
