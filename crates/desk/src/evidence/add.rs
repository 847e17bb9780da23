//! Taking files in as evidence, in the background; one bad file does not stop the others.

use super::{files::pasted_folder, media::media_type};
use crate::{desk::Desk, failure, intake::file_name, jobs::Job};
use luguo_domain::{DeclarationId, EvidenceId, Moment, claim::Claim};
use luguo_ipc::{EvidenceAddRequest, Failure, JobView};
use luguo_store::{EvidenceSource, Imported, Vault};
use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::Arc,
};
use uuid::Uuid;

/// Begins the import.
pub(crate) fn add(desk: &Desk, request: EvidenceAddRequest) -> Result<JobView, Failure> {
    let vault = desk.vault()?;
    let paths = request
        .files
        .iter()
        .map(|token| desk.intake.get(token))
        .collect::<Result<Vec<_>, _>>()?;
    let total = paths
        .iter()
        .map(|path| std::fs::metadata(path).map_or(0, |metadata| metadata.len()))
        .sum();
    let job = desk
        .jobs
        .begin(format!("加入 {} 份佐证材料", paths.len()), total);
    let (worker, clock) = (Arc::clone(&job), Arc::clone(&desk.host.clock));
    let pasted = pasted_folder(desk);
    std::thread::spawn(move || {
        import_all(&vault, &request, &paths, &worker, &*clock, &pasted);
        worker.end();
    });
    Ok(job.view())
}

fn import_all(
    vault: &Vault,
    request: &EvidenceAddRequest,
    paths: &[PathBuf],
    job: &Job,
    clock: &dyn Fn() -> Moment,
    pasted: &Path,
) {
    let mut before = 0;
    for path in paths {
        let name = file_name(path);
        job.at(&name);
        let mut progress = |done: u64| {
            job.progress(before + done);
            if job.is_cancelled() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        match import(
            vault,
            request.declaration,
            path,
            &request.claims,
            &mut progress,
            clock(),
        ) {
            Ok(imported) => {
                before += imported.item.size;
                let remark = (!imported.same_content.is_empty()).then(|| {
                    format!(
                        "“{name}”与已有的“{}”内容相同，只存一份。",
                        imported.same_content.join("”“")
                    )
                });
                job.finished(&name, remark);
            }
            Err(failure) => job.fault(&name, &failure),
        }
        if path.starts_with(pasted) {
            // What was pasted is in the vault now, or the person was told why not.
            let _ = path.parent().map(std::fs::remove_dir_all);
        }
        if job.is_cancelled() {
            break;
        }
    }
}

/// Takes one file in.
pub(crate) fn import(
    vault: &Vault,
    declaration: DeclarationId,
    path: &Path,
    claims: &[Claim],
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
    now: Moment,
) -> Result<Imported, Failure> {
    let name = file_name(path);
    let unreadable =
        |fault: std::io::Error| failure::import(&name, luguo_store::ImportFault::Read(fault));
    let mut file = File::open(path).map_err(unreadable)?;
    let mut head = [0; 16];
    let filled = read_head(&mut file, &mut head).map_err(unreadable)?;
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let source = EvidenceSource {
        id: EvidenceId(Uuid::now_v7()),
        title: Path::new(&name)
            .file_stem()
            .map_or_else(|| name.clone(), |stem| stem.to_string_lossy().into_owned()),
        media_type: media_type(&name, &head[..filled]),
        file_name: name.clone(),
        claims: claims.to_vec(),
    };
    vault
        .import_evidence(declaration, source, &mut file, progress, now)
        .map_err(|fault| failure::import(&name, fault))
}

fn read_head(file: &mut File, head: &mut [u8]) -> std::io::Result<usize> {
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
            path,
            claims,
            &mut |_| ControlFlow::Continue(()),
            self.now(),
        )
    }
}
