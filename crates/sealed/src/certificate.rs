//! X.509 certificates of SM2 keys.

use crate::{
    DEFAULT_ID,
    key::SigningKey,
    message::IssuerAndSerial,
    oid::{EC_PUBLIC_KEY, SM2_CURVE, SM2_WITH_SM3},
};
use der::{
    Decode as _, DecodePem as _, Encode as _, EncodePem as _, asn1::ObjectIdentifier,
    pem::LineEnding,
};
use sm2::dsa::{DerSignature, Signature, VerifyingKey};
use std::{fmt, str::FromStr as _, time::Duration};
use x509_cert::{
    builder::{Builder as _, CertificateBuilder, profile::BuilderProfile},
    certificate::TbsCertificate,
    ext::{
        Extension, ToExtension as _,
        pkix::{KeyUsage, KeyUsages},
    },
    name::Name,
    serial_number::SerialNumber,
    spki::{
        AlgorithmIdentifierOwned, DynSignatureAlgorithmIdentifier, EncodePublicKey as _,
        SubjectPublicKeyInfoOwned, SubjectPublicKeyInfoRef,
    },
    time::{Time, Validity},
};

/// Why there is no certificate.
#[derive(Debug, thiserror::Error)]
pub enum CertificateFault {
    /// Not a certificate in PEM.
    #[error("not a certificate in PEM: {0}")]
    NotACertificate(String),
    /// Its key is not an SM2 key.
    #[error("the certificate's key is not an SM2 key")]
    OtherKey,
    /// It could not be made.
    #[error("the certificate could not be made: {0}")]
    Unmakeable(String),
}

/// A certificate whose key verifies signatures.
#[derive(Clone)]
pub struct Certificate {
    inner: x509_cert::Certificate,
    der: Vec<u8>,
    key: VerifyingKey,
}

impl Certificate {
    /// Reads PEM.
    ///
    /// # Errors
    /// [`CertificateFault`].
    pub fn from_pem(pem: &str) -> Result<Self, CertificateFault> {
        let inner = x509_cert::Certificate::from_pem(pem)
            .map_err(|fault| CertificateFault::NotACertificate(fault.to_string()))?;
        Self::new(inner)
    }

    /// Reads DER.
    ///
    /// # Errors
    /// [`CertificateFault`].
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateFault> {
        let inner = x509_cert::Certificate::from_der(der)
            .map_err(|fault| CertificateFault::NotACertificate(fault.to_string()))?;
        let certificate = Self::new(inner)?;
        if certificate.der == der {
            Ok(certificate)
        } else {
            Err(CertificateFault::NotACertificate(
                "another encoding than DER".to_owned(),
            ))
        }
    }

    fn new(inner: x509_cert::Certificate) -> Result<Self, CertificateFault> {
        let der = inner
            .to_der()
            .map_err(|fault| CertificateFault::NotACertificate(fault.to_string()))?;
        let public = inner.tbs_certificate().subject_public_key_info();
        let curve = public
            .algorithm
            .parameters
            .as_ref()
            .and_then(|curve| curve.decode_as::<ObjectIdentifier>().ok());
        if public.algorithm.oid != EC_PUBLIC_KEY || curve != Some(SM2_CURVE) {
            return Err(CertificateFault::OtherKey);
        }
        let key = public
            .subject_public_key
            .as_bytes()
            .and_then(|bytes| VerifyingKey::from_sec1_bytes(DEFAULT_ID, bytes).ok())
            .ok_or(CertificateFault::OtherKey)?;
        Ok(Self { inner, der, key })
    }

    /// Writes PEM.
    ///
    /// # Errors
    /// [`CertificateFault::Unmakeable`] when it has no encoding.
    pub fn to_pem(&self) -> Result<String, CertificateFault> {
        self.inner
            .to_pem(LineEnding::LF)
            .map_err(|fault| CertificateFault::Unmakeable(fault.to_string()))
    }

    /// The DER encoding.
    pub fn as_der(&self) -> &[u8] {
        &self.der
    }

    /// SM3 fingerprint of the DER encoding, 64 hexadecimal digits.
    pub fn fingerprint(&self) -> String {
        use sm3::Digest as _;
        hex::encode(sm3::Sm3::digest(&self.der))
    }

    /// The subject's name.
    pub fn subject(&self) -> String {
        self.inner.tbs_certificate().subject().to_string()
    }

    /// Whether issuer and subject have the same name.
    pub fn is_self_issued(&self) -> bool {
        let body = self.inner.tbs_certificate();
        body.issuer() == body.subject()
    }

    pub(crate) fn is_issued_in_name_of(&self, issuer: &Certificate) -> bool {
        self.inner.tbs_certificate().issuer() == issuer.inner.tbs_certificate().subject()
    }

    /// From when and until when it holds, in seconds since 1970, UTC.
    pub fn validity(&self) -> (u64, u64) {
        let validity = self.inner.tbs_certificate().validity();
        (
            validity.not_before.to_unix_duration().as_secs(),
            validity.not_after.to_unix_duration().as_secs(),
        )
    }

    /// Whether it may sign; a certificate that names no use may.
    pub fn may_sign(&self) -> bool {
        self.may(KeyUsages::DigitalSignature)
    }

    /// Whether keys may be sealed for it; a certificate that names no use may.
    pub fn may_receive(&self) -> bool {
        self.may(KeyUsages::KeyEncipherment)
    }

    fn may(&self, usage: KeyUsages) -> bool {
        match self.inner.tbs_certificate().get_extension::<KeyUsage>() {
            Ok(Some((_, usages))) => usages.0.contains(usage),
            Ok(None) => true,
            Err(_) => false,
        }
    }

    pub(crate) fn inner(&self) -> &x509_cert::Certificate {
        &self.inner
    }

    pub(crate) fn issuer_and_serial(&self) -> IssuerAndSerial {
        let body = self.inner.tbs_certificate();
        IssuerAndSerial {
            issuer: body.issuer().clone(),
            serial: body.serial_number().clone(),
        }
    }

    pub(crate) fn public(&self) -> Option<sm2::PublicKey> {
        let body = self.inner.tbs_certificate();
        sm2::PublicKey::from_sec1_bytes(
            body.subject_public_key_info()
                .subject_public_key
                .as_bytes()?,
        )
        .ok()
    }

    /// Verifies that the certificate was signed by another one's key; itself for a self-signed one.
    ///
    /// # Errors
    /// [`crate::SignatureFault`].
    pub fn verify_issued_by(&self, issuer: &Certificate) -> Result<(), crate::SignatureFault> {
        let body = self.inner.tbs_certificate();
        let algorithm = self.inner.signature_algorithm();
        if algorithm.oid != SM2_WITH_SM3 || algorithm != body.signature() {
            return Err(crate::SignatureFault::NotASignature);
        }
        let tbs = body
            .to_der()
            .map_err(|_| crate::SignatureFault::NotASignature)?;
        let signature = self
            .inner
            .signature()
            .as_bytes()
            .ok_or(crate::SignatureFault::NotASignature)?;
        crate::verify(issuer, &tbs, signature)
    }

    pub(crate) fn verifier(&self) -> &VerifyingKey {
        &self.key
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
    }
}

impl Eq for Certificate {}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificate({})", self.subject())
    }
}

/// Makes a self-signed certificate: a card that signs and receives. Times are seconds since 1970,
/// UTC.
///
/// # Errors
/// [`CertificateFault::Unmakeable`] for a name or time that has no encoding.
pub fn self_signed_certificate(
    key: &SigningKey,
    common_name: &str,
    not_before: u64,
    not_after: u64,
) -> Result<Certificate, CertificateFault> {
    let subject = named(common_name)?;
    let profile = Profile {
        issuer: subject.clone(),
        subject,
    };
    make(profile, key, key, not_before, not_after)
}

/// Makes a certificate that another key issues: a card from the unit's own authority.
///
/// # Errors
/// [`CertificateFault::Unmakeable`] for a name or time that has no encoding.
pub fn issued_certificate(
    holder: &SigningKey,
    common_name: &str,
    (issuer, issuer_key): (&Certificate, &SigningKey),
    not_before: u64,
    not_after: u64,
) -> Result<Certificate, CertificateFault> {
    let profile = Profile {
        issuer: issuer.inner.tbs_certificate().subject().clone(),
        subject: named(common_name)?,
    };
    make(profile, holder, issuer_key, not_before, not_after)
}

fn unmakeable(fault: impl fmt::Display) -> CertificateFault {
    CertificateFault::Unmakeable(fault.to_string())
}

/// What stands in a name by itself is escaped (RFC 4514).
fn named(common_name: &str) -> Result<Name, CertificateFault> {
    let mut escaped = String::new();
    for character in common_name.chars() {
        if ",+\"\\<>;=#".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    Name::from_str(&format!("CN={escaped}")).map_err(unmakeable)
}

fn make(
    profile: Profile,
    holder: &SigningKey,
    issuer: &SigningKey,
    not_before: u64,
    not_after: u64,
) -> Result<Certificate, CertificateFault> {
    let time = |seconds: u64| {
        der::DateTime::from_unix_duration(Duration::from_secs(seconds))
            .map(|time| Time::GeneralTime(time.into()))
            .map_err(unmakeable)
    };
    let validity = Validity::new(time(not_before)?, time(not_after)?);
    let spki = holder.public().to_public_key_der().map_err(unmakeable)?;
    let spki = SubjectPublicKeyInfoOwned::from_der(spki.as_bytes()).map_err(unmakeable)?;
    let mut serial = [0; 16];
    getrandom::fill(&mut serial).map_err(unmakeable)?;
    // The first bit clear and another set: a positive integer of full length.
    serial[0] = (serial[0] & 0x7f) | 0x40;
    let serial = SerialNumber::new(&serial).map_err(unmakeable)?;
    let inner = CertificateBuilder::new(profile, serial, validity, spki)
        .and_then(|builder| builder.build::<_, DerSignature>(&DerSigner(issuer)))
        .map_err(unmakeable)?;
    Certificate::new(inner)
}

struct Profile {
    issuer: Name,
    subject: Name,
}

impl BuilderProfile for Profile {
    fn get_issuer(&self, _subject: &Name) -> Name {
        self.issuer.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        _spk: SubjectPublicKeyInfoRef<'_>,
        _issuer_spk: SubjectPublicKeyInfoRef<'_>,
        tbs: &TbsCertificate,
    ) -> x509_cert::builder::Result<Vec<Extension>> {
        let usage = KeyUsage(
            KeyUsages::DigitalSignature | KeyUsages::KeyEncipherment | KeyUsages::KeyCertSign,
        );
        Ok(vec![(&usage).to_extension(tbs.subject(), &[])?])
    }
}

/// Signs as DER: the library's own signature type goes into X.509 as raw r‖s, which OpenSSL refuses.
struct DerSigner<'a>(&'a SigningKey);

impl sm2::dsa::signature::Signer<DerSignature> for DerSigner<'_> {
    fn try_sign(&self, message: &[u8]) -> Result<DerSignature, sm2::dsa::signature::Error> {
        let signature: Signature = self.0.signer.try_sign(message)?;
        Ok(signature.into())
    }
}

impl sm2::dsa::signature::Keypair for DerSigner<'_> {
    type VerifyingKey = sm2::PublicKey;

    fn verifying_key(&self) -> sm2::PublicKey {
        self.0.public()
    }
}

impl DynSignatureAlgorithmIdentifier for DerSigner<'_> {
    fn signature_algorithm_identifier(&self) -> x509_cert::spki::Result<AlgorithmIdentifierOwned> {
        Ok(AlgorithmIdentifierOwned {
            oid: SM2_WITH_SM3,
            parameters: None,
        })
    }
}
