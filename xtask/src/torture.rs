//! The torture harness in full: hours on a slow machine, so it is a task of its own.

use crate::{
    setup,
    shell::{self, program},
};

/// Builds and runs it.
pub(crate) fn run(every: u32) -> anyhow::Result<()> {
    setup::everything()?;
    shell::run(&mut program(
        "cargo",
        &[
            "build",
            "--quiet",
            "-p",
            "luguo-cli",
            "-p",
            "luguo-tests",
            "--bins",
        ],
    ))?;
    shell::run(&mut program(
        "cargo",
        &[
            "run",
            "--quiet",
            "-p",
            "luguo-tests",
            "--bin",
            "torture",
            "--",
            &every.to_string(),
        ],
    ))
}
