//! The proof that nothing leaves: runs of the real window without WebDriver, whose own channel is
//! TCP and does not reach a window behind the filter. A script in the page drives it instead, and
//! each proof is also taken of the open edition, where it must fail.

mod hostile;
mod imports;
mod listener;
mod process;
mod run;
mod trace;

pub use hostile::{Guard, VECTORS, visit};
pub use imports::{knows_switches, reaching_imports};
pub use listener::Listener;
pub use process::Count;
pub use run::{Around, DONE, Outcome, classified_job, open_job};
pub use trace::{Allowed, Calls, allowed};
