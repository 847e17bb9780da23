//! tus 1.0, core and creation: bytes of a content that an announced manifest lists.
//!
//! What arrived before a line broke is kept: the offset is what was written and fsynced. One
//! writer at a time for each upload.

use crate::{access::Caller, answer::Refused, contents, data::Data, server::Shared};
use axum::{
    body::Body,
    extract::{Path as RoutePath, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::Utc;
use futures::StreamExt as _;
use luguo_domain::{Sha256Digest, Sm3Digest};
use rusqlite::{OptionalExtension as _, params};
use std::{
    collections::HashSet,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::io::{AsyncSeekExt as _, AsyncWriteExt as _};
use uuid::Uuid;

const RESUMABLE: (HeaderName, HeaderValue) = (
    HeaderName::from_static("tus-resumable"),
    HeaderValue::from_static("1.0.0"),
);
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");

/// The uploads that somebody is writing to.
#[derive(Clone, Default)]
pub(crate) struct Writers(Arc<Mutex<HashSet<Uuid>>>);

/// Held while writing; given back when dropped, also when the request is dropped in the middle.
struct Writing(Writers, Uuid);

impl Writers {
    fn begin(&self, id: Uuid) -> Result<Writing, Refused> {
        let mut set = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if set.insert(id) {
            Ok(Writing(self.clone(), id))
        } else {
            Err(Refused::Busy)
        }
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        let mut set = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        set.remove(&self.1);
    }
}

struct Upload {
    sha256: Sha256Digest,
    sm3: Sm3Digest,
    size: u64,
    offset: u64,
}

/// `POST /v1/uploads`: creation. The same content of the same unit gets the same upload.
#[utoipa::path(post, path = "/v1/uploads", responses((status = 201), (status = 401), (status = 403)))]
pub(crate) async fn create(
    State(shared): State<Shared>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let length: u64 = number(&headers, &LENGTH).ok_or_else(|| bad("Upload-Length"))?;
    let metadata = metadata(&headers);
    let sha256: Sha256Digest = metadata
        .iter()
        .find(|(key, _)| key == "sha256")
        .and_then(|(_, value)| value.parse().ok())
        .ok_or_else(|| bad("Upload-Metadata sha256"))?;
    let listed: Option<(String, i64)> = shared
        .data
        .read()
        .query_row(
            "SELECT sm3, size FROM package_content JOIN package ON package.id = package
             WHERE sha256 = ?1 AND unit = ?2 LIMIT 1",
            params![sha256.to_hex(), caller.unit],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let Some((sm3, size)) = listed else {
        return Err(Refused::Forbidden("没有成果包清单列出这份内容。"));
    };
    if size as u64 != length {
        return Err(Refused::Forbidden("内容的大小与清单不符。"));
    }
    let id = shared.data.change(|change| -> Result<Uuid, Refused> {
        let known: Option<String> = change
            .query_row(
                "SELECT id FROM upload WHERE sha256 = ?1 AND unit = ?2",
                params![sha256.to_hex(), caller.unit],
                |row| row.get(0),
            )
            .optional()?;
        if let Some(id) = known.and_then(|id| id.parse().ok()) {
            return Ok(id);
        }
        let id = Uuid::new_v4();
        change.execute(
            "INSERT INTO upload (id, unit, sha256, sm3, size, offset, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6)",
            params![
                id.to_string(),
                caller.unit,
                sha256.to_hex(),
                sm3,
                size,
                Utc::now().to_rfc3339()
            ],
        )?;
        Ok(id)
    })?;
    Ok((
        StatusCode::CREATED,
        [
            RESUMABLE,
            (
                header::LOCATION,
                HeaderValue::from_str(&format!("/v1/uploads/{id}")).expect("a UUID is plain text"),
            ),
        ],
    )
        .into_response())
}

/// `HEAD /v1/uploads/{id}`: how many bytes are safe here.
#[utoipa::path(head, path = "/v1/uploads/{id}", params(("id" = String, Path)),
    responses((status = 200), (status = 404), (status = 423)))]
pub(crate) async fn offset(
    State(shared): State<Shared>,
    caller: Caller,
    RoutePath(id): RoutePath<Uuid>,
) -> Result<Response, Refused> {
    let _writing = shared.writers.begin(id)?;
    let upload = find(&shared.data, id, &caller)?;
    Ok((
        StatusCode::OK,
        [
            RESUMABLE,
            (OFFSET, HeaderValue::from(upload.offset)),
            (LENGTH, HeaderValue::from(upload.size)),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ],
    )
        .into_response())
}

/// `PATCH /v1/uploads/{id}`: appends.
#[utoipa::path(patch, path = "/v1/uploads/{id}", params(("id" = String, Path)),
    responses((status = 204), (status = 404), (status = 409), (status = 423), (status = 507)))]
pub(crate) async fn append(
    State(shared): State<Shared>,
    caller: Caller,
    RoutePath(id): RoutePath<Uuid>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    let writing = shared.writers.begin(id)?;
    let upload = find(&shared.data, id, &caller)?;
    if number(&headers, &OFFSET) != Some(upload.offset) {
        return Err(Refused::OtherOffset);
    }
    let path = part(&shared.data, id);
    // The write goes on to its fsync though the caller may be gone: what arrived is kept.
    let task = tokio::spawn(receive(shared, id, upload, path, body, writing));
    let offset = task
        .await
        .map_err(|fault| Refused::Defect(fault.to_string()))??;
    Ok((
        StatusCode::NO_CONTENT,
        [RESUMABLE, (OFFSET, HeaderValue::from(offset))],
    )
        .into_response())
}

async fn receive(
    shared: Shared,
    id: Uuid,
    upload: Upload,
    path: PathBuf,
    body: Body,
    _writing: Writing,
) -> Result<u64, Refused> {
    let mut file = tokio::fs::OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .await?;
    // A kill may have left bytes that were never acknowledged.
    file.set_len(upload.offset).await?;
    file.seek(std::io::SeekFrom::Start(upload.offset)).await?;
    let mut offset = upload.offset;
    let mut chunks = body.into_data_stream();
    let mut broken = None;
    while let Some(chunk) = chunks.next().await {
        match chunk {
            Ok(bytes) if offset + bytes.len() as u64 <= upload.size => {
                file.write_all(&bytes).await?;
                offset += bytes.len() as u64;
            }
            Ok(_) => return Err(Refused::OtherOffset),
            Err(fault) => {
                broken = Some(fault);
                break;
            }
        }
    }
    file.flush().await?;
    file.sync_all().await?;
    drop(file);
    shared.data.change(|change| -> Result<(), Refused> {
        change.execute(
            "UPDATE upload SET offset = ?2 WHERE id = ?1",
            params![id.to_string(), offset as i64],
        )?;
        Ok(())
    })?;
    if broken.is_some() {
        // Nobody listens any more; the next HEAD tells the offset.
        return Err(Refused::Busy);
    }
    if offset == upload.size {
        finish(&shared.data, id, &upload, path).await?;
    }
    Ok(offset)
}

/// Verifies a complete upload. Wrong bytes are dropped: the commit then lists the content as
/// missing, and the desk sends it again.
async fn finish(data: &Data, id: Uuid, upload: &Upload, path: PathBuf) -> Result<(), Refused> {
    let folder = data.folder().to_owned();
    let (sha256, sm3) = (upload.sha256, upload.sm3);
    tokio::task::spawn_blocking(move || contents::settle(&folder, &path, sha256, sm3))
        .await
        .map_err(|fault| Refused::Defect(fault.to_string()))??;
    data.change(|change| -> Result<(), Refused> {
        change.execute("DELETE FROM upload WHERE id = ?1", [id.to_string()])?;
        Ok(())
    })
}

/// `DELETE /v1/uploads/{id}`: termination.
#[utoipa::path(delete, path = "/v1/uploads/{id}", params(("id" = String, Path)),
    responses((status = 204), (status = 404)))]
pub(crate) async fn terminate(
    State(shared): State<Shared>,
    caller: Caller,
    RoutePath(id): RoutePath<Uuid>,
) -> Result<Response, Refused> {
    let _writing = shared.writers.begin(id)?;
    find(&shared.data, id, &caller)?;
    forget(&shared.data, id)?;
    Ok((StatusCode::NO_CONTENT, [RESUMABLE]).into_response())
}

/// Drops an upload with its bytes.
fn forget(data: &Data, id: Uuid) -> Result<(), Refused> {
    data.change(|change| -> Result<(), Refused> {
        change.execute("DELETE FROM upload WHERE id = ?1", [id.to_string()])?;
        Ok(())
    })?;
    match std::fs::remove_file(part(data, id)) {
        Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => Err(fault.into()),
        _ => Ok(()),
    }
}

/// Drops parts without a record: a kill between the two.
pub(crate) fn sweep(data: &Data) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(data.folder().join("uploads"))? {
        let entry = entry?;
        let known: bool = data.read().query_row(
            "SELECT EXISTS (SELECT 1 FROM upload WHERE id = ?1)",
            [entry.file_name().to_string_lossy()],
            |row| row.get(0),
        )?;
        if !known {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn part(data: &Data, id: Uuid) -> PathBuf {
    data.folder().join("uploads").join(id.to_string())
}

fn find(data: &Data, id: Uuid, caller: &Caller) -> Result<Upload, Refused> {
    let found: Option<(String, String, i64, i64)> = data
        .read()
        .query_row(
            "SELECT sha256, sm3, size, offset FROM upload WHERE id = ?1 AND unit = ?2",
            params![id.to_string(), caller.unit],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )
        .optional()?;
    let (sha256, sm3, size, offset) = found.ok_or(Refused::Unknown)?;
    Ok(Upload {
        sha256: sha256.parse().map_err(|_| Refused::Unknown)?,
        sm3: sm3.parse().map_err(|_| Refused::Unknown)?,
        size: size as u64,
        offset: offset as u64,
    })
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

fn metadata(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = headers
        .get("upload-metadata")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    text.split(',')
        .filter_map(|pair| {
            let (key, value) = pair.trim().split_once(' ')?;
            let value = String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()?;
            Some((key.to_owned(), value))
        })
        .collect()
}

fn bad(header: &str) -> Refused {
    Refused::Rejected {
        code: "rejected.header",
        message: format!("请求头 {header} 缺少或不成立。"),
    }
}
