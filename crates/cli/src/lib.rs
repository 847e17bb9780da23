//! `luguoctl`: the use cases of the desk from a terminal.

mod arguments;
mod calls;
mod host;
mod show;

pub use arguments::Arguments;
pub use calls::run;
