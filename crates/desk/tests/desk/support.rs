//! A desk on a bare machine.

use chrono::{DateTime, NaiveDate, Utc};
use luguo_desk::{Desk, Dialogs, Host, VaultKind};
use luguo_ipc::{Failure, FailureCode};
use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

pub const PREPARER: &str = "王敏";
pub const REVIEWER: &str = "李国强";
pub const PASSPHRASE: &str = "Hai-Yang-2026-shan";
pub const UNIT: &str = "青岛海洋装备研究院";

/// Answers every dialog with what the test laid ready.
#[derive(Default)]
pub struct Ready {
    pub place: Mutex<Option<PathBuf>>,
    pub files: Mutex<Vec<PathBuf>>,
}

impl Dialogs for Ready {
    fn pick_files(&self, _multiple: bool, _title: &str) -> Vec<PathBuf> {
        self.files.lock().unwrap().clone()
    }

    fn pick_place(&self, _file_name: &str, _title: &str) -> Option<PathBuf> {
        self.place.lock().unwrap().clone()
    }

    fn pick_folder(&self, _title: &str) -> Option<PathBuf> {
        self.place.lock().unwrap().clone()
    }
}

/// A desk, its folder, and what its dialogs answer.
pub struct Bench {
    pub desk: Desk,
    pub dialogs: Arc<Ready>,
    pub folder: tempfile::TempDir,
}

/// The wall clock of every test: 10 November 2026, a collection day.
pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 10).unwrap()
}

/// A program that was built beside this test: `cargo xtask test` builds all of them first.
fn beside(name: &str) -> PathBuf {
    let mut folder = std::env::current_exe().unwrap();
    folder.pop();
    folder.pop();
    folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

pub fn desk_in(folder: &Path, edition: VaultKind, dialogs: Arc<Ready>) -> Desk {
    let now: DateTime<Utc> = "2026-11-10T02:32:05Z".parse().unwrap();
    Desk::new(Host {
        edition,
        version: "0".to_owned(),
        clock: Arc::new(move || now),
        local_date: Arc::new(today),
        vaults: folder.to_owned(),
        fonts: Vec::new(),
        decoder: luguo_desk::decode::Program::of(beside("luguo-decode")),
        scanner: luguo_desk::scanner::here(),
        dialogs,
        #[cfg(feature = "network")]
        notices: Arc::new(luguo_desk::NoNotices),
        #[cfg(feature = "network")]
        connector: Arc::new(NoNetwork),
    })
}

#[cfg(feature = "network")]
struct NoNetwork;

#[cfg(feature = "network")]
impl luguo_desk::Connector for NoNetwork {
    fn connect(
        &self,
        _url: &str,
    ) -> Result<Arc<dyn luguo_desk::wire::ProvincialEndpoint>, luguo_desk::wire::Refusal> {
        Err(luguo_desk::wire::Refusal::Unreachable {
            detail: "no network on the bench".to_owned(),
        })
    }

    fn run(&self, _work: std::pin::Pin<Box<dyn Future<Output = ()> + Send + '_>>) {}
}

impl Bench {
    /// Nothing made yet.
    pub fn bare(edition: VaultKind) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dialogs = Arc::new(Ready::default());
        let desk = desk_in(folder.path(), edition, Arc::clone(&dialogs));
        Self {
            desk,
            dialogs,
            folder,
        }
    }

    /// A vault with its preparer, who is at work.
    pub fn ready() -> Self {
        let bench = Self::bare(VaultKind::Open);
        bench.make_vault(None);
        bench
    }

    pub fn make_vault(&self, place: Option<&Value>) -> Value {
        self.done(
            "vault_create",
            json!({
                "place": place,
                "person": PREPARER,
                "passphrase": PASSPHRASE,
                "unit": { "name": UNIT, "direct_reporting": false, "city": "370200" },
            }),
        )
    }

    /// Calls a command and expects an answer.
    pub fn done(&self, name: &str, request: Value) -> Value {
        match self.desk.dispatch(name, request) {
            Ok(answer) => answer,
            Err(failure) => panic!("{name}: {failure:?}"),
        }
    }

    /// Calls a command and expects a refusal.
    pub fn refused(&self, name: &str, request: Value, code: FailureCode) -> Failure {
        let failure = self
            .desk
            .dispatch(name, request)
            .expect_err("the command is refused");
        assert_eq!(failure.code, code, "{failure:?}");
        assert!(
            failure.message.ends_with('。'),
            "a sentence: {}",
            failure.message
        );
        failure
    }

    /// Takes one of the three complete declarations in.
    pub fn import(&self, name: &str) -> Value {
        let path = format!(
            "{}/../../tests/fixtures/declarations/{name}",
            env!("CARGO_MANIFEST_DIR")
        );
        let token = self.desk.adopt_file(path.into()).token;
        self.done("declaration_import", json!({ "file": token }))
    }

    /// Attaches bytes to claims and waits for the job's end; returns the job.
    pub fn attach(&self, id: &Value, name: &str, bytes: &[u8], claims: &[&str]) -> Value {
        use base64::Engine as _;
        let picked = self.done(
            "file_put",
            json!({ "name": name, "base64": base64::engine::general_purpose::STANDARD.encode(bytes) }),
        );
        let job = self.done(
            "evidence_add",
            json!({ "declaration": id, "files": [picked["token"]], "claims": claims }),
        );
        self.wait(&job["id"])
    }

    /// Waits for a job.
    pub fn wait(&self, job: &Value) -> Value {
        loop {
            let view = self.done("job_status", json!({ "id": job }));
            if view["state"] != "running" {
                return view;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }

    /// Everything that needs proof gets it, and each 核实性 finding its reason.
    pub fn complete(&self, id: &Value) -> Value {
        let shown = self.done("declaration_show", json!({ "id": id }));
        for (n, claim) in shown["check"]["claims"]
            .as_array()
            .unwrap()
            .iter()
            .enumerate()
        {
            let claim = claim["claim"].as_str().unwrap();
            self.attach(
                id,
                &format!("佐证 {n}.txt"),
                format!("proof {n}").as_bytes(),
                &[claim],
            );
        }
        let shown = self.done("declaration_show", json!({ "id": id }));
        let answers: Vec<_> = shown["check"]["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| {
                json!({ "code": finding["code"], "path": finding["path"], "reason": "已核对原件。" })
            })
            .collect();
        self.done(
            "declaration_save",
            json!({ "id": id, "version": shown["version"], "form": shown["form"], "answers": answers }),
        );
        self.done("declaration_show", json!({ "id": id }))
    }
}
