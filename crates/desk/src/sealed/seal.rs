//! Sealing onto a medium: judged, written, read back, entered, and only then given its name. Where
//! anything fails nothing readable is left outside the vault.

use super::{
    about::{About, Contents, Reading},
    medium, plan, words,
};
use crate::{
    classification::{classified, not_yours},
    desk::Desk,
    failure,
    jobs::Job,
    keys,
    ruling::SealedReply,
};
use luguo_domain::{
    Moment, Role, State,
    secrecy::{HandoverStep, SecrecyLevel},
};
use luguo_ipc::{Failure, FailureCode, JobView, SealPlanRequest, SealRequest};
use luguo_sealed::{Certificate, SealOrder, Sealed, SoftwareCustody, Trust, inspect, seal};
use luguo_store::{NewSealed, Passphrase, RegisterFault, ToldRuling, Vault};
use serde_json::json;
use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufReader},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use uuid::Uuid;

/// Everything that was judged before the first byte.
struct Order {
    contents: Contents,
    custody: SoftwareCustody,
    trust: Trust,
    recipients: Vec<(Certificate, String, String)>,
    recovery: Certificate,
    approver: String,
    folder: PathBuf,
    medium: String,
    medium_label: String,
    medium_serial: String,
}

/// Begins to seal.
pub(crate) fn begin(desk: &Desk, request: SealRequest) -> Result<JobView, Failure> {
    let vault = classified(desk)?;
    let order = judge(desk, &vault, request)?;
    let total = order.contents.size() * 2;
    let job = desk.jobs.begin("封装到介质".to_owned(), total);
    let (worker, clock) = (Arc::clone(&job), Arc::clone(&desk.host.clock));
    desk.jobs.spawn(move || {
        match run(&vault, &order, &worker, clock()) {
            Ok((name, number)) => worker.finished(
                &name,
                Some(format!(
                    "已封装并核对：{number}，文件“{name}”。下一步：清点、登记、移交。"
                )),
            ),
            Err(_) if worker.is_cancelled() => {}
            Err(failure) => worker.fault("密封包", &failure),
        }
        worker.end();
    });
    Ok(job.view())
}

fn judge(desk: &Desk, vault: &Vault, request: SealRequest) -> Result<Order, Failure> {
    let invalid = |words: &str| Failure::new(FailureCode::Invalid, words);
    if !vault.me().is(Role::ResultsOfficer) {
        return Err(not_yours("涉密成果专管员"));
    }
    let wanted = SealPlanRequest {
        declarations: request.declarations,
        replies: request.replies,
    };
    let shown = plan::plan(desk, &wanted)?;
    if let Some(hindrance) = shown.hindrances.first() {
        return Err(Failure::new(FailureCode::Conflict, hindrance.clone()));
    }
    let mut contents = Contents::new();
    for (id, reply) in plan::wanted(&wanted) {
        if reply {
            contents.add_reply(vault, id)?;
        } else {
            contents.add(vault, id)?;
        }
    }
    let key = vault
        .seal_keys()
        .map_err(failure::store)?
        .into_iter()
        .find(|key| key.fingerprint == request.key)
        .filter(|key| {
            shown
                .keys
                .iter()
                .any(|card| card.fingerprint == key.fingerprint)
        })
        .ok_or_else(|| invalid("请选一个可用的封装密钥。"))?;
    let cards = vault.cards().map_err(failure::store)?;
    let find = |fingerprint: &str| cards.iter().find(|card| card.fingerprint == fingerprint);
    if request.recipients.is_empty() {
        return Err(invalid("请至少选一张收件人证书。"));
    }
    let recipients = request
        .recipients
        .iter()
        .map(|fingerprint| {
            let card = find(fingerprint).ok_or_else(|| {
                invalid("有一张收件人证书没有收录。请先在“密钥与证书”里核对并收录。")
            })?;
            Ok((
                keys::certificate(&card.certificate)?,
                card.person.clone(),
                card.unit.clone(),
            ))
        })
        .collect::<Result<Vec<_>, Failure>>()?;
    let recovery = find(&key.escrow).ok_or_else(failure::missing)?;
    let folder = desk.intake.get(&request.folder)?;
    let found = medium::of(&folder);
    let reason = request.not_removable_reason.trim();
    if !found.removable && reason.is_empty() {
        return Err(invalid(
            "这个位置不是可移动介质，没有封装。请选涉密 U 盘或光盘上的文件夹；确实要写在这里的，请写明原因。",
        ));
    }
    let (label, serial) = (request.medium_label.trim(), request.medium_serial.trim());
    if label.is_empty()
        || [label, serial, reason]
            .iter()
            .any(|text| text.chars().count() > 200)
    {
        return Err(invalid("请填写介质编号，各项不超过 200 字。"));
    }
    let mut medium = format!("介质编号 {label}");
    if !serial.is_empty() {
        medium.push_str(&format!("，序列号 {serial}"));
    }
    if !found.removable {
        medium.push_str(&format!("，非可移动介质，原因：{reason}"));
    }
    // Last, so that a wrong passphrase is counted only where everything else is in order.
    let approver = present(
        desk,
        vault,
        &contents,
        &request.approver,
        request.approver_passphrase,
    )?;
    Ok(Order {
        custody: keys::custody(&key)?,
        trust: keys::trust(vault)?,
        recovery: keys::certificate(&recovery.certificate)?,
        contents,
        recipients,
        approver,
        folder,
        medium,
        medium_label: label.to_owned(),
        medium_serial: serial.to_owned(),
    })
}

/// The second person of the dialog: a reviewer who may know of every item, with the own passphrase.
fn present(
    desk: &Desk,
    vault: &Vault,
    contents: &Contents,
    name: &str,
    passphrase: luguo_ipc::Secret,
) -> Result<String, Failure> {
    let name = name.trim();
    if !plan::approvers(vault, contents)?
        .iter()
        .any(|account| account.name == name)
    {
        return Err(Failure::new(
            FailureCode::Forbidden,
            "封装要有两个人在场：涉密成果专管员，和一位在知悉范围内的单位审核人。请由审核人输入自己的姓名和密码。",
        ));
    }
    vault
        .present(
            name,
            &Passphrase::new(passphrase.into_text()),
            Role::UnitReviewer,
            desk.now(),
        )
        .map(|account| account.name)
        .map_err(failure::passphrase)
}

/// Seals into an unfinished file, compares it, enters it and gives it its name. Answers both.
fn run(vault: &Vault, order: &Order, job: &Job, now: Moment) -> Result<(String, String), Failure> {
    let unfinished = order
        .folder
        .join(format!(".{}.未完成", Uuid::new_v4().simple()));
    let outcome = written(vault, order, job, now, &unfinished);
    if outcome.is_err() {
        // Sealed bytes without register are nobody's; the name says that the file is not whole.
        let _ = std::fs::remove_file(&unfinished);
    }
    outcome
}

fn written(
    vault: &Vault,
    order: &Order,
    job: &Job,
    now: Moment,
    unfinished: &Path,
) -> Result<(String, String), Failure> {
    job.at("正在封装并写入介质");
    let about = About {
        format: About::FORMAT.to_owned(),
        unit: vault.unit().map_err(failure::store)?.name,
        officer: vault.me().name.clone(),
        approver: order.approver.clone(),
        audit_head: head(vault)?,
        items: order.contents.items.clone(),
        replies: order.contents.replies.clone(),
    };
    let sealed = write(vault, order, &about, job, now, unfinished)?;
    job.at("正在从介质读回并核对");
    compare(unfinished, &sealed, order, job)?;
    let name = file_name(&sealed);
    let number = enter(vault, order, &sealed, &name, now)?;
    let path = order.folder.join(&name);
    if let Err(fault) = std::fs::rename(unfinished, &path).and_then(|()| sync(&order.folder)) {
        // It is entered and nobody will find it: the register says so.
        let _ = vault.step_sealed(
            &sealed.header.package_id,
            HandoverStep::Destroyed,
            "写入介质时没有完成，文件已删除",
            now,
        );
        return Err(failure::file(&name, &fault));
    }
    settle(vault, order, &sealed, now)?;
    Ok((name, number))
}

fn write(
    vault: &Vault,
    order: &Order,
    about: &About,
    job: &Job,
    now: Moment,
    unfinished: &Path,
) -> Result<Sealed, Failure> {
    let shown = "密封包";
    let mut out = File::options()
        .read(true)
        .write(true)
        .create_new(true)
        .open(unfinished)
        .map_err(|fault| failure::file(shown, &fault))?;
    let done = AtomicU64::new(0);
    let read = |count: u64| {
        let so_far = done.fetch_add(count, Ordering::Relaxed) + count;
        if job.advance(so_far).is_break() {
            Err(io::Error::from(io::ErrorKind::Interrupted))
        } else {
            Ok(())
        }
    };
    let cards: Vec<Certificate> = order
        .recipients
        .iter()
        .map(|(card, _, _)| card.clone())
        .collect();
    let marking = order
        .contents
        .marking()
        .map(ToString::to_string)
        .ok_or_else(failure::missing)?;
    let sealed = seal(
        &SealOrder {
            custody: &order.custody,
            trust: &order.trust,
            recipients: &cards,
            recovery: &order.recovery,
            marking: &marking,
            created: keys::seconds(now),
            parts: order.contents.parts.clone(),
            about: serde_json::to_value(about).map_err(|fault| {
                Failure::new(FailureCode::Defect, "没有封装成功。").with_detail(fault)
            })?,
        },
        &Reading {
            vault,
            contents: &order.contents,
            read: &read,
        },
        &mut out,
    )
    .map_err(|fault| words::sealing(&fault))?;
    // A failed fsync is final: the file is thrown away, never synced again.
    out.sync_all()
        .and_then(|()| forget_cached(&out))
        .map_err(|fault| failure::file(shown, &fault))?;
    Ok(sealed)
}

/// Reads everything back from the medium and compares it with what was sealed.
fn compare(path: &Path, sealed: &Sealed, order: &Order, job: &Job) -> Result<(), Failure> {
    let differs = |detail: String| {
        Failure::new(
            FailureCode::File,
            "从介质读回来的内容和写进去的不一样，密封包已经删除。这个介质可能坏了，请换一个再封装。",
        )
        .with_detail(detail)
    };
    let file = File::open(path).map_err(|fault| failure::file("密封包", &fault))?;
    let mut inspected =
        inspect(BufReader::new(file)).map_err(|fault| differs(fault.to_string()))?;
    if inspected.digest() != sealed.digest {
        return Err(differs("another index".to_owned()));
    }
    let before = order.contents.size();
    inspected
        .verify(&mut |done| {
            job.progress(before + done.min(before));
        })
        .map_err(|fault| differs(fault.to_string()))
}

/// Enters the package; from here on it exists.
fn enter(
    vault: &Vault,
    order: &Order,
    sealed: &Sealed,
    name: &str,
    now: Moment,
) -> Result<String, Failure> {
    let people: Vec<(String, String)> = order
        .recipients
        .iter()
        .map(|(_, person, unit)| (person.clone(), unit.clone()))
        .collect();
    let content = json!({
        "recipients": order.recipients.iter().map(|(card, person, unit)| json!({
            "fingerprint": card.fingerprint(), "person": person, "unit": unit,
        })).collect::<Vec<_>>(),
        "contents": order.contents.parts.len(),
        "size": order.contents.size(),
        "medium_label": order.medium_label,
        "medium_serial": order.medium_serial,
        "file": name,
    });
    let codes: BTreeMap<String, String> = sealed.receipt_codes.iter().cloned().collect();
    vault
        .enter_sealed(
            &NewSealed {
                package: &sealed.header.package_id,
                outgoing: true,
                digest: &sealed.digest,
                marking: &sealed.header.marking,
                content: &content.to_string(),
                officer: &vault.me().name,
                approver: &order.approver,
                items: &order.contents.register_items(),
                codes: &codes,
                medium: &order.medium,
                knowers: &people,
            },
            now,
        )
        .map_err(|fault| match fault {
            RegisterFault::Store(fault) => failure::store(fault),
            RegisterFault::NotFound | RegisterFault::Known | RegisterFault::NotNow { .. } => {
                failure::missing()
            }
        })
}

/// Rulings in it are on their way.
fn settle(vault: &Vault, order: &Order, sealed: &Sealed, now: Moment) -> Result<(), Failure> {
    for ruling in &order.contents.rulings {
        let stands = vault
            .standing(ruling.declaration, ruling.revision)
            .map_err(failure::store)?;
        let record = SealedReply {
            package: sealed.header.package_id.clone(),
            authority: None,
        };
        vault
            .settle_ruling(ruling, &told(&record, stands)?, false, now)
            .map_err(failure::store)?;
    }
    Ok(())
}

/// A ruling that went or came in a sealed package, as the vault keeps it.
pub(super) fn told(record: &SealedReply, stands: State) -> Result<ToldRuling, Failure> {
    Ok(ToldRuling {
        record: serde_json::to_string(record).map_err(|fault| {
            Failure::new(FailureCode::Defect, "审核意见没有记成。").with_detail(fault)
        })?,
        // The package's own signatures cover it.
        signature: String::new(),
        certificate_pem: String::new(),
        applied: true,
        stands,
        place: 0,
    })
}

/// Says nothing of what is inside.
fn file_name(sealed: &Sealed) -> String {
    format!("密封包-{}.mseal", &sealed.header.package_id[..8])
}

/// The head of the audit chain, as it goes into packages and onto sheets.
pub(super) fn head(vault: &Vault) -> Result<String, Failure> {
    let newest = vault.audit(None, 1).map_err(failure::store)?;
    Ok(newest
        .first()
        .map(|record| format!("{} {}", record.seq, record.hash))
        .unwrap_or_default())
}

/// The level in a mark as it is written.
pub(super) fn level_of(marking: &str) -> Option<SecrecyLevel> {
    SecrecyLevel::from_code(marking.split('★').next()?)
}

fn sync(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Lets the system forget what it holds of the file, so that reading it back reads the medium.
fn forget_cached(file: &File) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed)?;
    #[cfg(not(target_os = "linux"))]
    let _ = file;
    Ok(())
}
