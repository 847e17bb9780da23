//! The TypeScript of the command list, committed and checked.

use crate::shell::{output, program, root};
use anyhow::ensure;

const FILE: &str = "ui/generated/commands.ts";

/// Writes the file, or fails when it is not what would be written.
pub(crate) fn run(check: bool) -> anyhow::Result<()> {
    let text = output(&mut program(
        "cargo",
        &[
            "run",
            "--quiet",
            "--package",
            "luguo-ipc",
            "--example",
            "typescript",
        ],
    ))?;
    let path = root().join(FILE);
    if check {
        let found = std::fs::read_to_string(&path).unwrap_or_default();
        ensure!(
            found == text,
            "{FILE} is not what crates/ipc says: run `cargo xtask codegen`"
        );
        return Ok(());
    }
    std::fs::create_dir_all(path.parent().expect("the file is in a folder"))?;
    std::fs::write(path, text)?;
    Ok(())
}
