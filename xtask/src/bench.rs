//! Benchmarks: release builds, a peer in the same run, ratios into docs/benchmarks.md.

use crate::{
    fixtures, setup,
    shell::{self, output, program, root},
    suite::Display,
};

const HEAD: &str = "# Benchmarks\n\nWritten by `cargo xtask bench`. Whole programs are timed, opening the vault with its\npassphrase (Argon2id, 64 MiB) included; the peer runs in the same run, so the ratio is what to\nread. Machines differ and are noisy.\n\n";

/// Builds in release, measures, writes.
pub(crate) fn run() -> anyhow::Result<()> {
    setup::everything()?;
    setup::peers()?;
    setup::build_interface()?;
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
            "luguo-bridge",
            "-p",
            "luguo-tests",
            "-p",
            "luguo",
            "--bins",
        ],
    ))?;
    let display = Display::start()?;
    let mut measured = program(
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
    );
    display.show_on(&mut measured);
    let mut table = output(&mut measured)?;
    fixtures::run()?;
    let mut reading = program("node", &["ui/bench/reading.mjs"]);
    reading.env("LUGUO_PROFILE", "release");
    table.push_str("\n## The reading desk\n\nIn headless Chromium; the PDF and the TIFF lie in the vault.\n\n| what | ours (s) | peer | peer (s) | ratio |\n| --- | --- | --- | --- | --- |\n");
    table.push_str(&output(&mut reading)?);
    println!("{table}");
    std::fs::write(root().join("docs/benchmarks.md"), format!("{HEAD}{table}"))?;
    Ok(())
}
