//! Does one action. What came of it is recorded before the next one is planned.

use crate::{
    announce, commit, item::Item, pace::Pace, plan::Action, receipt, setback::Setback, upload,
};
use luguo_domain::Moment;
use luguo_sealed::Certificate;
use luguo_store::Vault;
use luguo_wire::{ProvincialEndpoint, Token};

/// What every phase works with.
pub(crate) struct Work<'a> {
    pub(crate) vault: &'a Vault,
    pub(crate) endpoint: &'a dyn ProvincialEndpoint,
    pub(crate) token: &'a Token,
    pub(crate) pinned: &'a Certificate,
    pub(crate) clock: &'a (dyn Fn() -> Moment + Send + Sync),
    pub(crate) pace: Pace,
}

/// Whether to plan again at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Done {
    GoOn,
    Rest,
    /// The endpoint still verifies: ask again after so many seconds.
    Verifying(u64),
}

pub(crate) async fn apply(
    work: &mut Work<'_>,
    item: &mut Item,
    action: Action,
) -> Result<Done, Setback> {
    match action {
        Action::Rest(_) => return Ok(Done::Rest),
        Action::Announce => announce::announce(work, item).await?,
        Action::Create { sha256, size } => upload::create(work, item, sha256, size).await?,
        Action::Ask { upload } => upload::ask(work, item, upload).await?,
        Action::Append { upload, length } => upload::append(work, item, upload, length).await?,
        Action::Commit => {
            if let Some(seconds) = commit::commit(work, item).await? {
                return Ok(Done::Verifying(seconds));
            }
        }
        Action::Settle { receipt } => receipt::settle(work, item, &receipt)?,
    }
    Ok(Done::GoOn)
}
