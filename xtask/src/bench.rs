//! Benchmarks: release builds, a peer in the same run, ratios into docs/benchmarks.md.

use crate::{
    setup,
    shell::{self, output, program, root},
};

const HEAD: &str = "# Benchmarks\n\nWritten by `cargo xtask bench`. Whole programs are timed, opening the vault with its\npassphrase (Argon2id, 64 MiB) included; the peer runs in the same run, so the ratio is what to\nread. Machines differ and are noisy.\n\n";

/// Builds in release, measures, writes.
pub(crate) fn run() -> anyhow::Result<()> {
    setup::system()?;
    shell::run(&mut program(
        "cargo",
        &[
            "build",
            "--release",
            "--quiet",
            "-p",
            "luguo-cli",
            "-p",
            "luguo-endpoint",
            "-p",
            "luguo-tests",
            "--bins",
        ],
    ))?;
    let table = output(&mut program(
        "cargo",
        &[
            "run",
            "--release",
            "--quiet",
            "-p",
            "luguo-tests",
            "--bin",
            "bench",
        ],
    ))?;
    println!("{table}");
    std::fs::write(root().join("docs/benchmarks.md"), format!("{HEAD}{table}"))?;
    Ok(())
}
