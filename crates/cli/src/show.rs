//! What a call prints: JSON for programs, short lines for people, refusals on standard error.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a terminal program speaks"
)]

use luguo_desk::Desk;
use luguo_ipc::{Failure, FailureCode};
use serde_json::{Value, json};
use std::process::ExitCode;

/// What of an answer a person wants to read.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Told {
    /// Its fields, one line a row.
    Lines,
    /// Its id alone, for the next command.
    Id,
    /// What the rules found.
    Findings,
}

/// Prints an answer.
pub(crate) fn answer(json: bool, value: &Value, told: Told) {
    if json {
        println!("{value}");
        return;
    }
    match told {
        Told::Lines => lines(value),
        Told::Id => lines(&value["id"]),
        Told::Findings => findings(value),
    }
}

/// Tells a person what the opening repaired.
pub(crate) fn recovered(desk: &Desk) {
    let status = desk.dispatch("app_status", json!({})).unwrap_or_default();
    for line in status["recovered"].as_array().into_iter().flatten() {
        eprintln!("{}", line.as_str().unwrap_or_default());
    }
}

fn findings(check: &Value) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let found = check["findings"].as_array().map_or(&[][..], Vec::as_slice);
    for finding in found {
        println!(
            "[{}] {}（{}，{}）{}",
            if finding["tier"] == "mandatory" {
                "强制性"
            } else {
                "核实性"
            },
            text(&finding["message"]),
            text(&finding["clause"]),
            text(&finding["path"]),
            text(&finding["remedy"]),
        );
    }
    if check["submittable"] == true {
        println!("可以送审。");
    } else {
        println!("还不能送审：{} 处要改正或说明。", found.len());
    }
}

fn lines(value: &Value) {
    match value {
        Value::Array(rows) => rows.iter().for_each(lines),
        Value::Object(fields) => {
            let line: Vec<_> = fields
                .iter()
                .filter_map(|(name, value)| match value {
                    Value::String(text) if !text.is_empty() => Some(format!("{name}={text}")),
                    Value::Number(_) | Value::Bool(_) => Some(format!("{name}={value}")),
                    Value::String(_) | Value::Null | Value::Array(_) | Value::Object(_) => None,
                })
                .collect();
            println!("{}", line.join("  "));
        }
        Value::String(text) => println!("{text}"),
        Value::Null | Value::Bool(_) | Value::Number(_) => println!("{value}"),
    }
}

/// Prints a refusal and tells its exit code: 1 when a rule stands against it, 2 for an error.
pub(crate) fn refusal(json: bool, failure: &Failure) -> ExitCode {
    eprintln!("{}", failure.message);
    if let Some(detail) = &failure.detail {
        eprintln!("详情：{detail}");
    }
    for finding in &failure.findings {
        eprintln!(
            "  [{}] {}（{}，{}）{}",
            finding.tier.label(),
            finding.message,
            finding.clause,
            finding.path,
            finding.remedy
        );
    }
    if json {
        println!("{}", serde_json::to_value(failure).unwrap_or_default());
    }
    ExitCode::from(match failure.code {
        FailureCode::Findings
        | FailureCode::Forbidden
        | FailureCode::Conflict
        | FailureCode::ClassifiedEndsHere => 1,
        FailureCode::Locked
        | FailureCode::Refused
        | FailureCode::LockedOut
        | FailureCode::PassphraseDue
        | FailureCode::NetworkFolder
        | FailureCode::VaultBusy
        | FailureCode::VaultUnusable
        | FailureCode::VaultExists
        | FailureCode::NotFound
        | FailureCode::Invalid
        | FailureCode::File
        | FailureCode::DiskFull
        | FailureCode::Cancelled
        | FailureCode::Offline
        | FailureCode::SignInRefused
        | FailureCode::OtherCertificate
        | FailureCode::Endpoint
        | FailureCode::Unknown
        | FailureCode::Defect => 2,
    })
}
