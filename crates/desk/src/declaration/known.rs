//! What is known of every declaration of the open vault, for the search of duplicates: read once,
//! then kept up with each saving, so that autosave does not read the whole vault.

use crate::failure;
use luguo_domain::{Declaration, DeclarationId, duplicate::Known};
use luguo_ipc::Failure;
use luguo_store::Vault;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The declarations of the open vault; nothing before the first look.
#[derive(Default)]
pub(crate) struct KnownDeclarations(Mutex<Option<Vec<Known>>>);

impl KnownDeclarations {
    /// Looks at all of them.
    pub(crate) fn among<T>(
        &self,
        vault: &Vault,
        look: impl FnOnce(&[Known]) -> T,
    ) -> Result<T, Failure> {
        let mut known = self.lock();
        if known.is_none() {
            let mut found = Vec::new();
            vault
                .each_form(&mut |id, form| found.push(Known::of(id, &form)))
                .map_err(failure::store)?;
            *known = Some(found);
        }
        Ok(look(known.as_deref().unwrap_or_default()))
    }

    /// Takes note of a form that was saved.
    pub(crate) fn learn(&self, id: DeclarationId, form: &Declaration) {
        if let Some(known) = self.lock().as_mut() {
            let now = Known::of(id, form);
            match known.iter_mut().find(|known| known.id == id) {
                Some(known) => *known = now,
                None => known.push(now),
            }
        }
    }

    /// Forgets everything: another vault, or rows that went.
    pub(crate) fn forget(&self) {
        *self.lock() = None;
    }

    fn lock(&self) -> MutexGuard<'_, Option<Vec<Known>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
