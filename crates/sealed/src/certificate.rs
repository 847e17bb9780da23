//! X.509 certificates of SM2 keys.

use crate::{DEFAULT_ID, key::SigningKey};
use der::{Decode as _, DecodePem as _, Encode as _, EncodePem as _, pem::LineEnding};
use sm2::dsa::{DerSignature, Signature, VerifyingKey};
use std::{fmt, str::FromStr as _, time::Duration};
use x509_cert::{
    builder::{Builder as _, CertificateBuilder, profile::BuilderProfile},
    certificate::TbsCertificate,
    ext::Extension,
    name::Name,
    serial_number::SerialNumber,
    spki::{
        AlgorithmIdentifierOwned, DynSignatureAlgorithmIdentifier, EncodePublicKey as _,
        ObjectIdentifier, SubjectPublicKeyInfoOwned, SubjectPublicKeyInfoRef,
    },
    time::{Time, Validity},
};

/// sm2sign-with-sm3.
const SM2_WITH_SM3: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.156.10197.1.501");

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
        Self::new(inner)
    }

    fn new(inner: x509_cert::Certificate) -> Result<Self, CertificateFault> {
        let der = inner
            .to_der()
            .map_err(|fault| CertificateFault::NotACertificate(fault.to_string()))?;
        let key = inner
            .tbs_certificate()
            .subject_public_key_info()
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

    /// Verifies that the certificate was signed by another one's key; itself for a self-signed one.
    ///
    /// # Errors
    /// [`crate::SignatureFault`].
    pub fn verify_issued_by(&self, issuer: &Certificate) -> Result<(), crate::SignatureFault> {
        let tbs = self
            .inner
            .tbs_certificate()
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

/// Makes a self-signed certificate. Times are seconds since 1970, UTC.
///
/// # Errors
/// [`CertificateFault::Unmakeable`] for a name or time that has no encoding.
pub fn self_signed_certificate(
    key: &SigningKey,
    common_name: &str,
    not_before: u64,
    not_after: u64,
) -> Result<Certificate, CertificateFault> {
    let unmakeable = |fault: &dyn fmt::Display| CertificateFault::Unmakeable(fault.to_string());
    let time = |seconds: u64| {
        der::DateTime::from_unix_duration(Duration::from_secs(seconds))
            .map(|time| Time::GeneralTime(time.into()))
    };
    let validity = Validity::new(
        time(not_before).map_err(|fault| unmakeable(&fault))?,
        time(not_after).map_err(|fault| unmakeable(&fault))?,
    );
    let subject =
        Name::from_str(&format!("CN={common_name}")).map_err(|fault| unmakeable(&fault))?;
    let spki = key
        .public()
        .to_public_key_der()
        .map_err(|fault| unmakeable(&fault))?;
    let spki =
        SubjectPublicKeyInfoOwned::from_der(spki.as_bytes()).map_err(|fault| unmakeable(&fault))?;
    let mut serial = [0; 16];
    getrandom::fill(&mut serial).map_err(|fault| unmakeable(&fault))?;
    // The first bit clear and another set: a positive integer of full length.
    serial[0] = (serial[0] & 0x7f) | 0x40;
    let serial = SerialNumber::new(&serial).map_err(|fault| unmakeable(&fault))?;
    let inner = CertificateBuilder::new(SelfSigned(subject), serial, validity, spki)
        .and_then(|builder| builder.build::<_, DerSignature>(&DerSigner(key)))
        .map_err(|fault| unmakeable(&fault))?;
    Certificate::new(inner)
}

struct SelfSigned(Name);

impl BuilderProfile for SelfSigned {
    fn get_issuer(&self, subject: &Name) -> Name {
        subject.clone()
    }

    fn get_subject(&self) -> Name {
        self.0.clone()
    }

    fn build_extensions(
        &self,
        _spk: SubjectPublicKeyInfoRef<'_>,
        _issuer_spk: SubjectPublicKeyInfoRef<'_>,
        _tbs: &TbsCertificate,
    ) -> x509_cert::builder::Result<Vec<Extension>> {
        Ok(Vec::new())
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
