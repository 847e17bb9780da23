//! The record of the security officer that this is an approved classified machine. Without it
//! nothing that is marked is sealed with a key in software.

use crate::Moment;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the security officer puts on record, once for a vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ApprovedMachine {
    /// Number of the machine in the unit's register of classified devices.
    pub number: String,
    /// The approval: who gave it, its number and date.
    pub approval: String,
    /// On what basis the unit uses a key in software here.
    pub basis: String,
    /// The officer confirms that packages travel by 机要 channels (Art. 28).
    pub by_secrecy_channel: bool,
    /// Who recorded it, by name.
    pub recorded_by: String,
    /// When.
    #[ts(type = "string")]
    pub recorded_at: Moment,
}

/// Why it is not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MachineFault {
    /// Number, approval or basis is missing or too long.
    #[error("number, approval and basis are told in 1 to 500 characters")]
    Text,
    /// Packages have to travel by 机要 channels.
    #[error("packages travel by secrecy channels")]
    Channel,
}

impl ApprovedMachine {
    /// Checks that everything is said.
    ///
    /// # Errors
    /// [`MachineFault`].
    pub fn check(&self) -> Result<(), MachineFault> {
        let told = |text: &str| !text.trim().is_empty() && text.chars().count() <= 500;
        if ![&self.number, &self.approval, &self.basis]
            .into_iter()
            .all(|text| told(text))
        {
            return Err(MachineFault::Text);
        }
        if !self.by_secrecy_channel {
            return Err(MachineFault::Channel);
        }
        Ok(())
    }
}
