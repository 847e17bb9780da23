//! Evidence for the page, piece by piece, under a scheme of its own: no socket, no file.

use luguo_desk::{ContentRefusal, Desk};
use std::{borrow::Cow, sync::Arc};
use tauri::{
    Manager, Runtime, UriSchemeContext, UriSchemeResponder,
    http::{Request, Response, StatusCode, header},
};

/// `content://localhost/token/offset/length`; on Windows `http://content.localhost/…`.
pub(crate) const SCHEME: &str = "content";

/// Serves a piece on a thread of its own: decoding may take seconds.
pub(crate) fn serve<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let desk = context
        .app_handle()
        .try_state::<Arc<Desk>>()
        .map(|desk| Arc::clone(&desk));
    tauri::async_runtime::spawn_blocking(move || {
        let served = match desk {
            Some(desk) => desk.serve_content(request.uri().path()),
            None => Err(ContentRefusal::Unknown),
        };
        let (status, kind, bytes): (_, _, Cow<'static, [u8]>) = match served {
            Ok(served) => (StatusCode::OK, served.media_type, served.bytes.into()),
            Err(ContentRefusal::Unreadable(why)) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "text/plain; charset=utf-8",
                why.into_bytes().into(),
            ),
            Err(ContentRefusal::Unknown) => (
                StatusCode::NOT_FOUND,
                "text/plain; charset=utf-8",
                b"".as_slice().into(),
            ),
        };
        let answer = Response::builder()
            .status(status)
            .header(header::CONTENT_TYPE, kind)
            .header(header::CACHE_CONTROL, "no-store")
            .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
            // The page's own origin differs from system to system; the token is what protects.
            .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
            .body(bytes);
        if let Ok(answer) = answer {
            responder.respond(answer);
        }
    });
}
