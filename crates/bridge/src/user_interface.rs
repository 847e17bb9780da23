//! The built user interface from its folder, with the same content policy as the window's.

use axum::{
    body::Body,
    extract::State,
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use std::path::{Component, Path, PathBuf};

const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src blob:; \
    font-src 'self' data: blob:; worker-src 'self' blob:; connect-src 'self'; object-src 'none'; \
    frame-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Serves a file of the user interface; the page itself for `/`.
pub async fn file(State(folder): State<PathBuf>, uri: Uri) -> Response {
    let name = uri.path().trim_start_matches('/');
    let name = if name.is_empty() { "index.html" } else { name };
    let path = Path::new(name);
    if !path
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
    {
        return StatusCode::NOT_FOUND.into_response();
    }
    match tokio::fs::read(folder.join(path)).await {
        Ok(bytes) => {
            let kind = mime_guess::from_path(path).first_or_octet_stream();
            (
                [
                    (header::CONTENT_TYPE, kind.as_ref().to_owned()),
                    (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
                    (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
                    (header::REFERRER_POLICY, "no-referrer".to_owned()),
                    (header::CACHE_CONTROL, "no-store".to_owned()),
                ],
                Body::from(bytes),
            )
                .into_response()
        }
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}
