//! The register as it is shown and kept.

use super::seal::level_of;
use crate::{
    classification::{classified, not_yours},
    desk::Desk,
    failure,
};
use luguo_domain::{
    Moment, Role,
    secrecy::{HandoverStep, SealedState},
};
use luguo_ipc::{
    Failure, FailureCode, SealedRegisterView, SealedRowView, SealedStepRequest, SealedStepView,
};
use luguo_store::{RegisterFault, StoredSealed, Vault};

/// Days after the hand-over from which a missing receipt is told.
const PATIENCE_DAYS: i64 = 3;
/// The channels of the law (Art. 28).
const CHANNELS: [&str; 2] = ["机要交通", "机要通信"];

pub(crate) fn show(desk: &Desk) -> Result<SealedRegisterView, Failure> {
    let vault = classified(desk)?;
    let all = vault.sealed().map_err(failure::store)?;
    let now = desk.now();
    Ok(SealedRegisterView {
        reminders: all.iter().filter_map(|one| reminder(one, now)).collect(),
        rows: all
            .iter()
            .map(|one| row(&vault, one))
            .collect::<Result<_, _>>()?,
        may_keep: vault.me().is(Role::ResultsOfficer),
    })
}

/// A package that was handed over and of which nobody signed.
fn reminder(package: &StoredSealed, now: Moment) -> Option<String> {
    if !package.outgoing || package.state() != SealedState::HandedOver {
        return None;
    }
    let handed = package
        .steps
        .iter()
        .rfind(|step| step.step == HandoverStep::HandedOver)?;
    let days = (now - handed.at).num_days();
    (days >= PATIENCE_DAYS).then(|| {
        format!(
            "{} 移交已 {days} 天，还没有收到签收回执。请联系收件单位。",
            package.number
        )
    })
}

fn row(vault: &Vault, package: &StoredSealed) -> Result<SealedRowView, Failure> {
    let mut items = Vec::new();
    let mut withheld = 0;
    for item in &package.items {
        match crate::classification::name_of(vault, item.declaration) {
            Ok(name) if item.reply => items.push(format!("{name}（审核意见）")),
            Ok(name) => items.push(name),
            Err(_) => withheld += 1,
        }
    }
    if withheld > 0 {
        items.push(format!("{withheld} 项不在您的知悉范围内"));
    }
    let taken: Vec<_> = package.steps.iter().map(|step| step.step).collect();
    Ok(SealedRowView {
        package_id: package.package.clone(),
        number: package.number.clone(),
        outgoing: package.outgoing,
        marking: package.marking.clone(),
        digest: package.digest.clone(),
        state: package.state(),
        state_label: package.state().label().to_owned(),
        unit: unit(package),
        items,
        at: package.at.to_rfc3339(),
        officer: package.officer.clone(),
        approver: package.approver.clone(),
        copies: 1,
        steps: package
            .steps
            .iter()
            .map(|step| SealedStepView {
                step: step.step,
                label: step.step.label().to_owned(),
                at: step.at.to_rfc3339(),
                by: step.by.clone(),
                words: step.words.clone(),
            })
            .collect(),
        next: HandoverStep::ALL
            .into_iter()
            .filter(|step| *step != HandoverStep::Written)
            .filter(|step| package.state().allows(*step, &taken))
            .collect(),
        receipt_code: if package.outgoing {
            None
        } else {
            package.codes.get("own").cloned()
        },
    })
}

/// Recipients, or the sender.
pub(super) fn unit(package: &StoredSealed) -> String {
    people(package)
        .into_iter()
        .map(|(unit, _)| unit)
        .collect::<Vec<_>>()
        .join("、")
}

/// Unit and person at the other end.
pub(super) fn people(package: &StoredSealed) -> Vec<(String, String)> {
    let content: serde_json::Value = serde_json::from_str(&package.content).unwrap_or_default();
    let text =
        |value: &serde_json::Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    if package.outgoing {
        content["recipients"]
            .as_array()
            .map(|all| {
                all.iter()
                    .map(|one| (text(one, "unit"), text(one, "person")))
                    .collect()
            })
            .unwrap_or_default()
    } else {
        vec![(
            text(&content["sender"], "unit"),
            text(&content["sender"], "person"),
        )]
    }
}

/// Records a step.
pub(crate) fn step(
    desk: &Desk,
    request: &SealedStepRequest,
) -> Result<SealedRegisterView, Failure> {
    let vault = classified(desk)?;
    if !vault.me().is(Role::ResultsOfficer) {
        return Err(not_yours("涉密成果专管员"));
    }
    let package = vault
        .sealed_package(&request.package_id)
        .map_err(failure::store)?
        .ok_or_else(failure::missing)?;
    let step = HandoverStep::from_code(&request.step)
        .ok_or_else(|| Failure::new(FailureCode::Invalid, "没有这一步，请刷新后再试。"))?;
    let said = words(&package, step, request)?;
    vault
        .step_sealed(&request.package_id, step, &said, desk.now())
        .map_err(refused)?;
    show(desk)
}

pub(super) fn refused(fault: RegisterFault) -> Failure {
    match fault {
        RegisterFault::NotFound | RegisterFault::Known => failure::missing(),
        RegisterFault::NotNow { state, step } => Failure::new(
            FailureCode::Conflict,
            format!(
                "这个密封包现在是“{}”，不能登记“{}”。先清点和登记，再移交；移交以后才有签收。",
                state.label(),
                step.label()
            ),
        ),
        RegisterFault::Store(fault) => failure::store(fault),
    }
}

/// What a step has to say, as one sentence of the register.
fn words(
    package: &StoredSealed,
    step: HandoverStep,
    request: &SealedStepRequest,
) -> Result<String, Failure> {
    let invalid = |words: String| Err(Failure::new(FailureCode::Invalid, words));
    let said = request.words.trim();
    if said.chars().count() > 500 {
        return invalid("说明不超过 500 字。".to_owned());
    }
    let with = |head: String| {
        if said.is_empty() {
            head
        } else {
            format!("{head}；{said}")
        }
    };
    match step {
        HandoverStep::Counted => Ok(if said.is_empty() {
            "件数相符，封口完好".to_owned()
        } else {
            said.to_owned()
        }),
        HandoverStep::Registered => {
            let channel = request.channel.trim();
            if package.outgoing && !CHANNELS.contains(&channel) {
                return invalid(
                    "涉密载体只能由机要交通或机要通信传递，请选一种（保密法第二十八条）。"
                        .to_owned(),
                );
            }
            Ok(with(if package.outgoing {
                channel.to_owned()
            } else {
                "收件登记".to_owned()
            }))
        }
        HandoverStep::HandedOver => {
            let couriers: Vec<&str> = request
                .couriers
                .iter()
                .map(|name| name.trim())
                .filter(|name| !name.is_empty())
                .collect();
            let needed = level_of(&package.marking).map_or(2, |level| level.couriers());
            if couriers.len() < needed {
                return invalid(format!(
                    "{}密封包要有 {needed} 人押运，请填写押运人姓名（实施条例第二十九条）。",
                    package.marking
                ));
            }
            Ok(with(format!("押运人 {}", couriers.join("、"))))
        }
        HandoverStep::Returned | HandoverStep::Destroyed => {
            let by = request.approved_by.trim();
            if by.is_empty() || said.is_empty() {
                return invalid(format!(
                    "{}要写明审批人和原因、方式（实施条例第二十八条）。",
                    step.label()
                ));
            }
            Ok(with(format!("审批人 {by}")))
        }
        HandoverStep::SignedFor => {
            invalid("签收凭回执登记：请导入对方的回执文件，或输入对方念的回执码。".to_owned())
        }
        HandoverStep::Sealed | HandoverStep::Written => {
            invalid("封装和写入由程序自己登记。".to_owned())
        }
    }
}
