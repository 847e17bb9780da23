//! Key slots: the vault key wrapped once for each person, in a small file beside the vault.
//!
//! Argon2id turns the passphrase into a wrapping key; AES-256-GCM wraps, with vault, kind and
//! account as associated data, so that a slot is of no use in another vault or edition. One slot
//! more belongs to nobody: the recovery sheet's. The file is replaced whole: written beside,
//! fsynced, renamed.

use crate::{
    derivation::{Cost, derive},
    fault::OpenFault,
    lock::beside,
    secret::{Passphrase, VaultKey},
};
use aes_gcm::{
    Aes256Gcm, KeyInit as _,
    aead::{Aead as _, Payload},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use luguo_domain::{AccountId, VaultKind};
use serde::{Deserialize, Serialize};
use std::{
    io::{Read as _, Write as _},
    path::Path,
};
use uuid::Uuid;
use zeroize::Zeroizing;

const FORMAT: &str = "luguo.keys/1";
/// Bytes a key file may have: room for thousands of people.
const LARGEST: u64 = 1 << 20;

/// The key file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeyFile {
    format: String,
    pub(crate) vault: Uuid,
    pub(crate) kind: VaultKind,
    slots: Vec<Slot>,
    /// The slot of the recovery sheet, once one was printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recovery: Option<Slot>,
}

/// The account that the recovery sheet's slot is bound to: nobody's.
const NOBODY: AccountId = AccountId(Uuid::nil());

/// One person's slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Slot {
    account: AccountId,
    person: String,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: String,
    nonce: String,
    wrapped: String,
}

impl Slot {
    fn cost(&self) -> Cost {
        Cost {
            memory_kib: self.memory_kib,
            passes: self.passes,
            lanes: self.lanes,
        }
    }
}

impl KeyFile {
    pub(crate) fn new(vault: Uuid, kind: VaultKind) -> Self {
        Self {
            format: FORMAT.to_owned(),
            vault,
            kind,
            slots: Vec::new(),
            recovery: None,
        }
    }

    /// Reads the key file of a vault.
    pub(crate) fn read(vault: &Path) -> Result<Self, OpenFault> {
        let path = beside(vault, "keys");
        let file = match std::fs::File::open(&path) {
            Ok(file) => file,
            Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => {
                return Err(if vault.exists() {
                    OpenFault::NotAVault {
                        detail: format!("{} is missing", path.display()),
                    }
                } else {
                    OpenFault::NotFound
                });
            }
            Err(fault) => return Err(fault.into()),
        };
        let mut bytes = Vec::new();
        file.take(LARGEST + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST {
            return Err(OpenFault::NotAVault {
                detail: format!("{} is larger than {LARGEST} bytes", path.display()),
            });
        }
        Self::parse(&bytes).map_err(|detail| OpenFault::NotAVault {
            detail: format!("{}: {detail}", path.display()),
        })
    }

    /// Reads a key file's bytes.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let file: Self = serde_json::from_slice(bytes).map_err(|fault| fault.to_string())?;
        if file.format != FORMAT {
            return Err(format!("format {:?}", file.format));
        }
        Ok(file)
    }

    /// Replaces the key file of a vault.
    pub(crate) fn write(&self, vault: &Path) -> Result<(), OpenFault> {
        let path = beside(vault, "keys");
        let temporary = beside(vault, "keys.new");
        let mut out = std::fs::File::create(&temporary)?;
        out.write_all(&serde_json::to_vec_pretty(self)?)?;
        out.sync_all()?;
        std::fs::rename(&temporary, &path)?;
        sync_folder(&path)?;
        Ok(())
    }

    /// The people who have a slot.
    pub(crate) fn people(&self) -> Vec<String> {
        let mut people: Vec<String> = Vec::new();
        for slot in &self.slots {
            if !people.contains(&slot.person) {
                people.push(slot.person.clone());
            }
        }
        people
    }

    /// Drops a person's slot; without one the vault does not open for them.
    pub(crate) fn remove(&mut self, person: &str) {
        self.slots.retain(|slot| slot.person != person);
    }

    /// Puts a slot for a person, in the place of the one they had.
    pub(crate) fn put(
        &mut self,
        account: AccountId,
        person: &str,
        passphrase: &Passphrase,
        key: &VaultKey,
    ) -> Result<(), OpenFault> {
        self.stage(account, person, passphrase, key)?;
        self.settle(person);
        Ok(())
    }

    /// Puts a slot for a person beside the one they have: until the change is settled either
    /// passphrase opens, so that a kill between file and database locks nobody out.
    pub(crate) fn stage(
        &mut self,
        account: AccountId,
        person: &str,
        passphrase: &Passphrase,
        key: &VaultKey,
    ) -> Result<(), OpenFault> {
        let slot = self.wrap(account, person, passphrase, key)?;
        self.slots.push(slot);
        Ok(())
    }

    /// Keeps of a person's slots the newest alone.
    pub(crate) fn settle(&mut self, person: &str) {
        let newest = self.slots.iter().rposition(|slot| slot.person == person);
        self.keep(person, newest.unwrap_or_default());
    }

    /// Keeps of a person's slots the one at a place alone; tells whether there were others.
    pub(crate) fn keep(&mut self, person: &str, place: usize) -> bool {
        let before = self.slots.len();
        let mut at = 0;
        self.slots.retain(|slot| {
            let stays = slot.person != person || at == place;
            at += 1;
            stays
        });
        self.slots.len() < before
    }

    /// Puts the recovery sheet's slot; the sheet before opens nothing any more.
    pub(crate) fn put_recovery(
        &mut self,
        code: &Passphrase,
        key: &VaultKey,
    ) -> Result<(), OpenFault> {
        self.recovery = Some(self.wrap(NOBODY, "", code, key)?);
        Ok(())
    }

    fn wrap(
        &self,
        account: AccountId,
        person: &str,
        passphrase: &Passphrase,
        key: &VaultKey,
    ) -> Result<Slot, OpenFault> {
        let mut salt = [0; 16];
        let mut nonce = [0; 12];
        getrandom::fill(&mut salt).map_err(std::io::Error::other)?;
        getrandom::fill(&mut nonce).map_err(std::io::Error::other)?;
        let wrapping = derive(passphrase, &salt, Cost::NEW)?;
        let associated = self.associated(account);
        let wrapped = Aes256Gcm::new((&*wrapping).into())
            .encrypt(
                (&nonce).into(),
                Payload {
                    msg: key.0.as_ref(),
                    aad: &associated,
                },
            )
            .map_err(|_| std::io::Error::other("the vault key could not be wrapped"))?;
        Ok(Slot {
            account,
            person: person.to_owned(),
            memory_kib: Cost::NEW.memory_kib,
            passes: Cost::NEW.passes,
            lanes: Cost::NEW.lanes,
            salt: STANDARD.encode(salt),
            nonce: STANDARD.encode(nonce),
            wrapped: STANDARD.encode(wrapped),
        })
    }

    /// Unwraps the vault key. An unknown person costs as much as a wrong passphrase.
    pub(crate) fn unwrap(
        &self,
        person: &str,
        passphrase: &Passphrase,
    ) -> Result<(AccountId, VaultKey), OpenFault> {
        self.unwrap_at(person, passphrase)
            .map(|(account, key, _)| (account, key))
    }

    /// The same with the place of the slot that opened: a change that was cut short left two.
    pub(crate) fn unwrap_at(
        &self,
        person: &str,
        passphrase: &Passphrase,
    ) -> Result<(AccountId, VaultKey, usize), OpenFault> {
        let mut refused = None;
        for (place, slot) in self.slots.iter().enumerate() {
            if slot.person != person {
                continue;
            }
            match self.unwrap_slot(Some(slot), passphrase) {
                Ok((account, key)) => return Ok((account, key, place)),
                Err(fault) => refused = Some(fault),
            }
        }
        match refused {
            Some(fault) => Err(fault),
            None => self
                .unwrap_slot(None, passphrase)
                .map(|(account, key)| (account, key, 0)),
        }
    }

    /// Unwraps the vault key with the code of the recovery sheet.
    pub(crate) fn unwrap_recovery(&self, code: &Passphrase) -> Result<VaultKey, OpenFault> {
        self.unwrap_slot(self.recovery.as_ref(), code)
            .map(|(_, key)| key)
    }

    fn unwrap_slot(
        &self,
        slot: Option<&Slot>,
        passphrase: &Passphrase,
    ) -> Result<(AccountId, VaultKey), OpenFault> {
        let Some(slot) = slot else {
            derive(passphrase, &[0; 16], Cost::NEW)?;
            return Err(OpenFault::Refused);
        };
        let unusable = |what: &dyn std::fmt::Display| OpenFault::NotAVault {
            detail: format!("key slot of {:?}: {what}", slot.person),
        };
        let decode = |text: &str| STANDARD.decode(text).map_err(|fault| unusable(&fault));
        let (salt, nonce, wrapped) = (
            decode(&slot.salt)?,
            decode(&slot.nonce)?,
            decode(&slot.wrapped)?,
        );
        let nonce: [u8; 12] = nonce.try_into().map_err(|_| unusable(&"nonce length"))?;
        let wrapping = derive(passphrase, &salt, slot.cost())?;
        let associated = self.associated(slot.account);
        let key = Aes256Gcm::new((&*wrapping).into())
            .decrypt(
                (&nonce).into(),
                Payload {
                    msg: &wrapped,
                    aad: &associated,
                },
            )
            .map(Zeroizing::new)
            .map_err(|_| OpenFault::Refused)?;
        let key: [u8; 32] = key.as_slice().try_into().map_err(|_| OpenFault::Refused)?;
        Ok((slot.account, VaultKey(Zeroizing::new(key))))
    }

    fn associated(&self, account: AccountId) -> Vec<u8> {
        format!("{FORMAT}|{}|{}|{account}", self.vault, self.kind.code()).into_bytes()
    }
}

/// Makes a rename durable where folders can be synced.
pub(crate) fn sync_folder(path: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::File::open(folder)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}
