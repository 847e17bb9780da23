//! Taking files in as evidence, in the background; one bad file does not stop the others.

use super::media::media_type;
use crate::{
    desk::Desk,
    document::check_added,
    failure,
    intake::{Intake, Picked, Source},
    jobs::Job,
};
use luguo_domain::{DeclarationId, EvidenceId, Moment, claim::Claim};
use luguo_ipc::{EvidenceAddRequest, EvidenceReplaceRequest, Failure, JobView};
use luguo_store::{EvidenceSource, Imported, Replacement, Vault};
use std::{io::SeekFrom, ops::ControlFlow, path::Path, sync::Arc};
use uuid::Uuid;

/// A file on its way in.
pub(super) struct Incoming {
    pub(super) declaration: DeclarationId,
    pub(super) picked: Picked,
    pub(super) claims: Vec<Claim>,
    /// Its number among those that go on after the program was closed; a pasted one has none.
    pub(super) number: Option<i64>,
    /// Its token, to let pasted bytes go.
    pub(super) token: Option<String>,
}

/// Begins the import. The files are noted first, so that it can go on after a crash.
pub(crate) fn add(desk: &Desk, request: EvidenceAddRequest) -> Result<JobView, Failure> {
    let vault = desk.vault()?;
    let mut files = request
        .files
        .iter()
        .map(|token| {
            Ok(Incoming {
                declaration: request.declaration,
                picked: desk.intake.find(token)?,
                claims: request.claims.clone(),
                number: None,
                token: Some(token.clone()),
            })
        })
        .collect::<Result<Vec<_>, Failure>>()?;
    let paths: Vec<&Path> = files.iter().filter_map(|file| file.picked.path()).collect();
    let numbers = vault
        .expect_imports(request.declaration, &paths, &request.claims, desk.now())
        .map_err(failure::store)?;
    let mut numbers = numbers.into_iter();
    for file in files.iter_mut().filter(|file| file.picked.path().is_some()) {
        file.number = numbers.next();
    }
    begin(desk, files)
}

pub(super) fn begin(desk: &Desk, files: Vec<Incoming>) -> Result<JobView, Failure> {
    let vault = desk.vault()?;
    let total = files.iter().map(|file| file.picked.size()).sum();
    let job = desk
        .jobs
        .begin(format!("加入 {} 份佐证材料", files.len()), total);
    let (worker, clock) = (Arc::clone(&job), Arc::clone(&desk.host.clock));
    let intake = Arc::clone(&desk.intake);
    desk.jobs.spawn(move || {
        import_all(&vault, &files, &worker, &*clock, &intake);
        worker.end();
    });
    Ok(job.view())
}

fn import_all(
    vault: &Vault,
    files: &[Incoming],
    job: &Job,
    clock: &dyn Fn() -> Moment,
    intake: &Intake,
) {
    let mut before = 0;
    for (n, file) in files.iter().enumerate() {
        let name = file.picked.name();
        job.at(&name);
        let mut progress = |done: u64| job.advance(before + done);
        let outcome = import(
            vault,
            file.declaration,
            &file.picked,
            &file.claims,
            file.number,
            &mut progress,
            clock(),
        );
        if job.is_cancelled() && !job.was_cancelled_by_closing() {
            // The person wants none of the rest.
            settle(vault, &files[n..]);
        }
        match outcome {
            Ok((imported, told)) => {
                before += imported.item.size;
                let remark = (!imported.same_content.is_empty()).then(|| {
                    format!(
                        "“{name}”与已有的“{}”内容相同，只存一份。",
                        imported.same_content.join("”“")
                    )
                });
                job.finished(&name, remark.or(told));
            }
            Err(failure) => {
                if !job.is_cancelled() {
                    settle(vault, std::slice::from_ref(file));
                }
                job.fault(&name, &failure);
            }
        }
        if let Some(token) = &file.token {
            intake.forget_pasted(token);
        }
        if job.is_cancelled() {
            break;
        }
    }
}

/// These are not waited for any more.
fn settle(vault: &Vault, files: &[Incoming]) {
    let numbers: Vec<_> = files.iter().filter_map(|file| file.number).collect();
    if let Err(fault) = vault.settle_imports(&numbers) {
        // They would be offered once more; taking one in twice is told then.
        tracing::warn!(%fault, "the list of waiting files was not written");
    }
}

/// Begins putting another file into the place of a piece.
pub(crate) fn replace(desk: &Desk, request: EvidenceReplaceRequest) -> Result<JobView, Failure> {
    let vault = desk.vault()?;
    let picked = desk.intake.find(&request.file)?;
    let name = picked.name();
    let job = desk.jobs.begin(format!("换成“{name}”"), picked.size());
    let (worker, clock) = (Arc::clone(&job), Arc::clone(&desk.host.clock));
    let intake = Arc::clone(&desk.intake);
    desk.jobs.spawn(move || {
        worker.at(&name);
        let mut progress = |done: u64| worker.advance(done);
        match put_in_place(&vault, &request, &picked, &mut progress, clock()) {
            Ok(()) => worker.finished(&name, None),
            Err(failure) => worker.fault(&name, &failure),
        }
        intake.forget_pasted(&request.file);
        worker.end();
    });
    Ok(job.view())
}

fn put_in_place(
    vault: &Vault,
    request: &EvidenceReplaceRequest,
    picked: &Picked,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
    now: Moment,
) -> Result<(), Failure> {
    let name = picked.name();
    let (media_type, mut file) = opened(picked)?;
    let with = Replacement {
        file_name: name.clone(),
        media_type,
    };
    vault
        .replace_evidence(
            request.declaration,
            request.evidence,
            &with,
            &mut *file,
            progress,
            now,
        )
        .map_err(|fault| failure::import(&name, fault))
}

/// Opens what was picked and tells its media type by name and first bytes.
fn opened(picked: &Picked) -> Result<(String, Box<dyn Source + '_>), Failure> {
    let name = picked.name();
    let unreadable =
        |fault: std::io::Error| failure::import(&name, luguo_store::ImportFault::Read(fault));
    let mut file = picked.open().map_err(unreadable)?;
    let mut head = [0; 16];
    let filled = read_head(&mut *file, &mut head).map_err(unreadable)?;
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    Ok((media_type(&name, &head[..filled]), file))
}

/// Takes one file in.
pub(crate) fn import(
    vault: &Vault,
    declaration: DeclarationId,
    picked: &Picked,
    claims: &[Claim],
    settles: Option<i64>,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
    now: Moment,
) -> Result<(Imported, Option<String>), Failure> {
    let name = picked.name();
    let (media_type, mut file) = opened(picked)?;
    let told = check_added(vault, declaration, claims, picked, &media_type)?;
    let source = EvidenceSource {
        id: EvidenceId(Uuid::now_v7()),
        title: Path::new(&name)
            .file_stem()
            .map_or_else(|| name.clone(), |stem| stem.to_string_lossy().into_owned()),
        media_type,
        file_name: name.clone(),
        claims: claims.to_vec(),
        settles,
    };
    vault
        .import_evidence(declaration, source, &mut file, progress, now)
        .map(|imported| (imported, told))
        .map_err(|fault| failure::import(&name, fault))
}

fn read_head(file: &mut dyn Source, head: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while filled < head.len() {
        match file.read(&mut head[filled..])? {
            0 => break,
            n => filled += n,
        }
    }
    Ok(filled)
}

impl Desk {
    /// Takes one file in on the calling thread: for the command line.
    ///
    /// # Errors
    /// A [`Failure`] with a sentence for the user; nothing of the file is kept then.
    pub fn add_evidence_file(
        &self,
        declaration: DeclarationId,
        path: &Path,
        claims: &[Claim],
    ) -> Result<Imported, Failure> {
        import(
            &self.vault()?,
            declaration,
            &Picked::File(path.to_owned()),
            claims,
            None,
            &mut |_| ControlFlow::Continue(()),
            self.now(),
        )
        .map(|(imported, _)| imported)
    }
}
