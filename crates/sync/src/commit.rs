//! Commit: asks for the receipt. Idempotent: a lost answer is asked for again.

use crate::{apply::Work, item::Item, setback::Setback};
use luguo_store::OutboxStep;
use luguo_wire::CommitAnswer;

/// Returns how many seconds the endpoint asks to wait while it still verifies.
pub(crate) async fn commit(work: &mut Work<'_>, item: &mut Item) -> Result<Option<u64>, Setback> {
    let answer = work.endpoint.commit(work.token, item.row.package).await?;
    item.reach(work.vault, OutboxStep::Committed, (work.clock)())?;
    match answer {
        CommitAnswer::Pending { retry_after } => Ok(Some(u64::from(retry_after))),
        CommitAnswer::Received { receipt } => {
            item.there().receipt = Some(receipt);
            Ok(None)
        }
    }
}
