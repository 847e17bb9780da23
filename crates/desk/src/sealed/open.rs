//! Opening a package and taking its contents in: each revision whole or not at all, rulings once.

use super::{
    about::{About, AboutItem, AboutReply},
    inspect::{Package, handler, look, mine},
    seal::told,
    words,
};
use crate::{
    classification::classified, desk::Desk, failure, intake::file_name, jobs::Job, keys,
    ruling::SealedReply,
};
use luguo_domain::{AccountId, Moment, Sha256Digest, ruling::Ruling};
use luguo_ipc::{Failure, FailureCode, JobView, SealedOpenRequest};
use luguo_package::thaw;
use luguo_sealed::{KeyCustody as _, OpenFault, Opened, SoftwareCustody};
use luguo_store::{
    ImportFault, NewReceived, NewSealed, PackageContents, RegisterFault, SealedItem, StoredCard,
    Vault,
};
use serde_json::json;
use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufReader, Read},
    sync::Arc,
};

/// Bytes of a record in a package at most.
const LARGEST_RECORD: u64 = 64 << 20;
/// Bytes of a second holder's key file at most.
const LARGEST_KEY_FILE: u64 = 64 << 10;
const LEAVES: &str = "打开失败";

type OpenedPackage = Opened<BufReader<File>>;

/// Begins to open.
pub(crate) fn open(desk: &Desk, request: SealedOpenRequest) -> Result<JobView, Failure> {
    let vault = classified(desk)?;
    handler(&vault)?;
    let path = desk.intake.get(&request.file)?;
    let name = file_name(&path);
    let mut package = look(&path)?;
    let custody = custody(desk, &vault, &package, &name, &request)?;
    let job = desk
        .jobs
        .begin(format!("打开密封包“{name}”"), package.size() * 2);
    let (worker, clock) = (Arc::clone(&job), Arc::clone(&desk.host.clock));
    let knowers = request.knowers;
    desk.jobs.spawn(move || {
        worker.at(&format!("正在核验“{name}”"));
        let verified = package
            .verify(&mut |done| worker.progress(done))
            .map_err(|fault| words::opening(&name, &fault));
        let outcome = verified.and_then(|()| {
            let trust = keys::trust(&vault)?;
            let opened = package
                .open(&trust, &custody)
                .map_err(|fault| words::opening(&name, &fault))?;
            take_in(&vault, opened, &name, &knowers, &worker, clock())
        });
        match outcome {
            Ok(remarks) => worker.finished(&name, Some(remarks)),
            Err(_) if worker.is_cancelled() => {}
            Err(failure) => {
                // Where even this is not written, the person was told all the same.
                let _ =
                    vault.refuse_package(&name, std::slice::from_ref(&failure.message), clock());
                worker.fault(&name, &failure);
            }
        }
        worker.end();
    });
    Ok(job.view())
}

/// The vault's own key, or a second holder's from its file.
fn custody(
    desk: &Desk,
    vault: &Vault,
    package: &Package,
    name: &str,
    request: &SealedOpenRequest,
) -> Result<SoftwareCustody, Failure> {
    if let Some(token) = &request.key_file {
        let picked = desk.intake.find(token)?;
        let bytes = zeroize::Zeroizing::new(picked.read_all(LARGEST_KEY_FILE)?);
        let password = request
            .password
            .as_ref()
            .map(luguo_ipc::Secret::as_str)
            .unwrap_or_default();
        let custody = keys::key_from_file(&picked.name(), &bytes, password)?;
        vault
            .record(
                "sealed.second_holder",
                &package.header().package_id,
                &custody.card().fingerprint(),
                desk.now(),
            )
            .map_err(failure::store)?;
        return Ok(custody);
    }
    let keys = vault.seal_keys().map_err(failure::store)?;
    let key = mine(package.header(), &keys)
        .first()
        .copied()
        .ok_or_else(|| words::opening(name, &OpenFault::OtherRecipient))?;
    keys::custody(key)
}

fn damaged(name: &str, detail: impl std::fmt::Display) -> Failure {
    Failure::new(
        FailureCode::File,
        format!("“{name}”里面的记录互相不符，什么也没有存。请对方核对后重新封装。"),
    )
    .with_detail(detail)
}

/// Takes everything in and enters the package. Answers what was done, in a sentence.
fn take_in(
    vault: &Vault,
    mut opened: OpenedPackage,
    name: &str,
    knowers: &[AccountId],
    job: &Job,
    now: Moment,
) -> Result<String, Failure> {
    let about: About = serde_json::from_value(opened.manifest().about.clone())
        .map_err(|fault| damaged(name, fault))?;
    if about.format != About::FORMAT {
        return Err(damaged(name, format!("format {:?}", about.format)));
    }
    let sealer = sealer(vault, &opened)?;
    let mut remarks = Vec::new();
    for item in &about.items {
        remarks.push(item_in(
            vault,
            &mut opened,
            item,
            &about,
            name,
            knowers,
            job,
            now,
        )?);
    }
    for reply in &about.replies {
        remarks.push(reply_in(vault, &mut opened, reply, &sealer, name, now)?);
    }
    if let Some(number) = enter(vault, &opened, &about, &sealer, name, now)? {
        remarks.push(format!(
            "登记为{number}。请写出签收回执，或把回执码念给对方。"
        ));
    }
    Ok(remarks.join(""))
}

/// The sealer's card as it is known here.
fn sealer(vault: &Vault, opened: &OpenedPackage) -> Result<StoredCard, Failure> {
    let card = opened.package().sealer();
    let fingerprint = card.fingerprint();
    let known = vault
        .cards()
        .map_err(failure::store)?
        .into_iter()
        .find(|known| known.fingerprint == fingerprint);
    // A card of a known authority is admitted without having been taken in itself.
    Ok(known.unwrap_or_else(|| StoredCard {
        fingerprint,
        certificate: card.as_der().to_vec(),
        authority: false,
        unit: keys::unknown_view(card).holder,
        person: String::new(),
        compared: String::new(),
        taken_by: String::new(),
        taken_at: Moment::default(),
        void: None,
    }))
}

fn record(opened: &mut OpenedPackage, place: usize, name: &str) -> Result<Vec<u8>, Failure> {
    let part = opened
        .part(place)
        .ok_or_else(|| damaged(name, "no such part"))?;
    if part.size > LARGEST_RECORD {
        return Err(damaged(name, "a record is too large"));
    }
    let mut bytes = Vec::new();
    opened
        .copy(place, &mut bytes)
        .map_err(|fault| words::opening(name, &fault))?;
    Ok(bytes)
}

#[expect(
    clippy::too_many_arguments,
    reason = "one revision of one package; each is used once"
)]
fn item_in(
    vault: &Vault,
    opened: &mut OpenedPackage,
    item: &AboutItem,
    about: &About,
    name: &str,
    knowers: &[AccountId],
    job: &Job,
    now: Moment,
) -> Result<String, Failure> {
    let package_json = record(opened, item.package_json, name)?;
    let declaration_json = record(opened, item.declaration_json, name)?;
    let (frozen, revision) =
        thaw(&package_json, &declaration_json).map_err(|fault| damaged(name, fault))?;
    let agrees = frozen.record.package_id == item.package
        && revision.declaration_id == item.declaration
        && revision.number == item.revision
        && revision.evidence.iter().all(|piece| {
            item.blobs.contains_key(&piece.sha256)
                && item.classification.parts.contains_key(&piece.id)
        });
    if !agrees {
        return Err(damaged(name, "the list and the records disagree"));
    }
    let title = &revision.declaration.name;
    if vault.is_own(item.declaration).map_err(failure::store)? {
        return Ok(format!("“{title}”是本单位自己的成果，没有再收一份。"));
    }
    job.at(&format!("正在收下“{title}”"));
    let new = NewReceived {
        package: item.package,
        revision: &revision,
        unit: &about.unit,
        approved_by: &frozen.record.decision.reviewer_name,
        file_name: name,
        package_json: &package_json,
        declaration_json: &declaration_json,
        mark: Some(&item.classification),
        knowers,
    };
    let before = opened.package().size();
    let mut contents = SealedContents {
        opened,
        blobs: &item.blobs,
        fault: None,
    };
    let mut progress = |done: u64| job.advance(before + done);
    let taken = vault.receive(&new, &mut contents, &mut progress, now);
    if let Some(fault) = contents.fault {
        return Err(words::opening(name, &fault));
    }
    match taken {
        Ok(true) => Ok(format!("已收下“{title}”第 {} 版。", revision.number)),
        Ok(false) => Ok(format!("“{title}”第 {} 版以前已经收下。", revision.number)),
        Err(fault @ ImportFault::Read(_)) => Err(damaged(name, fault)),
        Err(fault) => Err(failure::import(name, fault)),
    }
}

/// The contents of an opened package as the vault wants them: what is opened goes through a pipe,
/// never to a disk.
struct SealedContents<'a> {
    opened: &'a mut OpenedPackage,
    blobs: &'a BTreeMap<Sha256Digest, usize>,
    fault: Option<OpenFault>,
}

impl PackageContents for SealedContents<'_> {
    fn read(
        &mut self,
        sha256: Sha256Digest,
        take: &mut dyn FnMut(&mut dyn Read),
    ) -> io::Result<()> {
        let place = *self.blobs.get(&sha256).ok_or(io::ErrorKind::NotFound)?;
        let (mut reader, mut writer) = io::pipe()?;
        let opened = &mut *self.opened;
        let copied = std::thread::scope(|scope| {
            let copying = scope.spawn(move || opened.copy(place, &mut writer));
            take(&mut reader);
            // Whoever stopped reading must not leave the other side waiting.
            drop(reader);
            copying.join()
        });
        match copied {
            Ok(Ok(())) => Ok(()),
            // The reader stopped: its own fault is on its way.
            Ok(Err(OpenFault::Io(fault))) if fault.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Ok(Err(fault)) => {
                self.fault = Some(fault);
                Err(io::Error::other(LEAVES))
            }
            Err(_) => Err(io::Error::other(LEAVES)),
        }
    }
}

/// Rulings that came back: only from whom the declaration was sealed for, and on what was approved.
fn reply_in(
    vault: &Vault,
    opened: &mut OpenedPackage,
    reply: &AboutReply,
    sealer: &StoredCard,
    name: &str,
    now: Moment,
) -> Result<String, Failure> {
    let bytes = record(opened, reply.rulings, name)?;
    let rulings: Vec<Ruling> =
        serde_json::from_slice(&bytes).map_err(|fault| damaged(name, fault))?;
    if !sent_to(vault, reply, &sealer.fingerprint)? {
        return Err(Failure::new(
            FailureCode::Forbidden,
            format!(
                "“{name}”里有对本单位成果的审核意见，但这项成果没有封给过“{}”，没有采用。请核对来源。",
                sealer.unit
            ),
        ));
    }
    let revision = vault
        .revision(reply.declaration, reply.revision)
        .map_err(failure::store)?
        .ok_or_else(|| {
            Failure::new(
                FailureCode::Forbidden,
                format!("“{name}”里的审核意见涉及您不在知悉范围内的成果，请由知悉范围内的人打开。"),
            )
        })?;
    let mut title = revision.declaration.name.clone();
    for ruling in &rulings {
        let agrees = ruling.declaration == reply.declaration
            && ruling.revision == reply.revision
            && ruling.revision_digest == revision.digest()
            && ruling.check().is_ok();
        if !agrees {
            return Err(damaged(name, "a ruling is on something else"));
        }
    }
    vault
        .reply_arrived(
            reply.declaration,
            reply.revision,
            "随审核意见密封包签收",
            now,
        )
        .map_err(failure::store)?;
    for ruling in &rulings {
        let state = vault
            .declaration(reply.declaration)
            .map_err(failure::store)?
            .map(|found| found.row.state)
            .ok_or_else(failure::missing)?;
        let stands = state.step(ruling.kind.step()).unwrap_or(state);
        let record = SealedReply {
            package: opened.package().header().package_id.clone(),
            authority: Some(sealer.unit.clone()),
        };
        vault
            .settle_ruling(ruling, &told(&record, stands)?, false, now)
            .map_err(failure::store)?;
    }
    if title.trim().is_empty() {
        title = "未命名成果".to_owned();
    }
    Ok(format!("“{title}”的审核意见已收到。"))
}

fn sent_to(vault: &Vault, reply: &AboutReply, fingerprint: &str) -> Result<bool, Failure> {
    Ok(vault
        .sealed()
        .map_err(failure::store)?
        .iter()
        .filter(|package| package.outgoing)
        .filter(|package| {
            package.items.iter().any(|item| {
                !item.reply
                    && item.declaration == reply.declaration
                    && item.revision == reply.revision
            })
        })
        .any(|package| package.codes.contains_key(fingerprint)))
}

/// Enters the package; nothing for one that is entered already, or that this vault sealed itself.
fn enter(
    vault: &Vault,
    opened: &OpenedPackage,
    about: &About,
    sealer: &StoredCard,
    name: &str,
    now: Moment,
) -> Result<Option<String>, Failure> {
    let items: Vec<SealedItem> = about
        .items
        .iter()
        .map(|item| (item.declaration, item.revision, false))
        .chain(
            about
                .replies
                .iter()
                .map(|reply| (reply.declaration, reply.revision, true)),
        )
        .map(|(declaration, revision, reply)| SealedItem {
            declaration,
            revision,
            reply,
        })
        .collect();
    let header = opened.package().header();
    let content = json!({
        "sender": { "fingerprint": sealer.fingerprint, "unit": about.unit, "person": sealer.person },
        "sealed_by": [about.officer, about.approver],
        "contents": opened.package().count(),
        "size": opened.package().size(),
        "file": name,
    });
    let codes = BTreeMap::from([("own".to_owned(), opened.receipt_code())]);
    let entered = vault.enter_sealed(
        &NewSealed {
            package: &header.package_id,
            outgoing: false,
            digest: opened.package().digest(),
            marking: &header.marking,
            content: &content.to_string(),
            officer: &vault.me().name,
            approver: "",
            items: &items,
            codes: &codes,
            medium: &format!("文件 {name}"),
            knowers: &[],
        },
        now,
    );
    match entered {
        Ok(number) => Ok(Some(number)),
        Err(RegisterFault::Known) => Ok(None),
        Err(RegisterFault::Store(fault)) => Err(failure::store(fault)),
        Err(RegisterFault::NotFound | RegisterFault::NotNow { .. }) => Err(failure::missing()),
    }
}
