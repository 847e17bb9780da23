//! What would be sealed, and everything that stands against it.

use super::about::{Added, Contents, unanswered};
use crate::{
    classification::{STATEMENT, classified},
    desk::Desk,
    failure, keys,
};
use luguo_domain::{DeclarationId, Role};
use luguo_ipc::{CardView, Failure, SealItemView, SealPlanRequest, SealPlanView};
use luguo_store::{Account, StoredSealed, Vault};

pub(crate) fn plan(desk: &Desk, request: &SealPlanRequest) -> Result<SealPlanView, Failure> {
    let vault = classified(desk)?;
    let register = vault.sealed().map_err(failure::store)?;
    let mut hindrances = Vec::new();
    if !vault.me().is(Role::ResultsOfficer) {
        hindrances.push("封装由涉密成果专管员来做，请由他登录后办理。".to_owned());
    }
    if vault.machine().map_err(failure::store)?.is_none() {
        hindrances.push(
            "还没有登记这台涉密计算机：用软件密钥封装涉密内容，要先由安全保密员登记设备编号、批准情况和使用依据。"
                .to_owned(),
        );
    }
    let keys = usable_keys(desk, &vault)?;
    if keys.is_empty() {
        hindrances.push("还没有可用的封装密钥。请在“密钥与证书”里生成。".to_owned());
    }
    let cards = recipients(desk, &vault)?;
    if cards.is_empty() {
        hindrances.push("还没有收录收件单位的证书。请在“密钥与证书”里核对并收录。".to_owned());
    }
    let mut contents = Contents::new();
    let mut items = Vec::new();
    for (id, reply) in wanted(request) {
        let added = if reply {
            contents.add_reply(&vault, id)
        } else {
            contents.add(&vault, id)
        };
        match added {
            Ok(added) => items.push(item(&register, id, reply, added)),
            Err(failure) => hindrances.push(failure.message),
        }
    }
    if items.is_empty() {
        hindrances.push("还没有选要封装的成果。".to_owned());
    }
    let approvers: Vec<String> = approvers(&vault, &contents)?
        .into_iter()
        .map(|account| account.name)
        .collect();
    if !items.is_empty() && approvers.is_empty() {
        hindrances.push(
            "没有可以在场核准的单位审核人：他要在每一项的知悉范围内，而且不是您本人。".to_owned(),
        );
    }
    let marking = contents.marking();
    Ok(SealPlanView {
        candidates: candidates(&vault, &register, request)?,
        couriers: marking.map_or(1, |marking| {
            u32::try_from(marking.level.couriers()).unwrap_or(1)
        }),
        marking: marking.map(ToString::to_string).unwrap_or_default(),
        size: contents.size(),
        items,
        keys,
        cards,
        approvers,
        statement: STATEMENT.to_owned(),
        hindrances,
    })
}

/// What was chosen, each with whether it is a reply.
pub(super) fn wanted(
    request: &SealPlanRequest,
) -> impl Iterator<Item = (DeclarationId, bool)> + '_ {
    let own = request.declarations.iter().map(|id| (*id, false));
    own.chain(request.replies.iter().map(|id| (*id, true)))
}

fn item(register: &[StoredSealed], id: DeclarationId, reply: bool, added: Added) -> SealItemView {
    SealItemView {
        declaration: id,
        reply,
        sealed_in: register
            .iter()
            .filter(|package| package.outgoing)
            .filter(|package| {
                package.items.iter().any(|item| {
                    item.declaration == id && item.reply == reply && item.revision == added.revision
                })
            })
            .map(|package| package.number.clone())
            .collect(),
        name: added.name,
        revision: added.revision,
        marking: added.marking,
        evidence: added.evidence,
        size: added.size,
    }
}

/// What else could go in: approved and marked, or ruled on and not replied.
fn candidates(
    vault: &Vault,
    register: &[StoredSealed],
    request: &SealPlanRequest,
) -> Result<Vec<SealItemView>, Failure> {
    let mut found = Vec::new();
    for row in vault.declarations().map_err(failure::store)? {
        let approved = vault.package_of(row.id).map_err(failure::store)?.is_some();
        if approved && !request.declarations.contains(&row.id) {
            // What is not marked yet is no candidate; the plan says why where it is chosen.
            if let Ok(added) = Contents::new().add(vault, row.id) {
                found.push(item(register, row.id, false, added));
            }
        }
    }
    for package in vault.received_packages().map_err(failure::store)? {
        let id = package.declaration;
        let chosen = request.replies.contains(&id)
            || found
                .iter()
                .any(|item| item.reply && item.declaration == id);
        if !chosen
            && !unanswered(vault, id)?.is_empty()
            && let Ok(added) = Contents::new().add_reply(vault, id)
        {
            found.push(item(register, id, true, added));
        }
    }
    Ok(found)
}

/// Own keys that seal.
fn usable_keys(desk: &Desk, vault: &Vault) -> Result<Vec<CardView>, Failure> {
    let cards = vault.cards().map_err(failure::store)?;
    let trust = keys::trust(vault)?;
    let mut usable = Vec::new();
    for key in vault.seal_keys().map_err(failure::store)? {
        if keys::retired_or_void(&key, &cards).is_some() {
            continue;
        }
        let Some(card) = cards
            .iter()
            .find(|card| card.fingerprint == key.fingerprint)
        else {
            continue;
        };
        let view = keys::card_view(card, &trust, desk.now())?;
        if view.usable {
            usable.push(view);
        }
    }
    Ok(usable)
}

/// Cards that it can be sealed for: taken in, good, no authorities, not the vault's own and not the
/// second holders' of its keys, which are added by themselves.
fn recipients(desk: &Desk, vault: &Vault) -> Result<Vec<CardView>, Failure> {
    let trust = keys::trust(vault)?;
    let own = vault.seal_keys().map_err(failure::store)?;
    let mut usable = Vec::new();
    for card in vault.cards().map_err(failure::store)? {
        let aside = own
            .iter()
            .any(|key| key.fingerprint == card.fingerprint || key.escrow == card.fingerprint);
        let view = keys::card_view(&card, &trust, desk.now())?;
        if view.usable && !aside {
            usable.push(view);
        }
    }
    Ok(usable)
}

/// Reviewers within 知悉范围 of every item, other than the person at work.
pub(super) fn approvers(vault: &Vault, contents: &Contents) -> Result<Vec<Account>, Failure> {
    let mut people: Vec<Account> = vault
        .accounts()
        .map_err(failure::store)?
        .into_iter()
        .filter(|account| {
            account.is(Role::UnitReviewer)
                && account.disabled_at.is_none()
                && account.id != vault.me().id
        })
        .collect();
    for item in contents.register_items() {
        let know = vault
            .people_who_may_know(item.declaration)
            .map_err(failure::store)?;
        people.retain(|account| know.contains(&account.id));
    }
    Ok(people)
}
