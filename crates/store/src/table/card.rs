//! Keys of this vault for sealing, and the cards of others whose fingerprints were compared.

use super::{audit, text};
use crate::{
    fault::{SaveFault, StoreFault},
    vault::Vault,
};
use luguo_domain::Moment;
use rusqlite::{Connection, OptionalExtension as _, params};
use zeroize::Zeroizing;

/// A card of somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCard {
    /// SM3 of the certificate, hexadecimal.
    pub fingerprint: String,
    /// The certificate, DER.
    pub certificate: Vec<u8>,
    /// It is an authority.
    pub authority: bool,
    /// Unit, as it was entered.
    pub unit: String,
    /// Person, as it was entered.
    pub person: String,
    /// How its fingerprint was compared.
    pub compared: String,
    /// Who took it in, by name.
    pub taken_by: String,
    /// When.
    pub taken_at: Moment,
    /// Why it is void; absent while it is not.
    pub void: Option<String>,
}

/// A card about to be taken in.
#[derive(Debug, Clone, Copy)]
pub struct NewCard<'a> {
    /// SM3 of the certificate, hexadecimal.
    pub fingerprint: &'a str,
    /// The certificate, DER.
    pub certificate: &'a [u8],
    /// It is an authority.
    pub authority: bool,
    /// Unit.
    pub unit: &'a str,
    /// Person.
    pub person: &'a str,
    /// How its fingerprint was compared.
    pub compared: &'a str,
}

/// A key of this vault.
pub struct StoredKey {
    /// SM3 of its card, hexadecimal.
    pub fingerprint: String,
    /// PKCS#8, DER.
    pub private_key: Zeroizing<Vec<u8>>,
    /// Its card, DER.
    pub certificate: Vec<u8>,
    /// Fingerprint of the second holder's card.
    pub escrow: String,
    /// Who made it, by name.
    pub made_by: String,
    /// When.
    pub made_at: Moment,
    /// Why it seals no more; absent while it does.
    pub retired: Option<String>,
}

/// A key about to be kept.
pub struct NewKey<'a> {
    /// SM3 of its card, hexadecimal.
    pub fingerprint: &'a str,
    /// PKCS#8, DER.
    pub private_key: &'a [u8],
    /// Its card, DER.
    pub certificate: &'a [u8],
    /// Fingerprint of the second holder's card, which was taken in before.
    pub escrow: &'a str,
    /// Unit of the card.
    pub unit: &'a str,
}

fn insert(
    vault: &Vault,
    change: &Connection,
    new: &NewCard<'_>,
    now: Moment,
) -> Result<bool, StoreFault> {
    let written = change.execute(
        "INSERT OR IGNORE INTO card (fingerprint, certificate, authority, unit, person, compared,
            taken_by, taken_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            new.fingerprint,
            new.certificate,
            new.authority,
            new.unit,
            new.person,
            new.compared,
            vault.me().id.to_string(),
            text::time(now)
        ],
    )?;
    if written > 0 {
        audit::append(
            change,
            now,
            &vault.me().name,
            "card.take",
            new.fingerprint,
            &format!("{} {}", new.unit, new.person),
        )?;
    }
    Ok(written > 0)
}

impl Vault {
    /// Takes a card in; `false` when it is there already.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written.
    pub fn take_card(&self, new: &NewCard<'_>, now: Moment) -> Result<bool, StoreFault> {
        self.change(|change| insert(self, change, new, now))
    }

    /// Every card, the newest first; void ones too.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn cards(&self) -> Result<Vec<StoredCard>, StoreFault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT fingerprint, certificate, authority, unit, person, compared, account.name,
                    taken_at, void
                 FROM card JOIN account ON account.id = taken_by
                 ORDER BY taken_at DESC, fingerprint",
            )?;
            let mut rows = statement.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(StoredCard {
                    fingerprint: row.get(0)?,
                    certificate: row.get(1)?,
                    authority: row.get(2)?,
                    unit: row.get(3)?,
                    person: row.get(4)?,
                    compared: row.get(5)?,
                    taken_by: row.get(6)?,
                    taken_at: text::read_time(&row.get::<_, String>(7)?)?,
                    void: row.get(8)?,
                });
            }
            Ok(found)
        })
    }

    /// A card is void from now on, for good.
    ///
    /// # Errors
    /// [`SaveFault::NotFound`] when there is none that is not void.
    pub fn void_card(&self, fingerprint: &str, reason: &str, now: Moment) -> Result<(), SaveFault> {
        self.change(|change| {
            let written = change.execute(
                "UPDATE card SET void = ?2, voided_at = ?3 WHERE fingerprint = ?1 AND void IS NULL",
                params![fingerprint, reason, text::time(now)],
            )?;
            if written == 0 {
                return Err(SaveFault::NotFound);
            }
            audit::append(
                change,
                now,
                &self.me().name,
                "card.void",
                fingerprint,
                reason,
            )?;
            Ok(())
        })
    }

    /// Keeps a key; its card is known from then on.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be written or the second holder's card is not there.
    pub fn keep_key(&self, new: &NewKey<'_>, now: Moment) -> Result<(), StoreFault> {
        self.change(|change| {
            let card = NewCard {
                fingerprint: new.fingerprint,
                certificate: new.certificate,
                authority: false,
                unit: new.unit,
                person: "",
                compared: "own",
            };
            insert(self, change, &card, now)?;
            change.execute(
                "INSERT INTO seal_key (fingerprint, private_key, certificate, escrow, made_by,
                    made_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    new.fingerprint,
                    new.private_key,
                    new.certificate,
                    new.escrow,
                    self.me().id.to_string(),
                    text::time(now)
                ],
            )?;
            audit::append(
                change,
                now,
                &self.me().name,
                "key.make",
                new.fingerprint,
                &format!("escrow {}", new.escrow),
            )?;
            Ok(())
        })
    }

    /// Every key, the newest first; retired ones too.
    ///
    /// # Errors
    /// [`StoreFault`] when the vault cannot be read.
    pub fn seal_keys(&self) -> Result<Vec<StoredKey>, StoreFault> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT fingerprint, private_key, certificate, escrow, account.name, made_at,
                    retired
                 FROM seal_key JOIN account ON account.id = made_by
                 ORDER BY made_at DESC, fingerprint",
            )?;
            let mut rows = statement.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(StoredKey {
                    fingerprint: row.get(0)?,
                    private_key: Zeroizing::new(row.get(1)?),
                    certificate: row.get(2)?,
                    escrow: row.get(3)?,
                    made_by: row.get(4)?,
                    made_at: text::read_time(&row.get::<_, String>(5)?)?,
                    retired: row.get(6)?,
                });
            }
            Ok(found)
        })
    }

    /// A key seals no more from now on; what was sealed for it still opens.
    ///
    /// # Errors
    /// [`SaveFault::NotFound`] when there is none that seals.
    pub fn retire_key(
        &self,
        fingerprint: &str,
        reason: &str,
        now: Moment,
    ) -> Result<(), SaveFault> {
        self.change(|change| {
            let known: Option<i64> = change
                .query_row(
                    "SELECT 1 FROM seal_key WHERE fingerprint = ?1 AND retired IS NULL",
                    [fingerprint],
                    |row| row.get(0),
                )
                .optional()?;
            if known.is_none() {
                return Err(SaveFault::NotFound);
            }
            change.execute(
                "UPDATE seal_key SET retired = ?2 WHERE fingerprint = ?1",
                params![fingerprint, reason],
            )?;
            audit::append(
                change,
                now,
                &self.me().name,
                "key.retire",
                fingerprint,
                reason,
            )?;
            Ok(())
        })
    }
}
