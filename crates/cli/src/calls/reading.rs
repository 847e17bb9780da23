//! Review with marks and ticks, packages from outside, and scanning in.

use super::{Desk, Failure, FailureCode, Outcome, Told, Value, ask, json, parse};
use crate::arguments::{MarkArguments, ReviewCommand};
use luguo_ipc::CoreCommands as _;
use std::path::PathBuf;

pub(super) fn review(desk: &Desk, command: ReviewCommand) -> Result<Outcome, Failure> {
    let latest = |id: &str| -> Result<u32, Failure> {
        let shown = desk.declaration_show(luguo_ipc::DeclarationRequest { id: parse(id)? })?;
        Ok(shown
            .revisions
            .first()
            .map_or(0, |revision| revision.number))
    };
    let (name, request) = match command {
        ReviewCommand::Approve(id) => (
            "review_approve",
            json!({ "id": id.id, "revision": latest(&id.id)? }),
        ),
        ReviewCommand::Rule {
            id,
            kind,
            ground,
            reason,
        } => {
            let reason = match (reason, kind.as_str()) {
                (None, "return") => suggested(desk, &id)?,
                (reason, _) => reason.unwrap_or_default().into(),
            };
            let revision = latest(&id)?;
            (
                "ruling_make",
                json!({ "id": id, "revision": revision, "kind": kind, "ground": ground, "reason": reason }),
            )
        }
        ReviewCommand::Return { id, reason } => {
            let reason = match reason {
                Some(reason) => Value::from(reason),
                None => suggested(desk, &id)?,
            };
            let revision = latest(&id)?;
            (
                "review_return",
                json!({ "id": id, "revision": revision, "reason": reason }),
            )
        }
        ReviewCommand::Show(id) => ("reading_show", json!({ "id": id.id })),
        ReviewCommand::Mark(mark) => ("mark_save", marked(mark)?),
        ReviewCommand::Unmark { id, mark } => {
            ("mark_remove", json!({ "declaration": id, "id": mark }))
        }
        ReviewCommand::Find { words } => ("mark_find", json!({ "text": words })),
        ReviewCommand::Tick { id, claim, verdict } => (
            "tick_set",
            json!({ "declaration": id, "claim": claim, "verdict": verdict }),
        ),
        ReviewCommand::Answer { id, mark, words } => (
            "mark_answer",
            json!({ "declaration": id, "mark": mark, "words": words }),
        ),
    };
    ask(desk, name, request).map(Into::into)
}

/// The return that marks and ticks suggest.
fn suggested(desk: &Desk, id: &str) -> Result<Value, Failure> {
    let noted = ask(desk, "reading_show", json!({ "id": id }))?;
    Ok(noted["suggested_return"].clone())
}

fn marked(mark: MarkArguments) -> Result<Value, Failure> {
    let place = match (mark.field, mark.claim, mark.evidence) {
        (Some(path), ..) => json!({ "at": "field", "path": path }),
        (_, Some(claim), _) => json!({ "at": "claim", "claim": claim }),
        (_, _, Some(evidence)) => {
            json!({ "at": "page", "evidence": evidence, "page": mark.page })
        }
        (None, None, None) => {
            return Err(Failure::new(
                FailureCode::Invalid,
                "请写明批注在哪里：--field、--claim 或 --evidence。",
            ));
        }
    };
    Ok(json!({
        "declaration": mark.id,
        "place": place,
        "words": mark.words,
        "shared": !mark.private,
    }))
}

/// Refused where one file was not taken in; the others are.
pub(super) fn receive(
    desk: &Desk,
    files: Vec<PathBuf>,
    into_classified: bool,
) -> Result<Outcome, Failure> {
    let tokens: Vec<_> = files
        .into_iter()
        .map(|file| desk.adopt_file(file).token)
        .collect();
    let job = ask(
        desk,
        "received_take",
        json!({ "files": tokens, "into_classified": into_classified }),
    )?;
    let ended = wait(desk, &job)?;
    Ok(Outcome {
        refused: ended["faults"]
            .as_array()
            .is_some_and(|faults| !faults.is_empty()),
        answer: ended,
        told: Told::Lines,
    })
}

/// Scans, makes one PDF and takes it in; lists the scanners where none is named.
pub(super) fn scan(
    desk: &Desk,
    id: &str,
    scanner: Option<String>,
    mut settings: Value,
    evidence: &Value,
) -> Result<Outcome, Failure> {
    let Some(scanner) = scanner else {
        return ask(desk, "scan_devices", json!({})).map(Into::into);
    };
    settings["declaration"] = id.into();
    settings["scanner"] = scanner.into();
    settings["mode"] = "gray".into();
    done(&wait(desk, &ask(desk, "scan_begin", settings)?)?)?;
    let mut finish = evidence.clone();
    finish["declaration"] = id.into();
    let ended = wait(desk, &ask(desk, "scan_finish", finish)?)?;
    done(&ended)?;
    ask(desk, "scan_clear", json!({ "id": id }))?;
    Ok(ended.into())
}

/// The first fault of a job is the call's.
pub(super) fn done(job: &Value) -> Result<(), Failure> {
    match job["faults"][0]["message"].as_str() {
        Some(message) => Err(Failure::new(FailureCode::File, message)),
        None => Ok(()),
    }
}

/// Waits for a job's end.
pub(super) fn wait(desk: &Desk, job: &Value) -> Result<Value, Failure> {
    loop {
        let now = ask(desk, "job_status", json!({ "id": job["id"] }))?;
        if now["state"] != "running" {
            return Ok(now);
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}
