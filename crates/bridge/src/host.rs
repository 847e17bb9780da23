//! What the desk is given in a browser: no system dialogs, but a folder for downloads, and
//! connections on the bridge's runtime.

use luguo_desk::{
    Connector, Dialogs,
    wire::{ProvincialEndpoint, Refusal},
};
use luguo_transport::HttpEndpoint;
use std::{
    future::Future,
    path::{Path, PathBuf},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::runtime::Handle;

/// Places to save to are files in a temporary folder, which the browser then downloads.
pub struct DownloadFolder {
    folder: PathBuf,
    lasting: PathBuf,
    next: AtomicU64,
}

impl DownloadFolder {
    /// Uses a folder that the caller removes at the end, and one for backups that stays.
    pub fn new(folder: &Path, lasting: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            lasting: lasting.to_owned(),
            next: AtomicU64::new(1),
        }
    }
}

impl Dialogs for DownloadFolder {
    fn pick_files(&self, _multiple: bool, _title: &str) -> Vec<PathBuf> {
        // The browser picks and uploads by itself, see `files`.
        Vec::new()
    }

    fn pick_place(&self, file_name: &str, _title: &str) -> Option<PathBuf> {
        let name = Path::new(file_name).file_name()?;
        let folder = self
            .folder
            .join(self.next.fetch_add(1, Ordering::Relaxed).to_string());
        std::fs::create_dir_all(&folder).ok()?;
        Some(folder.join(name))
    }

    /// A page cannot choose a folder of the disk: there is one for all.
    fn pick_folder(&self, _title: &str) -> Option<PathBuf> {
        std::fs::create_dir_all(&self.lasting).ok()?;
        Some(self.lasting.clone())
    }
}

/// Connections over HTTP on the bridge's runtime.
pub struct HttpConnector {
    runtime: Handle,
}

impl HttpConnector {
    /// Uses the runtime that serves the browser.
    pub fn new(runtime: Handle) -> Self {
        Self { runtime }
    }
}

impl Connector for HttpConnector {
    fn connect(&self, url: &str) -> Result<Arc<dyn ProvincialEndpoint>, Refusal> {
        Ok(Arc::new(HttpEndpoint::new(url)?))
    }

    fn run(&self, work: Pin<Box<dyn Future<Output = ()> + Send + '_>>) {
        self.runtime.block_on(work);
    }
}
