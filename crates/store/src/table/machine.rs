//! The record that this is an approved classified machine: one row, written once.

use super::audit;
use crate::{
    fault::{MachineRecordFault, StoreFault},
    vault::Vault,
};
use luguo_domain::{Moment, Role, secrecy::ApprovedMachine};
use rusqlite::OptionalExtension as _;

impl Vault {
    /// The record, once there is one.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn machine(&self) -> Result<Option<ApprovedMachine>, StoreFault> {
        self.read(|connection| {
            let content: Option<String> = connection
                .query_row("SELECT content FROM approved_machine", [], |row| row.get(0))
                .optional()?;
            Ok(content
                .map(|content| serde_json::from_str(&content))
                .transpose()?)
        })
    }

    /// Records the machine; the security officer does, once.
    ///
    /// # Errors
    /// [`MachineRecordFault`].
    pub fn record_machine(
        &self,
        machine: &ApprovedMachine,
        now: Moment,
    ) -> Result<(), MachineRecordFault> {
        if !self.me().is(Role::SecurityOfficer) {
            return Err(MachineRecordFault::NotAllowed);
        }
        machine.check()?;
        if self.machine()?.is_some() {
            return Err(MachineRecordFault::Recorded);
        }
        self.change::<_, MachineRecordFault>(|change| {
            change.execute(
                "INSERT INTO approved_machine (one, content) VALUES (1, ?1)",
                [serde_json::to_string(machine)?],
            )?;
            audit::append(
                change,
                now,
                &self.me().name,
                "machine.record",
                &machine.number,
                &machine.approval,
            )?;
            Ok(())
        })
    }
}
