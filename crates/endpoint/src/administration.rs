//! Setting up from the command line: units, accounts, the list of packages.

use crate::{data::Data, passwords};
use anyhow::{Context as _, ensure};
use luguo_domain::authority;
use rusqlite::params;
use serde_json::{Value, json};
use std::path::Path;

/// Registers a unit; registering it again changes its route.
///
/// # Errors
/// When neither a known city nor direct reporting is given, or the data folder is unusable.
pub fn add_unit(data: &Path, name: &str, city: &str, direct_reporting: bool) -> anyhow::Result<()> {
    ensure!(
        direct_reporting || authority::bureau(city).is_some(),
        "请给出市科技局代码（--city，如 370200），或注明是直报单位（--direct-reporting）"
    );
    Data::open(data)?.change(|change| {
        change.execute(
            "INSERT INTO unit (name, city, direct_reporting) VALUES (?1, ?2, ?3)
             ON CONFLICT (name) DO UPDATE SET city = ?2, direct_reporting = ?3",
            params![name, city, direct_reporting],
        )?;
        Ok(())
    })
}

/// Registers an authority: the bureau of a city by its code, or the department for none. Its
/// accounts are opened like those of a unit.
///
/// # Errors
/// When the code is no city's of the province, or the data folder is unusable.
pub fn add_authority(data: &Path, city: Option<&str>) -> anyhow::Result<String> {
    let name = match city {
        Some(city) => authority::bureau(city)
            .with_context(|| format!("“{city}”不是省内设区的市的代码，例如青岛是 370200"))?,
        None => authority::DEPARTMENT.to_owned(),
    };
    Data::open(data)?.change(|change| -> anyhow::Result<()> {
        change.execute(
            "INSERT OR IGNORE INTO unit (name, city, direct_reporting) VALUES (?1, ?2, ?3)",
            params![name, city.unwrap_or_default(), city.is_none()],
        )?;
        change.execute(
            "INSERT OR IGNORE INTO authority (name) VALUES (?1)",
            [&name],
        )?;
        Ok(())
    })?;
    Ok(name)
}

/// Opens an account; opening it again sets its password and ends its sign-ins.
///
/// # Errors
/// When the unit is unknown or the password file cannot be read.
pub fn add_account(
    data: &Path,
    unit: &str,
    account: &str,
    password_file: &Path,
) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(password_file)
        .with_context(|| format!("密码文件“{}”读不出来", password_file.display()))?;
    let password = text.lines().next().unwrap_or_default();
    ensure!(!password.is_empty(), "密码文件是空的");
    let salt = passwords::draw::<16>()?;
    let digest = passwords::digest(password, &salt)?;
    Data::open(data)?.change(|change| {
        change.execute("DELETE FROM token WHERE account = ?1", [account])?;
        change
            .execute(
                "INSERT INTO account (name, unit, salt, password) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (name) DO UPDATE SET unit = ?2, salt = ?3, password = ?4,
                    failures = 0, locked_until = NULL",
                params![account, unit, salt, digest],
            )
            .with_context(|| format!("单位“{unit}”还没有登记"))?;
        Ok(())
    })
}

/// Every package with its state and files.
///
/// # Errors
/// When the data folder is unusable.
pub fn packages_as_json(data: &Path) -> anyhow::Result<Value> {
    let data = Data::open(data)?;
    let connection = data.read();
    let mut statement = connection
        .prepare("SELECT manifest, unit, account, submitted_at, number FROM package ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut packages = Vec::new();
    while let Some(row) = rows.next()? {
        let manifest: Value = serde_json::from_str(&row.get::<_, String>(0)?)?;
        let number: Option<String> = row.get(4)?;
        packages.push(json!({
            "package_id": manifest["package_id"],
            "name": manifest["name"],
            "revision": manifest["revision"],
            "files": manifest["files"],
            "unit": row.get::<_, String>(1)?,
            "account": row.get::<_, String>(2)?,
            "submitted_at": row.get::<_, String>(3)?,
            "state": if number.is_some() { "received" } else { "announced" },
            "number": number,
        }));
    }
    Ok(Value::Array(packages))
}
