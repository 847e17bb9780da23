//! Looking at a sealed package: without a key what anybody can check, with one its contents by name
//! and one content by itself.

use super::words;
use crate::{
    classification::{classified, not_yours, people},
    desk::Desk,
    evidence::write_whole,
    failure,
    intake::file_name,
    keys,
};
use chrono::DateTime;
use luguo_domain::Role;
use luguo_ipc::{
    CardView, Failure, FailureCode, FileWrittenView, JobView, SealedContentsView,
    SealedExtractRequest, SealedFileRequest, SealedPartView, SealedView,
};
use luguo_sealed::{Certificate, Header, Inspected, OpenFault, Opened};
use luguo_store::{StoredKey, Vault};
use sha2::{Digest as _, Sha256};
use std::{
    fs::File,
    io::{self, BufReader, Write},
    path::PathBuf,
    sync::Arc,
};

/// A package in a file.
pub(super) type Package = Inspected<BufReader<File>>;

/// Opens the file and checks what needs no key.
pub(super) fn look(path: &PathBuf) -> Result<Package, Failure> {
    let name = file_name(path);
    let file = File::open(path).map_err(|fault| failure::file(&name, &fault))?;
    luguo_sealed::inspect(BufReader::new(file)).map_err(|fault| words::opening(&name, &fault))
}

/// Officers and reviewers handle what comes in.
pub(super) fn handler(vault: &Vault) -> Result<(), Failure> {
    if vault.me().is(Role::ResultsOfficer) || vault.me().is(Role::UnitReviewer) {
        Ok(())
    } else {
        Err(not_yours("涉密成果专管员或审核人"))
    }
}

/// The own keys that a package was sealed for.
pub(super) fn mine<'a>(header: &Header, keys: &'a [StoredKey]) -> Vec<&'a StoredKey> {
    keys.iter()
        .filter(|key| {
            header.recipients.contains(&key.fingerprint) || header.recovery == key.fingerprint
        })
        .collect()
}

pub(crate) fn inspect(desk: &Desk, request: &SealedFileRequest) -> Result<SealedView, Failure> {
    let vault = classified(desk)?;
    let path = desk.intake.get(&request.file)?;
    let package = look(&path)?;
    let header = package.header();
    let keys = vault.seal_keys().map_err(failure::store)?;
    let mine: Vec<String> = mine(header, &keys)
        .iter()
        .map(|key| key.fingerprint.clone())
        .collect();
    let mut hindrances = Vec::new();
    if let Err(fault) = package.admit(&keys::trust(&vault)?) {
        hindrances.push(words::opening(&file_name(&path), &fault).message);
    }
    if mine.is_empty() {
        hindrances.push(words::opening(&file_name(&path), &OpenFault::OtherRecipient).message);
    }
    if handler(&vault).is_err() {
        hindrances.push("打开密封包由涉密成果专管员或审核人来做，请由他登录后办理。".to_owned());
    }
    Ok(SealedView {
        package_id: header.package_id.clone(),
        digest: package.digest().to_owned(),
        marking: header.marking.clone(),
        sealed_at: i64::try_from(header.created)
            .ok()
            .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
            .map(|time| time.to_rfc3339())
            .unwrap_or_default(),
        sealer: known_card(desk, &vault, package.sealer())?,
        recipients: recipients(&vault, header)?,
        mine,
        contents: u32::try_from(package.count()).unwrap_or(u32::MAX),
        size: package.size(),
        known: vault
            .sealed_package(&header.package_id)
            .map_err(failure::store)?
            .is_some(),
        people: people(&vault)?,
        hindrances,
    })
}

fn known_card(desk: &Desk, vault: &Vault, card: &Certificate) -> Result<CardView, Failure> {
    let fingerprint = card.fingerprint();
    let cards = vault.cards().map_err(failure::store)?;
    match cards.iter().find(|known| known.fingerprint == fingerprint) {
        Some(known) => keys::card_view(known, &keys::trust(vault)?, desk.now()),
        None => Ok(keys::unknown_view(card)),
    }
}

/// Holders that are known here, else the fingerprint.
fn recipients(vault: &Vault, header: &Header) -> Result<Vec<String>, Failure> {
    let cards = vault.cards().map_err(failure::store)?;
    Ok(header
        .recipients
        .iter()
        .map(
            |fingerprint| match cards.iter().find(|card| card.fingerprint == *fingerprint) {
                Some(card) => format!("{} {}", card.unit, card.person).trim().to_owned(),
                None => format!("证书 {}", &fingerprint[..16.min(fingerprint.len())]),
            },
        )
        .collect())
}

/// Compares every byte with the signed index: no key is needed.
pub(crate) fn verify(desk: &Desk, request: &SealedFileRequest) -> Result<JobView, Failure> {
    classified(desk)?;
    let path = desk.intake.get(&request.file)?;
    let name = file_name(&path);
    let mut package = look(&path)?;
    let job = desk.jobs.begin(format!("核验“{name}”"), package.size());
    let worker = Arc::clone(&job);
    desk.jobs.spawn(move || {
        worker.at(&format!("正在逐字节核对“{name}”"));
        match package.verify(&mut |done| worker.progress(done)) {
            Ok(()) => worker.finished(
                &name,
                Some(format!(
                    "“{name}”完整，封装后没有改动。摘要 {}",
                    package.digest()
                )),
            ),
            Err(fault) => worker.fault(&name, &words::opening(&name, &fault)),
        }
        worker.end();
    });
    Ok(job.view())
}

/// Opens with the own key.
fn opened(vault: &Vault, path: &PathBuf) -> Result<Opened<BufReader<File>>, Failure> {
    let name = file_name(path);
    let package = look(path)?;
    let keys = vault.seal_keys().map_err(failure::store)?;
    let key = mine(package.header(), &keys)
        .first()
        .copied()
        .ok_or_else(|| words::opening(&name, &OpenFault::OtherRecipient))?;
    let custody = keys::custody(key)?;
    package
        .open(&keys::trust(vault)?, &custody)
        .map_err(|fault| words::opening(&name, &fault))
}

/// Lists the contents by their true names; that is a look, and on record.
pub(crate) fn contents(
    desk: &Desk,
    request: &SealedFileRequest,
) -> Result<SealedContentsView, Failure> {
    let vault = classified(desk)?;
    handler(&vault)?;
    let path = desk.intake.get(&request.file)?;
    let opened = opened(&vault, &path)?;
    vault
        .record(
            "sealed.list",
            &opened.package().header().package_id,
            &file_name(&path),
            desk.now(),
        )
        .map_err(failure::store)?;
    Ok(SealedContentsView {
        parts: (1..)
            .zip(&opened.manifest().parts)
            .map(|(number, part)| SealedPartView {
                number,
                name: part.name.clone(),
                size: part.size,
            })
            .collect(),
    })
}

/// Opens one content and writes it to a place. It leaves the vault's protection: who, why and what
/// is on record before the first byte.
pub(crate) fn extract(
    desk: &Desk,
    request: &SealedExtractRequest,
) -> Result<FileWrittenView, Failure> {
    let vault = classified(desk)?;
    handler(&vault)?;
    let reason = request.reason.trim();
    if reason.is_empty() || reason.chars().count() > 200 {
        return Err(Failure::new(
            FailureCode::Invalid,
            "取出涉密内容要写明原因，不超过 200 字，会记入操作记录。",
        ));
    }
    let path = desk.intake.get(&request.file)?;
    let place = desk.intake.get(&request.place)?;
    let mut opened = opened(&vault, &path)?;
    let at = (request.part as usize).checked_sub(1);
    let part = at
        .and_then(|at| opened.part(at))
        .cloned()
        .ok_or_else(failure::missing)?;
    let (package, name) = (
        opened.package().header().package_id.clone(),
        file_name(&place),
    );
    vault
        .record(
            "sealed.extract",
            &package,
            &format!("第 {} 份，原因：{reason}", request.part),
            desk.now(),
        )
        .map_err(failure::store)?;
    let written = write_whole(&place, |out| {
        let mut digested = Digested {
            out,
            sha256: Sha256::new(),
        };
        opened.copy(at.unwrap_or_default(), &mut digested)?;
        Ok::<_, OpenFault>(digested.sha256.finalize())
    });
    let sha256 = written.map_err(|fault| words::opening(&name, &fault))?;
    Ok(FileWrittenView {
        name,
        size: part.size,
        sha256: hex::encode(sha256),
    })
}

struct Digested<'a> {
    out: &'a mut File,
    sha256: Sha256,
}

impl Write for Digested<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write_all(bytes)?;
        self.sha256.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
