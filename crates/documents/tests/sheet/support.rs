//! What the tests share: forms, the cells of labels, a spreadsheet that other hands changed.

use luguo_documents::sheet::{self, SheetReading};
use luguo_domain::{Declaration, Moment, form::DeclarationFile};
use std::{
    collections::BTreeMap,
    io::{Read as _, Write as _},
    path::PathBuf,
    process::Command,
};

/// A fixed time for files.
pub fn made() -> Moment {
    "2026-11-10T08:00:00Z".parse().unwrap()
}

/// The repository's root.
pub fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// A declaration of the fixtures.
pub fn fixture(name: &str) -> Declaration {
    let path = root().join(format!("tests/fixtures/declarations/{name}.json"));
    DeclarationFile::parse(&std::fs::read_to_string(path).unwrap())
        .unwrap()
        .declaration
}

/// Every declaration of the fixtures.
pub fn fixtures() -> Vec<Declaration> {
    ["basic-research", "key-technology", "major-application"]
        .map(fixture)
        .to_vec()
}

/// The form as a sheet gives it back: multiple choices in the notice's order.
pub fn ordered(mut form: Declaration) -> Declaration {
    form.right_kinds.sort();
    form.cooperation.sort();
    form
}

/// The Python of target/venv, with openpyxl.
pub fn python() -> Command {
    let path = root().join("target/venv/bin/python");
    assert!(
        path.exists(),
        "target/venv is missing: run `cargo xtask fixtures`"
    );
    Command::new(path)
}

/// Runs openpyxl over a workbook: `script` sees it as `book`, and what it prints comes back.
pub fn openpyxl(bytes: &[u8], script: &str) -> (Vec<u8>, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.xlsx");
    std::fs::write(&path, bytes).unwrap();
    let program = format!(
        "import sys\nimport openpyxl\nbook = openpyxl.load_workbook(sys.argv[1])\n{script}\nbook.save(sys.argv[1])\n"
    );
    let output = python().arg("-c").arg(program).arg(&path).output().unwrap();
    assert!(
        output.status.success(),
        "openpyxl failed; run `cargo xtask fixtures` if it is missing:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let words = String::from_utf8(output.stdout).unwrap();
    (std::fs::read(&path).unwrap(), words)
}

/// Sets cells of the sheet 成果1 through openpyxl: cell and a Python expression.
pub fn with(bytes: &[u8], cells: &[(&str, &str)]) -> Vec<u8> {
    let mut script = "sheet = book['成果1']\nimport datetime".to_owned();
    for (cell, value) in cells {
        script.push_str(&format!("\nsheet['{cell}'] = {value}"));
    }
    openpyxl(bytes, &script).0
}

/// Reads a workbook with one sheet that matters.
pub fn read_one(bytes: &[u8]) -> SheetReading {
    let mut readings = sheet::read(bytes).unwrap();
    assert_eq!(readings.len(), 1, "{readings:?}");
    readings.remove(0)
}

/// The row of each label of 成果1, as a spreadsheet counts.
pub fn rows() -> BTreeMap<String, u32> {
    let bytes = sheet::template(1, made()).unwrap();
    let script = "for row in book['成果1'].iter_rows(min_col=2, max_col=2):\n  if row[0].value: print(row[0].row, row[0].value, sep='\\t')";
    openpyxl(&bytes, script)
        .1
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(row, label)| (label.to_owned(), row.parse().unwrap()))
        .collect()
}

/// The parts of a workbook, by name.
pub fn unzipped(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        parts.push((entry.name().unwrap().into_owned(), content));
    }
    parts
}

/// Puts parts together to a workbook again.
pub fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated);
    for (name, content) in parts {
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Changes one part of a workbook.
pub fn changed(bytes: &[u8], part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut parts = unzipped(bytes);
    let (_, content) = parts.iter_mut().find(|(name, _)| name == part).unwrap();
    let text = String::from_utf8(std::mem::take(content)).unwrap();
    *content = change(text).into_bytes();
    zipped(&parts)
}
