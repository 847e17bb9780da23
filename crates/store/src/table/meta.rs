//! The vault's identity, kind and unit: one row.

use super::audit;
use crate::{fault::StoreFault, vault::Vault};
use luguo_domain::Moment;
use rusqlite::{Connection, params};

/// What the vault knows of its own unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unit {
    /// 单位名称, as registered.
    pub name: String,
    /// 直报单位, clause 二（二）.
    pub direct_reporting: bool,
    /// GB/T 2260 code of the city bureau; empty while not chosen.
    pub city: String,
}

pub(crate) fn unit(connection: &Connection) -> Result<Unit, StoreFault> {
    Ok(connection.query_row(
        "SELECT unit_name, unit_direct_reporting, unit_city FROM meta",
        [],
        |row| {
            Ok(Unit {
                name: row.get(0)?,
                direct_reporting: row.get(1)?,
                city: row.get(2)?,
            })
        },
    )?)
}

impl Vault {
    /// The unit.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn unit(&self) -> Result<Unit, StoreFault> {
        self.read(unit)
    }

    /// Changes the unit.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn save_unit(&self, unit: &Unit, now: Moment) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            change.execute(
                "UPDATE meta SET unit_name = ?1, unit_direct_reporting = ?2, unit_city = ?3",
                params![unit.name, unit.direct_reporting, unit.city],
            )?;
            audit::append(change, now, &self.me().name, "unit.save", &unit.name, "")?;
            Ok(())
        })
    }
}
