//! Taking packages in from files.

use crate::{desk::Desk, failure, intake::file_name, jobs::Job};
use luguo_domain::{DeclarationId, Moment, Role, Sha256Digest, VaultKind};
use luguo_ipc::{
    Failure, FailureCode, JobView, ReceivedGoRequest, ReceivedListView, ReceivedTakeRequest,
    ReceivedView, RefusedView,
};
use luguo_package::{OpenedBag, open_bag};
use luguo_store::{ImportFault, NewReceived, PackageContents, Vault};
use std::{
    fs::File,
    io::{BufReader, Read, Seek},
    path::{Path, PathBuf},
    sync::Arc,
};

fn reviewer(vault: &Vault) -> Result<(), Failure> {
    let officer = vault.kind() == VaultKind::Classified && vault.me().is(Role::ResultsOfficer);
    if officer || vault.me().is(Role::UnitReviewer) {
        return Ok(());
    }
    Err(Failure::new(
        FailureCode::Forbidden,
        "收到的成果包由审核人打开，请由审核人登录后操作。",
    ))
}

pub(crate) fn list(desk: &Desk) -> Result<ReceivedListView, Failure> {
    let vault = desk.vault()?;
    reviewer(&vault)?;
    // The classified edition is given nothing by a network.
    #[cfg(feature = "network")]
    let pulling = super::pull::pulling(&vault)?;
    #[cfg(not(feature = "network"))]
    let pulling = Vec::new();
    Ok(ReceivedListView {
        pulling,
        received: vault
            .received_packages()
            .map_err(failure::store)?
            .into_iter()
            .map(|package| {
                Ok(ReceivedView {
                    package: package.package,
                    declaration: package.declaration,
                    revision: package.revision,
                    marking: received_marking(&vault, package.declaration)?,
                    name: package.name,
                    unit: package.unit,
                    approved_by: package.approved_by,
                    file_name: package.file_name,
                    received_at: package.received_at.to_rfc3339(),
                    received_by: package.received_by,
                })
            })
            .collect::<Result<_, Failure>>()?,
        refused: vault
            .refused_packages()
            .map_err(failure::store)?
            .into_iter()
            .map(|refused| RefusedView {
                id: refused.id,
                file_name: refused.file_name,
                seen_at: refused.seen_at.to_rfc3339(),
                faults: refused.faults,
            })
            .collect(),
    })
}

/// The mark that it came with; what came from an open vault has none.
fn received_marking(vault: &Vault, id: DeclarationId) -> Result<String, Failure> {
    let mark = vault.classification(id).map_err(failure::store)?;
    Ok(mark.map_or_else(String::new, |mark| mark.whole().to_string()))
}

pub(crate) fn let_go(
    desk: &Desk,
    request: &ReceivedGoRequest,
) -> Result<ReceivedListView, Failure> {
    let vault = desk.vault()?;
    reviewer(&vault)?;
    vault
        .let_package_go(request.package, request.refused, desk.now())
        .map_err(failure::save)?;
    list(desk)
}

/// Begins to verify and take in; one bad file does not stop the others.
pub(crate) fn take(desk: &Desk, request: &ReceivedTakeRequest) -> Result<JobView, Failure> {
    let vault = desk.vault()?;
    reviewer(&vault)?;
    if vault.kind() == VaultKind::Classified && !request.into_classified {
        return Err(Failure::new(
            FailureCode::Conflict,
            "普通成果包收进涉密保管库以后不能再取出来，收取会记入操作记录。请确认后再收。",
        ));
    }
    let files = request
        .files
        .iter()
        .map(|token| desk.intake.get(token))
        .collect::<Result<Vec<PathBuf>, Failure>>()?;
    let total = files
        .iter()
        .filter_map(|path| std::fs::metadata(path).ok())
        .map(|metadata| metadata.len())
        .sum();
    let job = desk
        .jobs
        .begin(format!("收下 {} 个成果包", files.len()), total);
    let (worker, clock) = (Arc::clone(&job), Arc::clone(&desk.host.clock));
    desk.jobs.spawn(move || {
        let mut before = 0;
        for path in &files {
            let name = file_name(path);
            worker.at(&format!("正在核验“{name}”"));
            match one(&vault, path, &name, &worker, before, clock()) {
                Ok(remark) => worker.finished(&name, remark),
                Err(_) if worker.is_cancelled() => break,
                Err(failure) => worker.fault(&name, &failure),
            }
            before += std::fs::metadata(path).map_or(0, |metadata| metadata.len());
            worker.progress(before);
        }
        worker.end();
    });
    Ok(job.view())
}

fn one(
    vault: &Vault,
    path: &Path,
    name: &str,
    job: &Job,
    before: u64,
    now: Moment,
) -> Result<Option<String>, Failure> {
    let file = File::open(path).map_err(|fault| failure::file(name, &fault))?;
    let bag = match open_bag(BufReader::new(file)) {
        Ok(bag) => bag,
        Err(report) => {
            let faults: Vec<String> = report.faults.iter().map(|fault| fault.message()).collect();
            vault
                .refuse_package(name, &faults, now)
                .map_err(failure::store)?;
            return Err(Failure::new(
                FailureCode::File,
                format!(
                    "“{name}”没有收下，什么也没有存：{}",
                    faults.first().map_or("成果包不完整。", String::as_str)
                ),
            ));
        }
    };
    let own = vault
        .declaration(bag.revision.declaration_id)
        .map_err(failure::store)?;
    if own.is_some() {
        return Err(Failure::new(
            FailureCode::Conflict,
            format!("“{name}”是本单位自己的成果，已经在保管库里，没有再收一份。"),
        ));
    }
    job.at(&format!("正在收下“{name}”"));
    let (frozen, revision) = (bag.frozen.clone(), bag.revision.clone());
    let new = NewReceived {
        mark: None,
        knowers: &[],
        package: frozen.record.package_id,
        revision: &revision,
        unit: &frozen.record.unit,
        approved_by: &frozen.record.decision.reviewer_name,
        file_name: name,
        package_json: &frozen.package_json,
        declaration_json: &frozen.declaration_json,
    };
    let mut progress = |done: u64| job.advance(before + done);
    match vault.receive(&new, &mut Contents(bag), &mut progress, now) {
        Ok(true) => Ok(None),
        Ok(false) => Ok(Some(format!("“{name}”以前已经收下，没有再存一份。"))),
        Err(fault @ ImportFault::Read(_)) => Err(Failure::new(
            FailureCode::File,
            format!("“{name}”读到一半读不下去了，什么也没有存。请检查 U 盘或光盘后重试。"),
        )
        .with_detail(fault)),
        Err(fault) => Err(failure::import(name, fault)),
    }
}

/// The contents of an opened package as the vault wants them.
struct Contents<R>(OpenedBag<R>);

impl<R: Read + Seek> PackageContents for Contents<R> {
    fn read(
        &mut self,
        sha256: Sha256Digest,
        take: &mut dyn FnMut(&mut dyn Read),
    ) -> std::io::Result<()> {
        take(&mut self.0.content(sha256)?);
        Ok(())
    }
}
