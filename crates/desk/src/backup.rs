//! Backups: make one, bring one back, check that everything is whole.

use crate::{desk::Desk, failure, intake::file_name, jobs::Job, names, places, vault};
use luguo_domain::{Moment, Role};
use luguo_ipc::{
    BackupMakeRequest, BackupRestoreRequest, Failure, FailureCode, JobView, VaultCheckView,
};
use luguo_store::{
    BackupFault, BackupStage, Passphrase, Restore, Vault, VaultReport, restore as bring_back,
};
use std::{
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::Arc,
};

/// Begins a backup.
pub(crate) fn make(desk: &Desk, request: &BackupMakeRequest) -> Result<JobView, Failure> {
    let vault = desk.vault()?;
    if vault.me().is(Role::Auditor) {
        return Err(Failure::new(
            FailureCode::Forbidden,
            "安全审计员只查看操作记录，备份请由其他人员来做。",
        ));
    }
    let into = desk.intake.get(&request.folder)?;
    let name = backup_name(&vault, desk.now());
    let job = desk.jobs.begin(format!("备份到“{}”", file_name(&into)), 0);
    let (worker, now) = (Arc::clone(&job), desk.now());
    desk.jobs.spawn(move || {
        worker.at(&name);
        match vault.backup(&into, &name, &mut progress(&worker), now) {
            Ok(_) => worker.finished(
                &name,
                Some(format!(
                    "备份已写好，并且逐页读回核对过：文件夹“{name}”。打开它要用今天的密码。"
                )),
            ),
            Err(BackupFault::Cancelled) => {}
            Err(fault) => worker.fault(&name, &failure::backup(&name, fault)),
        }
        worker.end();
    });
    Ok(job.view())
}

/// Copying is the first half, reading back the second.
fn progress(job: &Job) -> impl FnMut(BackupStage, u64, u64) -> ControlFlow<()> + '_ {
    move |stage, done, total| {
        let half = 500 * done / total.max(1);
        job.of(
            match stage {
                BackupStage::Copying => half,
                BackupStage::Checking => 500 + half,
            },
            1000,
        );
        job.wait_while_paused();
        if job.is_cancelled() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

/// Name and time by Beijing's clock, so that several lie side by side in order.
fn backup_name(vault: &Vault, now: Moment) -> String {
    format!(
        "鲁果备份-{}-{}",
        names::safe(&vault::stem(vault.path())),
        stamp(now)
    )
}

fn stamp(now: Moment) -> String {
    now.with_timezone(&failure::BEIJING)
        .format("%Y%m%d-%H%M%S")
        .to_string()
}

/// Begins bringing a backup back. The open vault is closed first; what stood at the place is kept
/// under another name.
pub(crate) fn restore(desk: &Desk, request: BackupRestoreRequest) -> Result<JobView, Failure> {
    let from = newest_backup(&desk.intake.get(&request.folder)?)?;
    let now = desk.now();
    let to = match (&request.place, &request.replace) {
        (Some(place), _) => {
            let mut path = desk.intake.get(place)?;
            if path.extension().is_none() {
                path.set_extension(vault::EXTENSION);
            }
            path
        }
        (None, Some(replace)) => vault::resolve(desk, replace)?,
        (None, None) => desk
            .host
            .vaults
            .join(format!("恢复-{}.{}", stamp(now), vault::EXTENSION)),
    };
    let aside = request.replace.as_ref().map(|_| {
        to.with_file_name(format!(
            "{}-恢复前-{}.{}",
            vault::stem(&to),
            stamp(now),
            vault::EXTENSION
        ))
    });
    desk.let_go();
    let name = file_name(&from);
    let job = desk.jobs.begin(format!("恢复“{name}”"), 1000);
    let worker = Arc::clone(&job);
    let (kind, folder) = (desk.host.edition, desk.host.vaults.clone());
    desk.jobs.spawn(move || {
        worker.at(&name);
        let passphrase = Passphrase::new(request.passphrase.into_text());
        let person = request.person.trim();
        let brought = bring_back(
            &Restore {
                from: &from,
                to: &to,
                aside: aside.as_deref(),
                kind,
                person,
                passphrase: &passphrase,
                process: std::process::id(),
                now,
            },
            &mut progress(&worker),
        );
        match brought {
            Ok(()) => {
                places::remember(&folder, &to);
                // On record in the restored vault; it is whole without this too.
                let noted = Vault::open(&to, kind, person, &passphrase, std::process::id(), now)
                    .map_err(|fault| fault.to_string())
                    .and_then(|vault| {
                        vault
                            .record("backup.restore", &name, "", now)
                            .map_err(|fault| fault.to_string())
                    });
                if let Err(fault) = noted {
                    tracing::warn!(%fault, "the restoring was not recorded");
                }
                let kept = aside.as_deref().map_or_else(String::new, |aside| {
                    format!("原来的保管库没有删除，改名为“{}”。", file_name(aside))
                });
                worker.finished(
                    &name,
                    Some(format!(
                        "已恢复到“{}”，并且逐页核对过。{kept}请用备份时的密码打开。",
                        file_name(&to)
                    )),
                );
            }
            Err(BackupFault::Cancelled) => {}
            Err(fault) => worker.fault(&name, &failure::backup(&name, fault)),
        }
        worker.end();
    });
    Ok(job.view())
}

/// The backup in a folder: itself, or the newest of those in it. Names carry the time.
fn newest_backup(folder: &Path) -> Result<PathBuf, Failure> {
    let is_backup = |path: &Path| path.join("backup.json").is_file();
    if is_backup(folder) {
        return Ok(folder.to_owned());
    }
    std::fs::read_dir(folder)
        .map_err(|fault| failure::file(&file_name(folder), &fault))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| is_backup(path))
        .max()
        .ok_or_else(|| failure::backup(&file_name(folder), BackupFault::NotABackup))
}

/// Reads all of the vault.
pub(crate) fn check(desk: &Desk) -> Result<VaultCheckView, Failure> {
    let vault = desk.vault()?;
    let report = vault
        .check(&mut |_, _| ControlFlow::Continue(()))
        .map_err(failure::store)?;
    vault
        .record(
            "vault.check",
            &vault.id().to_string(),
            if report.is_whole() { "" } else { "faults" },
            desk.now(),
        )
        .map_err(failure::store)?;
    Ok(VaultCheckView {
        whole: report.is_whole(),
        contents: report.contents,
        records: report.audit.records,
        orphans: report.orphans,
        faults: faults(&vault, &report),
    })
}

fn faults(vault: &Vault, report: &VaultReport) -> Vec<String> {
    let mut faults = Vec::new();
    if !report.pages.is_empty() {
        faults.push(format!(
            "保管库文件有 {} 处读不出来。请先不要继续填写，锁定后用“只读抢救”把内容取出来，或者从备份恢复。",
            report.pages.len()
        ));
    }
    for digest in &report.damaged {
        let names = vault.names_of_content(*digest).unwrap_or_default();
        faults.push(format!(
            "佐证材料“{}”的内容已损坏。请从备份恢复，或者重新加入原文件。",
            if names.is_empty() {
                digest.to_hex()
            } else {
                names.join("”“")
            }
        ));
    }
    if report.orphans > 0 {
        faults.push(format!(
            "有 {} 份内容没有归属，下次打开时会清理。",
            report.orphans
        ));
    }
    if let Some(fault) = &report.audit.fault {
        faults.push(crate::audit::words(fault));
    }
    faults
}
