//! The content of evidence, for showing it in the window: opened under a name that nobody can
//! guess, served in pieces, and decoded in a process of its own where the web view must not.

mod open;
mod opened;
mod viewer;

pub(crate) use open::{archive, close, open, place, workbook};
pub(crate) use opened::OpenedContents;
pub use opened::{ContentRefusal, ServedContent};
