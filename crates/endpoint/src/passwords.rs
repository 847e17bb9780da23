//! Passwords: Argon2id (64 MiB, t = 3), compared in constant time.

use argon2::{Algorithm, Argon2, Params, Version};

/// Draws random bytes.
pub(crate) fn draw<const N: usize>() -> anyhow::Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// Digests a password.
pub(crate) fn digest(password: &str, salt: &[u8]) -> anyhow::Result<[u8; 32]> {
    let parameters = Params::new(64 * 1024, 3, 1, Some(32))
        .map_err(|fault| anyhow::anyhow!("argon2 parameters: {fault}"))?;
    let mut out = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
        .hash_password_into(password.as_bytes(), salt, &mut out)
        .map_err(|fault| anyhow::anyhow!("argon2: {fault}"))?;
    Ok(out)
}

/// Compares without telling by its time where the difference is.
pub(crate) fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |acc, (x, y)| acc | (x ^ y)) == 0
}
