//! SM2 signatures and certificates, held against OpenSSL and GmSSL.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use luguo_sealed::{
    Certificate, SignatureFault, SigningKey, self_signed_certificate, sign, verify,
};
use std::process::Command;

const YEAR: u64 = 365 * 24 * 3600;

fn pair() -> (SigningKey, Certificate) {
    let key = SigningKey::generate().unwrap();
    let certificate =
        self_signed_certificate(&key, "征集接收端", 1_760_000_000, 1_760_000_000 + 10 * YEAR)
            .unwrap();
    (key, certificate)
}

#[test]
fn a_signature_verifies_with_its_certificate_and_no_other() {
    let (key, certificate) = pair();
    let (_, other) = pair();
    let signature = sign(&key, b"receipt");
    verify(&certificate, b"receipt", &signature).unwrap();
    assert_eq!(
        verify(&certificate, b"receipT", &signature),
        Err(SignatureFault::Disagrees)
    );
    assert_eq!(
        verify(&other, b"receipt", &signature),
        Err(SignatureFault::Disagrees)
    );
}

#[test]
fn every_changed_byte_of_a_signature_is_refused() {
    let (key, certificate) = pair();
    let signature = sign(&key, b"receipt");
    for position in 0..signature.len() {
        let mut changed = signature.clone();
        changed[position] ^= 1;
        assert!(
            verify(&certificate, b"receipt", &changed).is_err(),
            "byte {position}"
        );
    }
    for length in 0..signature.len() {
        assert!(verify(&certificate, b"receipt", &signature[..length]).is_err());
    }
}

#[test]
fn key_and_certificate_survive_their_files() {
    let (key, certificate) = pair();
    let pem = key.dangerously_to_pkcs8_pem().unwrap();
    let again = SigningKey::from_pkcs8_pem(&pem).unwrap();
    verify(&certificate, b"m", &sign(&again, b"m")).unwrap();
    let read = Certificate::from_pem(&certificate.to_pem().unwrap()).unwrap();
    assert_eq!(read, certificate);
    assert_eq!(read.fingerprint().len(), 64);
    assert!(!format!("{key:?}").contains("PRIVATE"));
}

#[test]
fn a_certificate_is_signed_by_its_own_key() {
    let (_, certificate) = pair();
    certificate.verify_issued_by(&certificate).unwrap();
    let (_, other) = pair();
    assert!(certificate.verify_issued_by(&other).is_err());
}

#[test]
fn certificates_that_gmssl_made_are_read_and_verified() {
    for bytes in [
        include_bytes!("vectors/recipient.cert.der").as_slice(),
        include_bytes!("vectors/sealer.cert.der"),
    ] {
        let certificate = Certificate::from_der(bytes).unwrap();
        certificate.verify_issued_by(&certificate).unwrap();
        assert!(Certificate::from_der(&bytes[..bytes.len() - 1]).is_err());
    }
}

#[test]
fn openssl_verifies_our_signature_with_our_certificate() {
    let (key, certificate) = pair();
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("cert.pem"), certificate.to_pem().unwrap()).unwrap();
    std::fs::write(at("message"), b"receipt").unwrap();
    std::fs::write(at("signature"), sign(&key, b"receipt")).unwrap();
    let public = Command::new("openssl")
        .args(["x509", "-pubkey", "-noout", "-in"])
        .arg(at("cert.pem"))
        .output()
        .expect("openssl is installed by `cargo xtask test`");
    assert!(public.status.success());
    std::fs::write(at("public.pem"), &public.stdout).unwrap();
    let verified = Command::new("openssl")
        .args(["pkeyutl", "-verify", "-pubin", "-rawin", "-digest", "sm3"])
        .args(["-pkeyopt", "distid:1234567812345678", "-inkey"])
        .arg(at("public.pem"))
        .arg("-in")
        .arg(at("message"))
        .arg("-sigfile")
        .arg(at("signature"))
        .output()
        .unwrap();
    assert!(
        verified.status.success(),
        "{}{}",
        String::from_utf8_lossy(&verified.stdout),
        String::from_utf8_lossy(&verified.stderr)
    );
}
