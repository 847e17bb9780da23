//! A press with the machine's fonts, forms to print, and the programs that read what came out.

use luguo_documents::paper::{Fonts, Paper, Press, Stamp};
use luguo_domain::{Declaration, DeclarationId, Moment, Sha256Digest, form::DeclarationFile};
use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};
use uuid::Uuid;

/// One press for all tests, kept warm as in the program.
pub fn press() -> &'static Press {
    static PRESS: OnceLock<Press> = OnceLock::new();
    PRESS.get_or_init(|| {
        let fonts = Fonts::gather(&["/usr/share/fonts/opentype/noto"], true)
            .expect("install fonts-noto-cjk: the sheets need Chinese characters");
        Press::new(fonts)
    })
}

pub fn fixture(name: &str) -> Declaration {
    let path = format!(
        "{}/../../tests/fixtures/declarations/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    DeclarationFile::parse(&std::fs::read_to_string(path).unwrap())
        .unwrap()
        .declaration
}

pub fn stamp() -> Stamp {
    Stamp::Submitted {
        declaration: DeclarationId(Uuid::from_u128(0x01a2_090c_52f3_7709_ad4d_9ad7_fe59_316a)),
        revision: 2,
        digest: Sha256Digest::of(b"a form"),
        on: "2026-11-10".parse().unwrap(),
    }
}

/// When every test prints.
pub fn made() -> Moment {
    "2026-11-10T02:32:05Z".parse().unwrap()
}

/// Where a test leaves what it printed, for looking at.
pub fn printed(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("paper");
    std::fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

/// Writes the PDF and a picture of each page; returns the PDF's path.
pub fn keep(paper: &Paper, name: &str) -> PathBuf {
    let path = printed(&format!("{name}.pdf"));
    std::fs::write(&path, paper.pdf(made()).unwrap()).unwrap();
    for page in 1..=paper.pages().min(6) {
        std::fs::write(
            printed(&format!("{name}-{page}.png")),
            paper.png(page, 1.5).unwrap(),
        )
        .unwrap();
    }
    path
}

/// Runs a program that reads PDFs; it is installed by `cargo xtask test`.
pub fn ask(program: &str, arguments: &[&str], file: &Path, more: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .arg(file)
        .args(more)
        .output()
        .unwrap_or_else(|fault| panic!("{program} is missing ({fault}): run `cargo xtask test`"));
    assert!(
        output.status.success(),
        "{program}: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The words of a PDF without any white space, page by page.
pub fn words(pdf: &Path) -> Vec<String> {
    let text = ask("pdftotext", &["-raw"], pdf, &["-"]);
    text.split('\u{c}')
        .map(squeezed)
        .filter(|page| !page.is_empty())
        .collect()
}

/// Text without white space, as a comparison wants it.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
