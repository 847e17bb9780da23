//! Request and view types, one file a noun.

pub mod account;
pub mod address;
mod annex;
pub mod app;
pub mod bin;
pub mod care;
pub mod content;
pub mod declaration;
pub mod document;
pub mod evidence;
pub mod job;
pub mod package;
pub mod reading;
pub mod scan;
pub mod search;
pub mod sheet;
pub mod sync;
pub mod today;

pub use account::*;
pub use address::*;
pub use annex::*;
pub use app::*;
pub use bin::*;
pub use care::*;
pub use content::*;
pub use declaration::*;
pub use document::*;
pub use evidence::*;
pub use job::*;
pub use package::*;
pub use reading::*;
pub use scan::*;
pub use search::*;
pub use sheet::*;
pub use sync::*;
pub use today::*;
