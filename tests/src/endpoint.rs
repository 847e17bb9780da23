//! A running `luguo-endpoint`.

use crate::{process::Running, programs::program};
use serde_json::Value;
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// The unit whose account the stories use.
pub const UNIT: &str = "青岛海洋装备研究院";
/// The account.
pub const ACCOUNT: &str = "qdhy";
/// The account of the unit's bureau.
pub const BUREAU: &str = "qdkjj";
/// The password of both.
pub const PASSWORD: &str = "Fu-Ling-2026-zheng";

/// An endpoint program with its own data folder.
#[derive(Debug)]
pub struct Endpoint {
    data: PathBuf,
    running: Option<Running>,
    /// `http://127.0.0.1:PORT`.
    pub url: String,
}

impl Endpoint {
    /// Makes a data folder with one unit and its bureau, an account of each, and starts.
    ///
    /// # Panics
    /// When the program cannot be started.
    pub fn start(data: &Path) -> Self {
        Self::start_with(data, &[])
    }

    /// The same with further arguments of `serve`.
    ///
    /// # Panics
    /// When the program cannot be started.
    pub fn start_with(data: &Path, arguments: &[&str]) -> Self {
        std::fs::create_dir_all(data).unwrap();
        let password = data.with_extension("password");
        std::fs::write(&password, PASSWORD).unwrap();
        admin(data, &["unit", "add", "--name", UNIT, "--city", "370200"]);
        admin(
            data,
            &[
                "account",
                "add",
                "--unit",
                UNIT,
                "--account",
                ACCOUNT,
                "--password-file",
                password.to_str().unwrap(),
            ],
        );
        admin(data, &["authority", "add", "--city", "370200"]);
        admin(
            data,
            &[
                "account",
                "add",
                "--unit",
                "青岛市科学技术局",
                "--account",
                BUREAU,
                "--password-file",
                password.to_str().unwrap(),
            ],
        );
        let mut endpoint = Self {
            data: data.to_owned(),
            running: None,
            url: String::new(),
        };
        endpoint.serve("127.0.0.1:0", arguments);
        endpoint
    }

    fn serve(&mut self, listen: &str, arguments: &[&str]) {
        let (running, line) = Running::start_until(
            Command::new(program("luguo-endpoint"))
                .args(["serve", "--listen", listen, "--data"])
                .arg(&self.data)
                .args(arguments),
            "listening on ",
        );
        line.split("listening on ")
            .nth(1)
            .unwrap()
            .clone_into(&mut self.url);
        self.running = Some(running);
    }

    /// SIGKILL.
    pub fn kill(&mut self) {
        self.running = None;
    }

    /// Starts again at the same address.
    ///
    /// # Panics
    /// When it is running.
    pub fn restart(&mut self) {
        assert!(self.running.is_none(), "kill it first");
        let listen = self.url.trim_start_matches("http://").to_owned();
        self.serve(&listen, &[]);
    }

    /// `host:port`.
    pub fn address(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// The process id, while it runs.
    pub fn id(&self) -> Option<u32> {
        self.running.as_ref().map(Running::id)
    }

    /// The packages that it holds.
    pub fn packages(&self) -> Vec<Value> {
        packages(&self.data)
    }

    /// Every content that it holds: digest in the file's name, and the file.
    pub fn blobs(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        collect(&self.data.join("blobs"), &mut found);
        found.sort();
        found
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }
}

/// The packages in a data folder.
///
/// # Panics
/// When the program does not answer with a list.
pub fn packages(data: &Path) -> Vec<Value> {
    let text = admin(data, &["package", "list", "--json"]);
    serde_json::from_str::<Value>(&text)
        .unwrap()
        .as_array()
        .unwrap()
        .clone()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn admin(data: &Path, arguments: &[&str]) -> String {
    let output = Command::new(program("luguo-endpoint"))
        .args(arguments)
        .arg("--data")
        .arg(data)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "luguo-endpoint {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}
