//! What the machine needs: Debian packages, the packages of the user interface. Other systems
//! are told what to install.

use crate::shell::{exists, output, program, root, run};
use anyhow::ensure;
use std::process::Command;

/// To build the app, to run its window without a display, and to test with other programs.
const PACKAGES: &[&str] = &[
    "build-essential",
    "chromium",
    "dbus-x11",
    "ffmpeg",
    "fonts-noto-cjk",
    "gstreamer1.0-libav",
    "imagemagick",
    "libimage-exiftool-perl",
    "libreoffice-calc-nogui",
    "librsvg2-dev",
    "libssl-dev",
    "libtiff-tools",
    "libwebkit2gtk-4.1-dev",
    "libxdo-dev",
    "openssl",
    "pkg-config",
    "poppler-utils",
    "python3-venv",
    "qpdf",
    "sane-utils",
    "strace",
    "webkit2gtk-driver",
    "xvfb",
];

/// Installs everything that is missing.
pub(crate) fn everything() -> anyhow::Result<()> {
    system()?;
    interface()
}

/// Debian packages.
pub(crate) fn system() -> anyhow::Result<()> {
    packages(PACKAGES)
}

/// What the benchmarks measure against.
pub(crate) fn peers() -> anyhow::Result<()> {
    packages(&["age", "curl", "restic"])
}

fn packages(wanted: &[&'static str]) -> anyhow::Result<()> {
    if !exists("dpkg-query") || !exists("apt-get") {
        println!("Not a Debian system: see README.md for what has to be installed.");
        return Ok(());
    }
    let missing: Vec<_> = wanted
        .iter()
        .copied()
        .filter(|package| !is_installed(package))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("Installing {}", missing.join(" "));
    run(&mut apt(&["update", "-qq"])?)?;
    let mut arguments = vec!["install", "-y", "-qq", "--no-install-recommends"];
    arguments.extend(missing);
    run(&mut apt(&arguments)?)
}

fn is_installed(package: &str) -> bool {
    output(&mut program("dpkg-query", &["-W", "-f=${Status}", package]))
        .is_ok_and(|status| status.contains("install ok installed"))
}

fn apt(arguments: &[&str]) -> anyhow::Result<Command> {
    let is_root = output(&mut program("id", &["-u"]))?.trim() == "0";
    let mut command = if is_root {
        program("apt-get", arguments)
    } else {
        ensure!(
            exists("sudo"),
            "system packages are missing and neither root nor sudo is at hand: apt-get {}",
            arguments.join(" ")
        );
        let mut command = program("sudo", &["apt-get"]);
        command.args(arguments);
        command
    };
    command.env("DEBIAN_FRONTEND", "noninteractive");
    Ok(command)
}

/// The packages of the user interface, when the lock file is newer than what is installed.
pub(crate) fn interface() -> anyhow::Result<()> {
    let installed = root().join("node_modules/.package-lock.json");
    let lock = root().join("package-lock.json");
    let time = |path| std::fs::metadata(path).and_then(|metadata| metadata.modified());
    let is_fresh = matches!((time(&installed), time(&lock)), (Ok(a), Ok(b)) if a >= b);
    if is_fresh {
        return Ok(());
    }
    run(&mut program("npm", &["ci", "--no-audit", "--no-fund"]))
}

/// Builds the user interface: the app embeds it, so it comes before any build of the app.
pub(crate) fn build_interface() -> anyhow::Result<()> {
    interface()?;
    run(&mut program(
        "npm",
        &["run", "--silent", "build", "-w", "ui"],
    ))
}
