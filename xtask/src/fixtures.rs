//! Evidence that other programs made, into target/fixtures; and a Python with the programs that
//! check ours from outside, in target/venv.

use crate::shell::{self, program, root};
use anyhow::Context as _;
use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

const SCRIPT: &str = "xtask/fixtures.py";
const VIEWERS: &str = "xtask/viewers.py";

/// Makes what is missing.
pub(crate) fn run() -> anyhow::Result<()> {
    let python = python()?;
    let folder = root().join("target/fixtures");
    std::fs::create_dir_all(&folder)?;
    shell::run(program(&python.to_string_lossy(), &[SCRIPT]).arg(&folder))?;
    shell::run(program(&python.to_string_lossy(), &[VIEWERS]).arg(&folder))?;
    ffmpeg(&folder.join("试验录像.webm"), "libvpx")?;
    ffmpeg(&folder.join("viewers/试验录像.mp4"), "libx264")?;
    noise(&folder.join("大文件 200MB.bin"), 200 << 20)?;
    std::fs::write(folder.join("空文件.pdf"), b"")?;
    Ok(())
}

/// The Python of target/venv, made when missing.
fn python() -> anyhow::Result<PathBuf> {
    let folder = root().join("target/venv");
    let python = folder.join("bin/python");
    let marker = folder.join("equipped-5");
    if !marker.exists() {
        shell::run(program("python3", &["-m", "venv"]).arg(&folder))?;
        shell::run(&mut program(
            &python.to_string_lossy(),
            &[
                "-m",
                "pip",
                "install",
                "--quiet",
                "typst==0.15.2",
                "pillow==13.0.0",
                "bagit==1.9.0",
                "asn1crypto==1.5.1",
                "cryptography==50.0.2",
                "setuptools<81",
                "tuspy==1.1.0",
                "python-xlib==0.33",
                "openpyxl==3.1.5",
                "python-docx==1.2.0",
                "img2pdf==0.6.3",
                "pillow-heif==1.8.1",
            ],
        ))?;
        std::fs::write(&marker, b"")?;
    }
    Ok(python)
}

fn ffmpeg(path: &Path, codec: &str) -> anyhow::Result<()> {
    if path.exists() {
        return Ok(());
    }
    shell::run(
        program(
            "ffmpeg",
            &[
                "-loglevel",
                "error",
                "-f",
                "lavfi",
                "-i",
                "testsrc=duration=2:size=320x240:rate=10",
                "-c:v",
                codec,
                "-pix_fmt",
                "yuv420p",
                "-y",
            ],
        )
        .arg(path),
    )
}

/// Bytes that do not repeat (xorshift64).
fn noise(path: &Path, size: usize) -> anyhow::Result<()> {
    if std::fs::metadata(path).is_ok_and(|metadata| metadata.len() == size as u64) {
        return Ok(());
    }
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut out = std::io::BufWriter::new(
        std::fs::File::create(path).with_context(|| path.display().to_string())?,
    );
    for _ in 0..size / 8 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        out.write_all(&state.to_le_bytes())?;
    }
    out.flush()?;
    Ok(())
}
