//! The desk: what is open, and what the use cases are given.

use crate::{
    care,
    content::{ContentRefusal, OpenedContents, ServedContent},
    declaration::KnownDeclarations,
    document::PrintRoom,
    host::Host,
    intake::Intake,
    jobs::Jobs,
    scan::Seen,
};
use luguo_domain::{DeclarationId, Moment};
use luguo_ipc::{Failure, FailureCode, PickedFileView, dispatch_core};
use luguo_store::{Rescue, Rescued, Vault};
use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

/// An open vault, and why its passphrase has to be changed before anything else.
#[derive(Clone)]
struct Opened {
    vault: Vault,
    passphrase_due: Option<String>,
}

/// One running desk.
pub struct Desk {
    pub(crate) host: Host,
    pub(crate) intake: Arc<Intake>,
    pub(crate) jobs: Jobs,
    pub(crate) known: KnownDeclarations,
    pub(crate) print: PrintRoom,
    pub(crate) contents: OpenedContents,
    pub(crate) scanned: Seen,
    open: Mutex<Option<Opened>>,
    /// The classified declaration that was shown last: a look that goes on is one look.
    looked_at: Mutex<Option<DeclarationId>>,
    pub(crate) rescue: Mutex<Option<(Rescue, Rescued)>>,
    #[cfg(feature = "network")]
    pub(crate) line: crate::outbox::Line,
}

impl Desk {
    /// A desk with nothing open.
    pub fn new(host: Host) -> Self {
        Self {
            host,
            intake: Arc::default(),
            jobs: Jobs::default(),
            known: KnownDeclarations::default(),
            print: PrintRoom::default(),
            contents: OpenedContents::default(),
            scanned: Seen::default(),
            open: Mutex::new(None),
            looked_at: Mutex::new(None),
            rescue: Mutex::new(None),
            #[cfg(feature = "network")]
            line: crate::outbox::Line::default(),
        }
    }

    /// Calls a use case by name with a JSON request.
    ///
    /// # Errors
    /// The use case's failure; [`FailureCode::Unknown`] when this edition has no such command.
    pub fn dispatch(
        &self,
        name: &str,
        request: serde_json::Value,
    ) -> Result<serde_json::Value, Failure> {
        // Handed from list to list, never copied: it may hold a passphrase.
        let outcome = dispatch_core(self, name, request)
            .or_else(|request| luguo_ipc::dispatch_classified(self, name, request));
        #[cfg(feature = "network")]
        let outcome = outcome.or_else(|request| luguo_ipc::dispatch_network(self, name, request));
        if let Ok(outcome) = outcome {
            return outcome;
        }
        Err(Failure::new(FailureCode::Unknown, "这个版本没有这项功能。")
            .with_detail(format!("command {name}")))
    }

    /// Gives a file that the host learned of (dropped, named on the command line) a token.
    pub fn adopt_file(&self, path: PathBuf) -> PickedFileView {
        self.intake.adopt(path)
    }

    /// The path behind a token, for hosts that hand files on.
    pub fn path_of(&self, token: &str) -> Option<PathBuf> {
        self.intake.path(token)
    }

    /// Serves a piece of an opened content: `token/offset/length`, or `token/page/number/width`
    /// for a page of a TIFF as PNG.
    ///
    /// # Errors
    /// [`ContentRefusal`]: no such content is open, or it cannot be read.
    pub fn serve_content(&self, path: &str) -> Result<ServedContent, ContentRefusal> {
        self.contents.serve(path)
    }

    /// The open vault.
    pub(crate) fn vault(&self) -> Result<Vault, Failure> {
        let opened = self
            .lock()
            .clone()
            .ok_or_else(|| Failure::new(FailureCode::Locked, "保管库已锁定，请先输入密码打开。"))?;
        match opened.passphrase_due {
            None => Ok(opened.vault),
            Some(why) => Err(Failure::new(FailureCode::PassphraseDue, why)),
        }
    }

    /// The open vault, also while its passphrase is due.
    pub(crate) fn peek(&self) -> Option<Vault> {
        self.lock().as_ref().map(|opened| opened.vault.clone())
    }

    /// Why the passphrase has to be changed.
    pub(crate) fn passphrase_due(&self) -> Option<String> {
        self.lock()
            .as_ref()
            .and_then(|opened| opened.passphrase_due.clone())
    }

    /// Whether this look begins now: another declaration, or none, was shown before.
    pub(crate) fn looks_anew(&self, id: DeclarationId) -> bool {
        *self
            .looked_at
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            != Some(id)
    }

    /// The look is on record.
    pub(crate) fn look_is_noted(&self, id: DeclarationId) {
        *self
            .looked_at
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(id);
    }

    /// Opens a vault in place of the one that is open.
    pub(crate) fn put(&self, vault: Option<Vault>) {
        self.jobs.cancel_all();
        self.known.forget();
        self.print.forget();
        self.contents.forget();
        self.scanned.forget();
        *self
            .looked_at
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = None;
        #[cfg(feature = "network")]
        self.line.another_vault();
        *self.rescue.lock().unwrap_or_else(PoisonError::into_inner) = None;
        let opened = vault.map(|vault| Opened {
            passphrase_due: care::passphrase_due(&vault, self.now()),
            vault,
        });
        *self.lock() = opened;
    }

    /// The passphrase was changed.
    pub(crate) fn passphrase_is_new(&self) {
        if let Some(opened) = self.lock().as_mut() {
            opened.passphrase_due = None;
        }
    }

    /// Closes the vault and waits for what was at work with it: for a host that is about to end.
    pub fn close(&self) {
        let vault = self.peek();
        self.let_go();
        if let Some(vault) = vault {
            vault.leave();
        }
    }

    /// Closes the vault and waits until no job holds it any more, so that it can be opened again.
    pub(crate) fn let_go(&self) {
        self.put(None);
        self.jobs.wait();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Opened>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn now(&self) -> Moment {
        (self.host.clock)()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // So that the next opening does not say that the program was killed.
        self.close();
    }
}
