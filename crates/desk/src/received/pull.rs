//! What the endpoint assigned comes in by itself, while a reviewer of the authority is signed in.

use crate::{desk::Desk, failure, outbox::Line};
use luguo_domain::{Moment, Role};
use luguo_ipc::{Failure, PullingView};
use luguo_store::{EndpointRow, Vault};
use luguo_sync::{Options, PullReport, pull_once};
use luguo_wire::Manifest;

impl Desk {
    /// Fetches for a while, now. `None` when nobody here is given anything to review.
    pub fn run_pull(&self) -> Option<PullReport> {
        let _one = self.line.one_pass();
        let opened = self.line.opened();
        let vault = self.peek()?;
        let endpoint = authority(&vault)?;
        let connection = self.host.connector.connect(&endpoint.url).ok()?;
        let mut report = None;
        let clock = self.host.clock.clone();
        self.host.connector.run(Box::pin(async {
            let options = Options::default();
            let pass = pull_once(&vault, connection.as_ref(), &*clock, &options);
            report = self.line.while_open(opened, pass).await;
        }));
        let report = report?;
        self.line.note_pull(&report);
        Some(report)
    }
}

impl Desk {
    /// Fetches until everything is here or nothing moves any more.
    pub fn pull_all(&self) {
        while self
            .run_pull()
            .is_some_and(|report| report.next_try.is_some_and(|next| next <= self.now()))
        {}
    }
}

/// The endpoint, when it is to be asked: signed in as an authority, by one who may review.
fn authority(vault: &Vault) -> Option<EndpointRow> {
    let endpoint = vault.endpoint().ok().flatten()?;
    (endpoint.authority && endpoint.token.is_some() && vault.me().is(Role::UnitReviewer))
        .then_some(endpoint)
}

/// Whether it is time to fetch.
pub(crate) fn is_due(vault: &Vault, line: &Line, now: Moment) -> bool {
    line.next_pull().is_none_or(|next| next <= now) && authority(vault).is_some()
}

/// What is on its way in.
pub(crate) fn pulling(vault: &Vault) -> Result<Vec<PullingView>, Failure> {
    vault
        .pulls()
        .map_err(failure::store)?
        .into_iter()
        .map(|row| {
            let manifest: Manifest = serde_json::from_str(&row.manifest).map_err(|fault| {
                failure::store(luguo_store::StoreFault::Damaged {
                    detail: fault.to_string(),
                })
            })?;
            Ok(PullingView {
                package: row.package,
                total: manifest.unique_size(),
                arrived: row.arrived.min(manifest.unique_size()),
                name: manifest.name,
                unit: manifest.unit,
                revision: manifest.revision,
                number: row.number,
                reason: row.wait_message,
                next_try: row.next_try.map(|time| time.to_rfc3339()),
            })
        })
        .collect()
}
