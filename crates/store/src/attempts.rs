//! Wrong passphrases, counted beside the vault: after five the person waits.
//!
//! The count keeps somebody at the keyboard from trying. It lies outside the encrypted file,
//! because nobody is in there yet, so whoever can delete files can delete it; what keeps a copy
//! of the vault safe is the Argon2id work of each try, not this.

use crate::{fault::OpenFault, lock::beside};
use chrono::TimeDelta;
use luguo_domain::Moment;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, path::Path};

/// Wrong tries before the person waits.
const MOST: u32 = 5;
/// How long.
const WAIT: TimeDelta = TimeDelta::minutes(15);
/// Names that are counted at once: made-up names must not let the file grow.
const NAMES: usize = 200;

#[derive(Debug, Default, Serialize, Deserialize)]
struct Attempts(BTreeMap<String, Failures>);

#[derive(Debug, Serialize, Deserialize)]
struct Failures {
    count: u32,
    last: Moment,
}

impl Attempts {
    fn read(vault: &Path) -> Self {
        // A missing or damaged file counts as none: it must never lock everybody out.
        std::fs::read(beside(vault, "attempts"))
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }

    fn write(&self, vault: &Path) -> std::io::Result<()> {
        let path = beside(vault, "attempts");
        if self.0.is_empty() {
            return match std::fs::remove_file(path) {
                Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => Err(fault),
                _ => Ok(()),
            };
        }
        let new = beside(vault, "attempts.new");
        std::fs::write(&new, serde_json::to_vec(self)?)?;
        std::fs::rename(new, path)
    }
}

/// Tries a secret unless the person has to wait; returns how many tries failed before.
///
/// # Errors
/// [`OpenFault::LockedOut`] without a try, [`OpenFault::Refused`] after one more failure.
pub(crate) fn guarded<T>(
    vault: &Path,
    person: &str,
    now: Moment,
    attempt: impl FnOnce() -> Result<T, OpenFault>,
) -> Result<(T, u32), OpenFault> {
    let mut attempts = Attempts::read(vault);
    let before = match attempts.0.get(person) {
        // A clock that was set back must not make the wait longer than it is.
        Some(failures) if failures.count >= MOST => {
            let until = failures.last.min(now) + WAIT;
            if now < until && failures.last <= now {
                return Err(OpenFault::LockedOut { until });
            }
            0
        }
        Some(failures) => failures.count,
        None => 0,
    };
    match attempt() {
        Ok(done) => {
            if attempts.0.remove(person).is_some() {
                attempts.write(vault)?;
            }
            Ok((done, before))
        }
        Err(OpenFault::Refused) => {
            if attempts.0.len() >= NAMES && !attempts.0.contains_key(person) {
                attempts.0.pop_first();
            }
            attempts.0.insert(
                person.to_owned(),
                Failures {
                    count: before + 1,
                    last: now,
                },
            );
            attempts.write(vault)?;
            Err(OpenFault::Refused)
        }
        Err(other) => Err(other),
    }
}
