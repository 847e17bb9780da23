//! Rulings of an authority: made at the reading desk, on their way by themselves, shown with what
//! became of them at both ends. In a classified vault they go back in a sealed package.

#[cfg(feature = "network")]
mod hand_in;
mod outcome;

#[cfg(feature = "network")]
pub(crate) use hand_in::is_due;
pub(crate) use outcome::SealedReply;

use crate::{declaration, desk::Desk, failure};
use luguo_domain::{
    DeclarationId, RulingId, State, VaultKind,
    ruling::{Ruling, RulingKind, VetoGround},
};
use luguo_ipc::{DeclarationView, Failure, GroundView, RulingOfferView, RulingRequest, RulingView};
use luguo_store::{NewRuling, StoredRuling, Vault};
use uuid::Uuid;

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
    #[cfg(feature = "network")]
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
    all.iter()
        .rev()
        .map(|stored| view(vault.kind(), stored))
        .collect()
}

fn view(kind: VaultKind, stored: &StoredRuling) -> Result<RulingView, Failure> {
    let ruling = &stored.ruling;
    let outcome::Told {
        state,
        words,
        authority,
    } = outcome::told(kind, stored)?;
    Ok(RulingView {
        id: ruling.id,
        revision: ruling.revision,
        kind: ruling.kind,
        label: label(ruling),
        reason: ruling.reason.clone(),
        reviewer: match authority {
            Some(authority) => format!("{authority} {}", ruling.reviewer_name),
            None => ruling.reviewer_name.clone(),
        },
        decided_at: ruling.decided_at.to_rfc3339(),
        state,
        told: words,
    })
}

fn label(ruling: &Ruling) -> String {
    match ruling.ground {
        Some(ground) => format!("{}（{}）", ruling.kind.label(), ground.label()),
        None => ruling.kind.label().to_owned(),
    }
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
