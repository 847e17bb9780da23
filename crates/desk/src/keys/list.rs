//! Keys and cards as they are shown and used.

use super::{certificate, manages, seconds};
use crate::{
    classification::{STATEMENT, classified},
    desk::Desk,
    failure::{self, BEIJING},
};
use chrono::DateTime;
use luguo_domain::Moment;
use luguo_ipc::{CardView, Failure, KeyCaseView, KeyView};
use luguo_sealed::{
    CardFault, Certificate, KeyCustody as _, SigningKey, SoftwareCustody, Trust, Use,
};
use luguo_store::{StoredCard, StoredKey, Vault};

pub(crate) fn list(desk: &Desk) -> Result<KeyCaseView, Failure> {
    let vault = classified(desk)?;
    let now = desk.now();
    let cards = vault.cards().map_err(failure::store)?;
    let trust = trust(&vault)?;
    let keys = vault.seal_keys().map_err(failure::store)?;
    let own: Vec<_> = keys.iter().map(|key| key.fingerprint.clone()).collect();
    Ok(KeyCaseView {
        keys: keys
            .iter()
            .map(|key| key_view(key, &cards, &trust, now))
            .collect::<Result<_, _>>()?,
        cards: cards
            .iter()
            .filter(|card| !own.contains(&card.fingerprint))
            .map(|card| card_view(card, &trust, now))
            .collect::<Result<_, _>>()?,
        may_manage: manages(&vault),
        statement: STATEMENT.to_owned(),
    })
}

fn key_view(
    key: &StoredKey,
    cards: &[StoredCard],
    trust: &Trust,
    now: Moment,
) -> Result<KeyView, Failure> {
    let find = |fingerprint: &str| cards.iter().find(|card| card.fingerprint == fingerprint);
    let mut card = match find(&key.fingerprint) {
        Some(card) => card_view(card, trust, now)?,
        None => unknown_view(&certificate(&key.certificate)?),
    };
    if let Some(reason) = &key.retired {
        card.usable = false;
        card.standing = format!("已停用：{reason}");
    }
    Ok(KeyView {
        card,
        made_by: key.made_by.clone(),
        made_at: key.made_at.to_rfc3339(),
        escrow_holder: match find(&key.escrow) {
            Some(card) => holder(&certificate(&card.certificate)?),
            None => String::new(),
        },
        escrow: key.escrow.clone(),
        retired: key.retired.clone(),
    })
}

/// A card that was taken in.
pub(crate) fn card_view(
    card: &StoredCard,
    trust: &Trust,
    now: Moment,
) -> Result<CardView, Failure> {
    let read = certificate(&card.certificate)?;
    let mut view = unknown_view(&read);
    let fault = trust.admit(&read, Use::Receive, seconds(now)).err();
    view.usable = fault.is_none() && !card.authority;
    view.standing = match (&card.void, fault) {
        (Some(reason), _) => format!("已作废：{reason}"),
        (None, Some(fault)) => fault_words(fault).to_owned(),
        (None, None) => "可用".to_owned(),
    };
    view.unit = card.unit.clone();
    view.person = card.person.clone();
    view.authority = card.authority;
    view.taken_by = card.taken_by.clone();
    view.taken_at = card.taken_at.to_rfc3339();
    view.compared = match card.compared.as_str() {
        "aloud" => "当面或电话念读核对",
        "qr" => "二维码核对",
        "paper" => "盖章的指纹卡核对",
        "made" => "在本机生成",
        _ => "本保管库自己的",
    }
    .to_owned();
    Ok(view)
}

/// A card of which nothing is known but what it says itself.
pub(crate) fn unknown_view(card: &Certificate) -> CardView {
    let fingerprint = card.fingerprint();
    let (from, until) = card.validity();
    CardView {
        grouped: grouped(&fingerprint),
        qr_svg: luguo_documents::paper::qr_svg(&fingerprint),
        fingerprint,
        holder: holder(card),
        unit: String::new(),
        person: String::new(),
        valid_from: day(from),
        valid_until: day(until),
        authority: false,
        usable: false,
        standing: "没有收录过".to_owned(),
        taken_by: String::new(),
        taken_at: String::new(),
        compared: String::new(),
    }
}

/// Why a retired key or a void card is not used; nothing for one that is.
pub(crate) fn retired_or_void(key: &StoredKey, cards: &[StoredCard]) -> Option<String> {
    key.retired.clone().or_else(|| {
        cards
            .iter()
            .find(|card| card.fingerprint == key.fingerprint)
            .and_then(|card| card.void.clone())
    })
}

/// Which cards are admitted: those that somebody compared, and what authorities issued.
pub(crate) fn trust(vault: &Vault) -> Result<Trust, Failure> {
    let mut trust = Trust::default();
    for card in vault.cards().map_err(failure::store)? {
        let read = certificate(&card.certificate)?;
        if card.void.is_some() {
            trust.revoked.push(card.fingerprint.clone());
        }
        if card.authority {
            trust.authorities.push(read);
        } else {
            trust.cards.push(read);
        }
    }
    Ok(trust)
}

/// A key of the vault, ready to sign and open.
pub(crate) fn custody(key: &StoredKey) -> Result<SoftwareCustody, Failure> {
    let unusable = |detail: String| {
        Failure::new(
            luguo_ipc::FailureCode::VaultUnusable,
            "保管库里的密钥读不出来，请从备份恢复后再试。",
        )
        .with_detail(detail)
    };
    let signing = SigningKey::from_pkcs8_der(&key.private_key)
        .map_err(|fault| unusable(fault.to_string()))?;
    let custody = SoftwareCustody::new(certificate(&key.certificate)?, signing)
        .ok_or_else(|| unusable("key and card do not belong together".to_owned()))?;
    debug_assert_eq!(custody.card().fingerprint(), key.fingerprint);
    Ok(custody)
}

/// Whom a card names, without the letters of X.500.
pub(super) fn holder(card: &Certificate) -> String {
    let subject = card.subject();
    let name = subject.strip_prefix("CN=").unwrap_or(&subject);
    let mut plain = String::new();
    let mut escaped = false;
    for character in name.chars() {
        if character == '\\' && !escaped {
            escaped = true;
        } else {
            plain.push(character);
            escaped = false;
        }
    }
    plain
}

fn day(seconds: u64) -> String {
    DateTime::from_timestamp(seconds.cast_signed(), 0)
        .map(|time| time.with_timezone(&BEIJING).format("%Y-%m-%d").to_string())
        .unwrap_or_default()
}

/// Capital letters in groups of four, as they are read aloud.
pub(super) fn grouped(fingerprint: &str) -> String {
    let digits: Vec<char> = fingerprint.to_uppercase().chars().collect();
    digits
        .chunks(4)
        .map(|group| group.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Why a card is not admitted, as a colleague would say it.
pub(crate) fn fault_words(fault: CardFault) -> &'static str {
    match fault {
        CardFault::Unknown => "没有收录过，也不是已知机构签发的",
        CardFault::Revoked => "已作废",
        CardFault::NotYet => "还没有到生效日期",
        CardFault::Expired => "已过期",
        CardFault::Usage => "不是用于封装的证书",
        CardFault::Changed => "被改动过",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_in_groups_of_four_capitals() {
        assert_eq!(grouped("0a1b2c3d4e"), "0A1B 2C3D 4E");
    }

    #[test]
    fn a_holder_is_named_without_escapes() {
        let key = SigningKey::generate().expect("a key");
        let name = "青岛研究院, 成果专管岗+1";
        let card =
            luguo_sealed::self_signed_certificate(&key, name, 0, 1_000_000_000).expect("a card");
        assert_eq!(holder(&card), name);
        assert_eq!(unknown_view(&card).valid_from, "1970-01-01");
    }
}
