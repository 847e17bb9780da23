//! Cards of others: looked at, compared, taken in, declared void, written as files.

use super::{
    gone, line,
    list::{card_view, list, trust, unknown_view},
    make::unpem,
    manager, reason, seconds,
};
use crate::{
    classification::classified, desk::Desk, evidence::write_whole, failure, intake::file_name,
};
use luguo_ipc::{
    CardOfferView, CardReadRequest, CardTakeRequest, CardVoidRequest, CardWriteRequest, Compared,
    Failure, FailureCode, FileWrittenView, KeyCaseView,
};
use luguo_sealed::Certificate;
use luguo_store::NewCard;
use sha2::{Digest as _, Sha256};
use std::io::Write as _;

/// Bytes of a card file at most.
const LARGEST: u64 = 64 << 10;
/// Digits of the fingerprint that are typed as the other side reads them.
const DIGITS: usize = 8;

fn read_file(desk: &Desk, token: &str) -> Result<Certificate, Failure> {
    let picked = desk.intake.find(token)?;
    let bytes = picked.read_all(LARGEST)?;
    let der = std::str::from_utf8(&bytes)
        .ok()
        .and_then(|text| unpem("CERTIFICATE", text))
        .unwrap_or(bytes);
    Certificate::from_der(&der).map_err(|fault| {
        Failure::new(
            FailureCode::File,
            format!(
                "“{}”不是 SM2 证书，没有收录。请对方重新导出证书文件。",
                picked.name()
            ),
        )
        .with_detail(fault)
    })
}

/// Looks at the card in a file.
pub(crate) fn read(desk: &Desk, request: &CardReadRequest) -> Result<CardOfferView, Failure> {
    let vault = classified(desk)?;
    let card = read_file(desk, &request.file)?;
    let known = vault
        .cards()
        .map_err(failure::store)?
        .into_iter()
        .find(|known| known.fingerprint == card.fingerprint());
    let (_, until) = card.validity();
    let changed = card.is_self_issued() && card.verify_issued_by(&card).is_err();
    let hindrance = if changed {
        Some("证书被改动过，不能收录。请对方重新导出。".to_owned())
    } else if until < seconds(desk.now()) {
        Some("证书已过期，不能收录。请对方换一张新的。".to_owned())
    } else {
        None
    };
    Ok(CardOfferView {
        card: match &known {
            Some(known) => card_view(known, &trust(&vault)?, desk.now())?,
            None => unknown_view(&card),
        },
        known: known.is_some(),
        hindrance,
    })
}

/// Takes a card in after its fingerprint was compared.
pub(crate) fn take(desk: &Desk, request: &CardTakeRequest) -> Result<KeyCaseView, Failure> {
    let vault = classified(desk)?;
    manager(&vault)?;
    let offer = read(
        desk,
        &CardReadRequest {
            file: request.file.clone(),
        },
    )?;
    if let Some(hindrance) = offer.hindrance {
        return Err(Failure::new(FailureCode::Invalid, hindrance));
    }
    let card = read_file(desk, &request.file)?;
    let fingerprint = card.fingerprint();
    let typed: String = request
        .digits
        .chars()
        .filter(|character| !character.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    if typed != fingerprint[fingerprint.len() - DIGITS..] {
        return Err(Failure::new(
            FailureCode::Invalid,
            "对方念的末 8 位和这张证书的指纹不一致，没有收录。请逐组核对；确实不一致的，这张证书不能用。",
        ));
    }
    vault
        .take_card(
            &NewCard {
                fingerprint: &fingerprint,
                certificate: card.as_der(),
                authority: request.authority,
                unit: &line(&request.unit, "单位")?,
                person: &line(&request.person, "持有人或岗位")?,
                compared: match request.compared {
                    Compared::Aloud => "aloud",
                    Compared::Qr => "qr",
                    Compared::Paper => "paper",
                },
            },
            desk.now(),
        )
        .map_err(failure::store)?;
    list(desk)
}

/// A card is void from now on.
pub(crate) fn void(desk: &Desk, request: &CardVoidRequest) -> Result<KeyCaseView, Failure> {
    let vault = classified(desk)?;
    manager(&vault)?;
    vault
        .void_card(&request.fingerprint, &reason(&request.reason)?, desk.now())
        .map_err(gone)?;
    list(desk)
}

/// Writes a card as a file for others. A card holds nothing secret.
pub(crate) fn write(desk: &Desk, request: &CardWriteRequest) -> Result<FileWrittenView, Failure> {
    let vault = classified(desk)?;
    let card = vault
        .cards()
        .map_err(failure::store)?
        .into_iter()
        .find(|card| card.fingerprint == request.fingerprint)
        .ok_or_else(failure::missing)?;
    let pem = super::certificate(&card.certificate)?
        .to_pem()
        .map_err(|fault| {
            Failure::new(FailureCode::Defect, "证书没有写成。请重试。").with_detail(fault)
        })?;
    let path = desk.intake.get(&request.place)?;
    let name = file_name(&path);
    write_whole(&path, |out| out.write_all(pem.as_bytes()))
        .map_err(|fault| failure::file(&name, &fault))?;
    vault
        .record("card.write", &card.fingerprint, &name, desk.now())
        .map_err(failure::store)?;
    Ok(FileWrittenView {
        name,
        size: pem.len() as u64,
        sha256: hex::encode(Sha256::digest(pem.as_bytes())),
    })
}
