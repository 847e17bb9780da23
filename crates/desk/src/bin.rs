//! The recycle bin: drafts and evidence that were put away, for thirty days.

use crate::{desk::Desk, failure};
use chrono::TimeDelta;
use luguo_domain::{DeclarationId, Moment};
use luguo_ipc::{BinItemView, BinRequest, BinView, Failure};
use luguo_store::{Discarded, Vault};

pub(crate) fn show(desk: &Desk) -> Result<BinView, Failure> {
    view(&desk.vault()?, desk.now())
}

pub(crate) fn discard(desk: &Desk, id: DeclarationId) -> Result<BinView, Failure> {
    let vault = desk.vault()?;
    vault
        .discard_declaration(id, desk.now())
        .map_err(failure::save)?;
    desk.known.forget();
    view(&vault, desk.now())
}

pub(crate) fn restore(desk: &Desk, request: &BinRequest) -> Result<BinView, Failure> {
    let vault = desk.vault()?;
    match request.evidence {
        Some(piece) => vault.restore_evidence(request.declaration, piece, desk.now()),
        None => vault.restore_declaration(request.declaration, desk.now()),
    }
    .map_err(failure::save)?;
    desk.known.forget();
    view(&vault, desk.now())
}

pub(crate) fn purge(desk: &Desk, request: &BinRequest) -> Result<BinView, Failure> {
    let vault = desk.vault()?;
    match request.evidence {
        Some(piece) => vault.purge_evidence(request.declaration, piece, desk.now()),
        None => vault.purge_declaration(request.declaration, desk.now()),
    }
    .map_err(failure::save)?;
    give_space_back(desk, vault.clone());
    view(&vault, desk.now())
}

/// Gives the space of what is gone back, in the background: the window waits for none of it. It
/// stops when the vault is closed, and goes on at the next opening.
pub(crate) fn give_space_back(desk: &Desk, vault: Vault) {
    let work = desk.jobs.quiet();
    desk.jobs.spawn(move || {
        if let Err(fault) = vault.free_dropped(&|| !work.is_cancelled()) {
            tracing::warn!(%fault, "space was not given back");
        }
        work.end();
    });
}

fn view(vault: &Vault, now: Moment) -> Result<BinView, Failure> {
    let items = vault.bin().map_err(failure::store)?;
    Ok(BinView {
        items: items.into_iter().map(|item| item_view(item, now)).collect(),
    })
}

fn item_view(item: Discarded, now: Moment) -> BinItemView {
    let named = match item.name.as_str() {
        "" => "（还没有名称）".to_owned(),
        _ => item.name,
    };
    let (name, of, evidence) = match item.evidence {
        Some(piece) => (piece.title, format!("“{named}”的佐证材料"), Some(piece.id)),
        None => (named, "成果".to_owned(), None),
    };
    BinItemView {
        declaration: item.declaration,
        evidence,
        name,
        of,
        discarded_at: item.discarded_at.to_rfc3339(),
        days_left: item.goes_at.map(|at| {
            // The day that has begun counts.
            let left = at - now + TimeDelta::days(1) - TimeDelta::milliseconds(1);
            u32::try_from(left.num_days().max(0)).unwrap_or_default()
        }),
    }
}
