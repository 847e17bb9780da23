//! From a passphrase to a wrapping key: Argon2id (RFC 9106), and how much work a key file may ask.
//!
//! A foreign or damaged key file is refused before any memory is taken for it.

use crate::{fault::OpenFault, secret::Passphrase};
use argon2::{Algorithm, Argon2, Params, Version};
use std::ops::RangeInclusive;
use zeroize::Zeroizing;

/// 64 MiB, which every slot has had from the first version on, to 1 GiB.
const MEMORY_KIB: RangeInclusive<u32> = 64 * 1024..=1024 * 1024;
const PASSES: RangeInclusive<u32> = 3..=16;
const LANES: RangeInclusive<u32> = 1..=16;

/// How much work one derivation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cost {
    pub(crate) memory_kib: u32,
    pub(crate) passes: u32,
    pub(crate) lanes: u32,
}

impl Cost {
    /// What new slots get.
    pub(crate) const NEW: Cost = Cost {
        memory_kib: 64 * 1024,
        passes: 3,
        lanes: 1,
    };

    fn check(self) -> Result<(), OpenFault> {
        for (name, found, allowed) in [
            ("memory_kib", self.memory_kib, MEMORY_KIB),
            ("passes", self.passes, PASSES),
            ("lanes", self.lanes, LANES),
        ] {
            if !allowed.contains(&found) {
                return Err(OpenFault::KeySlotCost {
                    name,
                    found,
                    least: *allowed.start(),
                    most: *allowed.end(),
                });
            }
        }
        Ok(())
    }
}

/// Derives the wrapping key; a cost outside the bounds is refused before any work is done.
pub(crate) fn derive(
    passphrase: &Passphrase,
    salt: &[u8],
    cost: Cost,
) -> Result<Zeroizing<[u8; 32]>, OpenFault> {
    cost.check()?;
    let unusable = |fault: argon2::Error| OpenFault::NotAVault {
        detail: format!("key slot parameters: {fault}"),
    };
    let parameters =
        Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)).map_err(unusable)?;
    let mut out = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
        .hash_password_into(passphrase.bytes(), salt, out.as_mut())
        .map_err(unusable)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(cost: Cost) -> Option<(&'static str, u32)> {
        match cost.check() {
            Ok(()) => None,
            Err(OpenFault::KeySlotCost { name, found, .. }) => Some((name, found)),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn new_slots_keep_to_the_bounds() {
        assert_eq!(refused(Cost::NEW), None);
    }

    #[test]
    fn the_bounds_are_allowed_and_one_step_beyond_names_the_parameter() {
        let memory = |memory_kib| Cost {
            memory_kib,
            ..Cost::NEW
        };
        let passes = |passes| Cost {
            passes,
            ..Cost::NEW
        };
        let lanes = |lanes| Cost { lanes, ..Cost::NEW };
        for allowed in [
            memory(65_536),
            memory(1_048_576),
            passes(3),
            passes(16),
            lanes(1),
            lanes(16),
        ] {
            assert_eq!(refused(allowed), None, "{allowed:?}");
        }
        for (name, found, cost) in [
            ("memory_kib", 65_535, memory(65_535)),
            ("memory_kib", 1_048_577, memory(1_048_577)),
            ("memory_kib", u32::MAX, memory(u32::MAX)),
            ("passes", 2, passes(2)),
            ("passes", 17, passes(17)),
            ("lanes", 0, lanes(0)),
            ("lanes", 17, lanes(17)),
        ] {
            assert_eq!(refused(cost), Some((name, found)));
        }
    }
}
