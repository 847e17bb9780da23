//! Contents that are open in the window, and the pieces that the host serves of them.

use super::open::words;
use luguo_decode::{Content, Decoder};
use luguo_store::BlobReader;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

/// Contents open at once; the one opened first is closed for the next. Two windows, each with its
/// thumbnails and a comparison, need a few.
const MOST_OPEN: usize = 24;
/// Bytes of one piece.
const LARGEST_PIECE: usize = 4 << 20;
/// Pixels across that a page is drawn at most.
const WIDEST: u32 = 6_000;

/// A piece of a content, or a page of it.
#[derive(Debug)]
pub struct ServedContent {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its media type: `application/octet-stream` for a piece, `image/png` for a page.
    pub media_type: &'static str,
}

/// Why nothing is served.
#[derive(Debug, PartialEq, Eq)]
pub enum ContentRefusal {
    /// No such content is open, or the address names no piece of one.
    Unknown,
    /// It cannot be read or decoded; the sentence says why.
    Unreadable(String),
}

/// A content that is open.
pub(super) struct Opened {
    pub(super) file_name: String,
    pub(super) blob: Arc<BlobReader>,
    pub(super) decoder: Mutex<Decoder>,
}

/// All of them.
#[derive(Default)]
pub(crate) struct OpenedContents(Mutex<VecDeque<(String, Arc<Opened>)>>);

impl OpenedContents {
    pub(super) fn keep(&self, token: String, opened: Opened) {
        let mut all = self.lock();
        all.push_back((token, Arc::new(opened)));
        if all.len() > MOST_OPEN {
            all.pop_front();
        }
    }

    pub(super) fn find(&self, token: &str) -> Option<Arc<Opened>> {
        self.lock()
            .iter()
            .find(|(known, _)| known == token)
            .map(|(_, opened)| Arc::clone(opened))
    }

    pub(super) fn close(&self, token: &str) {
        self.lock().retain(|(known, _)| known != token);
    }

    /// Closes all of them: the vault is being closed.
    pub(crate) fn forget(&self) {
        self.lock().clear();
    }

    /// Serves `token/offset/length` or `token/page/number/width`; pages count from 0.
    pub(crate) fn serve(&self, path: &str) -> Result<ServedContent, ContentRefusal> {
        let mut parts = path.trim_matches('/').split('/');
        let (token, rest) = (parts.next().unwrap_or_default(), parts.collect::<Vec<_>>());
        let number = |text: &str| text.parse::<u64>().map_err(|_| ContentRefusal::Unknown);
        let opened = self.find(token).ok_or(ContentRefusal::Unknown)?;
        match rest.as_slice() {
            ["page", page, width] => {
                let page = u32::try_from(number(page)?).map_err(|_| ContentRefusal::Unknown)?;
                let width = number(width)?.clamp(1, WIDEST.into()) as u32;
                let mut decoder = opened
                    .decoder
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner);
                decoder
                    .page(page, width)
                    .map(|bytes| ServedContent {
                        bytes,
                        media_type: "image/png",
                    })
                    .map_err(|fault| ContentRefusal::Unreadable(words(&opened.file_name, &fault)))
            }
            [offset, length] => {
                let length = (number(length)? as usize).min(LARGEST_PIECE);
                let bytes = opened.blob.read_at(number(offset)?, length).map_err(|_| {
                    ContentRefusal::Unreadable(format!(
                        "“{}”在保管库里读不出来。请从备份恢复后再看。",
                        opened.file_name
                    ))
                })?;
                Ok(ServedContent {
                    bytes,
                    media_type: "application/octet-stream",
                })
            }
            _ => Err(ContentRefusal::Unknown),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<(String, Arc<Opened>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The vault's bytes as the decoding process wants them.
pub(super) struct Bytes(pub(super) Arc<BlobReader>);

impl Content for Bytes {
    fn size(&self) -> u64 {
        self.0.size()
    }

    fn read_at(&self, offset: u64, length: usize) -> std::io::Result<Vec<u8>> {
        self.0
            .read_at(offset, length)
            .map_err(std::io::Error::other)
    }
}
