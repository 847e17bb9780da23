//! What goes to paper: preview, PDF, and the scan that comes back.

mod marked;
mod paper;
mod scan;
mod set;
mod stamp;

pub(crate) use marked::{marked, when};
pub(crate) use paper::{PrintRoom, page, refused, write};
pub(crate) use scan::{check_added, stale_scans};
