//! Files between browser and desk: up as a body that becomes a token, down by token.

use crate::server::Shared;
use axum::{
    Json,
    body::Body,
    extract::{Path as RoutePath, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use futures::StreamExt as _;
use luguo_ipc::{Failure, FailureCode, PickedFileView};
use serde::Deserialize;
use std::path::Path;
use tokio::io::AsyncWriteExt as _;

/// The name of an uploaded file.
#[derive(Debug, Deserialize)]
pub struct UploadName {
    /// As the browser tells it.
    pub name: String,
}

/// `POST /files?name=…`: streams the body into a temporary file and answers its token.
pub async fn upload(
    State(shared): State<Shared>,
    Query(UploadName { name }): Query<UploadName>,
    body: Body,
) -> Response {
    let failed = |detail: String| {
        let failure = Failure::new(
            FailureCode::File,
            format!(
                "没有收下“{name}”：写入临时文件夹时出错。原文件没有改动，请检查磁盘空间后重试。"
            ),
        )
        .with_detail(detail);
        (StatusCode::UNPROCESSABLE_ENTITY, Json(failure)).into_response()
    };
    // The last part only: a browser may send a path, and none is wanted.
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let last = if last.is_empty() || last == "." || last == ".." {
        "文件"
    } else {
        last
    };
    match write(&shared, last, body).await {
        Ok(picked) => Json(picked).into_response(),
        Err(fault) => failed(fault.to_string()),
    }
}

async fn write(shared: &Shared, name: &str, body: Body) -> anyhow::Result<PickedFileView> {
    let folder = tempfile::Builder::new().tempdir_in(&shared.folder)?.keep();
    let path = folder.join(name);
    let mut file = tokio::fs::File::create(&path).await?;
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        file.write_all(&chunk?).await?;
    }
    file.flush().await?;
    Ok(shared.desk.adopt_file(path))
}

/// `GET /files/{token}`: what was written to a place, as a download.
pub async fn download(
    State(shared): State<Shared>,
    RoutePath(token): RoutePath<String>,
) -> Response {
    let Some(path) = shared.desk.path_of(&token) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // Only what was written for this browser; a token may also name a file that it picked.
    if !path.starts_with(&shared.folder) {
        return StatusCode::NOT_FOUND.into_response();
    }
    match tokio::fs::read(&path).await {
        Ok(bytes) => (
            [
                (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
                (header::CONTENT_DISPOSITION, disposition(&path)),
            ],
            bytes,
        )
            .into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// RFC 6266 with RFC 8187 encoding: names here are mostly Chinese.
fn disposition(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename*=UTF-8''{encoded}")
}
