//! The desk: what is open, and what the use cases are given.

use crate::{
    declaration::KnownDeclarations, document::PrintRoom, host::Host, intake::Intake, jobs::Jobs,
};
use luguo_domain::Moment;
use luguo_ipc::{Failure, FailureCode, PickedFileView, dispatch_core};
use luguo_store::Vault;
use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

/// One running desk.
pub struct Desk {
    pub(crate) host: Host,
    pub(crate) intake: Arc<Intake>,
    pub(crate) jobs: Jobs,
    pub(crate) known: KnownDeclarations,
    pub(crate) print: PrintRoom,
    open: Mutex<Option<Vault>>,
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
            open: Mutex::new(None),
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
        if let Some(outcome) = dispatch_core(self, name, request.clone()) {
            return outcome;
        }
        #[cfg(feature = "network")]
        if let Some(outcome) = luguo_ipc::dispatch_network(self, name, request) {
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

    /// The open vault.
    pub(crate) fn vault(&self) -> Result<Vault, Failure> {
        self.peek()
            .ok_or_else(|| Failure::new(FailureCode::Locked, "保管库已锁定，请先输入密码打开。"))
    }

    pub(crate) fn peek(&self) -> Option<Vault> {
        self.open
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Opens a vault in place of the one that is open.
    pub(crate) fn put(&self, vault: Option<Vault>) {
        self.jobs.cancel_all();
        self.known.forget();
        self.print.forget();
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = vault;
    }

    pub(crate) fn now(&self) -> Moment {
        (self.host.clock)()
    }
}
