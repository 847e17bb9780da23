//! Packages: announcement, commit, receipt.

use crate::{
    access::Caller, answer::Refused, assigned, audit, contents, server::Shared, space, twins,
};
use axum::{
    Json,
    extract::{Path as RoutePath, State},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, TimeDelta, Utc};
use luguo_domain::{
    Declaration, PackageId, Sha256Digest, authority,
    rules::{self, Surroundings, Tier},
};
use luguo_package::{Frozen, PayloadFile};
use luguo_wire::{AnnounceAnswer, CommitAnswer, Manifest, ManifestFile, Receipt, SignedReceipt};
use rusqlite::{Connection, OptionalExtension as _, params};
use std::collections::BTreeMap;

const MOST_FILES: usize = 10_000;
/// Beijing is eight hours ahead the whole year; the collection's days are Beijing's.
const BEIJING: TimeDelta = TimeDelta::hours(8);

struct Stored {
    manifest: Manifest,
    submitted_at: DateTime<Utc>,
    account: String,
    receipt: Option<(String, String)>,
}

/// `PUT /v1/packages/{id}`: idempotent.
#[utoipa::path(put, path = "/v1/packages/{id}", params(("id" = String, Path)), request_body = Manifest,
    responses((status = 200, body = AnnounceAnswer), (status = 401), (status = 403), (status = 409), (status = 422), (status = 507)))]
pub(crate) async fn announce(
    State(shared): State<Shared>,
    caller: Caller,
    RoutePath(id): RoutePath<PackageId>,
    Json(manifest): Json<Manifest>,
) -> Result<Json<AnnounceAnswer>, Refused> {
    check_manifest(&manifest, id, &caller)?;
    space::check(&shared, &caller, &manifest, &missing(&shared, &manifest))?;
    let digest = manifest.digest();
    let stored = shared.data.change(|change| -> Result<Stored, Refused> {
        if let Some(stored) = find(change, id, &caller)? {
            return Ok(stored);
        }
        let now = Utc::now();
        change.execute(
            "INSERT INTO package (id, unit, account, manifest, manifest_digest, submitted_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                id.to_string(),
                caller.unit,
                caller.account,
                serde_json::to_string(&manifest)?,
                digest.to_hex(),
                now.to_rfc3339()
            ],
        )?;
        for file in &manifest.files {
            change.execute(
                "INSERT OR IGNORE INTO package_content (package, sha256, sm3, size)
                 VALUES (?1, ?2, ?3, ?4)",
                params![
                    id.to_string(),
                    file.sha256.to_hex(),
                    file.sm3.to_hex(),
                    file.size as i64
                ],
            )?;
        }
        audit::append(
            change,
            now,
            &caller.account,
            "package.announce",
            &id.to_string(),
        )?;
        Ok(Stored {
            manifest: manifest.clone(),
            submitted_at: now,
            account: caller.account.clone(),
            receipt: None,
        })
    })?;
    let theirs = stored.manifest.digest();
    if theirs != digest {
        return Err(Refused::OtherManifest {
            ours: digest,
            theirs,
        });
    }
    Ok(Json(AnnounceAnswer {
        manifest_digest: digest,
        missing: missing(&shared, &stored.manifest),
        receipt: stored
            .receipt
            .map(|(receipt, signature)| signed(&shared, receipt, signature)),
    }))
}

/// `GET /v1/packages/{id}`: what is here of it.
#[utoipa::path(get, path = "/v1/packages/{id}", params(("id" = String, Path)),
    responses((status = 200, body = AnnounceAnswer), (status = 401), (status = 403), (status = 404)))]
pub(crate) async fn show(
    State(shared): State<Shared>,
    caller: Caller,
    RoutePath(id): RoutePath<PackageId>,
) -> Result<Json<AnnounceAnswer>, Refused> {
    let stored = find(&shared.data.read(), id, &caller)?.ok_or(Refused::Unknown)?;
    Ok(Json(AnnounceAnswer {
        manifest_digest: stored.manifest.digest(),
        missing: missing(&shared, &stored.manifest),
        receipt: stored
            .receipt
            .map(|(receipt, signature)| signed(&shared, receipt, signature)),
    }))
}

/// `POST /v1/packages/{id}/commit`: idempotent; the same package gives the same receipt.
#[utoipa::path(post, path = "/v1/packages/{id}/commit", params(("id" = String, Path)),
    responses((status = 200, body = CommitAnswer), (status = 401), (status = 403), (status = 404), (status = 409), (status = 422)))]
pub(crate) async fn commit(
    State(shared): State<Shared>,
    caller: Caller,
    RoutePath(id): RoutePath<PackageId>,
) -> Result<Json<CommitAnswer>, Refused> {
    tokio::task::spawn_blocking(move || commit_now(&shared, &caller, id))
        .await
        .map_err(|fault| Refused::Defect(fault.to_string()))?
        .map(|receipt| Json(CommitAnswer::Received { receipt }))
}

fn commit_now(shared: &Shared, caller: &Caller, id: PackageId) -> Result<SignedReceipt, Refused> {
    let stored = find(&shared.data.read(), id, caller)?.ok_or(Refused::Unknown)?;
    if let Some((receipt, signature)) = stored.receipt {
        return Ok(signed(shared, receipt, signature));
    }
    let absent = missing(shared, &stored.manifest);
    if !absent.is_empty() {
        return Err(Refused::BlobsMissing(absent));
    }
    let form = check_content(shared, &stored.manifest)?;
    let now = Utc::now();
    shared.data.change(|change| {
        // Somebody may have committed it meanwhile: asked again inside the transaction.
        if let Some(Stored {
            receipt: Some((receipt, signature)),
            ..
        }) = find(change, id, caller)?
        {
            return Ok(signed(shared, receipt, signature));
        }
        let number = next_number(change, now)?;
        let head = audit::append(
            change,
            now,
            &caller.account,
            "package.receive",
            &id.to_string(),
        )?;
        let (receiver, direct_reporting) = route(change, &caller.unit)?;
        let receipt = Receipt {
            format: Receipt::FORMAT.to_owned(),
            number: number.clone(),
            package_id: id,
            manifest_digest: stored.manifest.digest(),
            unit: caller.unit.clone(),
            account: stored.account.clone(),
            receiver: receiver.clone(),
            direct_reporting,
            submitted_at: stored.submitted_at,
            received_at: now,
            files: stored.manifest.files.clone(),
            desk_audit_head: stored.manifest.audit_head.clone(),
            endpoint_audit_head: head,
            epoch: shared.data.epoch().to_owned(),
        };
        let text = serde_json_canonicalizer::to_string(&receipt)?;
        let signature = STANDARD.encode(luguo_sealed::sign(&shared.signer.key, text.as_bytes()));
        change.execute(
            "UPDATE package SET number = ?2, receipt = ?3, signature = ?4 WHERE id = ?1",
            params![id.to_string(), number, text, signature],
        )?;
        assigned::assign(change, &id.to_string(), &receiver)?;
        twins::keep(change, &id.to_string(), &form)?;
        Ok(signed(shared, text, signature))
    })
}

fn next_number(change: &Connection, now: DateTime<Utc>) -> Result<String, Refused> {
    let day = (now + BEIJING).format("%Y%m%d").to_string();
    let count: i64 = change.query_row(
        "SELECT count(*) FROM package WHERE number LIKE ?1",
        [format!("SDCG-{day}-%")],
        |row| row.get(0),
    )?;
    Ok(format!("SDCG-{day}-{:05}", count + 1))
}

/// Who receives it: the city bureau, or the department for a direct-reporting unit, 二（二）.
fn route(change: &Connection, unit: &str) -> Result<(String, bool), Refused> {
    let (city, direct): (String, bool) = change.query_row(
        "SELECT city, direct_reporting FROM unit WHERE name = ?1",
        [unit],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(match authority::bureau(&city) {
        Some(bureau) if !direct => (bureau, false),
        _ => (authority::DEPARTMENT.to_owned(), true),
    })
}

fn find(
    connection: &Connection,
    id: PackageId,
    caller: &Caller,
) -> Result<Option<Stored>, Refused> {
    type Row = (
        String,
        String,
        String,
        String,
        Option<String>,
        Option<String>,
    );
    let row: Option<Row> = connection
        .query_row(
            "SELECT unit, manifest, submitted_at, account, receipt, signature FROM package
             WHERE id = ?1",
            [id.to_string()],
            |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                    row.get(5)?,
                ))
            },
        )
        .optional()?;
    let Some((unit, manifest, submitted_at, account, receipt, signature)) = row else {
        return Ok(None);
    };
    if unit != caller.unit {
        return Err(Refused::Forbidden("这个成果包属于另一个单位。"));
    }
    Ok(Some(Stored {
        manifest: serde_json::from_str(&manifest)?,
        submitted_at: DateTime::parse_from_rfc3339(&submitted_at)
            .map_err(|fault| Refused::Defect(fault.to_string()))?
            .to_utc(),
        account,
        receipt: receipt.zip(signature),
    }))
}

fn signed(shared: &Shared, receipt: String, signature: String) -> SignedReceipt {
    SignedReceipt {
        receipt,
        signature,
        certificate_pem: shared.certificate_pem.to_string(),
    }
}

fn missing(shared: &Shared, manifest: &Manifest) -> Vec<Sha256Digest> {
    let mut absent: Vec<_> = manifest
        .files
        .iter()
        .map(|file| file.sha256)
        .filter(|sha256| !contents::has(shared.data.folder(), *sha256))
        .collect();
    absent.sort();
    absent.dedup();
    absent
}

fn rejected(code: &'static str, message: impl Into<String>) -> Refused {
    Refused::Rejected {
        code,
        message: message.into(),
    }
}

fn check_manifest(manifest: &Manifest, id: PackageId, caller: &Caller) -> Result<(), Refused> {
    if manifest.format != Manifest::FORMAT || manifest.package_id != id {
        return Err(rejected("rejected.manifest", "清单的格式或编号不成立。"));
    }
    if caller.authority {
        return Err(Refused::Forbidden(
            "主管部门的账号用来审核，不报送成果。请用成果完成单位的账号报送。",
        ));
    }
    if manifest.unit != caller.unit {
        return Err(rejected(
            "rejected.unit",
            format!(
                "清单的单位“{}”与账号登记的“{}”不一致。",
                manifest.unit, caller.unit
            ),
        ));
    }
    if manifest.files.len() > MOST_FILES {
        return Err(rejected("rejected.limit", "清单的文件过多。"));
    }
    let mut sizes = BTreeMap::new();
    for pair in manifest.files.windows(2) {
        if pair[0].path >= pair[1].path {
            return Err(rejected(
                "rejected.manifest",
                "清单的文件没有按路径排序，或有重复。",
            ));
        }
    }
    for file in &manifest.files {
        let is_known = ["data/package.json", "data/declaration.json"].contains(&file.path.as_str())
            || file.path == format!("data/blobs/{}", file.sha256);
        let agrees = *sizes.entry(file.sha256).or_insert(file.size) == file.size;
        if !is_known || file.size == 0 || !agrees {
            return Err(rejected(
                "rejected.manifest",
                format!("清单里“{}”的路径或大小不成立。", file.path),
            ));
        }
    }
    Ok(())
}

/// The records must agree with each other and with the manifest, and no 强制性 rule may stand
/// against the form.
fn check_content(shared: &Shared, manifest: &Manifest) -> Result<Declaration, Refused> {
    let bytes = |path: &str| -> Result<Vec<u8>, Refused> {
        let file = manifest
            .files
            .iter()
            .find(|file| file.path == path)
            .ok_or_else(|| rejected("rejected.manifest", format!("清单缺少“{path}”。")))?;
        Ok(std::fs::read(contents::path(
            shared.data.folder(),
            file.sha256,
        ))?)
    };
    let (frozen, revision) = luguo_package::thaw(
        &bytes("data/package.json")?,
        &bytes("data/declaration.json")?,
    )
    .map_err(|fault| rejected("rejected.record", format!("成果包的记录前后矛盾：{fault}")))?;
    if !agrees(&frozen, manifest) {
        return Err(rejected("rejected.record", "成果包的记录与清单不一致。"));
    }
    let findings = rules::check(
        &revision.declaration,
        Surroundings::on(
            (revision.submitted_at + BEIJING).date_naive(),
            &revision.evidence,
        ),
    );
    let against = rules::unanswered(&findings, &revision.answers);
    match against
        .iter()
        .find(|finding| finding.tier == Tier::Mandatory)
    {
        Some(finding) => Err(rejected(
            "rejected.rules",
            format!(
                "{}（{}）{}",
                finding.message, finding.clause, finding.remedy
            ),
        )),
        None => Ok(revision.declaration),
    }
}

fn agrees(frozen: &Frozen, manifest: &Manifest) -> bool {
    let same = |(ours, theirs): (&PayloadFile, &ManifestFile)| {
        ours.path == theirs.path
            && ours.sha256 == theirs.sha256
            && ours.sm3 == theirs.sm3
            && ours.size == theirs.size
    };
    let record = &frozen.record;
    record.package_id == manifest.package_id
        && record.declaration_id == manifest.declaration_id
        && record.name == manifest.name
        && record.unit == manifest.unit
        && record.revision == manifest.revision
        && record.revision_digest == manifest.revision_digest
        && record.audit_head == manifest.audit_head
        && frozen.files.len() == manifest.files.len()
        && frozen.files.iter().zip(&manifest.files).all(same)
}
