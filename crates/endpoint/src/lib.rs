//! The reference provincial endpoint: a real server with an embedded store. Units and accounts,
//! sign-in, manifests, resumable uploads (tus 1.0), commit with a signed receipt.

mod access;
mod administration;
mod answer;
mod arguments;
mod assigned;
mod audit;
mod contents;
mod data;
mod documentation;
mod packages;
mod passwords;
mod rulings;
mod server;
mod space;
mod twins;
mod uploads;

pub use administration::{add_account, add_authority, add_unit, packages_as_json};
pub use arguments::{Account, Arguments, Authority, Command, Package, Unit};
pub use server::{RunningServer, ServerConfig, start, start_with};
pub use space::{Disk, FreeSpace};
