//! Object identifiers of GB/T 33560-2017 and GM/T 0006, as GB/T 35275-2017 uses them.

use der::asn1::ObjectIdentifier;

/// SM2 with the SM3 digest, in certificates.
pub(crate) const SM2_WITH_SM3: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.156.10197.1.501");
/// SM2-1, the signature algorithm.
pub(crate) const SM2_SIGN: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.156.10197.1.301.1");
/// SM2-2, the key exchange; some programs name it where SM2-3 is meant.
pub(crate) const SM2_EXCHANGE: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.156.10197.1.301.2");
/// SM2-3, the public key encryption.
pub(crate) const SM2_ENCRYPT: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.156.10197.1.301.3");
/// SM3.
pub(crate) const SM3: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.156.10197.1.401");
/// HMAC with SM3 (GM/T 0091-2020).
pub(crate) const HMAC_SM3: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.156.10197.1.401.2");
/// SM4 in CBC mode.
pub(crate) const SM4_CBC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.156.10197.1.104.2");
/// data.
pub(crate) const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.156.10197.6.1.4.2.1");
/// signedData.
pub(crate) const SIGNED_DATA: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.156.10197.6.1.4.2.2");
/// envelopedData.
pub(crate) const ENVELOPED_DATA: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.156.10197.6.1.4.2.3");
/// PBES2 and PBKDF2 (RFC 8018).
pub(crate) const PBES2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.13");
/// See [`PBES2`].
pub(crate) const PBKDF2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.12");
/// id-ecPublicKey.
pub(crate) const EC_PUBLIC_KEY: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
/// The curve of GB/T 32918.5-2017.
pub(crate) const SM2_CURVE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.156.10197.1.301");
