//! The command list over HTTP on 127.0.0.1 with a one-time token: the compatibility mode for
//! systems without webkit2gtk-4.1, and the way browsers test the user interface.
//!
//! Only loopback; the shipped program knows the open edition alone. Files come up as bodies and become tokens of the
//! desk, as picked files do in the window.

pub mod access;
pub mod files;
pub mod host;
pub mod server;
pub mod user_interface;

pub use server::{Config, serve};
