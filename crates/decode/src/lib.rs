//! Evidence was made by strangers: what has to be decoded outside the web view is decoded in a
//! process of its own, with a limit on memory and on time. Whatever a file does there, the
//! program and the vault go on.
//!
//! [`Decoder`] is the desk's side, [`serve`] the process's. The process is the program itself,
//! started with [`ARGUMENT`]; it has no network code, opens no file, and sees of the vault only
//! the bytes it asks for, through its standard input and output.

mod child;
mod fault;
mod frame;
mod listing;
mod parent;
mod picture;
mod remote;
mod table;
pub mod tiff_page;

pub use child::{serve, serve_if_asked};
pub use fault::DecodeFault;
pub use frame::{Entry, Listing, Measure, Sheet, Table};
pub use parent::{Content, Decoder, Program};

/// The argument with which the program is a decoding process and nothing else.
pub const ARGUMENT: &str = "--decode";

/// Pixels of one picture at most.
pub const MOST_PIXELS: u64 = 100_000_000;
/// Entries of an archive at most.
pub const MOST_ENTRIES: usize = 10_000;
/// Bytes that a document in an archive may unfold to.
pub const MOST_UNPACKED: u64 = 128 << 20;
/// Unpacked bytes for one packed one at most, beyond the first megabyte.
pub const MOST_RATIO: u64 = 100;
/// Rows and columns of a sheet that are shown.
pub const MOST_ROWS: usize = 2_000;
/// See [`MOST_ROWS`].
pub const MOST_COLUMNS: usize = 100;
/// Sheets of a workbook that are shown.
pub const MOST_SHEETS: usize = 50;
/// Memory of the decoding process: one picture of 100 megapixels with room to shrink it.
pub const MOST_MEMORY: u64 = 288 << 20;
