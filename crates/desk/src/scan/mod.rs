//! Scanning in: a scanner, a folder that an office scanner writes to, and a tray of pages that
//! become one PDF. Pages are in the vault from the moment they are there.

mod device;
mod folder;
mod tray;

pub(crate) use device::{begin, devices};
pub(crate) use folder::{Seen, watch};
pub(crate) use tray::{clear, edit, finish, order, picture, put, remove, show};
