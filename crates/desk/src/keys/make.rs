//! Making keys: the vault's own, and a second holder's in a file under a password.

use super::{certificate, gone, line, list::list, manager, reason, seconds};
use crate::{
    classification::classified, desk::Desk, evidence::write_whole, failure, intake::file_name,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use luguo_domain::Moment;
use luguo_ipc::{
    CardVoidRequest, EscrowMakeRequest, Failure, FailureCode, KeyCaseView, KeyMakeRequest,
};
use luguo_sealed::{
    Certificate, KeyFault, SigningKey, SoftwareCustody, Use, open_key, seal_key,
    self_signed_certificate,
};
use luguo_store::{NewCard, NewKey};
use std::io::Write as _;

/// Years that a card may hold.
const MOST_YEARS: u32 = 10;
/// Characters of a password for a key file.
const SHORTEST_PASSWORD: usize = 12;
const KEY_LABEL: &str = "ENCRYPTED PRIVATE KEY";
const CARD_LABEL: &str = "CERTIFICATE";

fn drawn(holder: &str, years: u32, now: Moment) -> Result<(SigningKey, Certificate), Failure> {
    if !(1..=MOST_YEARS).contains(&years) {
        return Err(Failure::new(
            FailureCode::Invalid,
            format!("证书有效期请填 1 到 {MOST_YEARS} 年。"),
        ));
    }
    let unmade = |fault: &dyn std::fmt::Display| {
        Failure::new(FailureCode::Defect, "没有生成密钥，什么也没有存。请重试。").with_detail(fault)
    };
    let key = SigningKey::generate().map_err(|fault| unmade(&fault))?;
    let from = seconds(now);
    let until = from + u64::from(years) * 365 * 86_400;
    let card =
        self_signed_certificate(&key, holder, from, until).map_err(|fault| unmade(&fault))?;
    Ok((key, card))
}

/// Makes a key of the vault. A second holder's card comes first: keys get lost.
pub(crate) fn make(desk: &Desk, request: &KeyMakeRequest) -> Result<KeyCaseView, Failure> {
    let vault = classified(desk)?;
    manager(&vault)?;
    let holder = line(&request.holder, "证书名称（单位和岗位）")?;
    let now = desk.now();
    let cards = vault.cards().map_err(failure::store)?;
    let escrow = cards
        .iter()
        .find(|card| card.fingerprint == request.escrow && !card.authority)
        .ok_or_else(|| {
            Failure::new(
                FailureCode::Invalid,
                "请先选定备用卡：本机密钥丢失或损坏时，由备用卡的持有人打开密封包。还没有备用卡的，先生成一张。",
            )
        })?;
    super::trust(&vault)?
        .admit(
            &certificate(&escrow.certificate)?,
            Use::Receive,
            seconds(now),
        )
        .map_err(|fault| {
            Failure::new(
                FailureCode::Invalid,
                format!(
                    "选定的备用卡{}，请换一张。",
                    super::list::fault_words(fault)
                ),
            )
        })?;
    let (key, card) = drawn(&holder, request.years, now)?;
    let private = key.dangerously_to_pkcs8_der().map_err(|fault| {
        Failure::new(FailureCode::Defect, "没有生成密钥，什么也没有存。请重试。").with_detail(fault)
    })?;
    vault
        .keep_key(
            &NewKey {
                fingerprint: &card.fingerprint(),
                private_key: &private,
                certificate: card.as_der(),
                escrow: &escrow.fingerprint,
                unit: &vault.unit().map_err(failure::store)?.name,
            },
            now,
        )
        .map_err(failure::store)?;
    list(desk)
}

/// Makes a second holder's key into a file; only its card stays here.
pub(crate) fn escrow(desk: &Desk, request: EscrowMakeRequest) -> Result<KeyCaseView, Failure> {
    let vault = classified(desk)?;
    manager(&vault)?;
    let holder = line(&request.holder, "备用卡名称（单位和保管人岗位）")?;
    if request.password.as_str().chars().count() < SHORTEST_PASSWORD {
        return Err(Failure::new(
            FailureCode::Invalid,
            format!("备用卡文件的密码至少 {SHORTEST_PASSWORD} 个字符。请和文件分开保管。"),
        ));
    }
    let path = desk.intake.get(&request.place)?;
    let name = file_name(&path);
    let now = desk.now();
    let (key, card) = drawn(&holder, request.years, now)?;
    let sealed = seal_key(&key, request.password.as_str()).map_err(|fault| {
        Failure::new(
            FailureCode::Defect,
            "没有生成备用卡，什么也没有存。请重试。",
        )
        .with_detail(fault)
    })?;
    let text = pem(KEY_LABEL, &sealed) + &pem(CARD_LABEL, card.as_der());
    write_whole(&path, |out| out.write_all(text.as_bytes()))
        .map_err(|fault| failure::file(&name, &fault))?;
    let taken = vault.take_card(
        &NewCard {
            fingerprint: &card.fingerprint(),
            certificate: card.as_der(),
            authority: false,
            unit: &vault.unit().map_err(failure::store)?.name,
            person: &holder,
            compared: "made",
        },
        now,
    );
    if let Err(fault) = taken {
        // A file without its card is of no use and would only be kept by mistake.
        let _ = std::fs::remove_file(&path);
        return Err(failure::store(fault));
    }
    list(desk)
}

/// A key seals no more.
pub(crate) fn retire(desk: &Desk, request: &CardVoidRequest) -> Result<KeyCaseView, Failure> {
    let vault = classified(desk)?;
    manager(&vault)?;
    vault
        .retire_key(&request.fingerprint, &reason(&request.reason)?, desk.now())
        .map_err(gone)?;
    list(desk)
}

/// Opens the file of a second holder's key.
pub(crate) fn key_from_file(
    name: &str,
    bytes: &[u8],
    password: &str,
) -> Result<SoftwareCustody, Failure> {
    let not_one = || {
        Failure::new(
            FailureCode::File,
            format!("“{name}”不是备用卡文件，没有打开。请选择生成备用卡时保存的文件。"),
        )
    };
    let text = std::str::from_utf8(bytes).map_err(|_| not_one())?;
    let key = unpem(KEY_LABEL, text).ok_or_else(not_one)?;
    let card = unpem(CARD_LABEL, text).ok_or_else(not_one)?;
    let card = Certificate::from_der(&card).map_err(|_| not_one())?;
    let key = open_key(&key, password).map_err(|fault| match fault {
        KeyFault::WrongPassword => Failure::new(
            FailureCode::Refused,
            "备用卡文件的密码不对，没有打开。请重新输入。",
        ),
        KeyFault::NotAKey | KeyFault::Randomness(_) => not_one(),
    })?;
    SoftwareCustody::new(card, key).ok_or_else(not_one)
}

fn pem(label: &str, der: &[u8]) -> String {
    let body = STANDARD.encode(der);
    let mut text = format!("-----BEGIN {label}-----\n");
    for start in (0..body.len()).step_by(64) {
        text.push_str(&body[start..body.len().min(start + 64)]);
        text.push('\n');
    }
    text + &format!("-----END {label}-----\n")
}

pub(super) fn unpem(label: &str, text: &str) -> Option<Vec<u8>> {
    let (_, rest) = text.split_once(&format!("-----BEGIN {label}-----"))?;
    let (body, _) = rest.split_once(&format!("-----END {label}-----"))?;
    let body: String = body.split_whitespace().collect();
    STANDARD.decode(body).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use luguo_sealed::KeyCustody as _;

    #[test]
    fn a_second_holders_file_opens_with_its_password_and_with_no_other() {
        let (key, card) = drawn("研究院 备用卡", 3, Moment::default()).expect("made");
        let sealed = seal_key(&key, "correct horse battery").expect("sealed");
        let text = pem(KEY_LABEL, &sealed) + &pem(CARD_LABEL, card.as_der());
        let opened = key_from_file("备用卡.pem", text.as_bytes(), "correct horse battery");
        assert_eq!(opened.expect("opened").card(), &card);
        for (bytes, password, code) in [
            (text.as_bytes(), "wrong horse battery", FailureCode::Refused),
            (&b"nothing"[..], "correct horse battery", FailureCode::File),
            (
                &[0xff, 0xfe][..],
                "correct horse battery",
                FailureCode::File,
            ),
        ] {
            let failure = key_from_file("备用卡.pem", bytes, password).err();
            assert_eq!(failure.map(|failure| failure.code), Some(code));
        }
    }
}
