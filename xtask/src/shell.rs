//! Calling other programs: what is called is shown, and a failure names it.

use anyhow::{Context as _, ensure};
use std::{path::PathBuf, process::Command};

/// The repository's root: of the checkout that called, which need not be the one that this
/// program was built in where two share a target folder.
pub(crate) fn root() -> PathBuf {
    let mut root = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    root.pop();
    root
}

/// A program called in the repository's root.
pub(crate) fn program(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(root());
    command
}

/// Runs a program, showing what it says.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    println!("$ {}", words(command));
    let status = command
        .status()
        .with_context(|| format!("{} cannot be started", words(command)))?;
    ensure!(status.success(), "{} failed: {status}", words(command));
    Ok(())
}

/// Runs a program and returns what it printed.
pub(crate) fn output(command: &mut Command) -> anyhow::Result<String> {
    let output = command
        .output()
        .with_context(|| format!("{} cannot be started", words(command)))?;
    ensure!(
        output.status.success(),
        "{} failed: {}",
        words(command),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8(output.stdout)?)
}

/// Whether a program can be called.
pub(crate) fn exists(name: &str) -> bool {
    Command::new(name).arg("--version").output().is_ok()
}

fn words(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
