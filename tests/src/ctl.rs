//! `luguoctl` as a person would call it.

use crate::programs::program;
use serde_json::Value;
use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// One person at one vault, in a terminal.
#[derive(Debug, Clone)]
pub struct Ctl {
    program: &'static str,
    vault: PathBuf,
    user: String,
    passphrase_file: PathBuf,
    home: PathBuf,
}

/// What a call answered.
#[derive(Debug)]
pub struct Answer {
    /// Exit code: 0 done, 1 refused with findings, 2 error.
    pub code: i32,
    /// The JSON of its output; null when there was none.
    pub json: Value,
    /// What it said to the person.
    pub said: String,
}

impl Ctl {
    /// Names vault, person and passphrase; `folder` keeps the passphrase file.
    ///
    /// # Panics
    /// When the passphrase file cannot be written.
    pub fn new(folder: &Path, vault: &Path, user: &str, passphrase: &str) -> Self {
        let passphrase_file = folder.join(format!("{user}.passphrase"));
        std::fs::write(&passphrase_file, passphrase).unwrap();
        Self {
            program: "luguoctl",
            vault: vault.to_owned(),
            user: user.to_owned(),
            passphrase_file,
            home: folder.to_owned(),
        }
    }

    /// The same person at a classified vault.
    ///
    /// # Panics
    /// As [`Ctl::new`].
    pub fn classified(folder: &Path, vault: &Path, user: &str, passphrase: &str) -> Self {
        Self {
            program: "classified-ctl",
            ..Self::new(folder, vault, user, passphrase)
        }
    }

    /// The file that holds this person's passphrase.
    pub fn passphrase_file(&self) -> &Path {
        &self.passphrase_file
    }

    /// The command with vault, person and passphrase, ready to be given arguments.
    pub fn command(&self) -> Command {
        let mut command = Command::new(program(self.program));
        self.equip(&mut command);
        command
    }

    /// Adds vault, person and passphrase to a command that starts `luguoctl` in its own way.
    pub fn equip(&self, command: &mut Command) {
        command
            .env("HOME", &self.home)
            .env("LUGUO_VAULT", &self.vault)
            .env("LUGUO_USER", &self.user)
            .env("LUGUO_PASSPHRASE_FILE", &self.passphrase_file)
            .arg("--json");
    }

    /// Calls it.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn call<S: AsRef<std::ffi::OsStr>>(&self, arguments: &[S]) -> Answer {
        read(&self.command().args(arguments).output().unwrap())
    }

    /// Calls it and expects "done".
    ///
    /// # Panics
    /// When it refuses or fails.
    pub fn done<S: AsRef<std::ffi::OsStr> + std::fmt::Debug>(&self, arguments: &[S]) -> Value {
        let answer = self.call(arguments);
        assert_eq!(
            answer.code, 0,
            "{arguments:?} said: {}{}",
            answer.said, answer.json
        );
        answer.json
    }
}

/// Reads what a call answered.
pub fn read(output: &Output) -> Answer {
    let text = String::from_utf8_lossy(&output.stdout);
    Answer {
        code: output.status.code().unwrap_or(-1),
        json: serde_json::from_str(text.trim()).unwrap_or(Value::Null),
        said: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}
