//! Keys of the vault for sealed packages, and the cards of others.

mod card;
mod list;
mod make;

pub(crate) use card::{read, take, void, write};
pub(crate) use list::{
    card_view, custody, fault_words, list, retired_or_void, trust, unknown_view,
};
pub(crate) use make::{escrow, key_from_file, make, retire};

use crate::{classification::not_yours, failure};
use luguo_domain::Role;
use luguo_ipc::{Failure, FailureCode};
use luguo_sealed::Certificate;
use luguo_store::Vault;

/// Keys and cards are the officer's and the security officer's.
fn manager(vault: &Vault) -> Result<(), Failure> {
    if manages(vault) {
        Ok(())
    } else {
        Err(not_yours("涉密成果专管员或安全保密员"))
    }
}

fn manages(vault: &Vault) -> bool {
    vault.me().is(Role::ResultsOfficer) || vault.me().is(Role::SecurityOfficer)
}

/// A card of the vault, read back.
pub(crate) fn certificate(der: &[u8]) -> Result<Certificate, Failure> {
    Certificate::from_der(der).map_err(|fault| {
        Failure::new(
            FailureCode::VaultUnusable,
            "保管库里有一张证书读不出来，请从备份恢复后再试。",
        )
        .with_detail(fault)
    })
}

/// A text of one line.
fn line(text: &str, what: &str) -> Result<String, Failure> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 60 || text.chars().any(char::is_control) {
        return Err(Failure::new(
            FailureCode::Invalid,
            format!("请填写{what}，不超过 60 个字。"),
        ));
    }
    Ok(text.to_owned())
}

/// Seconds since 1970.
pub(crate) fn seconds(moment: luguo_domain::Moment) -> u64 {
    moment.timestamp().max(0).cast_unsigned()
}

/// A retired key or a void card: its reason is required.
fn reason(text: &str) -> Result<String, Failure> {
    line(text, "原因")
}

fn gone(fault: luguo_store::SaveFault) -> Failure {
    match fault {
        luguo_store::SaveFault::Store(fault) => failure::store(fault),
        luguo_store::SaveFault::NotFound
        | luguo_store::SaveFault::NotEditable { .. }
        | luguo_store::SaveFault::NotYours
        | luguo_store::SaveFault::Stale { .. } => Failure::new(
            FailureCode::NotFound,
            "没有找到这张可用的证书，可能已经作废或停用。请刷新后查看。",
        ),
    }
}
