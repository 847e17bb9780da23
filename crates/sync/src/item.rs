//! One package in one pass: its row, its content and what the endpoint said.

use crate::{package::Package, plan::There};
use luguo_domain::Sha256Digest;
use luguo_store::{OutboxRow, OutboxStep, StoreFault, Vault};

pub(crate) struct Item {
    pub(crate) row: OutboxRow,
    pub(crate) package: Package,
    pub(crate) there: Option<There>,
    /// The content of the upload at hand.
    pub(crate) current: Option<Sha256Digest>,
}

impl Item {
    pub(crate) fn new(row: OutboxRow, package: Package) -> Self {
        Self {
            row,
            package,
            there: None,
            current: None,
        }
    }

    /// What the endpoint said; the plan takes no other action before the announcement.
    pub(crate) fn there(&mut self) -> &mut There {
        self.there.get_or_insert_default()
    }

    /// Bytes at the endpoint, as far as is known.
    pub(crate) fn sent(&self) -> u64 {
        let Some(there) = &self.there else {
            return self.row.sent;
        };
        let missing: u64 = there
            .missing
            .iter()
            .map(|sha256| {
                let begun = there
                    .uploads
                    .iter()
                    .find(|upload| upload.sha256 == *sha256)
                    .map_or(0, |upload| upload.offset);
                self.package.size(*sha256).saturating_sub(begun)
            })
            .sum();
        self.row.total.saturating_sub(missing)
    }

    /// Notes a step forward; one that is taken already costs no record and keeps the count of
    /// failed tries.
    pub(crate) fn reach(
        &mut self,
        vault: &Vault,
        step: OutboxStep,
        now: luguo_domain::Moment,
    ) -> Result<(), StoreFault> {
        if self.row.step < step {
            vault.outbox_step(self.row.package, step, self.sent(), now)?;
            self.row.step = step;
            self.row.attempts = 0;
        }
        Ok(())
    }
}
