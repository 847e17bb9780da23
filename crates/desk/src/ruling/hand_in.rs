//! Handing rulings in at the endpoint and learning of others.

use crate::desk::Desk;
use luguo_domain::Moment;
use luguo_store::{EndpointRow, Vault};
use luguo_sync::{Options, RulingReport, rule_once};

impl Desk {
    /// Hands in what was ruled and learns what was ruled elsewhere, now. `None` when nobody is signed
    /// in at an endpoint.
    pub fn run_rulings(&self) -> Option<RulingReport> {
        let _one = self.line.one_pass();
        let opened = self.line.opened();
        let vault = self.peek()?;
        let endpoint = signed_in(&vault)?;
        let connection = self.host.connector.connect(&endpoint.url).ok()?;
        let mut report = None;
        let clock = self.host.clock.clone();
        self.host.connector.run(Box::pin(async {
            let options = Options::default();
            let pass = rule_once(&vault, connection.as_ref(), &*clock, &options);
            report = self.line.while_open(opened, pass).await;
        }));
        let report = report?;
        self.line.note_rulings(&report);
        Some(report)
    }
}

fn signed_in(vault: &Vault) -> Option<EndpointRow> {
    let endpoint = vault.endpoint().ok().flatten()?;
    endpoint.token.is_some().then_some(endpoint)
}

/// Whether it is time to hand in and to ask.
pub(crate) fn is_due(desk: &Desk, vault: &Vault, now: Moment) -> bool {
    desk.line.next_rulings().is_none_or(|next| next <= now) && signed_in(vault).is_some()
}
