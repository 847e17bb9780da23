//! People with their keys, a good package, and what is said of any bytes that claim to be one.

use luguo_sealed::{
    CardFault, Certificate, OpenFault, Part, PartSource, SealOrder, SigningKey, SoftwareCustody,
    Trust, inspect, issued_certificate, seal, self_signed_certificate,
};
use sm3::{Digest as _, Sm3};
use std::io::{self, Cursor, Read};

/// 23 November 2026, in seconds since 1970.
pub const NOW: u64 = 1_795_000_000;
pub const YEAR: u64 = 365 * 86_400;

/// A card with its key.
pub struct Person {
    pub key: SigningKey,
    pub card: Certificate,
}

impl Person {
    pub fn new(name: &str) -> Self {
        Self::holding(name, NOW - YEAR, NOW + YEAR)
    }

    pub fn holding(name: &str, from: u64, until: u64) -> Self {
        let key = SigningKey::generate().expect("a key");
        let card = self_signed_certificate(&key, name, from, until).expect("a card");
        Self { key, card }
    }

    pub fn issued(name: &str, by: &Person) -> Self {
        let key = SigningKey::generate().expect("a key");
        let issuer = (&by.card, &by.key);
        let card = issued_certificate(&key, name, issuer, NOW - YEAR, NOW + YEAR).expect("a card");
        Self { key, card }
    }

    pub fn custody(&self) -> SoftwareCustody {
        let der = self.key.dangerously_to_pkcs8_der().expect("an encoding");
        let key = SigningKey::from_pkcs8_der(&der).expect("a key");
        SoftwareCustody::new(self.card.clone(), key).expect("they belong together")
    }
}

pub struct World {
    pub sealer: Person,
    pub recipient: Person,
    pub recovery: Person,
    pub stranger: Person,
    pub trust: Trust,
}

impl World {
    pub fn new() -> Self {
        let [sealer, recipient, recovery, stranger] =
            ["封装人", "接收人", "备用卡", "生人"].map(Person::new);
        let trust = trust_in(&[&sealer, &recipient, &recovery]);
        Self {
            sealer,
            recipient,
            recovery,
            stranger,
            trust,
        }
    }

    /// Seals these contents for the recipient.
    pub fn sealed(&self, contents: &[Vec<u8>]) -> Vec<u8> {
        self.sealed_by(&self.sealer, &[&self.recipient], contents, NOW)
    }

    pub fn sealed_by(
        &self,
        sealer: &Person,
        to: &[&Person],
        contents: &[Vec<u8>],
        created: u64,
    ) -> Vec<u8> {
        let source = Contents(contents.to_vec());
        let mut trust = self.trust.clone();
        trust.cards.push(sealer.card.clone());
        trust.cards.extend(to.iter().map(|one| one.card.clone()));
        let order = SealOrder {
            custody: &sealer.custody(),
            trust: &trust,
            recipients: &to.iter().map(|one| one.card.clone()).collect::<Vec<_>>(),
            recovery: &self.recovery.card,
            marking: "机密★10年",
            created,
            parts: contents
                .iter()
                .enumerate()
                .map(|(n, bytes)| Part {
                    name: format!("材料 {n}.pdf"),
                    size: bytes.len() as u64,
                    sm3: hex::encode(Sm3::digest(bytes)),
                })
                .collect(),
            about: serde_json::json!({ "unit": "青岛海洋装备研究院" }),
        };
        let mut out = Cursor::new(Vec::new());
        seal(&order, &source, &mut out).expect("sealed");
        out.into_inner()
    }
}

pub fn trust_in(people: &[&Person]) -> Trust {
    Trust {
        cards: people.iter().map(|one| one.card.clone()).collect(),
        ..Trust::default()
    }
}

struct Contents(Vec<Vec<u8>>);

impl PartSource for Contents {
    fn open(&self, place: usize) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(self.0[place].as_slice()))
    }
}

/// What is said of a package: one of few words, the same in every opener.
pub fn verdict(bytes: &[u8], trust: &Trust, holder: &Person) -> &'static str {
    let opened = inspect(Cursor::new(bytes)).and_then(|mut package| {
        package.verify(&mut |_| {})?;
        let mut opened = package.open(trust, &holder.custody())?;
        for place in 0..opened.manifest().parts.len() {
            let size = opened.part(place).map_or(0, |part| part.size);
            let mut out = Vec::new();
            opened.copy(place, &mut out)?;
            assert_eq!(out.len() as u64, size, "all of it, and nothing more");
        }
        Ok(())
    });
    match opened {
        Ok(()) => "opened",
        Err(fault) => word(&fault),
    }
}

fn word(fault: &OpenFault) -> &'static str {
    match fault {
        OpenFault::Io(_) => "io",
        OpenFault::NotAPackage => "not-a-package",
        OpenFault::Version(_) => "version",
        OpenFault::Suite(_) => "suite",
        OpenFault::Record(_) => "record",
        OpenFault::Members => "members",
        OpenFault::Changed(_) => "changed",
        OpenFault::Seal(_) => "seal",
        OpenFault::OtherSealer => "other-sealer",
        OpenFault::Card(card) => match card {
            CardFault::Unknown => "card-unknown",
            CardFault::Revoked => "card-revoked",
            CardFault::NotYet => "card-not-yet",
            CardFault::Expired => "card-expired",
            CardFault::Usage => "card-usage",
            CardFault::Changed => "card-changed",
        },
        OpenFault::OtherRecipient => "other-recipient",
        OpenFault::NotOpened => "not-opened",
    }
}
