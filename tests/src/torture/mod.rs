//! The torture harness: every system call of a save, an import, an approval and a backup is killed
//! or failed in turn, with strace, on a copy of a prepared vault. Afterwards the vault has to be
//! whole, and what was acknowledged has to be there.

pub mod power;

use crate::{
    ctl::{Ctl, read},
    programs::program,
    story::{Desk, PREPARER, PREPARER_PASSPHRASE, REVIEWER, REVIEWER_PASSPHRASE},
};
use serde_json::Value;
use std::{
    fmt,
    path::{Path, PathBuf},
    process::Command,
};

/// System calls that change files or make them durable.
const CALLS: [&str; 10] = [
    "pwrite64",
    "write",
    "fsync",
    "fdatasync",
    "ftruncate",
    "openat",
    "rename",
    "unlink",
    "mkdir",
    "fallocate",
];

/// What is done to one call.
const FAULTS: [&str; 3] = ["signal=SIGKILL", "error=ENOSPC", "error=EIO"];

/// What a person does meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Saves a form.
    Save,
    /// Takes a file in.
    Import,
    /// Approves a submitted revision.
    Approve,
    /// Makes a backup.
    Backup,
}

impl Deed {
    /// All of them.
    pub const ALL: [Deed; 4] = [Deed::Save, Deed::Import, Deed::Approve, Deed::Backup];

    fn arguments(self, ground: &Ground) -> Vec<String> {
        let text = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect();
        match self {
            Deed::Save => text(&[
                "declaration",
                "answer",
                &ground.draft,
                "--code",
                "torture",
                "--path",
                "name",
                "--reason",
                "断电前一瞬间写下的理由",
            ]),
            Deed::Import => text(&[
                "evidence",
                "add",
                &ground.draft,
                &ground.folder.path().join("材料.bin").to_string_lossy(),
                "--claim",
                "summary",
            ]),
            Deed::Approve => text(&["review", "approve", &ground.submitted]),
            Deed::Backup => text(&["vault", "backup", "BACKUPS"]),
        }
    }
}

/// What the points came to.
#[derive(Debug, Default, Clone)]
pub struct Score {
    /// Points tried.
    pub points: u32,
    /// Points at which the deed was acknowledged all the same.
    pub acknowledged: u32,
    /// Acknowledged, and not there afterwards.
    pub lost: Vec<String>,
    /// A form that is neither as before nor as after.
    pub half: Vec<String>,
    /// A vault that does not open or is not whole: pages, contents, orphans, audit records.
    pub broken: Vec<String>,
}

impl Score {
    /// Adds another one.
    pub fn add(&mut self, other: Score) {
        self.points += other.points;
        self.acknowledged += other.acknowledged;
        self.lost.extend(other.lost);
        self.half.extend(other.half);
        self.broken.extend(other.broken);
    }

    /// Whether nothing was lost.
    pub fn is_clean(&self) -> bool {
        self.lost.is_empty() && self.half.is_empty() && self.broken.is_empty()
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} points, {} acknowledged; lost acknowledged writes {}, half-written forms {}, vaults not whole {}",
            self.points,
            self.acknowledged,
            self.lost.len(),
            self.half.len(),
            self.broken.len()
        )?;
        for (what, list) in [
            ("lost", &self.lost),
            ("half", &self.half),
            ("broken", &self.broken),
        ] {
            for one in list {
                write!(f, "\n  {what}: {one}")?;
            }
        }
        Ok(())
    }
}

/// A prepared vault that every point gets a copy of.
pub struct Ground {
    folder: tempfile::TempDir,
    vault: PathBuf,
    draft: String,
    submitted: String,
    before: Value,
}

impl Ground {
    /// Makes it: a draft, a submitted declaration, two people.
    ///
    /// # Panics
    /// When the terminal program refuses.
    pub fn new() -> Self {
        let desk = Desk::new();
        let submitted = desk.import("key-technology.json");
        desk.complete(&submitted);
        desk.preparer.done(&["declaration", "submit", &submitted]);
        let draft = desk.import("basic-research.json");
        desk.file("材料.bin", 3 << 20, 5);
        let before = desk.preparer.done(&["declaration", "show", &draft]);
        Self {
            vault: desk.vault.clone(),
            folder: desk.folder,
            draft,
            submitted,
            before,
        }
    }

    /// A copy of the vault in a folder of its own.
    fn copy(&self) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        for suffix in ["", ".keys"] {
            let name = format!("unit.luguo{suffix}");
            std::fs::copy(self.vault.with_file_name(&name), folder.path().join(&name)).unwrap();
        }
        let vault = folder.path().join("unit.luguo");
        (folder, vault)
    }

    fn person(&self, folder: &Path, vault: &Path, deed: Deed) -> Ctl {
        if deed == Deed::Approve {
            Ctl::new(folder, vault, REVIEWER, REVIEWER_PASSPHRASE)
        } else {
            Ctl::new(folder, vault, PREPARER, PREPARER_PASSPHRASE)
        }
    }

    /// The deed under strace with these arguments before the program's name.
    fn strace(&self, folder: &Path, vault: &Path, deed: Deed, arguments: &[&str]) -> Command {
        let mut strace = Command::new("strace");
        strace
            .args(["-f", "-qq", "-e", "signal=none"])
            .args(arguments)
            .arg(program("luguoctl"));
        self.person(folder, vault, deed).equip(&mut strace);
        for argument in deed.arguments(self) {
            if argument == "BACKUPS" {
                strace.arg(folder.join("备份"));
            } else {
                strace.arg(argument);
            }
        }
        strace
    }

    /// How often each call is made when nothing goes wrong.
    fn count(&self, deed: Deed) -> Vec<(&'static str, u32)> {
        let (folder, vault) = self.copy();
        let trace = folder.path().join("trace");
        let done = self
            .strace(
                folder.path(),
                &vault,
                deed,
                &[
                    "-e",
                    &format!("trace={}", CALLS.join(",")),
                    "-o",
                    trace.to_str().unwrap(),
                ],
            )
            .output()
            .unwrap();
        let answer = read(&done);
        assert_eq!(answer.code, 0, "{deed:?}: {}{}", answer.said, answer.json);
        let text = String::from_utf8_lossy(&std::fs::read(trace).unwrap()).into_owned();
        CALLS
            .iter()
            .map(|call| {
                let made = text
                    .lines()
                    .filter(|line| {
                        line.split_whitespace()
                            .nth(1)
                            .is_some_and(|word| word.starts_with(&format!("{call}(")))
                    })
                    .count();
                (*call, made as u32)
            })
            .filter(|(_, made)| *made > 0)
            .collect()
    }

    /// Kills and fails the calls of a deed in turn; `every` n-th point is tried.
    ///
    /// # Panics
    /// When strace cannot be started.
    pub fn torture(&self, deed: Deed, every: u32) -> Score {
        let mut score = Score::default();
        let mut place = 0;
        for (call, made) in self.count(deed) {
            for fault in FAULTS {
                for when in 1..=made {
                    place += 1;
                    if place % every != 0 {
                        continue;
                    }
                    let name = format!("{deed:?} {call} {when} {fault}");
                    score.add(self.point(deed, &name, call, fault, when));
                }
            }
        }
        score
    }

    fn point(&self, deed: Deed, name: &str, call: &str, fault: &str, when: u32) -> Score {
        let (folder, vault) = self.copy();
        let output = self
            .strace(
                folder.path(),
                &vault,
                deed,
                &[
                    "-e",
                    &format!("trace={call}"),
                    "-e",
                    &format!("inject={call}:{fault}:when={when}"),
                    "-o",
                    "/dev/null",
                ],
            )
            .output()
            .unwrap();
        let acknowledged = output.status.code() == Some(0);
        let mut score = Score {
            points: 1,
            acknowledged: u32::from(acknowledged),
            ..Score::default()
        };
        self.judge(deed, name, folder.path(), &vault, acknowledged, &mut score);
        score
    }

    /// Looks at what is left, with the program as it is.
    fn judge(
        &self,
        deed: Deed,
        name: &str,
        folder: &Path,
        vault: &Path,
        acknowledged: bool,
        score: &mut Score,
    ) {
        let ctl = Ctl::new(folder, vault, PREPARER, PREPARER_PASSPHRASE);
        let whole = ctl.call(&["vault", "check"]);
        if whole.code != 0 {
            score
                .broken
                .push(format!("{name}: {}{}", whole.said, whole.json));
            return;
        }
        let draft = ctl.call(&["declaration", "show", &self.draft]).json;
        let there = match deed {
            Deed::Save => draft["answers"]
                .as_array()
                .is_some_and(|answers| answers.iter().any(|answer| answer["code"] == "torture")),
            Deed::Import => draft["evidence"]
                .as_array()
                .is_some_and(|evidence| !evidence.is_empty()),
            Deed::Approve => {
                ctl.call(&["declaration", "show", &self.submitted]).json["state"] == "approved"
            }
            Deed::Backup => backup_opens(folder),
        };
        if acknowledged && !there {
            score.lost.push(name.to_owned());
        }
        if draft["form"] != self.before["form"] {
            score.half.push(name.to_owned());
        }
    }
}

impl Default for Ground {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether the backup that was made comes back whole.
fn backup_opens(folder: &Path) -> bool {
    let Ok(mut made) = std::fs::read_dir(folder.join("备份")) else {
        return false;
    };
    let Some(Ok(backup)) = made.next() else {
        return false;
    };
    let target = folder.join("恢复.luguo");
    let ctl = Ctl::new(folder, &target, PREPARER, PREPARER_PASSPHRASE);
    ctl.call(&["vault", "restore", backup.path().to_str().unwrap()])
        .code
        == 0
}
