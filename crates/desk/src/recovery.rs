//! The recovery sheet: a code on paper that gives an administrator a new passphrase.

use crate::{
    care, desk::Desk, document::refused, evidence::write_whole, failure, intake::file_name,
};
use luguo_documents::paper::RecoverySheet;
use luguo_domain::{Role, passphrase::PassphraseProfile};
use luguo_ipc::{
    AppStatusView, Failure, FailureCode, FileWrittenView, PlaceRequest, VaultRecoverRequest,
};
use luguo_store::{Passphrase, Vault};
use sha2::{Digest as _, Sha256};
use std::io::Write as _;
use zeroize::Zeroizing;

/// Letters and digits that nobody mistakes for one another (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 24 of them are 120 bits.
const LENGTH: usize = 24;

fn draw() -> Result<Zeroizing<String>, Failure> {
    let mut bytes = Zeroizing::new([0_u8; LENGTH]);
    getrandom::fill(bytes.as_mut()).map_err(|fault| {
        Failure::new(
            FailureCode::Defect,
            "没有取得随机数，恢复单没有生成，请重试。",
        )
        .with_detail(fault)
    })?;
    Ok(Zeroizing::new(
        bytes
            .iter()
            .map(|byte| char::from(ALPHABET[usize::from(byte & 31)]))
            .collect(),
    ))
}

/// What was typed, as it was drawn: without blanks and dashes, and mistaken letters put right.
fn as_drawn(typed: &str) -> Zeroizing<String> {
    Zeroizing::new(
        typed
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .collect(),
    )
}

/// In groups of four, as it stands on the sheet.
fn grouped(code: &str) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::new());
    for (n, c) in code.chars().enumerate() {
        if n > 0 && n % 4 == 0 {
            out.push('-');
        }
        out.push(c);
    }
    out
}

/// Writes the sheet, then makes its code good: a sheet that was not written opens nothing, and the
/// one before stays good until then.
pub(crate) fn write(desk: &Desk, request: &PlaceRequest) -> Result<FileWrittenView, Failure> {
    let vault = desk.vault()?;
    if !vault.me().is(Role::SystemAdministrator) {
        return Err(failure::only_administrator());
    }
    let path = desk.intake.get(&request.place)?;
    let name = file_name(&path);
    let code = draw()?;
    let unit = vault.unit().map_err(failure::store)?;
    let day = (desk.host.local_date)()
        .format("%Y 年 %-m 月 %-d 日")
        .to_string();
    let press = desk.print.press(&desk.host.fonts)?;
    let bytes = press
        .recovery_sheet(&RecoverySheet {
            unit: &unit.name,
            vault: &file_name(vault.path()),
            person: &vault.me().name,
            day: &day,
            code: &grouped(&code),
        })
        .and_then(|paper| paper.pdf(desk.now()))
        .map_err(refused)?;
    write_whole(&path, |out| out.write_all(&bytes))
        .map_err(|fault| failure::file(&name, &fault))?;
    vault
        .put_recovery(&Passphrase::new(code.to_string()), desk.now())
        .map_err(failure::passphrase)?;
    Ok(FileWrittenView {
        name,
        size: bytes.len() as u64,
        sha256: hex::encode(Sha256::digest(&bytes)),
    })
}

/// Opens the vault with a sheet.
pub(crate) fn open(desk: &Desk, request: VaultRecoverRequest) -> Result<AppStatusView, Failure> {
    let path = crate::vault::resolve(desk, &request.vault)?;
    // The vault's own profile cannot be read yet; the stricter of both rules would keep people
    // with the other profile out, so one of them has to hold.
    if let Err(refused) =
        care::check_passphrase(PassphraseProfile::Composed, request.passphrase.as_str())
    {
        care::check_passphrase(PassphraseProfile::Long, request.passphrase.as_str())
            .map_err(|_| refused)?;
    }
    desk.let_go();
    let vault = Vault::recover(
        &path,
        desk.host.edition,
        request.person.trim(),
        &Passphrase::new(as_drawn(request.code.as_str()).to_string()),
        &Passphrase::new(request.passphrase.into_text()),
        std::process::id(),
        desk.now(),
    )
    .map_err(|fault| match fault {
        luguo_store::OpenFault::Refused => Failure::new(
            FailureCode::Refused,
            "恢复码不对，或者这个人不是系统管理员，没有打开。内容没有任何改动，请对照恢复单重新输入。",
        ),
        other => failure::open(other),
    })?;
    crate::vault::opened(desk, vault);
    crate::places::remember(&desk.host.vaults, &path);
    crate::app::status(desk)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_was_drawn_however_it_is_typed() {
        let code = draw().expect("randomness");
        assert_eq!(code.len(), LENGTH);
        assert_eq!(*as_drawn(&grouped(&code)), *code);
        assert_eq!(*as_drawn(" 0o-iL1 ab "), "00111AB");
        assert_ne!(*draw().expect("randomness"), *code);
    }
}
