//! The sync centre: sign-in, what the outbox does, why something waits, receipts. Nobody has to
//! ask for a sync; the host's loop calls [`Desk::background_tick`], and online or offline is
//! noticed by trying.

use crate::{desk::Desk, failure, received, ruling};
use luguo_domain::{Moment, Sha256Digest};
use luguo_ipc::{
    CheckView, ConnectionState, DeclarationRequest, Failure, FailureCode, NetworkCommands, Nothing,
    OutboxItemView, OutboxStepView, PackageRequest, ReceiptFileView, ReceiptView, RemindedView,
    SignInState, SyncLoginRequest, SyncStatusView,
};
use luguo_store::{EndpointRow, OutboxRow, OutboxStep, Vault};
use luguo_sync::{Connection, LoginFault, Options, PullReport, RulingReport, RunReport};
use luguo_wire::{Receipt, Refusal};
use std::{
    future::poll_fn,
    pin::pin,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    task::Poll,
};

/// What is known of the connection in this run.
pub(crate) struct Line {
    /// One pass at a time.
    pass: Mutex<()>,
    /// How often another vault was opened, or this one closed.
    vaults: AtomicU64,
    state: Mutex<LineState>,
}

#[derive(Clone, Copy)]
struct LineState {
    connection: ConnectionState,
    next_try: Option<Moment>,
    next_pull: Option<Moment>,
    next_rulings: Option<Moment>,
    asked: bool,
}

impl LineState {
    fn connected(&mut self, connection: Connection) {
        match connection {
            Connection::NotTried => {}
            Connection::Online | Connection::SignInNeeded => {
                self.connection = ConnectionState::Online;
            }
            Connection::Offline => self.connection = ConnectionState::Offline,
        }
    }
}

impl Default for Line {
    fn default() -> Self {
        Self {
            pass: Mutex::default(),
            vaults: AtomicU64::new(0),
            state: Mutex::new(LineState {
                connection: ConnectionState::Unknown,
                next_try: None,
                next_pull: None,
                next_rulings: None,
                asked: false,
            }),
        }
    }
}

impl Line {
    fn state(&self) -> LineState {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One pass at a time, out or in.
    pub(crate) fn one_pass(&self) -> MutexGuard<'_, ()> {
        self.pass.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The vault was closed or another one opened: a pass that runs is dropped, and the next one looks
    /// at once.
    pub(crate) fn another_vault(&self) {
        self.vaults.fetch_add(1, Ordering::SeqCst);
        self.note(|state| {
            state.next_try = None;
            state.next_pull = None;
            state.next_rulings = None;
        });
    }

    /// Which vault is open, for [`Line::while_open`].
    pub(crate) fn opened(&self) -> u64 {
        self.vaults.load(Ordering::SeqCst)
    }

    /// Works while the vault of `opened` is open. Nothing goes on in a vault that was locked; every
    /// pass may be dropped where it waits.
    pub(crate) async fn while_open<T>(
        &self,
        opened: u64,
        work: impl Future<Output = T>,
    ) -> Option<T> {
        let mut work = pin!(work);
        poll_fn(|context| {
            if self.opened() == opened {
                work.as_mut().poll(context).map(Some)
            } else {
                Poll::Ready(None)
            }
        })
        .await
    }

    /// When it is worth while to fetch again.
    pub(crate) fn next_pull(&self) -> Option<Moment> {
        self.state().next_pull
    }

    /// Notes what came of fetching.
    pub(crate) fn note_pull(&self, report: &PullReport) {
        self.note(|state| {
            state.next_pull = report.next_try;
            state.connected(report.connection);
        });
    }

    /// When it is worth while to hand in rulings and to ask for them again.
    pub(crate) fn next_rulings(&self) -> Option<Moment> {
        self.state().next_rulings
    }

    /// Something was ruled: it does not wait for the next look.
    pub(crate) fn rulings_at_once(&self) {
        self.note(|state| state.next_rulings = None);
    }

    /// Notes what came of handing in rulings.
    pub(crate) fn note_rulings(&self, report: &RulingReport) {
        self.note(|state| {
            state.next_rulings = report.next_try;
            state.connected(report.connection);
        });
    }

    fn note(&self, change: impl FnOnce(&mut LineState)) {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Desk {
    /// Lets the outbox try, and fetches what was assigned, when something is due or somebody asked.
    /// Blocks while it does.
    pub fn background_tick(&self) {
        let Some(vault) = self.peek() else {
            return;
        };
        let state = self.line.state();
        if state.asked || is_due(&vault, state, self.now()) {
            self.run_outbox();
        }
        if state.asked || ruling::is_due(self, &vault, self.now()) {
            self.run_rulings();
        }
        if state.asked || received::is_due(&vault, &self.line, self.now()) {
            self.run_pull();
        }
    }

    /// Passes over the outbox once, now.
    pub fn run_outbox(&self) -> Option<RunReport> {
        let _one = self.line.one_pass();
        let opened = self.line.opened();
        let vault = self.peek()?;
        let endpoint = vault.endpoint().ok().flatten()?;
        self.line.note(|state| state.asked = false);
        let connection = self.host.connector.connect(&endpoint.url).ok()?;
        let mut report = None;
        let clock = self.host.clock.clone();
        self.host.connector.run(Box::pin(async {
            let options = Options::default();
            let pass = luguo_sync::run_once(&vault, connection.as_ref(), &*clock, &options);
            report = self.line.while_open(opened, pass).await;
        }));
        let report = report?;
        self.line.note(|state| {
            state.next_try = report.next_try;
            state.connected(report.connection);
        });
        Some(report)
    }
}

/// Whether a package may be tried now. Packages that wait for a sign-in are not.
fn is_due(vault: &Vault, line: LineState, now: Moment) -> bool {
    let signed_in = matches!(
        vault.endpoint(),
        Ok(Some(EndpointRow { token: Some(_), .. }))
    );
    let due = vault.outbox().is_ok_and(|rows| {
        rows.iter().any(|row| {
            row.step != OutboxStep::ReceiptVerified
                && !row.held
                && row.next_try.is_none_or(|next| next <= now)
        })
    });
    signed_in && (due || line.next_try.is_some_and(|next| next <= now))
}

impl NetworkCommands for Desk {
    fn sync_status(&self, _: Nothing) -> Result<SyncStatusView, Failure> {
        status(self)
    }

    fn sync_login(&self, request: SyncLoginRequest) -> Result<SyncStatusView, Failure> {
        login(self, &request)?;
        status(self)
    }

    fn sync_logout(&self, _: Nothing) -> Result<SyncStatusView, Failure> {
        self.vault()?.forget_token().map_err(failure::store)?;
        status(self)
    }

    fn sync_now(&self, _: Nothing) -> Result<SyncStatusView, Failure> {
        let vault = self.vault()?;
        vault.outbox_release(self.now()).map_err(failure::store)?;
        vault.pull_release().map_err(failure::store)?;
        vault.ruling_release().map_err(failure::store)?;
        self.line.note(|state| state.asked = true);
        status(self)
    }

    fn today_remind(&self, _: Nothing) -> Result<RemindedView, Failure> {
        crate::reminder::remind(self)
    }

    fn declaration_elsewhere(&self, request: DeclarationRequest) -> Result<CheckView, Failure> {
        crate::declaration::ask_elsewhere(self, request.id)
    }

    fn receipt_show(&self, request: PackageRequest) -> Result<ReceiptView, Failure> {
        receipt(&self.vault()?, &request)
    }
}

fn login(desk: &Desk, request: &SyncLoginRequest) -> Result<(), Failure> {
    let vault = desk.vault()?;
    let url = request.endpoint.trim().trim_end_matches('/');
    let endpoint = desk.host.connector.connect(url).map_err(refused)?;
    let now = desk.now();
    let mut outcome = None;
    desk.host.connector.run(Box::pin(async {
        outcome = Some(
            luguo_sync::login(
                &vault,
                endpoint.as_ref(),
                url,
                request.account.trim(),
                request.password.as_str(),
                now,
            )
            .await,
        );
    }));
    match outcome {
        Some(Ok(())) => {}
        Some(Err(fault)) => return Err(not_signed_in(fault)),
        None => {
            return Err(Failure::new(FailureCode::Defect, "登录没有完成，请重试。"));
        }
    }
    vault.outbox_release(now).map_err(failure::store)?;
    vault.pull_release().map_err(failure::store)?;
    vault.ruling_release().map_err(failure::store)?;
    desk.line.note(|state| {
        state.connection = ConnectionState::Online;
        state.asked = true;
    });
    Ok(())
}

fn not_signed_in(fault: LoginFault) -> Failure {
    match fault {
        LoginFault::Classified => {
            Failure::new(FailureCode::Forbidden, "涉密保管库不登录任何接收端。")
        }
        LoginFault::OtherCertificate { pinned, offered } => Failure::new(
            FailureCode::OtherCertificate,
            "没有登录，密码没有送出：接收端的签名证书与首次登录时记下的不同。请先向接收端管理员核实证书。",
        )
        .with_detail(format!("pinned {pinned}, offered {offered}")),
        LoginFault::Refused(refusal) => refused(refusal),
        LoginFault::Store(fault) => failure::store(fault),
    }
}

pub(crate) fn refused(refusal: Refusal) -> Failure {
    let code = match refusal {
        Refusal::SignInRefused => {
            return Failure::new(
                FailureCode::SignInRefused,
                "账号或密码不对，没有登录。请核对后重试；多次输错会暂时锁定。",
            );
        }
        Refusal::Unreachable { .. } => FailureCode::Offline,
        Refusal::NotAnEndpoint { .. }
        | Refusal::PlainHttp
        | Refusal::SignInEnded
        | Refusal::Forbidden { .. }
        | Refusal::Unknown
        | Refusal::OtherManifest { .. }
        | Refusal::OtherOffset
        | Refusal::Busy { .. }
        | Refusal::Server { .. }
        | Refusal::EndpointFull
        | Refusal::BlobsMissing { .. }
        | Refusal::Rejected { .. }
        | Refusal::OtherProtocol { .. } => FailureCode::Endpoint,
    };
    Failure::new(code, luguo_sync::Reason::of(&refusal).sentence()).with_detail(refusal)
}

fn status(desk: &Desk) -> Result<SyncStatusView, Failure> {
    let vault = desk.vault()?;
    let endpoint = vault.endpoint().map_err(failure::store)?;
    let items: Vec<_> = vault
        .outbox()
        .map_err(failure::store)?
        .into_iter()
        .map(item)
        .collect();
    let line = desk.line.state();
    let authority = endpoint.as_ref().is_some_and(|row| row.authority);
    let coming = match authority {
        // Nothing is said of what was not asked for yet.
        true if line.next_pull.is_some() => Some(vault.pulls().map_err(failure::store)?.len()),
        _ => None,
    };
    let sign_in = match &endpoint {
        None => SignInState::Never,
        Some(EndpointRow { token: Some(_), .. }) => SignInState::SignedIn,
        Some(_) => SignInState::Expired,
    };
    Ok(SyncStatusView {
        summary: summary(&items, coming, sign_in, line.connection),
        certificate: endpoint
            .as_ref()
            .and_then(|row| luguo_sealed::Certificate::from_pem(&row.certificate_pem).ok())
            .map(|certificate| certificate.fingerprint()),
        endpoint: endpoint
            .as_ref()
            .map(|row| row.url.clone())
            .unwrap_or_default(),
        account: endpoint.map(|row| row.account).unwrap_or_default(),
        sign_in,
        connection: line.connection,
        next_try: line.next_try.map(|time| time.to_rfc3339()),
        items,
    })
}

/// One sentence for the status bar.
fn summary(
    items: &[OutboxItemView],
    coming: Option<usize>,
    sign_in: SignInState,
    connection: ConnectionState,
) -> String {
    let open = items
        .iter()
        .filter(|item| item.step != OutboxStepView::ReceiptVerified)
        .count();
    let held = items
        .iter()
        .filter(|item| item.step == OutboxStepView::Held)
        .count();
    let line = match (sign_in, connection) {
        (SignInState::Never, _) => "未登录接收端",
        (SignInState::Expired, _) => "登录已失效",
        (SignInState::SignedIn, ConnectionState::Online) => "在线",
        (SignInState::SignedIn, ConnectionState::Offline) => "离线",
        (SignInState::SignedIn, ConnectionState::Unknown) => "尚未连接",
    };
    let packages = match (items.len(), open, held) {
        (0, _, _) if coming == Some(0) => "分配来审核的成果包都已收下".to_owned(),
        (0, _, _) if coming.is_some() => {
            format!("{} 个成果包正在收下", coming.unwrap_or_default())
        }
        (0, _, _) => "没有要送出的成果包".to_owned(),
        (_, 0, _) => "成果包都已送达".to_owned(),
        (_, open, 0) => format!("{open} 个成果包等待送出，其余已送达"),
        (_, open, held) => format!("{open} 个成果包未送达，其中 {held} 个需要处理"),
    };
    format!("{line} · {packages}")
}

fn item(row: OutboxRow) -> OutboxItemView {
    let (step, step_label) = match (row.held, row.step) {
        (true, _) => (OutboxStepView::Held, "需要处理"),
        (false, OutboxStep::Frozen) => (OutboxStepView::Frozen, "已冻结，等待送出"),
        (false, OutboxStep::Announced) => (OutboxStepView::Announced, "已登记清单"),
        (false, OutboxStep::Uploading) => (OutboxStepView::Uploading, "正在传送"),
        (false, OutboxStep::Committed) => (OutboxStepView::Committed, "已全部到达，等待回执"),
        (false, OutboxStep::ReceiptVerified) => {
            (OutboxStepView::ReceiptVerified, "已送达，回执已核验")
        }
    };
    OutboxItemView {
        package: row.package,
        declaration: row.declaration,
        name: row.name,
        revision: row.revision,
        step,
        step_label: step_label.to_owned(),
        sent: row.sent.min(row.total),
        total: row.total,
        reason: row.wait_message,
        next_try: row.next_try.map(|time| time.to_rfc3339()),
        changed_at: row.changed_at.to_rfc3339(),
    }
}

fn receipt(vault: &Vault, request: &PackageRequest) -> Result<ReceiptView, Failure> {
    let unreadable = |detail: &dyn std::fmt::Display| {
        Failure::new(FailureCode::VaultUnusable, "回执读不出来，请联系维护人员。")
            .with_detail(detail)
    };
    let stored = vault
        .receipt(request.package)
        .map_err(failure::store)?
        .ok_or_else(|| Failure::new(FailureCode::NotFound, "还没有收到回执，送达后会自动出现。"))?;
    let receipt: Receipt =
        serde_json::from_str(&stored.receipt).map_err(|fault| unreadable(&fault))?;
    let certificate = luguo_sealed::Certificate::from_pem(&stored.certificate_pem)
        .map_err(|fault| unreadable(&fault))?;
    let name = vault
        .outbox()
        .map_err(failure::store)?
        .into_iter()
        .find(|row| row.package == request.package)
        .map(|row| row.name)
        .unwrap_or_default();
    Ok(ReceiptView {
        package: request.package,
        number: receipt.number,
        name,
        receiver: receipt.receiver,
        submitted_at: receipt.submitted_at.to_rfc3339(),
        received_at: receipt.received_at.to_rfc3339(),
        files: receipt
            .files
            .into_iter()
            .map(|file| ReceiptFileView {
                path: file.path,
                name: file.name,
                size: file.size,
                sha256: Sha256Digest::to_hex(file.sha256),
            })
            .collect(),
        certificate: certificate.fingerprint(),
        desk_audit_head: receipt.desk_audit_head,
        endpoint_audit_head: receipt.endpoint_audit_head,
    })
}
