//! Declarations: list, begin, take in, show, save, submit, withdraw.

mod begin;
mod list;
mod save;
pub(crate) mod view;

pub(crate) use begin::{create, import};
pub(crate) use list::list;
pub(crate) use save::{save, submit, withdraw};
pub(crate) use view::show;
