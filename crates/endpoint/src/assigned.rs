//! What an authority is given to review, clause 二（二）: the list in the order of receipt, and the
//! contents piece by piece.

use crate::{access::Caller, answer::Refused, contents, data::Data, server::Shared};
use axum::{
    Json,
    extract::{Path as RoutePath, Query, Request, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use luguo_domain::{PackageId, Sha256Digest};
use luguo_wire::{AssignedAnswer, AssignedPackage, Manifest, Receipt};
use rusqlite::{Connection, OptionalExtension as _, params};
use serde::Deserialize;
use tower_http::services::ServeFile;

/// An answer stays far below what a desk reads at once: a manifest has up to ten thousand files.
const MOST_BYTES: usize = 4 << 20;
const MOST_PACKAGES: usize = 50;

/// Where to go on.
#[derive(Debug, Deserialize)]
pub(crate) struct After {
    #[serde(default)]
    pub(crate) after: u64,
}

/// `GET /v1/assigned`: packages after a place, the oldest first.
#[utoipa::path(get, path = "/v1/assigned", params(("after" = Option<u64>, Query)),
    responses((status = 200, body = AssignedAnswer), (status = 401), (status = 403)))]
pub(crate) async fn list(
    State(shared): State<Shared>,
    caller: Caller,
    Query(After { after }): Query<After>,
) -> Result<Json<AssignedAnswer>, Refused> {
    authority(&caller)?;
    Ok(Json(after_place(
        &shared.data.read(),
        &caller.unit,
        after,
        MOST_BYTES,
    )?))
}

/// `GET /v1/packages/{id}/contents/{sha256}`: a content of an assigned package, RFC 9110 ranges.
#[utoipa::path(get, path = "/v1/packages/{id}/contents/{sha256}",
    params(("id" = String, Path), ("sha256" = String, Path)),
    responses((status = 200), (status = 206), (status = 401), (status = 403), (status = 404), (status = 416)))]
pub(crate) async fn content(
    State(shared): State<Shared>,
    caller: Caller,
    RoutePath((package, sha256)): RoutePath<(PackageId, Sha256Digest)>,
    request: Request,
) -> Result<Response, Refused> {
    authority(&caller)?;
    let known: Option<i64> = shared
        .data
        .read()
        .query_row(
            "SELECT 1 FROM assignment JOIN package_content USING (package)
             WHERE package = ?1 AND sha256 = ?2 AND authority = ?3",
            params![package.to_string(), sha256.to_hex(), caller.unit],
            |row| row.get(0),
        )
        .optional()?;
    if known.is_none() || !contents::has(shared.data.folder(), sha256) {
        return Err(Refused::Unknown);
    }
    let mut response = ServeFile::new(contents::path(shared.data.folder(), sha256))
        .try_call(request)
        .await?
        .into_response();
    let headers = response.headers_mut();
    // Bytes of strangers: whoever opens the address in a browser gets a file, never a page.
    for (name, value) in [
        (header::CONTENT_TYPE, "application/octet-stream"),
        (header::CONTENT_DISPOSITION, "attachment"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

/// Lets an authority through.
pub(crate) fn authority(caller: &Caller) -> Result<(), Refused> {
    if caller.authority {
        Ok(())
    } else {
        Err(Refused::Forbidden(
            "这个账号不属于主管部门，没有分配给它审核的成果包。",
        ))
    }
}

fn after_place(
    connection: &Connection,
    authority: &str,
    after: u64,
    most_bytes: usize,
) -> Result<AssignedAnswer, Refused> {
    let mut statement = connection.prepare_cached(
        "SELECT place, manifest, receipt FROM assignment JOIN package ON package.id = package
         WHERE authority = ?1 AND place > ?2 ORDER BY place",
    )?;
    let mut rows = statement.query(params![authority, i64::try_from(after).unwrap_or(i64::MAX)])?;
    let (mut packages, mut bytes) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let manifest: String = row.get(1)?;
        bytes += manifest.len();
        if packages.len() == MOST_PACKAGES || (bytes > most_bytes && !packages.is_empty()) {
            return Ok(AssignedAnswer {
                packages,
                more: true,
            });
        }
        let manifest: Manifest = serde_json::from_str(&manifest)?;
        let receipt: Receipt = serde_json::from_str(&row.get::<_, String>(2)?)?;
        packages.push(AssignedPackage {
            place: row.get::<_, i64>(0)?.cast_unsigned(),
            number: receipt.number,
            received_at: receipt.received_at,
            manifest,
        });
    }
    Ok(AssignedAnswer {
        packages,
        more: false,
    })
}

/// Gives a package to its reviewer, in the receipt's transaction.
pub(crate) fn assign(
    change: &Connection,
    package: &str,
    authority: &str,
) -> Result<(), rusqlite::Error> {
    change.execute(
        "INSERT INTO assignment (package, authority) VALUES (?1, ?2)",
        params![package, authority],
    )?;
    Ok(())
}

/// Assigns what was received before assignments were kept, in the order of receipt.
pub(crate) fn catch_up(data: &Data) -> anyhow::Result<()> {
    data.change(|change| -> anyhow::Result<()> {
        let mut without: Vec<Receipt> = change
            .prepare(
                "SELECT receipt FROM package WHERE receipt NOT NULL
                 AND id NOT IN (SELECT package FROM assignment)",
            )?
            .query_map([], |row| row.get::<_, String>(0))?
            .map(|receipt| -> anyhow::Result<Receipt> { Ok(serde_json::from_str(&receipt?)?) })
            .collect::<Result<_, _>>()?;
        without.sort_by_key(|receipt| (receipt.received_at, receipt.number.clone()));
        for receipt in without {
            assign(change, &receipt.package_id.to_string(), &receipt.receiver)?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use chrono::{TimeZone as _, Utc};
    use luguo_domain::DeclarationId;
    use uuid::Uuid;

    const BUREAU: &str = "青岛市科学技术局";

    /// Received packages that nobody was given yet; the later number was received first.
    fn unassigned(data: &Data, count: u32) {
        let change = data.read();
        change
            .execute("INSERT INTO unit VALUES ('乙单位', '370200', 0)", [])
            .unwrap();
        for n in 0..count {
            let id = PackageId(Uuid::from_u128(u128::from(n)));
            let manifest = Manifest {
                format: Manifest::FORMAT.to_owned(),
                package_id: id,
                declaration_id: DeclarationId(Uuid::from_u128(u128::from(n))),
                name: format!("成果{n}"),
                unit: "乙单位".to_owned(),
                revision: 1,
                revision_digest: Sha256Digest([0; 32]),
                audit_head: String::new(),
                files: Vec::new(),
            };
            let number = format!("SDCG-20261105-{n:05}");
            let at = Utc.with_ymd_and_hms(2026, 11, 5, 9, 59 - n, 0).unwrap();
            let receipt = Receipt {
                format: Receipt::FORMAT.to_owned(),
                number: number.clone(),
                package_id: id,
                manifest_digest: manifest.digest(),
                unit: manifest.unit.clone(),
                account: "yi".to_owned(),
                receiver: BUREAU.to_owned(),
                direct_reporting: false,
                submitted_at: at,
                received_at: at,
                files: Vec::new(),
                desk_audit_head: String::new(),
                endpoint_audit_head: String::new(),
                epoch: String::new(),
            };
            change
                .execute(
                    "INSERT INTO package VALUES (?1, '乙单位', 'yi', ?2, '', '', ?3, ?4, '')",
                    params![
                        id.to_string(),
                        serde_json::to_string(&manifest).unwrap(),
                        number,
                        serde_json::to_string(&receipt).unwrap()
                    ],
                )
                .unwrap();
        }
    }

    fn names(answer: &AssignedAnswer) -> Vec<&str> {
        answer
            .packages
            .iter()
            .map(|package| package.manifest.name.as_str())
            .collect()
    }

    #[test]
    fn what_was_received_before_assignments_were_kept_is_given_in_the_order_of_receipt_once() {
        let folder = tempfile::tempdir().unwrap();
        let data = Data::open(folder.path()).unwrap();
        unassigned(&data, 3);
        for _ in 0..2 {
            catch_up(&data).unwrap();
        }
        let told = after_place(&data.read(), BUREAU, 0, MOST_BYTES).unwrap();
        assert_eq!(names(&told), ["成果2", "成果1", "成果0"]);
        let others = after_place(&data.read(), "济南市科学技术局", 0, MOST_BYTES).unwrap();
        assert_eq!(names(&others), [""; 0]);
    }

    #[test]
    fn a_long_list_is_told_in_parts_without_a_gap_and_never_an_empty_part() {
        let folder = tempfile::tempdir().unwrap();
        let data = Data::open(folder.path()).unwrap();
        unassigned(&data, 5);
        catch_up(&data).unwrap();
        let (mut after, mut seen) = (0, Vec::new());
        loop {
            // One byte: less than any manifest has.
            let told = after_place(&data.read(), BUREAU, after, 1).unwrap();
            seen.extend(names(&told).into_iter().map(str::to_owned));
            after = told.packages.last().unwrap().place;
            if !told.more {
                break;
            }
        }
        assert_eq!(seen, ["成果4", "成果3", "成果2", "成果1", "成果0"]);
    }
}
