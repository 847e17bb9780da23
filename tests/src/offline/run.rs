//! A run of the real window, driven by a script in its page and watched from outside.

use super::process::{self, Count};
use crate::programs::{program, root};
use std::{
    collections::BTreeMap,
    ffi::OsString,
    io::{BufRead, BufReader},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
    time::{Duration, Instant},
};

/// What the window says when its day's work is done.
pub const DONE: &str = "end of the job";

/// Longer than any run takes under the tracer.
const PATIENCE: Duration = Duration::from_secs(180);

/// What stands around the program.
#[derive(Debug, Clone, Copy)]
pub enum Around<'a> {
    /// Nothing.
    Nothing,
    /// `strace` of every process, into this file.
    Trace(&'a Path),
    /// A network namespace without any network, not even loopback.
    EmptyNetwork,
    /// Another `/etc/resolv.conf`; needs root.
    Names(&'a Path),
}

/// How a run ended.
#[derive(Debug)]
pub struct Outcome {
    /// What the page said, in order.
    pub said: Vec<String>,
    /// The home folder of the run.
    pub home: PathBuf,
    /// The program's processes at the end, by name.
    pub processes: BTreeMap<String, Count>,
    _folder: tempfile::TempDir,
}

impl Outcome {
    /// The last word of the page.
    ///
    /// # Panics
    /// When it said nothing.
    pub fn end(&self) -> &str {
        self.said.last().expect("the page said something")
    }
}

/// The work of a day in the classified edition: a vault, a declaration, a proof, and locked again.
///
/// # Panics
/// When a program is missing or the page stays silent.
pub fn classified_job(around: Around<'_>) -> Outcome {
    job("luguo-classified", "", around)
}

/// The same in the open edition, and a sign-in at a server.
///
/// # Panics
/// As [`classified_job`].
pub fn open_job(server: &str, around: Around<'_>) -> Outcome {
    job("luguo", server, around)
}

fn job(name: &str, server: &str, around: Around<'_>) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("job.js");
    let lines = std::fs::read_to_string(root().join("tests/offline/job.js")).unwrap();
    std::fs::write(&script, lines.replace("{{SERVER}}", server)).unwrap();
    let mut program = Program::start(
        name,
        folder,
        around,
        &[("LUGUO_TEST_SCRIPT", &script.to_string_lossy())],
    );
    program.wait_for("end of the job", |line| line.starts_with("end "));
    program.end()
}

/// A started program.
pub(super) struct Program {
    child: Child,
    lines: Receiver<String>,
    said: Vec<String>,
    folder: tempfile::TempDir,
    name: String,
}

impl Program {
    /// Starts a program in a home and a session bus of its own; its vaults lie where the system
    /// keeps the data of applications.
    pub(super) fn start(
        name: &str,
        folder: tempfile::TempDir,
        around: Around<'_>,
        variables: &[(&str, &str)],
    ) -> Self {
        assert!(
            std::env::var_os("DISPLAY").is_some(),
            "no DISPLAY: run `cargo xtask test`, which starts a virtual one"
        );
        let home = folder.path().join("home");
        let runtime = home.join("run");
        std::fs::create_dir_all(&runtime).unwrap();
        let words = words(name, around);
        let mut child = Command::new(&words[0])
            .args(&words[1..])
            .env("HOME", &home)
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("XDG_RUNTIME_DIR", &runtime)
            .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("LANG", "C.UTF-8")
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()
            .expect(
                "unshare, dbus-run-session and strace are there: `cargo xtask test` installs them",
            );
        let errors = child.stderr.take().expect("it was piped");
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(errors).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    // Nobody waits any more; go on reading so that the program never blocks.
                }
            }
        });
        Self {
            child,
            lines,
            said: Vec::new(),
            folder,
            name: name.to_owned(),
        }
    }

    /// Waits until the page says something that is meant.
    pub(super) fn wait_for(&mut self, what: &str, is_meant: impl Fn(&str) -> bool) {
        let start = Instant::now();
        let mut others = Vec::new();
        while let Ok(line) = self
            .lines
            .recv_timeout(PATIENCE.saturating_sub(start.elapsed()))
        {
            let Some(word) = line.strip_prefix("page: ") else {
                others.push(line);
                continue;
            };
            self.said.push(word.to_owned());
            if is_meant(word) {
                return;
            }
        }
        panic!(
            "no {what}; the page said {:?}, the program {others:?}",
            self.said
        );
    }

    /// Ends the program and everything that it started.
    pub(super) fn end(mut self) -> Outcome {
        let processes = process::of_program(self.child.id(), &self.name);
        self.stop();
        let folder = std::mem::replace(&mut self.folder, tempfile::tempdir().unwrap());
        Outcome {
            said: std::mem::take(&mut self.said),
            home: folder.path().join("home"),
            processes,
            _folder: folder,
        }
    }

    fn stop(&mut self) {
        let group = format!("-{}", self.child.id());
        for signal in ["-TERM", "-KILL"] {
            // Who has ended already needs no signal.
            let _ = Command::new("kill")
                .args([signal, "--", &group])
                .stderr(Stdio::null())
                .status();
            std::thread::sleep(Duration::from_millis(500));
        }
        let _ = self.child.wait();
    }
}

/// The command line: what stands around the program, then the program.
fn words(name: &str, around: Around<'_>) -> Vec<OsString> {
    let mut words: Vec<OsString> = Vec::new();
    match around {
        Around::EmptyNetwork => {
            words.extend(["unshare", "--map-root-user", "--net", "--"].map(Into::into));
        }
        Around::Names(file) => {
            let script = "mount --bind \"$0\" /etc/resolv.conf && exec \"$@\"";
            words.extend(["unshare", "--mount", "--", "sh", "-c", script].map(Into::into));
            words.push(file.into());
        }
        Around::Nothing | Around::Trace(_) => {}
    }
    words.extend(["dbus-run-session", "--"].map(Into::into));
    if let Around::Trace(file) = around {
        words.extend(["strace", "-f", "-yy", "-e", "trace=%network", "-o"].map(Into::into));
        words.push(file.into());
    }
    words.push(program(name).into());
    words
}

impl Drop for Program {
    fn drop(&mut self) {
        self.stop();
    }
}
