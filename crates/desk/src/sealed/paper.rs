//! The papers of the classified edition, each with its mark, the number of the copy, and who printed
//! it when.

use super::{
    register::{people, unit},
    seal::head,
};
use crate::{
    classification::{UNMARKED, classified, markings, name_of},
    desk::Desk,
    document::{marked, refused, when},
    evidence::write_whole,
    failure,
    intake::file_name,
    keys,
};
use luguo_documents::paper::{
    CardSheet, ClassificationSheet, Direction, HandoverItem, HandoverSheet, KnowledgeRow,
    KnowledgeSheet, Marked, Paper, RegisterRow, RegisterSheet, UnitLine,
};
use luguo_domain::{
    ClassificationId, DeclarationId,
    secrecy::{ClassificationStep, HandoverStep, Knower, Marking},
};
use luguo_ipc::{Failure, FileWrittenView, SecrecyPaper, SecrecyPaperRequest};
use luguo_store::{StoredSealed, Vault};
use sha2::{Digest as _, Sha256};
use std::io::Write as _;

/// Writes a paper, whole or not at all.
pub(crate) fn write(
    desk: &Desk,
    request: &SecrecyPaperRequest,
) -> Result<FileWrittenView, Failure> {
    let vault = classified(desk)?;
    let path = desk.intake.get(&request.place)?;
    let name = file_name(&path);
    let (paper, subject) = match &request.paper {
        SecrecyPaper::Handover { package_id } => {
            (handover(desk, &vault, package_id)?, package_id.clone())
        }
        SecrecyPaper::Register { year } => (register(desk, &vault, *year)?, year.to_string()),
        SecrecyPaper::Knowers { id } => (knowers(desk, &vault, *id)?, id.to_string()),
        SecrecyPaper::Classification { proposal } => (
            classification(desk, &vault, *proposal)?,
            proposal.to_string(),
        ),
        SecrecyPaper::Card { fingerprint } => {
            (card(desk, &vault, fingerprint)?, fingerprint.clone())
        }
    };
    let bytes = paper.pdf(desk.now()).map_err(refused)?;
    vault
        .record("secrecy.print", &subject, &name, desk.now())
        .map_err(failure::store)?;
    write_whole(&path, |out| out.write_all(&bytes))
        .map_err(|fault| failure::file(&name, &fault))?;
    Ok(FileWrittenView {
        name,
        size: bytes.len() as u64,
        sha256: hex::encode(Sha256::digest(&bytes)),
    })
}

fn sealed(vault: &Vault, package: &str) -> Result<StoredSealed, Failure> {
    vault
        .sealed_package(package)
        .map_err(failure::store)?
        .ok_or_else(failure::missing)
}

fn handover(desk: &Desk, vault: &Vault, package: &str) -> Result<Paper, Failure> {
    let package = sealed(vault, package)?;
    let content: serde_json::Value = serde_json::from_str(&package.content).unwrap_or_default();
    let text = |name: &str| content[name].as_str().unwrap_or_default().to_owned();
    let said = |step: HandoverStep| {
        package
            .steps
            .iter()
            .rfind(|taken| taken.step == step)
            .map(|taken| taken.words.clone())
    };
    let couriers = said(HandoverStep::HandedOver)
        .and_then(|words| {
            let names = words.strip_prefix("押运人 ")?;
            let names = names.split('；').next()?;
            Some(names.split('、').map(str::to_owned).collect())
        })
        .unwrap_or_else(|| {
            let count = super::seal::level_of(&package.marking).map_or(2, |level| level.couriers());
            vec![String::new(); count]
        });
    let copy = said(HandoverStep::Written)
        .and_then(|words| {
            let number = words.strip_prefix("份号 ")?;
            number.split('，').next().map(str::to_owned)
        })
        .unwrap_or_default();
    let mut items = Vec::new();
    for (no, item) in (1..).zip(&package.items) {
        items.push(HandoverItem {
            no,
            // Who prints it may know of some and not of others.
            title: name_of(vault, item.declaration).ok(),
            marking: package_mark(vault, item.declaration)?,
            copy_number: copy.clone(),
            pages_or_size: if item.reply {
                "审核意见"
            } else {
                "征集表及佐证材料"
            }
            .to_owned(),
            evidence_count: vault
                .revision(item.declaration, item.revision)
                .map_err(failure::store)?
                .map_or(0, |revision| {
                    u32::try_from(revision.evidence.len()).unwrap_or(u32::MAX)
                }),
        });
    }
    let (recipient_unit, recipient_person) =
        people(&package).into_iter().next().unwrap_or_default();
    let sheet = HandoverSheet {
        number: package.number.replace("密封", "移交"),
        package_number: package.number.clone(),
        package_id: package.package.clone(),
        digest: package.digest.clone(),
        marking: package.marking.clone(),
        copy_numbers: vec![copy],
        copies: 1,
        items,
        medium_label: text("medium_label"),
        medium_serial: text("medium_serial"),
        sender: UnitLine {
            unit: vault.unit().map_err(failure::store)?.name,
            person: package.officer.clone(),
            phone: String::new(),
        },
        couriers,
        recipient: UnitLine {
            unit: recipient_unit,
            person: recipient_person,
            phone: String::new(),
        },
        sealed_by: (package.officer.clone(), package.approver.clone()),
        channel: said(HandoverStep::Registered)
            .and_then(|words| words.split('；').next().map(str::to_owned))
            .unwrap_or_default(),
        audit_head: head(vault)?,
        remarks: String::new(),
    };
    let marked = Marked {
        marking: package.marking.clone(),
        ..stamped(desk, vault, &format!("handover {}", package.package))?
    };
    desk.print
        .press(&desk.host.fonts)?
        .handover_sheet(&sheet, Some(&marked))
        .map_err(refused)
}

/// The mark of an item; of one that the person may not know of nothing but that it is marked.
fn package_mark(vault: &Vault, id: DeclarationId) -> Result<String, Failure> {
    let mark = vault.classification(id).map_err(failure::store)?;
    Ok(mark.map_or_else(String::new, |mark| mark.whole().to_string()))
}

/// Person and time of a print, with the next number of its copies.
fn stamped(desk: &Desk, vault: &Vault, subject: &str) -> Result<Marked, Failure> {
    let number = vault
        .number_copy(subject, "print", desk.now())
        .map_err(failure::store)?;
    Ok(Marked {
        marking: String::new(),
        copy_number: Some(format!("{number:06}")),
        person: vault.me().name.clone(),
        time: when(desk.now()),
    })
}

fn register(desk: &Desk, vault: &Vault, year: i32) -> Result<Paper, Failure> {
    let mut all: Vec<_> = vault
        .sealed()
        .map_err(failure::store)?
        .into_iter()
        .filter(|package| package.year == year)
        .collect();
    all.sort_by_key(|package| (!package.outgoing, package.number.clone()));
    let rows = all.iter().map(row).collect();
    let sheet = RegisterSheet {
        unit: vault.unit().map_err(failure::store)?.name,
        period: format!("{year}年"),
        rows,
    };
    let highest = all
        .iter()
        .max_by_key(|package| super::seal::level_of(&package.marking))
        .map(|package| package.marking.clone())
        .unwrap_or_default();
    let marked = Marked {
        marking: highest,
        ..stamped(desk, vault, &format!("register {year}"))?
    };
    desk.print
        .press(&desk.host.fonts)?
        .package_register(&sheet, Some(&marked))
        .map_err(refused)
}

fn row(package: &StoredSealed) -> RegisterRow {
    let content: serde_json::Value = serde_json::from_str(&package.content).unwrap_or_default();
    let last = |steps: &[HandoverStep]| {
        package
            .steps
            .iter()
            .rfind(|taken| steps.contains(&taken.step))
    };
    let disposal = last(&[HandoverStep::Returned, HandoverStep::Destroyed]);
    RegisterRow {
        number: package.number.clone(),
        // The register lies open on a desk: titles stay in the packages.
        title: None,
        marking: package.marking.clone(),
        direction: if package.outgoing {
            Direction::Sent
        } else {
            Direction::Received
        },
        unit: unit(package),
        sealed_at: when(package.at),
        copies: 1,
        medium: content["medium_label"]
            .as_str()
            .unwrap_or_default()
            .to_owned(),
        sender_or_recipient: package.officer.clone(),
        signed_at: last(&[HandoverStep::SignedFor])
            .map(|step| when(step.at))
            .unwrap_or_default(),
        state: package.state().label().to_owned(),
        disposal: disposal
            .map(|step| format!("{}：{}", step.step.label(), step.words))
            .unwrap_or_default(),
        approver: package.approver.clone(),
    }
}

fn knowers(desk: &Desk, vault: &Vault, id: DeclarationId) -> Result<Paper, Failure> {
    let marking = markings(vault, id)?.whole;
    let sheet = KnowledgeSheet {
        unit: vault.unit().map_err(failure::store)?.name,
        item: name_of(vault, id)?,
        marking,
        rows: vault
            .knowers(id)
            .map_err(failure::store)?
            .into_iter()
            .map(|knower| KnowledgeRow {
                name: knower.name,
                unit: knower.unit,
                first_at: when(knower.first_at),
                how: knower.how,
            })
            .collect(),
    };
    let marked = marked(desk, vault, id, "knowers")?;
    desk.print
        .press(&desk.host.fonts)?
        .knowledge_sheet(&sheet, marked.as_ref())
        .map_err(refused)
}

fn classification(desk: &Desk, vault: &Vault, id: ClassificationId) -> Result<Paper, Failure> {
    let stored = vault
        .proposal(id)
        .map_err(failure::store)?
        .ok_or_else(failure::missing)?;
    let proposal = &stored.proposal;
    let mark = proposal.content.as_ref();
    let verdict = stored.verdict.as_ref();
    let sheet = ClassificationSheet {
        kind: proposal.step,
        item: name_of(vault, proposal.declaration)?,
        level: mark
            .map(|content| content.marking.level.label().to_owned())
            .unwrap_or_default(),
        term: mark
            .map(|content| term(&content.marking))
            .unwrap_or_default(),
        basis: mark
            .map(|content| content.basis.clone())
            .unwrap_or_default(),
        scope: mark
            .map(|content| scope(&content.scope))
            .unwrap_or_default(),
        proposed_by: proposal.proposed_by_name.clone(),
        proposed_at: when(proposal.proposed_at),
        decided_by: verdict
            .map(|verdict| verdict.decided_by_name.clone())
            .unwrap_or_default(),
        decided_at: verdict
            .map(|verdict| when(verdict.decided_at))
            .unwrap_or_default(),
        decision: verdict
            .map(
                |verdict| match (verdict.approved, verdict.reason.as_str()) {
                    (true, "") => "同意".to_owned(),
                    (true, reason) => format!("同意。{reason}"),
                    (false, reason) => format!("不同意。{reason}"),
                },
            )
            .unwrap_or_default(),
        reason: match (proposal.step, mark) {
            (ClassificationStep::Determine, Some(content)) if proposal.reason.is_empty() => {
                content.longer_reason.clone()
            }
            _ => proposal.reason.clone(),
        },
        notice: proposal.notice.clone(),
    };
    let marked = marked(desk, vault, proposal.declaration, "classification")?;
    desk.print
        .press(&desk.host.fonts)?
        .classification_sheet(&sheet, marked.as_ref())
        .map_err(refused)
}

fn term(marking: &Marking) -> String {
    let words = marking.to_string();
    words
        .split_once('★')
        .map(|(_, term)| term.to_owned())
        .unwrap_or_else(|| UNMARKED.to_owned())
}

fn scope(people: &[Knower]) -> String {
    people
        .iter()
        .map(|knower| match knower.unit.trim() {
            "" => knower.name.clone(),
            unit => format!("{}（{unit}）", knower.name),
        })
        .collect::<Vec<_>>()
        .join("、")
}

fn card(desk: &Desk, vault: &Vault, fingerprint: &str) -> Result<Paper, Failure> {
    let cards = vault.cards().map_err(failure::store)?;
    let card = cards
        .iter()
        .find(|card| card.fingerprint == fingerprint)
        .ok_or_else(failure::missing)?;
    let view = keys::card_view(card, &keys::trust(vault)?, desk.now())?;
    let sheet = CardSheet {
        holder: view.holder,
        unit: view.unit,
        fingerprint: view.fingerprint.clone(),
        valid_from: view.valid_from,
        valid_until: view.valid_until,
        usage: "签名、解封".to_owned(),
        qr: view.fingerprint.to_uppercase(),
    };
    // A card is no secret: it goes to others.
    desk.print
        .press(&desk.host.fonts)?
        .card_sheet(&sheet, None)
        .map_err(refused)
}
