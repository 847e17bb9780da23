//! Before anything is fetched or told: is it the endpoint that was signed in at, and does it know us?

use crate::{Connection, epoch, login::pinned};
use luguo_domain::Moment;
use luguo_sealed::Certificate;
use luguo_store::{EndpointRow, StoreFault, Vault};
use luguo_wire::{PROTOCOL_VERSION, ProvincialEndpoint, Token};

/// The endpoint is there and is the pinned one.
pub(crate) struct Met {
    pub(crate) token: Token,
    pub(crate) pinned: Certificate,
}

/// Meets the endpoint, or says what the connection is.
pub(crate) async fn meet(
    vault: &Vault,
    endpoint: &dyn ProvincialEndpoint,
    known: &EndpointRow,
    now: Moment,
) -> Result<Result<Met, Connection>, StoreFault> {
    let Some(token) = known.token.clone().map(Token) else {
        return Ok(Err(Connection::SignInNeeded));
    };
    let Ok(info) = endpoint.info().await else {
        return Ok(Err(Connection::Offline));
    };
    let pinned = pinned(known)?;
    let is_pinned = Certificate::from_pem(&info.certificate_pem)
        .is_ok_and(|shown| shown.as_der() == pinned.as_der());
    if !is_pinned || !info.protocols.contains(&PROTOCOL_VERSION) {
        // The token goes to nobody else; the outbox says of the certificate what is to be done.
        return Ok(Err(Connection::Offline));
    }
    if info.epoch != known.epoch {
        epoch::reoffer(vault, &info.epoch, now)?;
    }
    Ok(Ok(Met { token, pinned }))
}
