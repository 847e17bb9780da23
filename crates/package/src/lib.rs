//! One approved revision with its evidence as a portable package: a BagIt 1.0 bag (RFC 8493)
//! in a stored, deterministic ZIP, checkable with public tools. `docs/format/package.md` has
//! the format.

mod bag;
mod contents;
mod fault;
mod record;
mod tag;
mod verify;

pub use bag::{BlobSource, WriteFault, Written, write_bag};
pub use contents::{OpenedBag, open_bag};
pub use fault::{Fault, FaultKind};
pub use record::{Frozen, PackageRecord, PayloadFile, RecordFault, freeze, thaw};
pub use verify::{Report, verify_bag};
