//! From an HTTP answer to a value or a refusal: one exhaustive reading of the status.

use crate::{address::not_an_endpoint, retry_after::retry_after};
use bytes::{Bytes, BytesMut};
use luguo_wire::{ErrorBody, Refusal};
use reqwest::{
    Response, StatusCode,
    header::{CONTENT_RANGE, CONTENT_TYPE},
};
use serde::de::DeserializeOwned;
use std::time::Duration;

/// The longest answer that is read: a receipt over ten thousand files stays far below.
const LONGEST: usize = 32 << 20;

/// What was asked, where the same status means different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    Info,
    Login,
    Package,
    Upload,
    Twins,
    Assigned,
    Content,
}

/// A failed exchange: nothing of it is known to have arrived.
pub(crate) fn unreachable(fault: reqwest::Error) -> Refusal {
    let fault = fault.without_url();
    let mut detail = fault.to_string();
    let mut source = std::error::Error::source(&fault);
    while let Some(inner) = source {
        detail.push_str(": ");
        detail.push_str(&inner.to_string());
        source = inner.source();
    }
    Refusal::Unreachable { detail }
}

/// Lets a success through and turns everything else into its refusal.
pub(crate) async fn accepted(answer: Response, asked: Asked) -> Result<Response, Refusal> {
    if answer.status().is_success() {
        Ok(answer)
    } else {
        Err(refusal(answer, asked).await)
    }
}

/// Reads a success as JSON.
pub(crate) async fn json<T: DeserializeOwned>(
    answer: Response,
    asked: Asked,
) -> Result<T, Refusal> {
    let answer = accepted(answer, asked).await?;
    if !is_type(&answer, "application/json") {
        return Err(not_an_endpoint(&"a success that is not JSON"));
    }
    let bytes = read(answer).await?;
    serde_json::from_slice(&bytes).map_err(|fault| {
        if fault.is_eof() {
            Refusal::Unreachable {
                detail: format!("the answer is cut off: {fault}"),
            }
        } else {
            not_an_endpoint(&fault)
        }
    })
}

async fn read(mut answer: Response) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(unreachable)? {
        if bytes.len() + chunk.len() > LONGEST {
            return Err(not_an_endpoint(&"the answer does not end"));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Reads one piece of a content: the very bytes that were asked for, or a refusal.
pub(crate) async fn piece(
    answer: Response,
    offset: u64,
    length: u64,
    stall: Duration,
) -> Result<Bytes, Refusal> {
    let mut answer = accepted(answer, Asked::Content).await?;
    let begins = format!("bytes {offset}-");
    let is_the_piece = answer.status() == StatusCode::PARTIAL_CONTENT
        && answer
            .headers()
            .get(CONTENT_RANGE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.starts_with(&begins));
    if !is_the_piece {
        return Err(not_an_endpoint(&"another piece than the one asked for"));
    }
    let whole = usize::try_from(length).unwrap_or(usize::MAX);
    let mut bytes = BytesMut::new();
    loop {
        let chunk = tokio::time::timeout(stall, answer.chunk())
            .await
            .map_err(|_| Refusal::Unreachable {
                detail: "the transfer stands still".to_owned(),
            })?
            .map_err(unreachable)?;
        let Some(chunk) = chunk else { break };
        if bytes.len() + chunk.len() > whole {
            return Err(not_an_endpoint(&"a piece longer than asked for"));
        }
        bytes.extend_from_slice(&chunk);
    }
    if bytes.len() < whole {
        return Err(Refusal::Unreachable {
            detail: "the piece is cut off".to_owned(),
        });
    }
    Ok(bytes.freeze())
}

fn is_type(answer: &Response, wanted: &str) -> bool {
    answer
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|value| value.trim().eq_ignore_ascii_case(wanted))
}

async fn refusal(answer: Response, asked: Asked) -> Refusal {
    let status = answer.status();
    let wait = retry_after(answer.headers());
    let html = is_type(&answer, "text/html");
    let body = if is_type(&answer, "application/json") {
        match read(answer).await {
            Ok(bytes) => serde_json::from_slice::<ErrorBody>(&bytes).ok(),
            Err(Refusal::Unreachable { detail }) => return Refusal::Unreachable { detail },
            Err(_) => None,
        }
    } else {
        None
    };
    // A page for people under 500 is a portal's or a proxy's; above, a gateway stands before an
    // endpoint that is down.
    if html && !status.is_server_error() {
        return not_an_endpoint(&format!("a web page with status {status}"));
    }
    read_status(status, wait, body, asked)
}

fn read_status(
    status: StatusCode,
    retry_after: Option<u64>,
    body: Option<ErrorBody>,
    asked: Asked,
) -> Refusal {
    let stranger = || not_an_endpoint(&format!("status {status}"));
    let server = || Refusal::Server {
        status: status.as_u16(),
        retry_after,
    };
    let code = body.as_ref().map(|body| body.code.as_str());
    match status.as_u16() {
        401 if asked == Asked::Login || code == Some("sign_in_refused") => Refusal::SignInRefused,
        401 => Refusal::SignInEnded,
        403 => Refusal::Forbidden {
            message: body.map(|body| body.message).unwrap_or_default(),
        },
        404 if matches!(asked, Asked::Upload | Asked::Twins | Asked::Assigned)
            || code == Some("unknown") =>
        {
            Refusal::Unknown
        }
        404 => stranger(),
        408 | 504 => Refusal::Unreachable {
            detail: format!("status {status}"),
        },
        409 => match body {
            Some(body) if body.code == "other_manifest" && body.digests.len() == 2 => {
                Refusal::OtherManifest {
                    ours: body.digests[0],
                    theirs: body.digests[1],
                }
            }
            Some(body) if body.code == "blobs_missing" => Refusal::BlobsMissing {
                missing: body.digests,
            },
            _ if asked == Asked::Upload => Refusal::OtherOffset,
            _ => server(),
        },
        410 if asked == Asked::Upload => Refusal::Unknown,
        413 => Refusal::Rejected {
            code: "rejected.too_large".to_owned(),
            message: body.map_or_else(
                || "接收端不接受这么大的文件".to_owned(),
                |body| body.message,
            ),
        },
        423 | 429 | 503 => Refusal::Busy { retry_after },
        412 | 426 => Refusal::OtherProtocol {
            offered: body.map(|body| body.protocols).unwrap_or_default(),
        },
        507 => Refusal::EndpointFull,
        511 => stranger(),
        500..=599 => server(),
        // 422, and whatever else the endpoint itself says no to, by its own code.
        400..=499 => match body {
            Some(body) => Refusal::Rejected {
                code: body.code,
                message: body.message,
            },
            None if asked == Asked::Upload => server(),
            None => stranger(),
        },
        // Redirects are refused: a portal sends them, an endpoint never does.
        _ => stranger(),
    }
}
