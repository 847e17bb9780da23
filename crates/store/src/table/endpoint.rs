//! The endpoint of this vault: address, account, pinned certificate, sign-in. One row.

use super::{audit, text};
use crate::{fault::StoreFault, vault::Vault};
use luguo_domain::Moment;
use rusqlite::params;

/// What the vault knows of its endpoint.
#[derive(Clone, PartialEq, Eq)]
pub struct EndpointRow {
    /// Address.
    pub url: String,
    /// Account.
    pub account: String,
    /// The certificate pinned at the first sign-in.
    pub certificate_pem: String,
    /// The endpoint's epoch when it was last seen.
    pub epoch: String,
    /// Bearer token; absent when signed out.
    pub token: Option<String>,
    /// When the token ends, by the endpoint's clock.
    pub token_expires: Option<Moment>,
    /// The account is an authority's: packages are assigned to it.
    pub authority: bool,
    /// The account's organisation, as the endpoint calls it.
    pub unit: String,
}

impl std::fmt::Debug for EndpointRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EndpointRow")
            .field("url", &self.url)
            .field("account", &self.account)
            .field("signed_in", &self.token.is_some())
            .finish_non_exhaustive()
    }
}

impl Vault {
    /// The endpoint, when somebody has signed in before.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn endpoint(&self) -> Result<Option<EndpointRow>, StoreFault> {
        self.read::<_, StoreFault>(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT url, account, certificate_pem, epoch, token, token_expires, authority, unit
                 FROM endpoint",
            )?;
            let mut rows = statement.query([])?;
            let Some(row) = rows.next()? else {
                return Ok(None);
            };
            Ok(Some(EndpointRow {
                url: row.get(0)?,
                account: row.get(1)?,
                certificate_pem: row.get(2)?,
                epoch: row.get(3)?,
                token: row.get(4)?,
                token_expires: row
                    .get::<_, Option<String>>(5)?
                    .map(|time| text::read_time(&time))
                    .transpose()?,
                authority: row.get(6)?,
                unit: row.get(7)?,
            }))
        })
    }

    /// Stores the endpoint after a sign-in.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn save_endpoint(&self, endpoint: &EndpointRow, now: Moment) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            change.execute(
                "INSERT INTO endpoint (one, url, account, certificate_pem, epoch, token,
                    token_expires, authority, unit)
                 VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                 ON CONFLICT (one) DO UPDATE SET url = ?1, account = ?2, certificate_pem = ?3,
                    epoch = ?4, token = ?5, token_expires = ?6, authority = ?7, unit = ?8,
                    -- another account has another list
                    assigned_after = iif(account = ?2, assigned_after, 0),
                    rulings_after = iif(account = ?2, rulings_after, 0)",
                params![
                    endpoint.url,
                    endpoint.account,
                    endpoint.certificate_pem,
                    endpoint.epoch,
                    endpoint.token,
                    endpoint.token_expires.map(text::time),
                    endpoint.authority,
                    endpoint.unit
                ],
            )?;
            audit::append(
                change,
                now,
                &self.me().name,
                "endpoint.sign_in",
                &endpoint.account,
                &endpoint.url,
            )?;
            Ok(())
        })
    }

    /// Notes the epoch that the endpoint tells; its lists are read anew.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn save_epoch(&self, epoch: &str) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            change.execute(
                "UPDATE endpoint SET epoch = ?1, assigned_after = 0, rulings_after = 0",
                [epoch],
            )?;
            Ok(())
        })
    }

    /// Forgets the token; nothing else changes.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn forget_token(&self) -> Result<(), StoreFault> {
        self.change::<_, StoreFault>(|change| {
            change.execute("UPDATE endpoint SET token = NULL, token_expires = NULL", [])?;
            Ok(())
        })
    }
}
