//! A running `luguo-bridge`: the core behind a browser.

use crate::{
    process::Running,
    programs::{program, root},
};
use std::{path::Path, process::Command};

/// The core served to a browser on loopback.
#[derive(Debug)]
pub struct Bridge {
    _running: Running,
    /// Address with its one-time token.
    pub url: String,
}

impl Bridge {
    /// Starts on a folder of vaults.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn start(vaults: &Path) -> Self {
        let (running, line) = Running::start_until(
            Command::new(program("luguo-bridge"))
                .arg("--vaults")
                .arg(vaults)
                .arg("--ui")
                .arg(root().join("ui/dist")),
            "http://",
        );
        let start = line.find("http://").expect("the line was chosen by it");
        Self {
            _running: running,
            url: line[start..].trim().to_owned(),
        }
    }
}
