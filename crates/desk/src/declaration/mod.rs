//! Declarations: list, begin, take in, copy, show, save, compare, changes, merge, submit, withdraw.

mod begin;
mod changes;
mod copy;
mod duplicates;
mod elsewhere;
mod known;
mod list;
mod save;
pub(crate) mod view;

pub(crate) use begin::{begin, create, import, preparer};
pub(crate) use changes::changes;
pub(crate) use copy::{copy, export};
pub(crate) use duplicates::{compare, merge_into};
#[cfg(feature = "network")]
pub(crate) use elsewhere::ask as ask_elsewhere;
pub(crate) use known::KnownDeclarations;
pub(crate) use list::{list, row_view};
pub(crate) use save::{save, submit, withdraw};
pub(crate) use view::show;
