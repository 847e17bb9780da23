//! Sign-in: pins the endpoint's certificate at the first one and refuses another one later.

use luguo_domain::{Moment, VaultKind};
use luguo_sealed::Certificate;
use luguo_store::{EndpointRow, StoreFault, Vault};
use luguo_wire::{LoginRequest, PROTOCOL_VERSION, ProvincialEndpoint, Refusal};

/// Why nobody is signed in. Local work and an earlier sign-in are as before.
#[derive(Debug, thiserror::Error)]
pub enum LoginFault {
    /// A classified vault has no endpoint.
    #[error("a classified vault signs in nowhere")]
    Classified,
    /// The endpoint shows another certificate than the pinned one; the password was not sent.
    #[error("the endpoint shows certificate {offered}, pinned is {pinned}")]
    OtherCertificate {
        /// Fingerprint of the pinned one.
        pinned: String,
        /// Fingerprint of the one shown now.
        offered: String,
    },
    /// The endpoint refused, or there is none.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The vault could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// Signs in at an endpoint and remembers it.
///
/// # Errors
/// [`LoginFault`]; the password goes out only after protocol and certificate were checked.
pub async fn login(
    vault: &Vault,
    endpoint: &dyn ProvincialEndpoint,
    url: &str,
    account: &str,
    password: &str,
    now: Moment,
) -> Result<(), LoginFault> {
    if vault.kind() != VaultKind::Open {
        return Err(LoginFault::Classified);
    }
    let info = endpoint.info().await?;
    if !info.protocols.contains(&PROTOCOL_VERSION) {
        return Err(Refusal::OtherProtocol {
            offered: info.protocols,
        }
        .into());
    }
    let offered =
        Certificate::from_pem(&info.certificate_pem).map_err(|fault| Refusal::NotAnEndpoint {
            detail: fault.to_string(),
        })?;
    let known = vault.endpoint()?;
    if let Some(known) = &known {
        let pinned = pinned(known)?;
        if pinned.as_der() != offered.as_der() {
            return Err(LoginFault::OtherCertificate {
                pinned: pinned.fingerprint(),
                offered: offered.fingerprint(),
            });
        }
    }
    let answer = endpoint
        .login(LoginRequest {
            account: account.to_owned(),
            password: password.to_owned(),
        })
        .await?;
    // The epoch known before stays: that it changed is for the next pass to notice.
    let (certificate_pem, epoch) = match known {
        Some(known) => (known.certificate_pem, known.epoch),
        None => (info.certificate_pem, info.epoch),
    };
    vault.save_endpoint(
        &EndpointRow {
            url: url.to_owned(),
            account: answer.account,
            certificate_pem,
            epoch,
            token: Some(answer.token.0),
            token_expires: Some(answer.expires_at),
            authority: answer.authority,
            unit: answer.unit,
        },
        now,
    )?;
    Ok(())
}

/// The pinned certificate of a stored endpoint.
pub(crate) fn pinned(endpoint: &EndpointRow) -> Result<Certificate, StoreFault> {
    Certificate::from_pem(&endpoint.certificate_pem).map_err(|fault| StoreFault::Damaged {
        detail: format!("the pinned certificate cannot be read: {fault}"),
    })
}
