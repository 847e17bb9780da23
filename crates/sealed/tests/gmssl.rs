//! Files that GmSSL made (tests/gmssl/README.md): read where they keep to GB/T 35275, refused where
//! they do not, and refused with any one byte changed.

use luguo_sealed::{
    Certificate, EnvelopeFault, SignedFault, SigningKey, SoftwareCustody, open_envelope, open_key,
    seal_envelope, seal_key, sign_message, verify_detached, verify_message,
};

const PASSWORD: &str = "P@ssw0rd-vector";
const RECIPIENT_KEY: &[u8] = include_bytes!("gmssl/recipient.key.der");
const RECIPIENT_CARD: &[u8] = include_bytes!("gmssl/recipient.cert.der");
const SEALER_KEY: &[u8] = include_bytes!("gmssl/sealer.key.der");
const SEALER_CARD: &[u8] = include_bytes!("gmssl/sealer.cert.der");
const ENVELOPE: &[u8] = include_bytes!("gmssl/enveloped.p7m.der");
const SIGNED: &[u8] = include_bytes!("gmssl/signed.p7s.der");
const CONTENT: &[u8] = include_bytes!("gmssl/content.json");

fn custody(key: &[u8], card: &[u8]) -> SoftwareCustody {
    let key = open_key(key, PASSWORD).expect("the password opens the key");
    SoftwareCustody::new(Certificate::from_der(card).expect("a card"), key)
        .expect("key and card belong together")
}

fn changed(file: &[u8]) -> impl Iterator<Item = (usize, Vec<u8>)> {
    (0..file.len()).map(|at| {
        let mut changed = file.to_vec();
        changed[at] ^= 0x04;
        (at, changed)
    })
}

#[test]
fn keys_under_a_password_open_with_it_and_with_no_other() {
    custody(RECIPIENT_KEY, RECIPIENT_CARD);
    custody(SEALER_KEY, SEALER_CARD);
    assert!(open_key(RECIPIENT_KEY, "P@ssw0rd-vectoR").is_err());
    let sealer = open_key(SEALER_KEY, PASSWORD).expect("the sealer's key");
    let other = Certificate::from_der(RECIPIENT_CARD).expect("a card");
    assert!(SoftwareCustody::new(other, sealer).is_none());
}

#[test]
fn cards_are_self_signed_and_name_their_use() {
    let sealer = Certificate::from_der(SEALER_CARD).expect("a card");
    let recipient = Certificate::from_der(RECIPIENT_CARD).expect("a card");
    assert_eq!(sealer.verify_issued_by(&sealer), Ok(()));
    assert_eq!(recipient.verify_issued_by(&recipient), Ok(()));
    assert!(sealer.may_sign() && !sealer.may_receive());
    assert!(recipient.may_receive() && !recipient.may_sign());
}

#[test]
fn an_envelope_with_the_older_name_of_sm2_opens() {
    let opened = open_envelope(ENVELOPE, &custody(RECIPIENT_KEY, RECIPIENT_CARD));
    assert_eq!(opened.expect("it opens").as_slice(), CONTENT);
    let other = open_envelope(ENVELOPE, &custody(SEALER_KEY, SEALER_CARD));
    assert_eq!(
        other.expect_err("not for it"),
        EnvelopeFault::OtherRecipient
    );
}

#[test]
fn a_signature_without_the_z_value_is_refused_with_that_reason() {
    assert_eq!(
        verify_message(SIGNED).expect_err("no Z"),
        SignedFault::WithoutZ
    );
}

#[test]
fn cards_with_one_byte_changed_are_refused() {
    for card in [RECIPIENT_CARD, SEALER_CARD] {
        for (at, changed) in changed(card) {
            let good = Certificate::from_der(&changed)
                .is_ok_and(|card| card.verify_issued_by(&card).is_ok());
            assert!(!good, "byte {at}");
        }
    }
}

#[test]
fn an_envelope_with_one_byte_changed_gives_its_content_no_more() {
    let custody = custody(RECIPIENT_KEY, RECIPIENT_CARD);
    for (at, changed) in changed(ENVELOPE) {
        let opened = open_envelope(&changed, &custody);
        // An envelope alone is not authenticated; what comes out is compared with its digest.
        assert!(
            opened.is_err() || opened.is_ok_and(|content| content.as_slice() != CONTENT),
            "byte {at}"
        );
    }
}

#[test]
fn a_signed_message_with_one_byte_changed_is_refused() {
    for (at, changed) in changed(SIGNED) {
        assert!(verify_message(&changed).is_err(), "byte {at}");
    }
}

#[test]
fn a_key_with_one_byte_changed_is_refused() {
    let card = Certificate::from_der(RECIPIENT_CARD).expect("a card");
    // PBKDF2's rounds take a while: of salt, vector and every block of the encrypted key, where each
    // byte counts alike, one or two bytes are changed; of the structure around them every one.
    let alike = [35..51, 86..102, 105..RECIPIENT_KEY.len()];
    for (at, changed) in changed(RECIPIENT_KEY) {
        if at % 16 != 0 && alike.iter().any(|range| range.contains(&at)) {
            continue;
        }
        let good = open_key(&changed, PASSWORD)
            .is_ok_and(|key| SoftwareCustody::new(card.clone(), key).is_some());
        assert!(!good, "byte {at}");
    }
}

#[test]
fn what_is_sealed_and_signed_for_their_cards_opens_and_verifies() {
    let (recipient, sealer) = (
        custody(RECIPIENT_KEY, RECIPIENT_CARD),
        custody(SEALER_KEY, SEALER_CARD),
    );
    let cards = [
        Certificate::from_der(SEALER_CARD).expect("a card"),
        Certificate::from_der(RECIPIENT_CARD).expect("a card"),
    ];
    let envelope = seal_envelope(&[&cards[0], &cards[1]], CONTENT).expect("sealed");
    for custody in [&recipient, &sealer] {
        assert_eq!(
            open_envelope(&envelope, custody)
                .expect("opened")
                .as_slice(),
            CONTENT
        );
    }
    let message = sign_message(&sealer, CONTENT, false).expect("signed");
    let (signer, content) = verify_message(&message).expect("verified");
    assert_eq!(
        (signer.as_der(), content.as_slice()),
        (SEALER_CARD, CONTENT)
    );
    let detached = sign_message(&sealer, CONTENT, true).expect("signed");
    assert_eq!(
        verify_detached(&detached, CONTENT)
            .expect("verified")
            .as_der(),
        SEALER_CARD
    );
    assert_eq!(
        verify_detached(&detached, b"other"),
        Err(SignedFault::Disagrees)
    );
    for (at, changed) in changed(&detached) {
        // With another subject it looks issued by an authority; it is no card that anybody knows.
        let signer = verify_detached(&changed, CONTENT);
        assert!(
            signer.is_err() || signer.is_ok_and(|card| card.as_der() != SEALER_CARD),
            "byte {at}"
        );
    }
}

#[test]
fn a_key_that_is_written_under_a_password_opens_with_it() {
    let key = SigningKey::generate().expect("a key");
    let bytes = seal_key(&key, "涉密-2026").expect("written");
    let again = open_key(&bytes, "涉密-2026").expect("read");
    assert_eq!(
        *again.dangerously_to_pkcs8_der().expect("bytes"),
        *key.dangerously_to_pkcs8_der().expect("bytes")
    );
    assert!(open_key(&bytes, "涉密-2027").is_err());
}
