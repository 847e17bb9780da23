//! The proof that nothing leaves the classified edition, as docs/security/offline-evidence.md.

use crate::{
    setup,
    shell::{self, output, program, root},
    suite::{self, Display},
    tidy,
};
use anyhow::ensure;

const HEAD: &str = "# Evidence: nothing leaves the classified edition\n\nWritten by `cargo xtask prove-offline`, which fails where a line does not hold. Each proof is also\ntaken of the open edition, or with the guard off, where it must fail: a proof that cannot fail\nproves nothing. What is promised, and how to check it by hand: [offline.md](offline.md).\n\n";

/// Builds both editions, takes every proof, writes the page.
pub(crate) fn run() -> anyhow::Result<()> {
    setup::everything()?;
    setup::build_interface()?;
    shell::run(&mut program(
        "cargo",
        &[
            "build",
            "--quiet",
            "-p",
            "luguo",
            "-p",
            "luguo-tests",
            "--bins",
        ],
    ))?;
    suite::build_classified()?;
    let mut page = HEAD.to_owned();
    page.push_str(&machine());
    let faults = tidy::classified_tree()?;
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    page.push_str("\n## What it is built from\n\n`cargo tree -p luguo --no-default-features --features classified` names none of: ");
    page.push_str(&tidy::NEVER_CLASSIFIED.join(", "));
    page.push_str(".\n");
    let display = Display::start()?;
    let mut proofs = program(
        "cargo",
        &[
            "run",
            "--quiet",
            "-p",
            "luguo-tests",
            "--bin",
            "prove-offline",
        ],
    );
    display.show_on(&mut proofs);
    page.push_str(&output(&mut proofs)?);
    let path = root().join("docs/security/offline-evidence.md");
    std::fs::write(&path, page)?;
    println!("Every line holds: docs/security/offline-evidence.md");
    Ok(())
}

/// What the evidence was taken on, as far as it matters.
fn machine() -> String {
    let version = output(&mut program(
        "pkg-config",
        &["--modversion", "webkit2gtk-4.1"],
    ))
    .unwrap_or_else(|_| "unknown".to_owned());
    format!(
        "Taken on {} with WebKitGTK {}, of debug builds.\n",
        std::env::consts::ARCH,
        version.trim()
    )
}
