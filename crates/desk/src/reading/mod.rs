//! Reading what was submitted: marks, ticks, answers to marks, and the return they suggest.

mod labels;
mod marks;
mod suggest;

pub(crate) use marks::{answer, find, remove, save, show, tick};
