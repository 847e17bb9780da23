//! The beginning that most stories share: a vault with a preparer and a reviewer, a filled
//! form with the evidence it needs.

use crate::{
    ctl::Ctl,
    endpoint::{ACCOUNT, BUREAU, Endpoint, PASSWORD, UNIT},
    files::{declaration, fixtures, write_noise},
};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Who fills in.
pub const PREPARER: &str = "王敏";
/// Who reviews.
pub const REVIEWER: &str = "李国强";
/// The preparer's passphrase.
pub const PREPARER_PASSPHRASE: &str = "Hai-Yang-2026-shan";
/// The reviewer's passphrase.
pub const REVIEWER_PASSPHRASE: &str = "Shen-He-2026-qing";

/// A unit's vault in a temporary folder.
pub struct Desk {
    /// The folder; removed at the end.
    pub folder: tempfile::TempDir,
    /// The vault's file.
    pub vault: PathBuf,
    /// The preparer's terminal.
    pub preparer: Ctl,
    /// The reviewer's terminal.
    pub reviewer: Ctl,
}

impl Desk {
    /// Makes the vault and both people.
    ///
    /// # Panics
    /// When the terminal program refuses.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let vault = folder.path().join("unit.luguo");
        let preparer = Ctl::new(folder.path(), &vault, PREPARER, PREPARER_PASSPHRASE);
        let reviewer = Ctl::new(folder.path(), &vault, REVIEWER, REVIEWER_PASSPHRASE);
        let path = vault.to_str().unwrap();
        preparer.done(&[
            "vault", "create", path, "--user", PREPARER, "--unit", UNIT, "--city", "370200",
        ]);
        preparer.done(&[
            "account",
            "add",
            REVIEWER,
            "--role",
            "unit-reviewer",
            "--new-passphrase-file",
            reviewer.passphrase_file().to_str().unwrap(),
        ]);
        Self {
            folder,
            vault,
            preparer,
            reviewer,
        }
    }

    /// Imports one of the three complete declarations; returns its id.
    ///
    /// # Panics
    /// When the import is refused.
    pub fn import(&self, name: &str) -> String {
        let path = declaration(name);
        let answer = self
            .preparer
            .done(&["declaration", "import", path.to_str().unwrap()]);
        answer["id"].as_str().unwrap().to_owned()
    }

    /// Attaches small evidence to everything that needs it and answers every 核实性 finding.
    ///
    /// # Panics
    /// When something is refused.
    pub fn complete(&self, id: &str) {
        self.complete_but(id, None);
    }

    /// The same, leaving one claim without its proof.
    ///
    /// # Panics
    /// When something is refused.
    pub fn complete_but(&self, id: &str, left_out: Option<&str>) {
        let shown = self.preparer.done(&["declaration", "show", id]);
        for (n, claim) in shown["check"]["claims"]
            .as_array()
            .unwrap()
            .iter()
            .enumerate()
        {
            let name = claim["claim"].as_str().unwrap();
            if left_out == Some(name) {
                continue;
            }
            let file = self.file(&format!("佐证 {n}.pdf"), 20_000 + n * 1000, n as u64 + 1);
            self.attach(id, &file, name);
        }
        self.answer(id);
    }

    /// Attaches the papers that `cargo xtask fixtures` made for one of the three declarations
    /// and answers every 核实性 finding.
    ///
    /// # Panics
    /// When something is refused.
    pub fn prove(&self, id: &str, name: &str, left_out: Option<&str>) {
        let folder = fixtures().join("demonstration").join(
            Path::new(name)
                .file_stem()
                .expect("a declaration has a name"),
        );
        let papers: Value =
            serde_json::from_slice(&std::fs::read(folder.join("papers.json")).unwrap()).unwrap();
        for paper in papers.as_array().unwrap() {
            let claim = paper["claim"].as_str().unwrap();
            if left_out != Some(claim) {
                self.attach(id, &folder.join(paper["file"].as_str().unwrap()), claim);
            }
        }
        self.answer(id);
    }

    /// Answers every 核实性 finding that stands.
    ///
    /// # Panics
    /// When something is refused.
    pub fn answer(&self, id: &str) {
        let shown = self.preparer.done(&["declaration", "show", id]);
        for finding in shown["check"]["findings"].as_array().unwrap() {
            if finding["tier"] == "verify" {
                self.preparer.done(&[
                    "declaration",
                    "answer",
                    id,
                    "--code",
                    finding["code"].as_str().unwrap(),
                    "--path",
                    finding["path"].as_str().unwrap(),
                    "--reason",
                    "已与主管部门电话确认，材料留存本单位备查。",
                ]);
            }
        }
    }

    /// Writes a file into the folder.
    pub fn file(&self, name: &str, size: usize, seed: u64) -> PathBuf {
        let path = self.folder.path().join(name);
        write_noise(&path, size, seed);
        path
    }

    /// Attaches a file.
    ///
    /// # Panics
    /// When it is refused.
    pub fn attach(&self, id: &str, file: &Path, claim: &str) -> Value {
        self.preparer.done(&[
            "evidence",
            "add",
            id,
            file.to_str().unwrap(),
            "--claim",
            claim,
        ])
    }

    /// Submits and approves.
    ///
    /// # Panics
    /// When something is refused.
    pub fn approve(&self, id: &str) {
        self.preparer.done(&["declaration", "submit", id]);
        self.reviewer.done(&["review", "approve", id]);
    }

    /// A complete, approved declaration with one file of `size` bytes more; returns its id.
    ///
    /// # Panics
    /// When something is refused.
    pub fn approved(&self, size: usize) -> String {
        let id = self.import("key-technology.json");
        self.complete(&id);
        if size > 0 {
            let file = self.file("试验录像.mp4", size, 77);
            self.attach(&id, &file, "summary");
        }
        self.approve(&id);
        id
    }

    /// Signs in at an endpoint address.
    ///
    /// # Panics
    /// When it is refused.
    pub fn sign_in(&self, url: &str) {
        self.sign_in_as(&self.preparer, url, ACCOUNT);
    }

    /// A reviewer signs the desk in as the unit's bureau.
    ///
    /// # Panics
    /// When it is refused.
    pub fn sign_in_as_bureau(&self, url: &str) {
        self.sign_in_as(&self.reviewer, url, BUREAU);
    }

    fn sign_in_as(&self, person: &Ctl, url: &str, account: &str) {
        let password = self.folder.path().join("endpoint.password");
        std::fs::write(&password, PASSWORD).unwrap();
        person.done(&[
            "sync",
            "login",
            "--endpoint",
            url,
            "--account",
            account,
            "--password-file",
            password.to_str().unwrap(),
        ]);
    }

    /// The first item of the outbox.
    ///
    /// # Panics
    /// When there is none.
    pub fn item(&self) -> Value {
        let status = self.preparer.call(&["sync", "status"]).json;
        status["items"][0].clone()
    }
}

impl Default for Desk {
    fn default() -> Self {
        Self::new()
    }
}

/// Checks that the endpoint holds exactly one package, whose contents are all there and agree
/// with their digests, and nothing else.
///
/// # Panics
/// When it does not.
pub fn holds_exactly_one_whole_package(endpoint: &Endpoint) {
    let packages = endpoint.packages();
    assert_eq!(packages.len(), 1, "exactly one package: {packages:?}");
    assert_eq!(packages[0]["state"], "received");
    let mut expected: Vec<String> = packages[0]["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["sha256"].as_str().unwrap().to_owned())
        .collect();
    expected.sort();
    expected.dedup();
    let mut held = Vec::new();
    for blob in endpoint.blobs() {
        let name = blob.file_name().unwrap().to_str().unwrap().to_owned();
        assert_eq!(sha256(&blob), name, "a content agrees with its digest");
        held.push(name);
    }
    held.sort();
    assert_eq!(
        held, expected,
        "no content is missing and none is an orphan"
    );
}

/// SHA-256 by the system's own program, not by ours.
///
/// # Panics
/// When it is not installed.
pub fn sha256(file: &Path) -> String {
    let output = std::process::Command::new("sha256sum")
        .arg(file)
        .output()
        .expect("sha256sum is part of every Debian");
    String::from_utf8_lossy(&output.stdout)
        .split_whitespace()
        .next()
        .unwrap()
        .trim_start_matches('\\')
        .to_owned()
}
