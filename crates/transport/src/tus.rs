//! What of tus 1.0 is spoken: creation, HEAD, PATCH. Headers only; no state.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use luguo_domain::{PackageId, Sha256Digest};
use reqwest::{Response, header::HeaderMap};

pub(crate) const RESUMABLE: (&str, &str) = ("Tus-Resumable", "1.0.0");
pub(crate) const UPLOAD_LENGTH: &str = "Upload-Length";
pub(crate) const UPLOAD_METADATA: &str = "Upload-Metadata";
pub(crate) const UPLOAD_OFFSET: &str = "Upload-Offset";
pub(crate) const OFFSET_OCTETS: &str = "application/offset+octet-stream";

/// `Upload-Metadata`: keys with base64 values.
pub(crate) fn metadata(package: PackageId, sha256: Sha256Digest) -> String {
    format!(
        "sha256 {},package_id {}",
        STANDARD.encode(sha256.to_hex()),
        STANDARD.encode(package.to_string())
    )
}

/// The offset that an answer states.
pub(crate) fn offset(answer: &Response) -> Option<u64> {
    number(answer.headers(), UPLOAD_OFFSET)
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}
