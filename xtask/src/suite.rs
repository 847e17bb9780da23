//! Every test: Rust, the user interface, acceptance, interop, the real window.

use crate::{
    fixtures, setup,
    shell::{self, exists, program, root},
};
use std::{
    process::{Child, Command},
    time::Duration,
};

/// Builds once, then runs every suite on a virtual display.
pub(crate) fn run() -> anyhow::Result<()> {
    setup::everything()?;
    setup::build_interface()?;
    fixtures::run()?;
    shell::run(&mut program(
        "npm",
        &["run", "--silent", "test", "-w", "ui"],
    ))?;
    shell::run(&mut program(
        "cargo",
        &["build", "--quiet", "--workspace", "--bins", "--tests"],
    ))?;
    build_classified()?;
    let display = Display::start()?;
    let mut tests = if exists("cargo-nextest") {
        program(
            "cargo",
            &["nextest", "run", "--workspace", "--no-fail-fast"],
        )
    } else {
        program("cargo", &["test", "--workspace", "--no-fail-fast"])
    };
    display.show_on(&mut tests);
    shell::run(&mut tests)?;
    shell::run(&mut program(
        "cargo",
        &["test", "--quiet", "--workspace", "--doc"],
    ))?;
    if std::fs::read_to_string(root().join("ui/package.json"))?.contains("\"e2e\"") {
        shell::run(&mut program("npm", &["run", "--silent", "e2e", "-w", "ui"]))?;
    }
    Ok(())
}

/// Builds the classified edition beside the open one: as a release has it, without the switches of
/// tests, under the name `luguo-classified-as-released`; then with them.
pub(crate) fn build_classified() -> anyhow::Result<()> {
    const CLASSIFIED: &[&str] = &[
        "build",
        "--quiet",
        "-p",
        "luguo",
        "--no-default-features",
        "--features",
        "classified",
    ];
    let mut as_released = program("cargo", CLASSIFIED);
    // What decides about the switches; everything below the app stays as it is built already.
    as_released.args([
        "--config",
        "profile.dev.package.luguo.debug-assertions=false",
    ]);
    shell::run(&mut as_released)?;
    // The programs stand beside this one.
    let built = std::env::current_exe()?
        .with_file_name(format!("luguo-classified{}", std::env::consts::EXE_SUFFIX));
    let kept = built.with_file_name(format!(
        "luguo-classified-as-released{}",
        std::env::consts::EXE_SUFFIX
    ));
    std::fs::copy(&built, &kept)?;
    shell::run(&mut program("cargo", CLASSIFIED))
}

/// A display: the machine's own, or a virtual one that ends with this value.
pub(crate) struct Display {
    name: String,
    server: Option<Child>,
}

impl Display {
    /// Finds or starts one.
    pub(crate) fn start() -> anyhow::Result<Self> {
        if let Ok(name) = std::env::var("DISPLAY") {
            return Ok(Self { name, server: None });
        }
        let number = (90..190)
            .find(|n| !std::path::Path::new(&format!("/tmp/.X{n}-lock")).exists())
            .unwrap_or(190);
        let name = format!(":{number}");
        let server = program(
            "Xvfb",
            &[&name, "-screen", "0", "1360x900x24", "-nolisten", "tcp"],
        )
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()?;
        std::thread::sleep(Duration::from_secs(2));
        Ok(Self {
            name,
            server: Some(server),
        })
    }

    /// Whether it is a virtual one.
    pub(crate) fn is_virtual(&self) -> bool {
        self.server.is_some()
    }

    /// Lets a program show its windows here.
    pub(crate) fn show_on(&self, command: &mut Command) {
        command.env("DISPLAY", &self.name);
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        if let Some(server) = &mut self.server {
            // It has ended already where this fails.
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}
