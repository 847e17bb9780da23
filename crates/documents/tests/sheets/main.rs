//! Workbooks: filled ones come back without loss, every mistake is told at its cell, and other
//! programs open what was written.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use luguo_documents::sheet::{CAPACITY, SheetFault, batch, filled, liaison, read, template};
use luguo_domain::{
    Declaration, Moment,
    annexes::{BatchRow, BatchSummary, LiaisonOfficer},
    form::DeclarationFile,
};
use std::{path::PathBuf, process::Command};

fn made() -> Moment {
    "2026-11-10T02:32:05Z".parse().unwrap()
}

fn fixture(name: &str) -> Declaration {
    let path = format!(
        "{}/../../tests/fixtures/declarations/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    let mut form = DeclarationFile::parse(&std::fs::read_to_string(path).unwrap())
        .unwrap()
        .declaration;
    // A choice of many has the notice's order on the sheet.
    form.right_kinds.sort_unstable();
    form.cooperation.sort_unstable();
    form
}

fn three() -> Vec<Declaration> {
    [
        "basic-research.json",
        "key-technology.json",
        "major-application.json",
    ]
    .map(fixture)
    .into()
}

fn kept(name: &str, bytes: &[u8]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("sheets");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// The Python that `cargo xtask test` equips with openpyxl.
fn python(script: &str, arguments: &[&str]) -> String {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let program = root.join("target/venv/bin/python");
    assert!(
        program.exists(),
        "target/venv is missing: run `cargo xtask fixtures`"
    );
    let output = Command::new(program)
        .arg("-c")
        .arg(script)
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn complete_forms_come_back_without_loss_or_fault() {
    let forms = three();
    let readings = read(&filled(&forms, made()).unwrap()).unwrap();
    assert_eq!(readings.len(), 3);
    for (form, reading) in forms.iter().zip(readings) {
        assert_eq!(reading.faults, [], "{}", form.name);
        assert!(!reading.empty);
        assert_eq!(reading.declaration, *form);
    }
}

#[test]
fn an_empty_template_has_sheets_that_ask_for_nothing() {
    let readings = read(&template(3, made()).unwrap()).unwrap();
    assert_eq!(readings.len(), 3);
    for reading in readings {
        assert!(reading.empty, "{:?}", reading.faults);
        assert_eq!(reading.declaration, Declaration::default());
    }
    assert!(matches!(
        template(0, made()),
        Err(SheetFault::SheetCount { asked: 0, .. })
    ));
    assert!(template(1, made()).unwrap() == template(1, made()).unwrap());
}

#[test]
fn openpyxl_sees_locked_labels_open_cells_and_drop_downs() {
    let path = kept("template.xlsx", &template(2, made()).unwrap());
    let told = python(
        "import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book['成果1']
print(book.sheetnames, book['选项'].sheet_state, sheet.protection.sheet)
print(sheet['B4'].protection.locked, sheet['C4'].protection.locked)
print(len(sheet.data_validations.dataValidation) > 20, sheet['B6'].comment is not None)",
        &[path.to_str().unwrap()],
    );
    assert_eq!(
        told,
        "['说明', '成果1', '成果2', '选项'] hidden True\nTrue False\nTrue True\n"
    );
}

#[test]
fn twelve_planted_mistakes_are_told_at_their_twelve_cells() {
    let path = kept("blank.xlsx", &template(2, made()).unwrap());
    let out = path.with_file_name("mistakes.xlsx");
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/fixtures/mistakes.py"
    );
    let told = python(
        &std::fs::read_to_string(script).unwrap(),
        &[path.to_str().unwrap(), out.to_str().unwrap()],
    );
    let mut planted: Vec<_> = told.split_whitespace().collect();
    planted.sort_unstable();
    assert_eq!(planted.len(), 12);
    let readings = read(&std::fs::read(&out).unwrap()).unwrap();
    let mut found: Vec<_> = readings[0]
        .faults
        .iter()
        .map(|fault| fault.cell.as_str())
        .collect();
    found.sort_unstable();
    assert_eq!(found, planted, "{:#?}", readings[0].faults);
    for fault in &readings[0].faults {
        assert!(
            !fault.message.is_empty() && !fault.remedy.is_empty(),
            "{fault:?}"
        );
        assert_eq!(fault.sheet, "成果1");
    }
}

#[test]
fn nothing_of_a_sheet_marked_classified_is_read() {
    let path = kept("asked.xlsx", &filled(&three(), made()).unwrap());
    let out = path.with_file_name("classified.xlsx");
    python(
        "import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
book['成果2']['C4'] = '是'
book.save(sys.argv[2])",
        &[path.to_str().unwrap(), out.to_str().unwrap()],
    );
    let readings = read(&std::fs::read(&out).unwrap()).unwrap();
    assert_eq!(readings[1].declaration, Declaration::default());
    assert_eq!(readings[1].faults.len(), 1);
    assert!(readings[1].faults[0].remedy.contains("涉密单机版"));
    assert_eq!(readings[0].declaration, fixture("basic-research.json"));
    assert_eq!(readings[2].declaration, fixture("major-application.json"));
}

#[test]
fn a_changed_label_an_unanswered_question_and_another_version_are_told() {
    let path = kept(
        "whole.xlsx",
        &filled(&[fixture("basic-research.json")], made()).unwrap(),
    );
    let change = |script: &str| {
        let out = path.with_file_name("changed.xlsx");
        let script = format!(
            "import sys, openpyxl\nbook = openpyxl.load_workbook(sys.argv[1])\nsheet = book['成果1']\n{script}\nbook.save(sys.argv[2])"
        );
        python(&script, &[path.to_str().unwrap(), out.to_str().unwrap()]);
        read(&std::fs::read(&out).unwrap())
    };
    let moved = change("sheet['B6'] = '项目名称'").unwrap();
    assert_eq!(moved[0].faults[0].cell, "B6");
    assert!(moved[0].faults[0].message.contains("成果名称"));
    let unasked = change("sheet['C4'] = None").unwrap();
    assert_eq!(unasked[0].faults[0].cell, "C4");
    let other = change("sheet['A1'] = 'luguo.template/9'").unwrap_err();
    assert!(other.sentence().contains("luguo.template/9"), "{other}");
    let foreign = change("sheet['A1'] = None").unwrap_err();
    assert!(matches!(foreign, SheetFault::NotTemplate), "{foreign}");
}

#[test]
fn foreign_and_damaged_files_are_refused_with_a_sentence() {
    let whole = template(1, made()).unwrap();
    for bytes in [
        &b""[..],
        b"not a workbook",
        &whole[..whole.len() / 2],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old one",
    ] {
        let fault = read(bytes).unwrap_err();
        assert!(fault.sentence().ends_with('。'), "{}", fault.sentence());
    }
}

#[test]
fn more_entries_than_rows_are_refused_by_name() {
    let mut form = fixture("basic-research.json");
    form.units = vec![form.units[0].clone(); CAPACITY.units + 1];
    let fault = filled(&[form], made()).unwrap_err();
    assert!(matches!(&fault, SheetFault::DoesNotFit { what, .. } if what == "完成单位"));
}

#[test]
fn annexes_open_elsewhere_and_text_stays_text() {
    let mut row = BatchRow::of(&fixture("key-technology.json"));
    row.name = "=1+1".to_owned();
    row.phone = "0532-68880011".to_owned();
    let summary = BatchSummary {
        authority: "青岛市科学技术局".to_owned(),
        reported_on: "2026-11-10".parse().unwrap(),
        rows: vec![row],
    };
    let path = kept("batch.xlsx", &batch(&summary, made()).unwrap());
    let told = python(
        "import sys, openpyxl
sheet = openpyxl.load_workbook(sys.argv[1]).active
row = [cell for cell in sheet[5]]
print(row[1].value, row[1].data_type, row[9].value, row[9].data_type, sheet.freeze_panes)",
        &[path.to_str().unwrap()],
    );
    assert_eq!(told, "=1+1 s 0532-68880011 s A5\n");
    let officer = LiaisonOfficer {
        name: "赵海".to_owned(),
        mobile: "13800000000".to_owned(),
        ..LiaisonOfficer::default()
    };
    let path = kept(
        "liaison.xlsx",
        &liaison(&[officer], "青岛市科学技术局", made()).unwrap(),
    );
    let told = python(
        "import sys, openpyxl
print([cell.value for cell in openpyxl.load_workbook(sys.argv[1]).active[3]][:4])",
        &[path.to_str().unwrap()],
    );
    assert_eq!(told, "['姓名', '单位', '职务/职称', '办公电话']\n");
}
