//! SM4 in CBC mode with the padding of PKCS#7: for keys and key blocks, never for contents.

use sm4::{
    Sm4,
    cipher::{BlockModeDecrypt as _, BlockModeEncrypt as _, KeyIvInit as _, block_padding::Pkcs7},
};
use zeroize::Zeroizing;

/// Encrypts.
pub(crate) fn seal(key: &[u8; 16], iv: &[u8; 16], plain: &[u8]) -> Vec<u8> {
    cbc::Encryptor::<Sm4>::new(key.into(), iv.into()).encrypt_padded_vec::<Pkcs7>(plain)
}

/// Decrypts; nothing where the padding is not one.
pub(crate) fn open(key: &[u8; 16], iv: &[u8; 16], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    cbc::Decryptor::<Sm4>::new(key.into(), iv.into())
        .decrypt_padded_vec::<Pkcs7>(sealed)
        .ok()
        .map(Zeroizing::new)
}
