//! Documents and rules: the form as PDF against LibreOffice converting the same words from DOCX,
//! a print set of a hundred scanned pages, the findings of one form.

use crate::{median, row, time};
use luguo_documents::paper::{Fonts, Press, PrintPart, Stamp};
use luguo_domain::{
    Declaration, EvidenceId, Moment, Sha256Digest, Sm3Digest,
    duplicate::{Known, likely},
    evidence::EvidenceItem,
    form::DeclarationFile,
    rules::{self, Surroundings},
};
use luguo_tests::{files::declaration, programs::python};
use std::{
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

const RUNS: usize = 5;
const PAGES: usize = 100;

pub(crate) fn run() {
    let folder = tempfile::tempdir().unwrap();
    let form = DeclarationFile::parse(
        &std::fs::read_to_string(declaration("key-technology.json")).unwrap(),
    )
    .unwrap()
    .declaration;
    let press = forms(folder.path(), &form);
    set(folder.path(), &press, &form);
    findings(&form);
}

fn press() -> Press {
    Press::new(Fonts::gather(&["/usr/share/fonts/opentype/noto"], true).unwrap())
}

fn pdf(press: &Press, form: &Declaration) -> Vec<u8> {
    let paper = press.form(form, &Stamp::Draft, None).unwrap();
    paper.pdf(Moment::UNIX_EPOCH).unwrap()
}

fn forms(folder: &Path, form: &Declaration) -> Press {
    let start = Instant::now();
    let press = press();
    let bytes = pdf(&press, form);
    let cold = start.elapsed();
    let warm = median(
        (0..RUNS as u32)
            .map(|n| {
                // Another word each time: what is remembered of the last page does not count.
                let mut form = form.clone();
                form.name = format!("{} {n}", form.name);
                time(|| drop(pdf(&press, &form)))
            })
            .collect(),
    );
    std::fs::write(folder.join("form.pdf"), bytes).unwrap();
    let text = folder.join("form.txt");
    tool("pdftotext", &["-layout", "form.pdf", "form.txt"], folder);
    assert!(text.exists());
    office(folder, "docx:MS Word 2007 XML", "form.txt");
    let first = time(|| office(folder, "pdf", "form.docx"));
    let again = median(
        (0..3)
            .map(|_| time(|| office(folder, "pdf", "form.docx")))
            .collect(),
    );
    row(
        "form as PDF, cold",
        cold,
        "LibreOffice, the same words from DOCX, first start",
        first,
    );
    row(
        "form as PDF, warm",
        warm,
        "LibreOffice, the same again",
        again,
    );
    press
}

fn office(folder: &Path, to: &str, file: &str) {
    let profile = format!("-env:UserInstallation=file://{}/office", folder.display());
    tool(
        "soffice",
        &[&profile, "--headless", "--convert-to", to, file],
        folder,
    );
}

fn tool(program: &str, arguments: &[&str], folder: &Path) {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("installed by `cargo xtask bench`");
    assert!(output.status.success(), "{program} {arguments:?}");
}

/// Scans of A4 at 150 dots an inch, as JPEG; Pillow joins the same files.
fn set(folder: &Path, press: &Press, form: &Declaration) {
    tool(
        "convert",
        &[
            "-size",
            "1240x1754",
            "plasma:grey90-grey60",
            "-quality",
            "85",
            "scan.jpg",
        ],
        folder,
    );
    let bytes = std::fs::read(folder.join("scan.jpg")).unwrap();
    let part = |n: usize| PrintPart {
        item: EvidenceItem {
            id: EvidenceId(uuid::Uuid::from_u128(n as u128)),
            title: format!("扫描件 {n}"),
            file_name: format!("{n}.jpg"),
            media_type: "image/jpeg".to_owned(),
            size: bytes.len() as u64,
            sha256: Sha256Digest::of(&bytes),
            sm3: Sm3Digest([0; 32]),
            claims: Vec::new(),
            kind: None,
            pages: None,
        },
        bytes: Some(bytes.clone()),
    };
    let ours = time(|| {
        let set = press
            .print_set(form, &Stamp::Draft, (1..=PAGES).map(part), None)
            .unwrap();
        assert!(set.notices.is_empty());
        std::fs::write(
            folder.join("set.pdf"),
            set.paper.pdf(Moment::UNIX_EPOCH).unwrap(),
        )
        .unwrap();
    });
    let join = format!(
        "from PIL import Image\npages = [Image.open('scan.jpg') for _ in range({PAGES})]\n\
         pages[0].save('joined.pdf', save_all=True, append_images=pages[1:])"
    );
    let theirs = time(|| {
        let status = python()
            .args(["-c", &join])
            .current_dir(folder)
            .status()
            .unwrap();
        assert!(status.success());
    });
    row(
        "print set of 100 scanned pages, checked and tried one by one",
        ours,
        "Pillow joins the scans",
        theirs,
    );
}

fn findings(form: &Declaration) {
    let others: Vec<_> = (0..1_000)
        .map(|n| {
            let mut other = form.clone();
            other.name = format!("第 {n} 项{}", other.name);
            Known::of(
                luguo_domain::DeclarationId(uuid::Uuid::from_u128(n)),
                &other,
            )
        })
        .collect();
    let today = "2026-11-10".parse().unwrap();
    let each = |work: &dyn Fn()| -> Duration { time(|| (0..1_000).for_each(|_| work())) / 1_000 };
    let alone = each(&|| drop(rules::check(form, Surroundings::on(today, &[]))));
    let copied = each(&|| {
        let text = serde_json::to_string(form).unwrap();
        drop(serde_json::from_str::<Declaration>(&text).unwrap());
    });
    let twins = time(|| drop(likely(form, None, &others)));
    println!(
        "| findings of one form | {:.6} | the form to JSON and back | {:.6} | {:.1} |",
        alone.as_secs_f64(),
        copied.as_secs_f64(),
        alone.as_secs_f64() / copied.as_secs_f64()
    );
    println!(
        "| duplicates of one form among 1 000 | {:.6} | findings of one form | {:.6} | {:.1} |",
        twins.as_secs_f64(),
        alone.as_secs_f64(),
        twins.as_secs_f64() / alone.as_secs_f64()
    );
}
