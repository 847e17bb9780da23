//! From a command line to a use case and back: each call opens the vault, does one thing, ends.

use crate::{
    arguments::{
        Arguments, AuditCommand, Command, DeclarationCommand, EvidenceCommand, PackageCommand,
        VaultCommand,
    },
    host,
    show::{self, Told},
};
use luguo_desk::{Desk, VaultKind};
use luguo_domain::claim::Claim;
use luguo_ipc::{Failure, FailureCode, UnitProfile};
use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};
use zeroize::Zeroizing;

mod care;
mod classified;
mod reading;

/// What came of a call: an answer, and whether a rule stands against what was asked.
struct Outcome {
    answer: Value,
    refused: bool,
    told: Told,
}

impl From<Value> for Outcome {
    fn from(answer: Value) -> Self {
        Self {
            answer,
            refused: false,
            told: Told::Lines,
        }
    }
}

/// Runs one command as the edition that makes and opens vaults of this kind.
pub fn run(edition: VaultKind, arguments: Arguments) -> ExitCode {
    let json = arguments.json;
    match call(edition, arguments) {
        Ok(outcome) => {
            show::answer(json, &outcome.answer, outcome.told);
            ExitCode::from(u8::from(outcome.refused))
        }
        Err(failure) => show::refusal(json, &failure),
    }
}

fn call(edition: VaultKind, arguments: Arguments) -> Result<Outcome, Failure> {
    let folder = arguments
        .vault
        .as_deref()
        .and_then(Path::parent)
        .map_or_else(PathBuf::new, Path::to_owned);
    let host = host::host(edition, folder)
        .map_err(|fault| Failure::new(FailureCode::Defect, "程序没有启动。").with_detail(fault))?;
    let desk = Desk::new(host);
    if let Command::Package(PackageCommand::Verify { file }) = &arguments.command {
        return verify(&desk, file);
    }
    let user = wanted(arguments.user, "姓名（--user 或 LUGUO_USER）")?;
    let file = wanted(
        arguments.passphrase_file,
        "密码文件（--passphrase-file 或 LUGUO_PASSPHRASE_FILE）",
    )?;
    let passphrase = secret(&file)?;
    if let Command::Vault(VaultCommand::Create {
        path,
        unit,
        city,
        direct_reporting,
    }) = arguments.command
    {
        let unit = UnitProfile {
            name: unit,
            direct_reporting,
            city,
        };
        desk.create_vault_at(&path, unit, &user, passphrase.to_string())?;
        return Ok(json!({ "vault": path }).into());
    }
    let vault = wanted(arguments.vault, "保管库（--vault 或 LUGUO_VAULT）")?;
    if let Command::Vault(command) = &arguments.command
        && let Some(done) = care::before_opening(&desk, command, &vault, &user, &passphrase)
    {
        return done;
    }
    desk.open_vault_at(&vault, &user, passphrase.to_string())?;
    show::recovered(&desk);
    match arguments.command {
        Command::Vault(command) => care::vault(&desk, command),
        Command::Account(command) => care::account(&desk, command, &passphrase),
        Command::Bin(command) => care::bin(&desk, command),
        Command::Search { text } => ask(
            &desk,
            "search",
            json!({ "text": text, "states": [], "field": null, "kind": null, "month": null }),
        )
        .map(|found| Outcome {
            answer: found["hits"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|hit| hit["row"].clone())
                .collect(),
            refused: false,
            told: Told::Lines,
        }),
        Command::Declaration(command) => declaration(&desk, command),
        Command::Evidence(command) => evidence(&desk, command),
        Command::Review(command) => reading::review(&desk, command),
        Command::Package(command) => package(&desk, command),
        #[cfg(feature = "network")]
        Command::Sync(command) => sync::call(&desk, command),
        Command::Key(command) => classified::key(&desk, command),
        Command::Classified(command) => classified::classified(&desk, command),
        Command::Sealed(command) => classified::sealed(&desk, command),
        Command::Handover(command) => classified::handover(&desk, command),
        Command::Audit(AuditCommand::Export { output }) => {
            let place = desk.adopt_file(output).token;
            ask(&desk, "audit_export", json!({ "place": place })).map(Into::into)
        }
        Command::Audit(AuditCommand::Verify) => {
            let report = ask(&desk, "audit_verify", json!({}))?;
            Ok(Outcome {
                refused: report["valid"] != true,
                answer: report,
                told: Told::Lines,
            })
        }
    }
}

fn ask(desk: &Desk, name: &str, request: Value) -> Result<Value, Failure> {
    desk.dispatch(name, request)
}

fn wanted<T>(value: Option<T>, what: &str) -> Result<T, Failure> {
    value.ok_or_else(|| Failure::new(FailureCode::Invalid, format!("还缺{what}。")))
}

fn secret(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let text = std::fs::read_to_string(path)
        .map(Zeroizing::new)
        .map_err(|fault| {
            Failure::new(
                FailureCode::File,
                format!("密码文件“{}”读不出来。", path.display()),
            )
            .with_detail(fault)
        })?;
    Ok(Zeroizing::new(
        text.lines().next().unwrap_or_default().to_owned(),
    ))
}

fn declaration(desk: &Desk, command: DeclarationCommand) -> Result<Outcome, Failure> {
    match command {
        DeclarationCommand::Import { file } => {
            let token = desk.adopt_file(file).token;
            Ok(Outcome {
                answer: ask(desk, "declaration_import", json!({ "file": token }))?,
                refused: false,
                told: Told::Id,
            })
        }
        DeclarationCommand::List => ask(desk, "declaration_list", json!({})).map(Into::into),
        DeclarationCommand::Show(id) => {
            ask(desk, "declaration_show", json!({ "id": id.id })).map(Into::into)
        }
        DeclarationCommand::Check(id) => {
            let shown = ask(desk, "declaration_show", json!({ "id": id.id }))?;
            let check = shown["check"].clone();
            Ok(Outcome {
                refused: check["submittable"] != true,
                answer: check,
                told: Told::Findings,
            })
        }
        DeclarationCommand::Answer {
            id,
            code,
            path,
            reason,
        } => {
            let shown = ask(desk, "declaration_show", json!({ "id": id.id }))?;
            let mut answers = shown["answers"].as_array().cloned().unwrap_or_default();
            answers.retain(|answer| answer["code"] != code || answer["path"] != path);
            answers.push(json!({ "code": code, "path": path, "reason": reason }));
            let request = json!({
                "id": id.id,
                "version": shown["version"],
                "form": shown["form"],
                "answers": answers,
            });
            ask(desk, "declaration_save", request).map(Into::into)
        }
        #[cfg(feature = "network")]
        DeclarationCommand::Elsewhere(id) => {
            let check = ask(desk, "declaration_elsewhere", json!({ "id": id.id }))?;
            Ok(Outcome {
                refused: false,
                answer: check["elsewhere"].clone(),
                told: Told::Lines,
            })
        }
        DeclarationCommand::Discard(id) => {
            ask(desk, "declaration_discard", json!({ "id": id.id })).map(Into::into)
        }
        DeclarationCommand::Diff { id, from, to } => ask(
            desk,
            "revision_compare",
            json!({ "id": id.id, "from": from, "to": to }),
        )
        .map(care::changed),
        DeclarationCommand::Submit(id) => {
            ask(desk, "declaration_submit", json!({ "id": id.id })).map(Into::into)
        }
    }
}

fn evidence(desk: &Desk, command: EvidenceCommand) -> Result<Outcome, Failure> {
    match command {
        EvidenceCommand::Add { id, file, claim } => {
            let claims = claim
                .iter()
                .map(|claim| claim.parse::<Claim>())
                .collect::<Result<Vec<_>, _>>()
                .map_err(|fault| {
                    Failure::new(
                        FailureCode::Invalid,
                        format!("没有“{}”这一项，请用 right:1、project:1、category、publicity、ownership、commitment、summary 或 prize。", fault.0),
                    )
                })?;
            let imported = desk.add_evidence_file(parse(&id)?, &file, &claims)?;
            let item = imported.item;
            Ok(json!({
                "id": item.id,
                "title": item.title,
                "file_name": item.file_name,
                "media_type": item.media_type,
                "size": item.size,
                "sha256": item.sha256,
                "claims": item.claims,
                "same_content": imported.same_content,
            })
            .into())
        }
        EvidenceCommand::List(id) => {
            let shown = ask(desk, "declaration_show", json!({ "id": id.id }))?;
            Ok(shown["evidence"].clone().into())
        }
        EvidenceCommand::Remove { id, evidence } => ask(
            desk,
            "evidence_remove",
            json!({ "declaration": id, "evidence": evidence }),
        )
        .map(|shown| shown["evidence"].clone().into()),
        EvidenceCommand::Scan {
            id,
            scanner,
            feeder,
            resolution,
            title,
            claim,
        } => reading::scan(
            desk,
            &id,
            scanner,
            json!({ "feeder": feeder, "resolution": resolution }),
            &json!({ "title": title, "claims": claim }),
        ),
        EvidenceCommand::Extract {
            id,
            evidence,
            output,
        } => {
            let place = desk.adopt_file(output).token;
            let request = json!({ "declaration": id, "evidence": evidence, "place": place });
            ask(desk, "evidence_extract", request).map(Into::into)
        }
    }
}

fn parse<T: std::str::FromStr>(id: &str) -> Result<T, Failure> {
    id.parse()
        .map_err(|_| Failure::new(FailureCode::Invalid, format!("“{id}”不是编号。")))
}

fn package(desk: &Desk, command: PackageCommand) -> Result<Outcome, Failure> {
    match command {
        PackageCommand::Export { id, output } => {
            let place = desk.adopt_file(output).token;
            ask(desk, "package_export", json!({ "id": id, "place": place })).map(Into::into)
        }
        PackageCommand::Verify { file } => verify(desk, &file),
        PackageCommand::Receive {
            files,
            into_classified,
        } => reading::receive(desk, files, into_classified),
        PackageCommand::Received => ask(desk, "received_list", json!({})).map(Into::into),
        PackageCommand::LetGo { package } => {
            ask(desk, "received_let_go", json!({ "package": package })).map(Into::into)
        }
    }
}

fn verify(desk: &Desk, file: &Path) -> Result<Outcome, Failure> {
    let token = desk.adopt_file(file.to_owned()).token;
    let report = ask(desk, "package_verify", json!({ "file": token }))?;
    Ok(Outcome {
        refused: report["valid"] != true,
        answer: report,
        told: Told::Lines,
    })
}

#[cfg(feature = "network")]
mod sync {
    //! The outbox from a terminal.

    use super::{Desk, Failure, Outcome, Told, Value, ask, json, secret};
    use crate::arguments::SyncCommand;

    /// Passes in a row while packages still move: an upload takes several.
    const MOST_PASSES: u32 = 100;

    pub(super) fn call(desk: &Desk, command: SyncCommand) -> Result<Outcome, Failure> {
        match command {
            SyncCommand::Login {
                endpoint,
                account,
                password_file,
            } => {
                let password = secret(&password_file)?;
                let request = json!({
                    "endpoint": endpoint,
                    "account": account,
                    "password": password.as_str(),
                });
                ask(desk, "sync_login", request).map(Into::into)
            }
            SyncCommand::Status => ask(desk, "sync_status", json!({})).map(Into::into),
            SyncCommand::Run => run(desk),
        }
    }

    /// Runs until everything is delivered or nothing moves any more.
    fn run(desk: &Desk) -> Result<Outcome, Failure> {
        ask(desk, "sync_now", json!({}))?;
        let mut before = Value::Null;
        for _ in 0..MOST_PASSES {
            desk.run_outbox();
            desk.run_rulings();
            let status = ask(desk, "sync_status", json!({}))?;
            let now = progress(&status);
            if is_delivered(&status) || now == before {
                break;
            }
            before = now;
        }
        desk.pull_all();
        let status = ask(desk, "sync_status", json!({}))?;
        Ok(Outcome {
            refused: !is_delivered(&status),
            answer: status,
            told: Told::Lines,
        })
    }

    fn is_delivered(status: &Value) -> bool {
        status["items"]
            .as_array()
            .is_some_and(|items| items.iter().all(|item| item["step"] == "receipt_verified"))
    }

    fn progress(status: &Value) -> Value {
        let moved: Vec<_> = status["items"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|item| json!([item["step"], item["sent"]]))
            .collect();
        json!(moved)
    }
}
