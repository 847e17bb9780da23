//! What the desk is given of the machine it runs on. Deliberately not here: the window, the
//! toolkit, HTTP, environment variables.

use chrono::NaiveDate;
use luguo_domain::{Moment, VaultKind};
use std::{path::PathBuf, sync::Arc};

/// The machine, as far as the desk needs it.
pub struct Host {
    /// The edition: the kind of vault it makes and opens.
    pub edition: VaultKind,
    /// Version of the program.
    pub version: String,
    /// Now, UTC.
    pub clock: Arc<dyn Fn() -> Moment + Send + Sync>,
    /// Today by the calendar on the wall.
    pub local_date: Arc<dyn Fn() -> NaiveDate + Send + Sync>,
    /// The folder where vaults are made and looked for.
    pub vaults: PathBuf,
    /// Folders with fonts for what is printed, the preferred first.
    pub fonts: Vec<PathBuf>,
    /// How a process is started that decodes evidence: mostly this program itself.
    pub decoder: luguo_decode::Program,
    /// Scanners.
    pub scanner: Arc<dyn luguo_scan::ScanDriver>,
    /// File dialogs.
    pub dialogs: Arc<dyn Dialogs>,
    /// Notices on the desktop. The classified edition has none.
    #[cfg(feature = "network")]
    pub notices: Arc<dyn Notices>,
    /// The way to an endpoint.
    #[cfg(feature = "network")]
    pub connector: Arc<dyn Connector>,
}

/// File dialogs. A host without them answers with nothing.
pub trait Dialogs: Send + Sync {
    /// Lets the person pick files; empty when cancelled.
    fn pick_files(&self, multiple: bool, title: &str) -> Vec<PathBuf>;
    /// Lets the person pick a place to save to; `None` when cancelled.
    fn pick_place(&self, file_name: &str, title: &str) -> Option<PathBuf>;
    /// Lets the person pick a folder; `None` when cancelled.
    fn pick_folder(&self, title: &str) -> Option<PathBuf>;
}

/// Notices on the desktop.
#[cfg(feature = "network")]
pub trait Notices: Send + Sync {
    /// Shows a short notice, quietly; a host that cannot leaves it.
    fn show(&self, title: &str, words: &str);
}

/// A host without a desktop.
#[cfg(feature = "network")]
pub struct NoNotices;

#[cfg(feature = "network")]
impl Notices for NoNotices {
    fn show(&self, _title: &str, _words: &str) {}
}

/// The way to an endpoint, and a runtime to wait for it on.
#[cfg(feature = "network")]
pub trait Connector: Send + Sync {
    /// Makes a connection to an address; nothing is sent yet.
    ///
    /// # Errors
    /// [`luguo_wire::Refusal`] for an address that is refused from the start.
    fn connect(
        &self,
        url: &str,
    ) -> Result<Arc<dyn luguo_wire::ProvincialEndpoint>, luguo_wire::Refusal>;

    /// Runs a piece of work to its end on the calling thread.
    fn run(&self, work: std::pin::Pin<Box<dyn Future<Output = ()> + Send + '_>>);
}
