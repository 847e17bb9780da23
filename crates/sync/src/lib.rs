//! Plan and apply of the outbox, generic over wire's trait; no HTTP and no clock of its own.
//!
//! [`plan`](plan()) says as data what a package needs next; one file a phase does it and records
//! the result in one transaction of the vault. [`run_once`] passes over everything that is due,
//! [`login()`] signs in. The caller runs one pass at a time and may drop it at any point: the
//! vault says where to go on. See docs/architecture/sync.md.

mod announce;
mod apply;
mod backoff;
mod carry;
mod commit;
mod epoch;
mod hold;
mod item;
mod login;
mod meet;
mod pace;
mod package;
mod plan;
mod pull;
mod receipt;
mod rulings;
mod run;
mod setback;
mod upload;
mod words;

pub use backoff::{Jitter, RandomJitter, delay};
pub use hold::Reason;
pub use login::{LoginFault, login};
pub use pace::Pace;
pub use plan::{Action, Rest, There, plan};
pub use pull::{PullReport, pull_once};
pub use receipt::{ReceiptFault, verify};
pub use rulings::{RulingRecordFault, RulingReport, rule_once, verify_ruling};
pub use run::{Connection, Options, RunReport, run_once};
