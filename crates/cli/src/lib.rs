//! `luguoctl`: the use cases of the desk from a terminal.

mod arguments;
mod calls;
mod host;
mod show;

pub use arguments::Arguments;
pub use calls::run;
pub use host::EDITION;
pub use luguo_desk::decode::serve_if_asked as decode_if_asked;
