//! The messages of GB/T 35275-2017 (GM/T 0010-2023) that a sealed package uses: their ASN.1 shapes.
//!
//! They are those of PKCS#7 version 1.5 with identifiers of their own.

use der::{
    Any, Sequence, ValueOrd,
    asn1::{ObjectIdentifier, OctetString, SetOfVec},
};
use x509_cert::{name::Name, serial_number::SerialNumber, spki::AlgorithmIdentifierOwned};

/// ContentInfo.
#[derive(Sequence)]
pub(crate) struct ContentInfo {
    pub(crate) content_type: ObjectIdentifier,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    pub(crate) content: Option<Any>,
}

/// IssuerAndSerialNumber: which certificate's key is meant.
#[derive(Clone, PartialEq, Eq, Sequence, ValueOrd)]
pub(crate) struct IssuerAndSerial {
    pub(crate) issuer: Name,
    pub(crate) serial: SerialNumber,
}

/// EnvelopedData, version 1.
#[derive(Sequence)]
pub(crate) struct EnvelopedData {
    pub(crate) version: u8,
    pub(crate) recipients: SetOfVec<RecipientInfo>,
    pub(crate) content: EncryptedContentInfo,
}

/// RecipientInfo, version 1.
#[derive(Clone, PartialEq, Eq, Sequence, ValueOrd)]
pub(crate) struct RecipientInfo {
    pub(crate) version: u8,
    pub(crate) recipient: IssuerAndSerial,
    pub(crate) algorithm: AlgorithmIdentifierOwned,
    pub(crate) encrypted_key: OctetString,
}

/// EncryptedContentInfo.
#[derive(Sequence)]
pub(crate) struct EncryptedContentInfo {
    pub(crate) content_type: ObjectIdentifier,
    pub(crate) algorithm: AlgorithmIdentifierOwned,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT")]
    pub(crate) content: OctetString,
}

/// SignedData, version 1, without revocation lists.
#[derive(Sequence)]
pub(crate) struct SignedData {
    pub(crate) version: u8,
    pub(crate) digests: SetOfVec<AlgorithmIdentifierOwned>,
    pub(crate) content: ContentInfo,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT")]
    pub(crate) certificates: SetOfVec<x509_cert::Certificate>,
    pub(crate) signers: SetOfVec<SignerInfo>,
}

/// SignerInfo, version 1, without attributes.
#[derive(Clone, PartialEq, Eq, Sequence, ValueOrd)]
pub(crate) struct SignerInfo {
    pub(crate) version: u8,
    pub(crate) signer: IssuerAndSerial,
    pub(crate) digest: AlgorithmIdentifierOwned,
    pub(crate) algorithm: AlgorithmIdentifierOwned,
    pub(crate) signature: OctetString,
}

/// An algorithm without parameters.
pub(crate) fn plain(oid: ObjectIdentifier) -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned {
        oid,
        parameters: None,
    }
}
