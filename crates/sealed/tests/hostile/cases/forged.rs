//! Forged keys and seals: messages that are nearly those of GB/T 35275, by somebody who can make
//! everything else fit; and a package that its recipient passes on.

use super::*;
use der::{
    Decode as _, Encode as _, Sequence,
    asn1::{ObjectIdentifier, OctetString, Uint},
};
use luguo_sealed::{
    Certificate, KeyCustody as _, SoftwareCustody, open_key,
    raw::{edit_sealed_keys, edit_signature, recombine},
};
use sm3::{Digest as _, Sm3};

/// SM2Cipher of GB/T 35276.
#[derive(Sequence)]
struct Cipher {
    x: Uint,
    y: Uint,
    digest: OctetString,
    text: OctetString,
}

/// Signature of GB/T 35276.
#[derive(Sequence)]
struct Pair {
    r: Uint,
    s: Uint,
}

fn padded(number: &Uint) -> Vec<u8> {
    let bytes = number.as_bytes();
    [&vec![0; 32 - bytes.len()], bytes].concat()
}

/// Uncompressed point, then the rest as told.
fn raw_cipher(sealed: &[u8], digest_first: bool) -> Vec<u8> {
    let cipher = Cipher::from_der(sealed).expect("SM2Cipher");
    let point = [vec![4], padded(&cipher.x), padded(&cipher.y)].concat();
    let (digest, text) = (cipher.digest.as_bytes(), cipher.text.as_bytes());
    if digest_first {
        [&point, digest, text].concat()
    } else {
        [&point, text, digest].concat()
    }
}

/// Replaces an identifier by another of the same length, everywhere.
fn renamed(message: &[u8], from: &str, to: &str) -> Vec<u8> {
    let der = |text: &str| {
        let oid = ObjectIdentifier::new(text).expect("an identifier");
        oid.to_der().expect("it has an encoding")
    };
    let (from, to) = (der(from), der(to));
    assert_eq!(from.len(), to.len());
    let mut bytes = message.to_vec();
    let places: Vec<_> = (0..bytes.len() - from.len())
        .filter(|at| bytes[*at..].starts_with(&from))
        .collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(&to);
    }
    bytes
}

impl Cases<'_> {
    fn key(&self) -> RawKey {
        let custody = self.world.recipient.custody();
        RawKey::of(&self.loose(), &id(&self.good), &custody).expect("the key")
    }

    /// Another envelope, with the code, index and seal that belong to it.
    fn with_envelope(&self, envelope: Vec<u8>) -> Vec<u8> {
        let mac = self.key().mac(self.loose().get("header.json"), &envelope);
        self.resealed(|loose| {
            loose.edit("keys.p7m", |old| *old = envelope);
            loose.edit("header.mac", |old| *old = mac.to_vec());
        })
    }

    pub(super) fn forged_keys(&mut self) {
        let loose = self.loose();
        let envelope = loose.get("keys.p7m");
        let short = {
            let cards = [&self.world.recipient.card, &self.world.recovery.card];
            let (key, header) = (self.key(), loose.get("header.json"));
            loop {
                let envelope = key.envelope(header, &cards);
                let found = std::cell::Cell::new(false);
                edit_sealed_keys(&envelope, |sealed| {
                    let cipher = Cipher::from_der(sealed).expect("SM2Cipher");
                    found.set(found.get() || cipher.x.as_bytes().len() < 32);
                    sealed.to_vec()
                })
                .expect("an envelope");
                if found.get() {
                    break envelope;
                }
            }
        };
        let edited = |edit: &dyn Fn(&[u8]) -> Vec<u8>| {
            self.with_envelope(edit_sealed_keys(envelope, edit).expect("an envelope"))
        };
        let again = |sealed: &[u8], edit: &dyn Fn(&mut Cipher)| {
            let mut cipher = Cipher::from_der(sealed).expect("SM2Cipher");
            edit(&mut cipher);
            cipher.to_der().expect("it has an encoding")
        };
        let octets = |bytes: &[u8]| OctetString::new(bytes).expect("octets");
        let named = |from: &str, to: &str| self.with_envelope(renamed(envelope, from, to));
        let cases: Vec<(&str, &'static str, Vec<u8>)> = vec![
            (
                "good, a key whose x begins with a zero",
                "opened",
                self.with_envelope(short),
            ),
            (
                "good, the older name of SM2 as GmSSL writes it",
                "opened",
                named("1.2.156.10197.1.301.3", "1.2.156.10197.1.301.2"),
            ),
            (
                "key as raw C1 C2 C3",
                "not-opened",
                edited(&|sealed| raw_cipher(sealed, false)),
            ),
            (
                "key as raw C1 C3 C2",
                "not-opened",
                edited(&|sealed| raw_cipher(sealed, true)),
            ),
            (
                "key with a byte behind it",
                "not-opened",
                edited(&|sealed| [sealed, b"\0"].concat()),
            ),
            ("key empty", "not-opened", edited(&|_| Vec::new())),
            (
                "key with another digest",
                "not-opened",
                edited(&|sealed| again(sealed, &|cipher| cipher.digest = octets(&[0; 32]))),
            ),
            (
                "key with a digest that is short",
                "not-opened",
                edited(&|sealed| again(sealed, &|cipher| cipher.digest = octets(&[0; 31]))),
            ),
            (
                "key at a point that is not on the curve",
                "not-opened",
                edited(&|sealed| {
                    again(sealed, &|cipher| {
                        cipher.x = Uint::new(&[5]).expect("a number");
                    })
                }),
            ),
            (
                "key of no length",
                "not-opened",
                edited(&|sealed| again(sealed, &|cipher| cipher.text = octets(&[]))),
            ),
            (
                "envelope that names SM2 signatures",
                "record",
                named("1.2.156.10197.1.301.3", "1.2.156.10197.1.301.1"),
            ),
            (
                "envelope that names SM4-ECB",
                "record",
                named("1.2.156.10197.1.104.2", "1.2.156.10197.1.104.1"),
            ),
            (
                "envelope that names signed content",
                "record",
                named("1.2.156.10197.6.1.4.2.1", "1.2.156.10197.6.1.4.2.2"),
            ),
            (
                "envelope that names itself signed data",
                "record",
                named("1.2.156.10197.6.1.4.2.3", "1.2.156.10197.6.1.4.2.2"),
            ),
            (
                "envelope opened to a stranger under the old seal",
                "members",
                {
                    let cards = [&self.world.recipient.card, &self.world.stranger.card];
                    // Its length is seen before its digest.
                    let opened = loop {
                        let opened = self.key().envelope(loose.get("header.json"), &cards);
                        if opened.len() != envelope.len() {
                            break opened;
                        }
                    };
                    self.edited("keys.p7m", |old| *old = opened)
                },
            ),
        ];
        for (name, wanted, bytes) in cases {
            self.add(name, wanted, bytes);
        }
    }

    pub(super) fn forged_seals(&mut self) {
        let loose = self.loose();
        let (index, seal) = (loose.get("index.json"), loose.get("seal.p7s"));
        let (sealer, stranger) = (&self.world.sealer, &self.world.stranger);
        let by_stranger = sign_message(&stranger.custody(), index, true).expect("signed");
        let put = |seal: Vec<u8>| self.edited("seal.p7s", |old| *old = seal);
        let signature = |edit: &dyn Fn(&[u8]) -> Vec<u8>| {
            put(edit_signature(seal, None, edit).expect("a seal"))
        };
        let of = |signers: &[&[u8]], cards: &[&[u8]]| {
            put(recombine(seal, signers, cards).expect("a seal"))
        };
        let digest_signed = |digest: [u8; 32]| {
            let signed = sealer.custody().sign_digest(&digest).expect("signed");
            signature(&|_| signed.clone())
        };
        let named = |from: &str, to: &str| put(renamed(seal, from, to));
        let oid = |text: &str| Some(ObjectIdentifier::new(text).expect("an identifier"));
        let pair_named = edit_signature(seal, oid("1.2.156.10197.1.501"), <[u8]>::to_vec);
        let cases: Vec<(&str, &'static str, Vec<u8>)> = vec![
            (
                "good, the seal names the pair as GmSSL does",
                "opened",
                put(pair_named.expect("a seal")),
            ),
            (
                "seal with raw r and s",
                "seal",
                signature(&|old| {
                    let pair = Pair::from_der(old).expect("a signature");
                    [padded(&pair.r), padded(&pair.s)].concat()
                }),
            ),
            (
                "seal with r and s swapped",
                "seal",
                signature(&|old| {
                    let pair = Pair::from_der(old).expect("a signature");
                    let swapped = Pair {
                        r: pair.s,
                        s: pair.r,
                    };
                    swapped.to_der().expect("it has an encoding")
                }),
            ),
            (
                "seal with an r of zero",
                "seal",
                signature(&|old| {
                    let mut pair = Pair::from_der(old).expect("a signature");
                    pair.r = Uint::new(&[0]).expect("a number");
                    pair.to_der().expect("it has an encoding")
                }),
            ),
            (
                "seal with an empty signature",
                "seal",
                signature(&|_| Vec::new()),
            ),
            (
                "seal without the Z value",
                "seal",
                digest_signed(Sm3::digest(index).into()),
            ),
            (
                "seal over an empty content",
                "seal",
                digest_signed(Sm3::digest(b"").into()),
            ),
            ("seal with no signer", "seal", of(&[], &[seal])),
            ("seal with no card", "seal", of(&[seal], &[])),
            (
                "seal with two signers",
                "seal",
                of(&[seal, &by_stranger], &[seal, &by_stranger]),
            ),
            (
                "seal with two signers and one card",
                "seal",
                of(&[seal, &by_stranger], &[seal]),
            ),
            (
                "seal with one signer and two cards",
                "seal",
                of(&[seal], &[seal, &by_stranger]),
            ),
            (
                "seal with a stranger's signature and the sealer's card",
                "seal",
                of(&[&by_stranger], &[seal]),
            ),
            (
                "seal with the sealer's signature and a stranger's card",
                "seal",
                of(&[seal], &[&by_stranger]),
            ),
            (
                "seal that names SM2 key exchange",
                "seal",
                named("1.2.156.10197.1.301.1", "1.2.156.10197.1.301.2"),
            ),
            (
                "seal that names another digest",
                "seal",
                named("1.2.156.10197.1.401", "1.2.156.10197.1.411"),
            ),
            (
                "seal that names itself an envelope",
                "seal",
                named("1.2.156.10197.6.1.4.2.2", "1.2.156.10197.6.1.4.2.3"),
            ),
        ];
        for (name, wanted, bytes) in cases {
            self.add(name, wanted, bytes);
        }
    }

    /// Sealed anew by a recipient, who has the key, for somebody else.
    pub(super) fn passed_on(&mut self) {
        let (world, loose) = (self.world, self.loose());
        let (by, to) = (&world.recipient, &world.stranger);
        let again = |card: &Certificate, custody: &SoftwareCustody, created: u64| {
            let mut header: Value = serde_json::from_slice(loose.get("header.json")).expect("JSON");
            header["sealer"] = json!(card.fingerprint());
            header["recipients"] = json!([to.card.fingerprint()]);
            header["created"] = json!(created);
            let header = canonical(&header);
            let key = self.key();
            let envelope = key.envelope(&header, &[&to.card, &world.recovery.card]);
            let mac = key.mac(&header, &envelope);
            let mut package = loose.clone();
            package.edit("header.json", |old| *old = header);
            package.edit("keys.p7m", |old| *old = envelope);
            package.edit("header.mac", |old| *old = mac.to_vec());
            package.reseal(&id(&self.good), custody);
            package.write()
        };
        let own = again(&by.card, &by.custody(), NOW);
        let in_his_name = again(&world.sealer.card, &by.custody(), NOW);
        // A card of GmSSL's that may receive and not sign.
        let card = Certificate::from_der(include_bytes!("../../gmssl/recipient.cert.der"));
        let card = card.expect("a card");
        let bytes = include_bytes!("../../gmssl/recipient.key.der");
        let key = open_key(bytes, "P@ssw0rd-vector").expect("its key");
        let created = card.validity().0 + 1;
        let custody = SoftwareCustody::new(card.clone(), key).expect("they belong together");
        let package = again(&card, &custody, created);
        let trust = Trust {
            cards: vec![card],
            ..Trust::default()
        };
        self.with(
            "passed on by a recipient as sealed by himself",
            "not-opened",
            own,
            world.trust.clone(),
            Holder::Stranger,
        );
        self.with(
            "passed on by a recipient in the sealer's name",
            "other-sealer",
            in_his_name,
            world.trust.clone(),
            Holder::Stranger,
        );
        self.with(
            "sealer whose card is not made for signing",
            "card-usage",
            package,
            trust,
            Holder::Stranger,
        );
    }
}
