//! What goes to paper: typeset pages as PDF/A-2b, and as pictures for the preview.
//!
//! Texts reach the typesetter as data (a JSON file of its world), never spliced into markup.

mod evidence_list;
mod fault;
mod fonts;
mod form;
mod leaves;
mod lists;
mod marked;
mod press;
mod qr;
mod recovery;
mod scan;
mod scanned;
mod secrecy;
mod set;
mod stamp;

pub use fault::PaperFault;
pub use fonts::Fonts;
pub use marked::Marked;
pub use press::{Paper, Press};
pub use qr::qr_svg;
pub use recovery::RecoverySheet;
pub use scan::{StampCode, read_stamp};
pub use scanned::{ScannedFault, ScannedPage};
pub use secrecy::{
    CardSheet, ClassificationSheet, Direction, HandoverItem, HandoverSheet, KnowledgeRow,
    KnowledgeSheet, RegisterRow, RegisterSheet, UnitLine,
};
pub use set::{PrintPart, PrintSet, UnprintableReason};
pub use stamp::Stamp;
