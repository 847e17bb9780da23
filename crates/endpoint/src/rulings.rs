//! Rulings of authorities, clauses 二（三） and 三（一）: each recorded once, in force or superseded, and
//! told to the reporting unit and to the authority itself.

use crate::{access::Caller, answer::Refused, assigned, audit, server::Shared};
use axum::{
    Json,
    extract::{Path as RoutePath, Query, State as Given},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::Utc;
use luguo_domain::{DeclarationId, PackageId, State, ruling::Ruling};
use luguo_wire::{Manifest, Receipt, RulingOutcome, RulingRecord, RulingsAnswer, SignedRuling};
use rusqlite::{Connection, OptionalExtension as _, params};

const MOST_RULINGS: usize = 50;

/// `POST /v1/packages/{id}/rulings`: idempotent by the ruling's id.
#[utoipa::path(post, path = "/v1/packages/{id}/rulings", params(("id" = String, Path)),
    request_body = Object,
    responses((status = 200, body = SignedRuling), (status = 401), (status = 403), (status = 404), (status = 422)))]
pub(crate) async fn rule(
    Given(shared): Given<Shared>,
    caller: Caller,
    RoutePath(id): RoutePath<PackageId>,
    Json(ruling): Json<Ruling>,
) -> Result<Json<SignedRuling>, Refused> {
    assigned::authority(&caller)?;
    shared
        .data
        .change(|change| record(&shared, change, &caller, id, ruling))
        .map(Json)
}

/// `GET /v1/rulings`: what concerns the caller's organisation, after a place.
#[utoipa::path(get, path = "/v1/rulings", params(("after" = Option<u64>, Query)),
    responses((status = 200, body = RulingsAnswer), (status = 401)))]
pub(crate) async fn list(
    Given(shared): Given<Shared>,
    caller: Caller,
    Query(assigned::After { after }): Query<assigned::After>,
) -> Result<Json<RulingsAnswer>, Refused> {
    let connection = shared.data.read();
    // A unit learns what is in force; an authority also what came too late, its own answers.
    let mut statement = connection.prepare_cached(
        "SELECT ruling.place, record, ruling.signature FROM ruling
         JOIN package ON package.id = ruling.package
         JOIN assignment ON assignment.package = ruling.package
         WHERE ruling.place > ?1
            AND ((package.unit = ?2 AND applied = 1) OR assignment.authority = ?2)
         ORDER BY ruling.place LIMIT ?3",
    )?;
    let mut rulings = statement
        .query_map(
            params![
                i64::try_from(after).unwrap_or(i64::MAX),
                caller.unit,
                MOST_RULINGS as i64 + 1
            ],
            |row| {
                Ok(SignedRuling {
                    place: row.get::<_, i64>(0)?.cast_unsigned(),
                    record: row.get(1)?,
                    signature: row.get(2)?,
                })
            },
        )?
        .collect::<Result<Vec<_>, _>>()?;
    let more = rulings.len() > MOST_RULINGS;
    rulings.truncate(MOST_RULINGS);
    Ok(Json(RulingsAnswer { rulings, more }))
}

fn record(
    shared: &Shared,
    change: &Connection,
    caller: &Caller,
    id: PackageId,
    ruling: Ruling,
) -> Result<SignedRuling, Refused> {
    let (manifest, receipt) = assigned_package(change, caller, id)?;
    check(&ruling, &manifest)?;
    if let Some(known) = find(change, &ruling)? {
        return Ok(known);
    }
    let now = Utc::now();
    let outcome = outcome(change, &ruling, &receipt)?;
    let applied = matches!(outcome, RulingOutcome::Applied { .. });
    let action = if applied {
        "ruling.apply"
    } else {
        "ruling.supersede"
    };
    let head = audit::append(change, now, &caller.account, action, &ruling.id.to_string())?;
    let ruling_id = ruling.id.to_string();
    let record = RulingRecord {
        format: RulingRecord::FORMAT.to_owned(),
        ruling,
        authority: caller.unit.clone(),
        recorded_at: now,
        outcome,
        endpoint_audit_head: head,
        epoch: shared.data.epoch().to_owned(),
    };
    let text = serde_json_canonicalizer::to_string(&record)?;
    let signature = STANDARD.encode(luguo_sealed::sign(&shared.signer.key, text.as_bytes()));
    change.execute(
        "INSERT INTO ruling (id, package, declaration, applied, record, signature)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            ruling_id,
            id.to_string(),
            manifest.declaration_id.to_string(),
            applied,
            text,
            signature
        ],
    )?;
    Ok(SignedRuling {
        place: change.last_insert_rowid().cast_unsigned(),
        record: text,
        signature,
    })
}

fn assigned_package(
    change: &Connection,
    caller: &Caller,
    id: PackageId,
) -> Result<(Manifest, Receipt), Refused> {
    let found: Option<(String, String)> = change
        .query_row(
            "SELECT manifest, receipt FROM assignment JOIN package ON package.id = package
             WHERE package = ?1 AND authority = ?2",
            params![id.to_string(), caller.unit],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let (manifest, receipt) = found.ok_or(Refused::Unknown)?;
    Ok((
        serde_json::from_str(&manifest)?,
        serde_json::from_str(&receipt)?,
    ))
}

fn check(ruling: &Ruling, manifest: &Manifest) -> Result<(), Refused> {
    let same = ruling.package == manifest.package_id
        && ruling.declaration == manifest.declaration_id
        && ruling.revision == manifest.revision
        && ruling.revision_digest == manifest.revision_digest;
    if !same {
        return Err(Refused::Rejected {
            code: "rejected.ruling",
            message: "审核意见针对的版本与接收端收到的不是同一份。".to_owned(),
        });
    }
    ruling.check().map_err(|_| Refused::Rejected {
        code: "rejected.ruling",
        message: "退回和一票否决要写明理由，一票否决还要写明依据。".to_owned(),
    })
}

/// The same ruling again gets the same answer; another one under its id is refused.
fn find(change: &Connection, ruling: &Ruling) -> Result<Option<SignedRuling>, Refused> {
    let known: Option<SignedRuling> = change
        .query_row(
            "SELECT place, record, signature FROM ruling WHERE id = ?1",
            [ruling.id.to_string()],
            |row| {
                Ok(SignedRuling {
                    place: row.get::<_, i64>(0)?.cast_unsigned(),
                    record: row.get(1)?,
                    signature: row.get(2)?,
                })
            },
        )
        .optional()?;
    if let Some(known) = &known {
        let record: RulingRecord = serde_json::from_str(&known.record)?;
        if record.ruling != *ruling {
            return Err(Refused::Rejected {
                code: "rejected.ruling",
                message: "这个编号下已有另一条审核意见。".to_owned(),
            });
        }
    }
    Ok(known)
}

fn outcome(
    change: &Connection,
    ruling: &Ruling,
    receipt: &Receipt,
) -> Result<RulingOutcome, Refused> {
    let (stands, by) = stands(change, ruling.package, receipt)?;
    let newest = newest_revision(change, ruling.declaration)?;
    let newer_revision = newest.filter(|newest| *newest > ruling.revision);
    // Made on what was in force, or on what no longer is.
    let is_current = ruling.after == by.as_ref().map(|by| by.id) && newer_revision.is_none();
    Ok(match stands.step(ruling.kind.step()) {
        Ok(now) if is_current => RulingOutcome::Applied { now },
        _ => RulingOutcome::Superseded {
            stands,
            newer_revision,
            by: by.map(Box::new),
        },
    })
}

/// Where a package stands, and the ruling that brought it there.
fn stands(
    change: &Connection,
    package: PackageId,
    receipt: &Receipt,
) -> Result<(State, Option<Ruling>), Refused> {
    let last: Option<String> = change
        .query_row(
            "SELECT record FROM ruling WHERE package = ?1 AND applied = 1
             ORDER BY place DESC LIMIT 1",
            [package.to_string()],
            |row| row.get(0),
        )
        .optional()?;
    let Some(last) = last else {
        let first = if receipt.direct_reporting {
            State::Evaluation
        } else {
            State::AuthorityReview
        };
        return Ok((first, None));
    };
    let last: RulingRecord = serde_json::from_str(&last)?;
    match last.outcome {
        RulingOutcome::Applied { now } => Ok((now, Some(last.ruling))),
        RulingOutcome::Superseded { stands, .. } => Ok((stands, Some(last.ruling))),
    }
}

fn newest_revision(
    change: &Connection,
    declaration: DeclarationId,
) -> Result<Option<u32>, Refused> {
    Ok(change.query_row(
        "SELECT max(json_extract(manifest, '$.revision')) FROM package
         WHERE receipt NOT NULL AND json_extract(manifest, '$.declaration_id') = ?1",
        [declaration.to_string()],
        |row| row.get(0),
    )?)
}
