//! Private keys under a password: PKCS#8 with PBES2 (RFC 8018), PBKDF2 with HMAC-SM3
//! (GM/T 0091-2020) and SM4-CBC, as GmSSL and the national middleware write them.

use crate::{
    cbc,
    key::{KeyFault, SigningKey},
    oid,
    strict::strict,
};
use der::{
    Any, Encode as _, Sequence,
    asn1::{Null, OctetString},
};
use sm3::Sm3;
use x509_cert::spki::AlgorithmIdentifierOwned;
use zeroize::Zeroizing;

/// Rounds of PBKDF2 for a key that is written here.
pub const ROUNDS: u32 = 1_000_000;
/// Rounds that are read at most: a hostile file must not occupy the machine.
const MOST_ROUNDS: u32 = 10_000_000;

#[derive(Sequence)]
struct EncryptedKey {
    algorithm: AlgorithmIdentifierOwned,
    data: OctetString,
}

#[derive(Sequence)]
struct Pbes2 {
    derivation: AlgorithmIdentifierOwned,
    cipher: AlgorithmIdentifierOwned,
}

#[derive(Sequence)]
struct Pbkdf2 {
    salt: OctetString,
    rounds: u32,
    #[asn1(optional = "true")]
    key_length: Option<u16>,
    function: AlgorithmIdentifierOwned,
}

/// Opens a private key with its password.
///
/// # Errors
/// [`KeyFault::NotAKey`] for another shape, [`KeyFault::WrongPassword`] when password or bytes are
/// not the ones it was written with: which of the two cannot be told.
pub fn open_key(bytes: &[u8], password: &str) -> Result<SigningKey, KeyFault> {
    let key: EncryptedKey = strict(bytes).ok_or(KeyFault::NotAKey)?;
    let parameters = |algorithm: &AlgorithmIdentifierOwned, oid| {
        (algorithm.oid == oid)
            .then_some(algorithm.parameters.as_ref())
            .flatten()
            .and_then(|parameters| parameters.to_der().ok())
            .ok_or(KeyFault::NotAKey)
    };
    let scheme: Pbes2 =
        strict(&parameters(&key.algorithm, oid::PBES2)?).ok_or(KeyFault::NotAKey)?;
    let derivation: Pbkdf2 =
        strict(&parameters(&scheme.derivation, oid::PBKDF2)?).ok_or(KeyFault::NotAKey)?;
    let iv: OctetString =
        strict(&parameters(&scheme.cipher, oid::SM4_CBC)?).ok_or(KeyFault::NotAKey)?;
    let iv: [u8; 16] = iv.as_bytes().try_into().map_err(|_| KeyFault::NotAKey)?;
    let usual = derivation.function.oid == oid::HMAC_SM3
        && derivation.key_length.is_none_or(|length| length == 16)
        && (1..=MOST_ROUNDS).contains(&derivation.rounds)
        && derivation.salt.as_bytes().len() >= 8;
    if !usual {
        return Err(KeyFault::NotAKey);
    }
    let secret = derive(password, derivation.salt.as_bytes(), derivation.rounds);
    let plain = cbc::open(&secret, &iv, key.data.as_bytes()).ok_or(KeyFault::WrongPassword)?;
    SigningKey::from_pkcs8_der(&plain).map_err(|_| KeyFault::WrongPassword)
}

/// Writes a private key under a password, [`ROUNDS`] rounds.
///
/// # Errors
/// [`KeyFault`] when there is no randomness or no encoding.
pub fn seal_key(key: &SigningKey, password: &str) -> Result<Vec<u8>, KeyFault> {
    seal_in_rounds(key, password, ROUNDS)
}

/// Writes a private key under a password.
pub(crate) fn seal_in_rounds(
    key: &SigningKey,
    password: &str,
    rounds: u32,
) -> Result<Vec<u8>, KeyFault> {
    let (mut salt, mut iv) = ([0; 16], [0; 16]);
    getrandom::fill(&mut salt).map_err(KeyFault::Randomness)?;
    getrandom::fill(&mut iv).map_err(KeyFault::Randomness)?;
    let plain = key.dangerously_to_pkcs8_der()?;
    let data = cbc::seal(&derive(password, &salt, rounds), &iv, &plain);
    encoded(&salt, &iv, rounds, &data).map_err(|_| KeyFault::NotAKey)
}

fn encoded(salt: &[u8], iv: &[u8], rounds: u32, data: &[u8]) -> der::Result<Vec<u8>> {
    let algorithm = |oid, parameters| AlgorithmIdentifierOwned {
        oid,
        parameters: Some(parameters),
    };
    let derivation = Pbkdf2 {
        salt: OctetString::new(salt)?,
        rounds,
        key_length: Some(16),
        function: algorithm(oid::HMAC_SM3, Any::encode_from(&Null)?),
    };
    let scheme = Pbes2 {
        derivation: algorithm(oid::PBKDF2, Any::encode_from(&derivation)?),
        cipher: algorithm(oid::SM4_CBC, Any::encode_from(&OctetString::new(iv)?)?),
    };
    EncryptedKey {
        algorithm: algorithm(oid::PBES2, Any::encode_from(&scheme)?),
        data: OctetString::new(data)?,
    }
    .to_der()
}

fn derive(password: &str, salt: &[u8], rounds: u32) -> Zeroizing<[u8; 16]> {
    let mut key = Zeroizing::new([0; 16]);
    pbkdf2::pbkdf2_hmac::<Sm3>(password.as_bytes(), salt, rounds, key.as_mut());
    key
}
