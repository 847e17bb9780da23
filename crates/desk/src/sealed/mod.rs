//! Sealed packages of a classified vault: sealing onto a medium, opening, the register, receipts.

mod about;
mod inspect;
mod medium;
mod open;
mod paper;
mod plan;
mod receipt;
mod register;
mod seal;
mod words;

pub(crate) use inspect::{contents, extract, inspect, verify};
pub(crate) use medium::show as show_medium;
pub(crate) use open::open;
pub(crate) use paper::write as write_paper;
pub(crate) use plan::plan;
pub(crate) use receipt::{take as take_receipt, write as write_receipt};
pub(crate) use register::{show as show_register, step};
pub(crate) use seal::begin as begin_seal;
