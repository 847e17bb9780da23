//! 定密 in a classified vault: proposing, deciding, who may know and who knew, the machine. The
//! program records decisions and makes none.

mod knowledge;
mod machine;
mod propose;
mod show;

pub(crate) use knowledge::{add as add_knower, looked_at, show as show_knowledge};
pub(crate) use machine::{STATEMENT, record as record_machine, show as show_machine};
pub(crate) use propose::{decide, propose};
pub(crate) use show::{
    Markings, UNMARKED, ends_note, markings, name_of, people, proposal_view, show,
};

use crate::desk::Desk;
use luguo_domain::VaultKind;
use luguo_ipc::{Failure, FailureCode};
use luguo_store::Vault;

/// The open vault, when it is a classified one. The open edition stops here.
pub(crate) fn classified(desk: &Desk) -> Result<Vault, Failure> {
    let vault = desk.vault()?;
    match vault.kind() {
        VaultKind::Classified => Ok(vault),
        VaultKind::Open => Err(Failure::new(
            FailureCode::Forbidden,
            "定密、封装和移交只在涉密单机版里办理，普通版没有保存任何内容。",
        )),
    }
}

/// What the role of the person at work does not cover.
pub(crate) fn not_yours(who: &str) -> Failure {
    Failure::new(
        FailureCode::Forbidden,
        format!("这一步由{who}来做，请由他登录后办理。"),
    )
}
