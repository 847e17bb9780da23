//! Marks, keys, sealed packages and the register.

use super::{
    Desk, Failure, FailureCode, Outcome, Value, ask, json,
    reading::{done, wait},
    secret,
};
use crate::arguments::{
    ClassificationArguments, ClassifiedCommand, HandoverCommand, ItemArguments, KeyCommand,
    SealedCommand,
};
use std::path::PathBuf;

fn token(desk: &Desk, path: PathBuf) -> String {
    desk.adopt_file(path).token
}

pub(super) fn key(desk: &Desk, command: KeyCommand) -> Result<Outcome, Failure> {
    match command {
        KeyCommand::List => ask(desk, "key_list", json!({})),
        KeyCommand::Generate {
            holder,
            years,
            escrow,
        } => ask(
            desk,
            "key_make",
            json!({ "holder": holder, "years": years, "escrow": escrow }),
        )
        .map(|case| case["keys"][0]["card"].clone()),
        KeyCommand::Escrow {
            holder,
            years,
            password_file,
            output,
        } => ask(
            desk,
            "escrow_make",
            json!({ "holder": holder, "years": years,
                    "password": secret(&password_file)?.as_str(), "place": token(desk, output) }),
        )
        .map(|case| case["cards"][0].clone()),
        KeyCommand::Card {
            fingerprint,
            output,
        } => ask(
            desk,
            "card_write",
            json!({ "fingerprint": fingerprint, "place": token(desk, output) }),
        ),
        KeyCommand::ImportCard {
            file,
            unit,
            person,
            digits,
            compared,
            authority,
        } => {
            let file = token(desk, file);
            let Some(digits) = digits else {
                return ask(desk, "card_read", json!({ "file": file }))
                    .map(|offer| offer["card"].clone().into());
            };
            ask(
                desk,
                "card_take",
                json!({ "file": file, "unit": unit, "person": person, "digits": digits,
                        "compared": compared, "authority": authority }),
            )
            .map(|case| case["cards"][0].clone())
        }
        KeyCommand::Retire {
            fingerprint,
            reason,
        } => ask(
            desk,
            "key_retire",
            json!({ "fingerprint": fingerprint, "reason": reason }),
        ),
        KeyCommand::Void {
            fingerprint,
            reason,
        } => ask(
            desk,
            "card_void",
            json!({ "fingerprint": fingerprint, "reason": reason }),
        ),
    }
    .map(Into::into)
}

pub(super) fn classified(desk: &Desk, command: ClassifiedCommand) -> Result<Outcome, Failure> {
    match command {
        ClassifiedCommand::Show { id } => ask(desk, "classification_show", json!({ "id": id })),
        ClassifiedCommand::Knowers { id } => ask(desk, "knowledge_show", json!({ "id": id })),
        ClassifiedCommand::Machine { number: None, .. } => ask(desk, "machine_show", json!({})),
        ClassifiedCommand::Machine {
            number: Some(number),
            approval,
            basis,
            secrecy_channel,
        } => ask(
            desk,
            "machine_record",
            json!({ "number": number, "approval": approval, "basis": basis,
                    "by_secrecy_channel": secrecy_channel }),
        ),
        ClassifiedCommand::Decide { id, refuse, reason } => {
            let shown = ask(desk, "classification_show", json!({ "id": id }))?;
            ask(
                desk,
                "classification_decide",
                json!({ "proposal": shown["pending"]["id"], "approve": !refuse, "reason": reason }),
            )
        }
        ClassifiedCommand::Mark(mark) => {
            let request = proposal(desk, &mark)?;
            ask(desk, "classification_propose", request)
        }
    }
    .map(Into::into)
}

fn invalid(words: String) -> Failure {
    Failure::new(FailureCode::Invalid, words)
}

fn proposal(desk: &Desk, mark: &ClassificationArguments) -> Result<Value, Failure> {
    let (step, notice) = match (&mark.change, &mark.end) {
        (_, Some(notice)) => ("end", notice.as_str()),
        (Some(notice), None) => ("change", notice.as_str()),
        (None, None) => ("determine", ""),
    };
    let content = match step {
        "end" => Value::Null,
        _ => content(desk, mark)?,
    };
    Ok(
        json!({ "id": mark.id, "step": step, "content": content, "reason": mark.reason,
               "notice": notice }),
    )
}

fn content(desk: &Desk, mark: &ClassificationArguments) -> Result<Value, Failure> {
    let shown = ask(desk, "classification_show", json!({ "id": mark.id }))?;
    let status = ask(desk, "app_status", json!({}))?;
    let term = match (mark.years, &mark.until, &mark.condition) {
        (Some(years), _, _) => json!({ "kind": "years", "years": years }),
        (None, Some(day), _) => json!({ "kind": "until", "day": day }),
        (None, None, Some(words)) => json!({ "kind": "condition", "words": words }),
        (None, None, None) => {
            return Err(invalid(
                "请写明保密期限：--years、--until 或 --condition。".to_owned(),
            ));
        }
    };
    let mut parts = serde_json::Map::new();
    if mark.other_parts_open {
        for part in shown["parts"].as_array().into_iter().flatten() {
            let id = part["evidence"].as_str().unwrap_or_default();
            parts.insert(id.to_owned(), Value::Null);
        }
    }
    for answer in &mark.part {
        let (id, answer) = answer.split_once('=').ok_or_else(|| {
            invalid(format!(
                "“{answer}”应写成 材料编号=密级:年数 或 材料编号=none。"
            ))
        })?;
        parts.insert(id.to_owned(), part(answer)?);
    }
    Ok(json!({
        "marking": { "level": level(mark.level.as_deref().unwrap_or_default())?, "term": term },
        "marked_on": mark.on.clone().map_or(status["today"].clone(), Value::from),
        "basis": mark.basis,
        "scope": mark.know.iter().map(|name| knower(&shown, name)).collect::<Vec<_>>(),
        "parts": parts,
        "longer_reason": mark.longer_reason,
    }))
}

fn level(word: &str) -> Result<&'static str, Failure> {
    luguo_domain::secrecy::SecrecyLevel::from_code(word)
        .map(luguo_domain::secrecy::SecrecyLevel::code)
        .ok_or_else(|| {
            invalid(format!(
                "没有“{word}”这个密级，应为 confidential 秘密、secret 机密、top-secret 绝密。"
            ))
        })
}

fn part(answer: &str) -> Result<Value, Failure> {
    if answer == "none" {
        return Ok(Value::Null);
    }
    let (word, years) = answer
        .split_once(':')
        .and_then(|(word, years)| Some((word, years.parse::<u32>().ok()?)))
        .ok_or_else(|| invalid(format!("“{answer}”应写成 密级:年数 或 none。")))?;
    Ok(json!({ "level": level(word)?, "term": { "kind": "years", "years": years } }))
}

/// A person of this vault by name, or of elsewhere with the unit.
fn knower(shown: &Value, name: &str) -> Value {
    if let Some((name, unit)) = name.split_once('@') {
        return json!({ "name": name, "unit": unit });
    }
    let account = shown["people"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|person| person["name"] == name)
        .map_or(Value::Null, |person| person["account"].clone());
    json!({ "account": account, "name": name, "unit": "" })
}

fn items(items: &ItemArguments) -> Value {
    json!({ "declarations": items.declaration, "replies": items.reply })
}

pub(super) fn sealed(desk: &Desk, command: SealedCommand) -> Result<Outcome, Failure> {
    match command {
        SealedCommand::Plan(chosen) => {
            let plan = ask(desk, "seal_plan", items(&chosen))?;
            let refused = plan["hindrances"]
                .as_array()
                .is_some_and(|all| !all.is_empty());
            return Ok(Outcome {
                answer: plan,
                refused,
                told: super::Told::Lines,
            });
        }
        SealedCommand::Seal {
            items: chosen,
            key,
            to,
            approver,
            approver_passphrase_file,
            output,
            medium,
            serial,
            fixed_reason,
        } => {
            let mut request = items(&chosen);
            request["key"] = key.into();
            request["recipients"] = to.into();
            request["approver"] = approver.into();
            request["approver_passphrase"] = secret(&approver_passphrase_file)?.as_str().into();
            request["folder"] = token(desk, output).into();
            request["medium_label"] = medium.into();
            request["medium_serial"] = serial.into();
            request["not_removable_reason"] = fixed_reason.into();
            ended(desk, "seal_begin", request)?;
            ask(desk, "sealed_register", json!({})).map(|register| register["rows"][0].clone())
        }
        SealedCommand::Inspect { file } => {
            ask(desk, "sealed_inspect", json!({ "file": token(desk, file) }))
        }
        SealedCommand::Verify { file } => {
            ended(desk, "sealed_verify", json!({ "file": token(desk, file) }))
        }
        SealedCommand::Open {
            file,
            know,
            key_file,
            password_file,
        } => {
            let file = token(desk, file);
            let seen = ask(desk, "sealed_inspect", json!({ "file": file }))?;
            let mut knowers = Vec::new();
            for name in &know {
                let account = knower(&seen, name)["account"].clone();
                if account.is_null() {
                    return Err(invalid(format!("没有“{name}”这个人。")));
                }
                knowers.push(account);
            }
            let password = password_file.map(|file| secret(&file)).transpose()?;
            ended(
                desk,
                "sealed_open",
                json!({ "file": file, "knowers": knowers,
                        "key_file": key_file.map(|file| token(desk, file)),
                        "password": password.as_ref().map(|text| text.as_str()) }),
            )
        }
        SealedCommand::List { file } => ask(
            desk,
            "sealed_contents",
            json!({ "file": token(desk, file) }),
        )
        .map(|contents| contents["parts"].clone()),
        SealedCommand::Extract {
            file,
            part,
            reason,
            output,
        } => ask(
            desk,
            "sealed_extract",
            json!({ "file": token(desk, file), "part": part, "reason": reason,
                    "place": token(desk, output) }),
        ),
    }
    .map(Into::into)
}

/// Begins a job and waits for its end; its faults are the call's.
fn ended(desk: &Desk, name: &str, request: Value) -> Result<Value, Failure> {
    let job = wait(desk, &ask(desk, name, request)?)?;
    done(&job)?;
    Ok(job)
}

pub(super) fn handover(desk: &Desk, command: HandoverCommand) -> Result<Outcome, Failure> {
    let paper = |paper: Value, output: PathBuf| {
        ask(
            desk,
            "secrecy_paper",
            json!({ "paper": paper, "place": token(desk, output) }),
        )
    };
    match command {
        HandoverCommand::Register {
            year: Some(year),
            output: Some(output),
        } => paper(json!({ "kind": "register", "year": year }), output),
        HandoverCommand::Register { .. } => {
            ask(desk, "sealed_register", json!({})).map(|register| register["rows"].clone())
        }
        HandoverCommand::Sheet { package, output } => {
            paper(json!({ "kind": "handover", "package_id": package }), output)
        }
        HandoverCommand::Step {
            package,
            step,
            channel,
            courier,
            approved_by,
            words,
        } => ask(
            desk,
            "sealed_step",
            json!({ "package_id": package, "step": step, "channel": channel, "couriers": courier,
                    "approved_by": approved_by, "words": words }),
        )
        .map(|register| row(&register, &package)),
        HandoverCommand::Receipt { package, output } => ask(
            desk,
            "receipt_write",
            json!({ "package_id": package, "place": token(desk, output) }),
        ),
        HandoverCommand::Receive {
            file,
            package,
            code,
        } => ask(
            desk,
            "receipt_take",
            json!({ "file": file.map(|file| token(desk, file)), "package_id": package, "code": code }),
        )
        .map(|register| register["rows"].clone()),
    }
    .map(Into::into)
}

/// The package of a register.
fn row(register: &Value, package: &str) -> Value {
    register["rows"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|row| row["package_id"] == package)
        .cloned()
        .unwrap_or_default()
}
