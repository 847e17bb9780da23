//! Keys and cards for sealed packages.

use crate::secret::Secret;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The vault's keys and the cards of others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeyCaseView {
    /// Own keys, the newest first.
    pub keys: Vec<KeyView>,
    /// Cards that were taken in: recipients, second holders, authorities.
    pub cards: Vec<CardView>,
    /// The person may make keys and take cards in.
    pub may_manage: bool,
    /// That a key in software is an aid and not the protection the law asks for.
    pub statement: String,
}

/// A key of this vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeyView {
    /// Its card.
    pub card: CardView,
    /// Who made it.
    pub made_by: String,
    /// When, RFC 3339.
    pub made_at: String,
    /// Fingerprint of the second holder's card (备用卡).
    pub escrow: String,
    /// Holder of that card.
    pub escrow_holder: String,
    /// Why it seals no more; absent while it does. It still opens what came for it.
    pub retired: Option<String>,
}

/// A card: a certificate with what is known of it here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CardView {
    /// SM3 of the certificate, 64 hexadecimal digits.
    pub fingerprint: String,
    /// The same in capital letters and groups of four, for comparing aloud.
    pub grouped: String,
    /// The fingerprint as a QR code, SVG.
    pub qr_svg: String,
    /// Whom the card names.
    pub holder: String,
    /// Unit, as it was entered here.
    pub unit: String,
    /// Person, as it was entered here.
    pub person: String,
    /// First day, `YYYY-MM-DD`.
    pub valid_from: String,
    /// Last day, `YYYY-MM-DD`.
    pub valid_until: String,
    /// It is an authority: what it issued is known.
    pub authority: bool,
    /// It can be used now.
    pub usable: bool,
    /// How it stands, in words: 可用, 已过期, 已作废：… .
    pub standing: String,
    /// Who took it in.
    pub taken_by: String,
    /// When, RFC 3339; empty for one that was not taken in.
    pub taken_at: String,
    /// How its fingerprint was compared, in words.
    pub compared: String,
}

/// How a fingerprint was compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Compared {
    /// Read aloud.
    Aloud,
    /// By its QR code.
    Qr,
    /// On paper, with a seal.
    Paper,
}

/// Makes a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeyMakeRequest {
    /// Whom the card names: unit and post rather than a person.
    pub holder: String,
    /// Years that the card holds, 1 to 10.
    pub years: u32,
    /// Fingerprint of the second holder's card, which was taken in before.
    pub escrow: String,
}

/// Makes a second holder's key into a file and takes its card in.
#[derive(Debug, Deserialize, TS)]
pub struct EscrowMakeRequest {
    /// Whom the card names.
    pub holder: String,
    /// Years that the card holds.
    pub years: u32,
    /// Password of the file.
    #[ts(type = "string")]
    pub password: Secret,
    /// Token of a place.
    pub place: String,
}

/// Names a key or a card, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CardVoidRequest {
    /// Fingerprint.
    pub fingerprint: String,
    /// Why.
    pub reason: String,
}

/// Writes a card as a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CardWriteRequest {
    /// Fingerprint.
    pub fingerprint: String,
    /// Token of a place.
    pub place: String,
}

/// Looks at the card in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CardReadRequest {
    /// Token of a file.
    pub file: String,
}

/// The card in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CardOfferView {
    /// The card.
    pub card: CardView,
    /// It was taken in before.
    pub known: bool,
    /// Why it cannot be taken in, a sentence.
    pub hindrance: Option<String>,
}

/// Takes a card in after its fingerprint was compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CardTakeRequest {
    /// Token of the file.
    pub file: String,
    /// Unit.
    pub unit: String,
    /// Person.
    pub person: String,
    /// It is an authority.
    #[serde(default)]
    pub authority: bool,
    /// The last eight digits of the fingerprint as the other side gave them.
    pub digits: String,
    /// How they were compared.
    pub compared: Compared,
}
