//! People, backups, checks, the recycle bin.

use super::{Desk, Failure, FailureCode, Outcome, Told, Value, ask, json, secret};
use crate::arguments::{AccountCommand, BinCommand, VaultCommand};
use luguo_domain::Role;
use std::path::Path;
use zeroize::Zeroizing;

/// What is done with a vault that is not open.
pub(super) fn before_opening(
    desk: &Desk,
    command: &VaultCommand,
    vault: &Path,
    user: &str,
    passphrase: &str,
) -> Option<Result<Outcome, Failure>> {
    let token = |path: &Path| desk.adopt_file(path.to_owned()).token;
    match command {
        VaultCommand::Restore { folder, replace } => Some(
            ask(
                desk,
                "backup_restore",
                json!({
                    "folder": token(folder),
                    "place": (!replace).then(|| token(vault)),
                    "replace": replace.then(|| token(vault)),
                    "person": user,
                    "passphrase": passphrase,
                }),
            )
            .and_then(|job| finished(desk, &job)),
        ),
        VaultCommand::Rescue { output } => Some(
            folder(output)
                .and_then(|()| {
                    ask(
                        desk,
                        "rescue_show",
                        json!({ "vault": token(vault), "person": user, "passphrase": passphrase }),
                    )
                })
                .and_then(|_| ask(desk, "rescue_write", json!({ "folder": token(output) })))
                .map(|written| Outcome {
                    refused: written["lost"]
                        .as_array()
                        .is_some_and(|lost| !lost.is_empty()),
                    answer: written,
                    told: Told::Lines,
                }),
        ),
        VaultCommand::Recover { code_file } => Some(secret(code_file).and_then(|code| {
            let request = json!({
                "vault": token(vault),
                "person": user,
                "code": code.as_str(),
                "passphrase": passphrase,
            });
            ask(desk, "vault_recover", request).map(|_| json!({ "person": user }).into())
        })),
        VaultCommand::Create { .. }
        | VaultCommand::Check
        | VaultCommand::Backup { .. }
        | VaultCommand::RecoverySheet { .. } => None,
    }
}

/// What is done with the open vault.
pub(super) fn vault(desk: &Desk, command: VaultCommand) -> Result<Outcome, Failure> {
    match command {
        VaultCommand::Check => {
            let report = ask(desk, "vault_check", json!({}))?;
            Ok(Outcome {
                refused: report["whole"] != true,
                answer: report,
                told: Told::Lines,
            })
        }
        VaultCommand::Backup { folder: into } => {
            folder(&into)?;
            let token = desk.adopt_file(into).token;
            let job = ask(desk, "backup_make", json!({ "folder": token }))?;
            finished(desk, &job)
        }
        VaultCommand::RecoverySheet { output } => {
            let token = desk.adopt_file(output).token;
            ask(desk, "recovery_write", json!({ "place": token })).map(Into::into)
        }
        VaultCommand::Create { .. }
        | VaultCommand::Restore { .. }
        | VaultCommand::Rescue { .. }
        | VaultCommand::Recover { .. } => Err(Failure::new(FailureCode::Unknown, "没有这个命令。")),
    }
}

/// Makes a folder that is written into.
fn folder(path: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(path).map_err(|fault| {
        Failure::new(
            FailureCode::File,
            format!("文件夹“{}”不能写。", path.display()),
        )
        .with_detail(fault)
    })
}

/// Waits for a job; its faults are the call's.
fn finished(desk: &Desk, job: &Value) -> Result<Outcome, Failure> {
    let now = super::reading::wait(desk, job)?;
    super::reading::done(&now)?;
    Ok(json!({
        "name": now["finished"][0],
        "remark": now["remarks"][0],
    })
    .into())
}

/// What changed, one line a field that is not the same.
pub(super) fn changed(compared: Value) -> Outcome {
    let rows = compared["rows"].as_array().cloned().unwrap_or_default();
    let mut changed: Vec<_> = rows
        .into_iter()
        .filter(|row| row["same"] == false)
        .collect();
    changed.extend(compared["evidence"].as_array().cloned().unwrap_or_default());
    Value::from(changed).into()
}

fn roles(codes: &[String]) -> Result<Vec<Role>, Failure> {
    codes
        .iter()
        .map(|code| {
            Role::from_code(code).ok_or_else(|| {
                let known: Vec<_> = Role::ALL.iter().map(|role| role.code()).collect();
                Failure::new(
                    FailureCode::Invalid,
                    format!("没有“{code}”这个角色，应为 {}。", known.join("、")),
                )
            })
        })
        .collect()
}

fn id_of(desk: &Desk, name: &str) -> Result<Value, Failure> {
    ask(desk, "account_list", json!({}))?
        .as_array()
        .into_iter()
        .flatten()
        .find(|account| account["name"] == name)
        .map(|account| account["id"].clone())
        .ok_or_else(|| Failure::new(FailureCode::NotFound, format!("没有“{name}”这个人。")))
}

pub(super) fn account(
    desk: &Desk,
    command: AccountCommand,
    passphrase: &str,
) -> Result<Outcome, Failure> {
    match command {
        AccountCommand::List => ask(desk, "account_list", json!({})),
        AccountCommand::Add {
            name,
            role,
            new_passphrase_file,
            temporary,
        } => {
            let passphrase = match new_passphrase_file {
                Some(file) => secret(&file)?,
                None => {
                    let mut line = Zeroizing::new(String::new());
                    std::io::stdin().read_line(&mut line).map_err(|fault| {
                        Failure::new(FailureCode::File, "没有读到新人员的密码。").with_detail(fault)
                    })?;
                    Zeroizing::new(line.trim_end_matches(['\r', '\n']).to_owned())
                }
            };
            ask(
                desk,
                "account_add",
                json!({
                    "name": name,
                    "roles": roles(&role)?,
                    "passphrase": passphrase.as_str(),
                    "temporary": temporary,
                }),
            )
        }
        AccountCommand::Roles { name, role } => ask(
            desk,
            "account_roles",
            json!({ "id": id_of(desk, &name)?, "roles": roles(&role)? }),
        ),
        AccountCommand::Disable { name } => ask(
            desk,
            "account_disable",
            json!({ "id": id_of(desk, &name)? }),
        ),
        AccountCommand::Passphrase {
            new_passphrase_file,
        } => ask(
            desk,
            "passphrase_change",
            json!({ "old": passphrase, "new": secret(&new_passphrase_file)?.as_str() }),
        )
        .map(|status| status["person"].clone()),
        AccountCommand::Reset {
            name,
            new_passphrase_file,
            officer,
            officer_passphrase_file,
        } => ask(
            desk,
            "account_reset",
            json!({
                "id": id_of(desk, &name)?,
                "passphrase": secret(&new_passphrase_file)?.as_str(),
                "officer": officer,
                "officer_passphrase": secret(&officer_passphrase_file)?.as_str(),
            }),
        ),
    }
    .map(Into::into)
}

pub(super) fn bin(desk: &Desk, command: BinCommand) -> Result<Outcome, Failure> {
    let named =
        |id: String, evidence: Option<String>| json!({ "declaration": id, "evidence": evidence });
    match command {
        BinCommand::List => ask(desk, "bin_show", json!({})),
        BinCommand::Restore { id, evidence } => ask(desk, "bin_restore", named(id, evidence)),
        BinCommand::Purge { id, evidence } => ask(desk, "bin_purge", named(id, evidence)),
    }
    .map(|bin| bin["items"].clone().into())
}
