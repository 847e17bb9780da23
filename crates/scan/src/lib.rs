//! Scanners behind one trait, so that a driver for WIA (Windows) or eSCL (network scanners, in the
//! open edition) can join the one for SANE. No window, no vault: pages come out as PNG bytes.

mod choice;
mod sane;

pub use sane::Sane;

use std::{ops::ControlFlow, path::PathBuf, sync::Arc};

/// The scanners of the machine that this runs on: SANE, set up by `SANE_CONFIG_DIR` where that is
/// said. A page passes through memory (`/dev/shm`) where the system has such a folder.
pub fn here() -> Arc<dyn ScanDriver> {
    let memory = PathBuf::from("/dev/shm");
    Arc::new(Sane::new(if memory.is_dir() {
        memory
    } else {
        std::env::temp_dir()
    }))
}

/// A scanner that can be used now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// What the driver calls it.
    pub id: String,
    /// Maker and model, for people.
    pub label: String,
}

/// How colours are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// 黑白: one bit a pixel; grey where the scanner has no such mode.
    Lineart,
    /// 灰度.
    Gray,
    /// 彩色.
    Color,
}

/// What a scan is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Colours.
    pub mode: Mode,
    /// Dots an inch.
    pub resolution: u16,
    /// From the feeder until it is empty; one page from the glass otherwise.
    pub feeder: bool,
}

/// Why nothing, or no more, was scanned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScanFault {
    /// The system's scanning program is not installed.
    #[error("no scanning program")]
    NoProgram,
    /// The scanner is gone or was never there.
    #[error("no such scanner")]
    NoDevice,
    /// Another program uses it.
    #[error("busy")]
    Busy,
    /// No paper in the feeder.
    #[error("no paper")]
    NoPaper,
    /// Paper is stuck.
    #[error("jammed")]
    Jammed,
    /// Its cover is open.
    #[error("cover open")]
    CoverOpen,
    /// The person may not use it.
    #[error("not allowed")]
    NotAllowed,
    /// It has no feeder.
    #[error("no feeder")]
    NoFeeder,
    /// Anything else; technical text.
    #[error("not scanned: {0}")]
    Failed(String),
}

/// A way to scanners.
pub trait ScanDriver: Send + Sync {
    /// Scanners that answer now.
    ///
    /// # Errors
    /// [`ScanFault::NoProgram`] where the system cannot scan.
    fn devices(&self) -> Result<Vec<Device>, ScanFault>;

    /// Scans, and hands out each page as PNG as soon as it is there. Ends when the feeder is
    /// empty, after one page from the glass, or when `page` says so.
    ///
    /// # Errors
    /// [`ScanFault`]; pages that were handed out before stay.
    fn scan(
        &self,
        device: &str,
        settings: Settings,
        page: &mut dyn FnMut(Vec<u8>) -> ControlFlow<()>,
    ) -> Result<(), ScanFault>;
}
