//! Everything that can be said without running the program.

use crate::{
    codegen, setup,
    shell::{self, exists, program},
    tidy,
};

/// Format, lints of both editions, tidy, generated files, the user interface's lints and types.
pub(crate) fn run() -> anyhow::Result<()> {
    shell::run(&mut program("cargo", &["fmt", "--all", "--check"]))?;
    tidy::run()?;
    setup::system()?;
    setup::build_interface()?;
    shell::run(&mut program(
        "cargo",
        &[
            "clippy",
            "--quiet",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ],
    ))?;
    shell::run(&mut program(
        "cargo",
        &[
            "clippy",
            "--quiet",
            "-p",
            "luguo",
            "--no-default-features",
            "--features",
            "classified",
            "--",
            "-D",
            "warnings",
        ],
    ))?;
    codegen::run(true)?;
    shell::run(&mut program(
        "npm",
        &["run", "--silent", "lint", "-w", "ui"],
    ))?;
    shell::run(&mut program(
        "npm",
        &["run", "--silent", "typecheck", "-w", "ui"],
    ))?;
    if exists("cargo-deny") {
        shell::run(&mut program("cargo", &["deny", "check"]))?;
    } else {
        println!("cargo-deny is not installed: licences and advisories were not checked.");
    }
    Ok(())
}
