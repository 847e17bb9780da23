//! What shows a content, by its media type.

use luguo_ipc::Viewer;

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Bytes of a picture, a film, a document that the web view holds as a whole.
const LARGEST_PICTURE: u64 = 200 << 20;
const LARGEST_DOCUMENT: u64 = 50 << 20;
const LARGEST_VIDEO: u64 = 1 << 30;

/// What shows a content of this type, and up to how many bytes.
pub(super) fn of(media_type: &str) -> Option<(Viewer, u64)> {
    Some(match media_type {
        "application/pdf" => (Viewer::Pdf, u64::MAX),
        "image/png" | "image/jpeg" | "image/webp" => (Viewer::Picture, LARGEST_PICTURE),
        "image/heic" | "image/heif" => (Viewer::Heic, LARGEST_DOCUMENT),
        "image/tiff" => (Viewer::Tiff, u64::MAX),
        WORD => (Viewer::Word, LARGEST_DOCUMENT),
        WORKBOOK => (Viewer::Workbook, u64::MAX),
        "text/plain" | "text/csv" | "text/markdown" => (Viewer::Text, u64::MAX),
        "video/mp4" | "video/webm" => (Viewer::Video, LARGEST_VIDEO),
        "application/zip" | "application/x-zip-compressed" => (Viewer::Archive, u64::MAX),
        _ => return None,
    })
}
