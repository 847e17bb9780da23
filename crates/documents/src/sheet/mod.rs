//! Workbooks: the fill-in template, written and read; annexes 2 and 3 and plain lists as XLSX.
//!
//! Bytes in, bytes out; the time a file says it was made at is a parameter, so the same input
//! gives the same bytes. Whether a form is complete or right is not judged here: that is
//! `luguo_domain::rules`. Here only what cannot be read from a cell is a fault.

mod annexes;
mod cells;
mod day;
mod fault;
mod guide;
mod layout;
mod look;
mod open;
mod options;
mod parts;
mod read;
mod table;
mod template;
mod value;

pub use annexes::{batch, liaison};
pub use fault::{CellFault, SheetFault, SheetReading};
pub use layout::QUESTION;
pub use read::read;
pub use table::table;
pub use template::{MOST_SHEETS, filled, template};

/// What the hidden first cell of every sheet of the template says.
pub const TEMPLATE_FORMAT: &str = "luguo.template/1";

/// How many rights, projects, completing units, rights holders and researchers one sheet holds.
pub const CAPACITY: Capacity = Capacity {
    rights: 20,
    projects: 5,
    units: 5,
    holders: 3,
    researchers: 3,
};

/// Rows of the repeated groups on one sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capacity {
    /// Field 6, right by right.
    pub rights: usize,
    /// Fields 9 and 10.
    pub projects: usize,
    /// Field 11.
    pub units: usize,
    /// Field 12.
    pub holders: usize,
    /// Field 21; the form itself allows three.
    pub researchers: usize,
}
