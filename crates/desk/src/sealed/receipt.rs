//! Receipts: the recipient signs that a package arrived whole; the sender's register takes it, as a
//! file or as the short code that only somebody who opened the package can know.

use super::{
    register::{refused, show},
    seal::head,
};
use crate::{
    classification::{classified, not_yours},
    desk::Desk,
    evidence::write_whole,
    failure,
    intake::file_name,
    keys,
};
use luguo_domain::{Role, secrecy::HandoverStep};
use luguo_ipc::{
    Failure, FailureCode, FileWrittenView, ReceiptTakeRequest, SealedReceiptRequest,
    SealedRegisterView,
};
use luguo_sealed::{sign_message, verify_message};
use luguo_store::{StoredSealed, Vault};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::io::Write as _;

/// Bytes of a receipt at most.
const LARGEST: u64 = 64 << 10;

/// What a receipt says: canonical JSON (RFC 8785), signed with SM2 (GB/T 35275).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Receipt {
    /// Always [`Receipt::FORMAT`].
    format: String,
    /// The package.
    package_id: String,
    /// SM3 of its index.
    digest: String,
    /// The number in the recipient's register.
    number: String,
    /// The receiving unit.
    unit: String,
    /// Who opened it.
    person: String,
    /// When, RFC 3339, by the recipient's clock.
    received_at: String,
    /// Head of the recipient's audit chain.
    audit_head: String,
}

impl Receipt {
    const FORMAT: &'static str = "luguo.sealed-receipt/1";
}

/// Writes the signed receipt of a package that came in.
pub(crate) fn write(
    desk: &Desk,
    request: &SealedReceiptRequest,
) -> Result<FileWrittenView, Failure> {
    let vault = classified(desk)?;
    super::inspect::handler(&vault)?;
    let package = vault
        .sealed_package(&request.package_id)
        .map_err(failure::store)?
        .filter(|package| !package.outgoing)
        .ok_or_else(failure::missing)?;
    let cards = vault.cards().map_err(failure::store)?;
    let key = vault
        .seal_keys()
        .map_err(failure::store)?
        .into_iter()
        .find(|key| keys::retired_or_void(key, &cards).is_none())
        .ok_or_else(|| {
            Failure::new(
                FailureCode::Conflict,
                "还没有可用的密钥，不能签回执。可以把回执码念给对方。",
            )
        })?;
    let receipt = Receipt {
        format: Receipt::FORMAT.to_owned(),
        package_id: package.package.clone(),
        digest: package.digest.clone(),
        number: package.number.clone(),
        unit: vault.unit().map_err(failure::store)?.name,
        person: package.officer.clone(),
        received_at: package.at.to_rfc3339(),
        audit_head: head(&vault)?,
    };
    let unmade = |fault: &dyn std::fmt::Display| {
        Failure::new(FailureCode::Defect, "回执没有写成。请重试。").with_detail(fault)
    };
    let content = serde_json_canonicalizer::to_vec(&receipt).map_err(|fault| unmade(&fault))?;
    let signed =
        sign_message(&keys::custody(&key)?, &content, false).map_err(|fault| unmade(&fault))?;
    let path = desk.intake.get(&request.place)?;
    let name = file_name(&path);
    write_whole(&path, |out| out.write_all(&signed))
        .map_err(|fault| failure::file(&name, &fault))?;
    vault
        .record("sealed.receipt", &package.package, &name, desk.now())
        .map_err(failure::store)?;
    Ok(FileWrittenView {
        name,
        size: signed.len() as u64,
        sha256: hex::encode(Sha256::digest(&signed)),
    })
}

/// Takes the receipt of a package that went out.
pub(crate) fn take(
    desk: &Desk,
    request: &ReceiptTakeRequest,
) -> Result<SealedRegisterView, Failure> {
    let vault = classified(desk)?;
    if !vault.me().is(Role::ResultsOfficer) {
        return Err(not_yours("涉密成果专管员"));
    }
    let (package, words) = match (&request.file, &request.package_id, &request.code) {
        (Some(token), _, _) => by_file(desk, &vault, token)?,
        (None, Some(package), Some(code)) => by_code(&vault, package, code)?,
        (None, _, _) => {
            return Err(Failure::new(
                FailureCode::Invalid,
                "请选择回执文件，或者输入对方念的 12 位回执码。",
            ));
        }
    };
    vault
        .step_sealed(&package, HandoverStep::SignedFor, &words, desk.now())
        .map_err(refused)?;
    show(desk)
}

fn outgoing(vault: &Vault, package: &str) -> Result<StoredSealed, Failure> {
    vault
        .sealed_package(package)
        .map_err(failure::store)?
        .filter(|package| package.outgoing)
        .ok_or_else(|| {
            Failure::new(
                FailureCode::NotFound,
                "登记簿里没有这份回执对应的密封包，没有登记。请核对回执是不是给本单位的。",
            )
        })
}

fn by_file(desk: &Desk, vault: &Vault, token: &str) -> Result<(String, String), Failure> {
    let picked = desk.intake.find(token)?;
    let name = picked.name();
    let bytes = picked.read_all(LARGEST)?;
    let wrong = |detail: String| {
        Failure::new(
            FailureCode::File,
            format!("“{name}”不是有效的签收回执，或者被改动过，没有登记。请对方重新写出。"),
        )
        .with_detail(detail)
    };
    let (signer, content) = verify_message(&bytes).map_err(|fault| wrong(fault.to_string()))?;
    let receipt: Receipt =
        serde_json::from_slice(&content).map_err(|fault| wrong(fault.to_string()))?;
    let package = outgoing(vault, &receipt.package_id)?;
    if receipt.format != Receipt::FORMAT || receipt.digest != package.digest {
        return Err(wrong("another format or digest".to_owned()));
    }
    if !package.codes.contains_key(&signer.fingerprint()) {
        return Err(Failure::new(
            FailureCode::Forbidden,
            format!(
                "“{name}”的签名人不是 {} 的收件人，没有登记。请核对来源。",
                package.number
            ),
        ));
    }
    Ok((
        package.package,
        format!(
            "回执文件：{} {}，收件登记号 {}，{}",
            receipt.unit, receipt.person, receipt.number, receipt.received_at
        ),
    ))
}

fn by_code(vault: &Vault, package: &str, code: &str) -> Result<(String, String), Failure> {
    let package = outgoing(vault, package)?;
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let card = package
        .codes
        .iter()
        .find(|(_, known)| **known == digits)
        .map(|(card, _)| card.clone())
        .ok_or_else(|| {
            Failure::new(
                FailureCode::Invalid,
                "回执码不对，没有登记。请对方在“移交登记”里查看后逐组再念一遍。",
            )
        })?;
    let holder = vault
        .cards()
        .map_err(failure::store)?
        .into_iter()
        .find(|known| known.fingerprint == card)
        .map(|known| format!("{} {}", known.unit, known.person))
        .unwrap_or_default();
    Ok((package.package, format!("回执码核对一致：{holder}")))
}
