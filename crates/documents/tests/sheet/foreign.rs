//! Other programs open the files: openpyxl and LibreOffice.

use crate::support::{fixture, fixtures, made, openpyxl, ordered, read_one};
use luguo_documents::sheet;
use std::process::Command;

#[test]
fn openpyxl_sees_drop_downs_locked_labels_and_the_marker_on_every_sheet() {
    let script = r"
for sheet in book: print(sheet.title, sheet['A1'].value, sheet.sheet_state, sheet.protection.sheet, sep='|')
sheet = book['成果1']
labels = [c for c in sheet['B'] if c.value]
print('locked', all(c.protection.locked for c in labels), sheet['C4'].protection.locked)
print('notes', sum(1 for c in labels if c.comment))
lists = {r.formula1 for r in sheet.data_validations.dataValidation if r.type == 'list'}
print('lists', len(lists), all('选项' in f for f in lists))
print('dates', any(r.type == 'date' for r in sheet.data_validations.dataValidation))
options = [c.value for c in book['选项']['C'] if c.value]
print('options', options)
";
    let (_, shown) = openpyxl(&sheet::template(2, made()).unwrap(), script);
    for line in [
        "说明|luguo.template/1|visible|True",
        "成果1|luguo.template/1|visible|True",
        "成果2|luguo.template/1|visible|True",
        "选项|luguo.template/1|hidden|True",
        "locked True False",
        "notes 22",
        "lists 12 True",
        "dates True",
        "options ['技术领域', '电子信息', '先进制造',",
    ] {
        assert!(shown.contains(line), "{line} in {shown}");
    }
}

#[test]
fn a_file_that_openpyxl_saved_again_reads_the_same() {
    let forms = fixtures();
    let (saved, _) = openpyxl(&sheet::filled(&forms, made()).unwrap(), "");
    let readings = sheet::read(&saved).unwrap();
    assert_eq!(readings.len(), forms.len());
    for (reading, form) in readings.iter().zip(&forms) {
        assert_eq!(reading.faults, []);
        assert_eq!(reading.declaration, ordered(form.clone()));
    }
}

#[test]
fn a_workbook_that_counts_days_from_1904_has_the_same_days() {
    let form = fixture("basic-research");
    let bytes = sheet::filled(std::slice::from_ref(&form), made()).unwrap();
    let script =
        "from openpyxl.utils.datetime import CALENDAR_MAC_1904\nbook.epoch = CALENDAR_MAC_1904";
    let reading = read_one(&openpyxl(&bytes, script).0);
    assert_eq!(reading.faults, []);
    assert_eq!(reading.declaration, ordered(form));
}

/// Converts through LibreOffice with a profile of its own.
fn converted(bytes: &[u8], to: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.xlsx");
    std::fs::write(&path, bytes).unwrap();
    let out = folder.path().join("out");
    let profile = format!(
        "-env:UserInstallation=file://{}/profile",
        folder.path().display()
    );
    let output = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", to, "--outdir"])
        .args([&out, &path])
        .output()
        .expect("LibreOffice is missing: apt-get install libreoffice-calc-nogui");
    let made = std::fs::read_dir(&out)
        .ok()
        .and_then(|mut files| files.next());
    let made = made.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    std::fs::read(made.unwrap().path()).unwrap()
}

#[test]
fn a_file_that_libreoffice_saved_again_reads_the_same() {
    let form = fixture("major-application");
    let bytes = sheet::filled(std::slice::from_ref(&form), made()).unwrap();
    let reading = read_one(&converted(&bytes, "xlsx"));
    assert_eq!(reading.faults, []);
    assert_eq!(reading.declaration, ordered(form));
}

#[test]
fn libreoffice_counts_the_summary_as_the_rule_does() {
    let mut form = fixture("basic-research");
    for (summary, expected) in [
        ("一 二\u{3000}三\n四\t五\u{a0}六", "已填 6 字"),
        (&*"字".repeat(1001), "已填 1001 字，超出 1 字"),
    ] {
        form.summary = summary.to_owned();
        let bytes = sheet::filled(std::slice::from_ref(&form), made()).unwrap();
        // openpyxl drops the stored result, so what is read is what LibreOffice computed.
        let (bare, _) = openpyxl(&bytes, "");
        let script = "print([c.value for row in openpyxl.load_workbook(sys.argv[1], data_only=True)['成果1'].iter_rows() for c in row if str(c.value).startswith('已填')])";
        let (_, shown) = openpyxl(&converted(&bare, "xlsx"), script);
        assert!(shown.contains(&format!("'{expected}'")), "{shown}");
    }
}

#[test]
fn libreoffice_prints_annex_2_on_one_page_across() {
    let summary = luguo_domain::annexes::BatchSummary {
        authority: "济南市科学技术局".to_owned(),
        reported_on: chrono::NaiveDate::from_ymd_opt(2026, 11, 9).unwrap(),
        rows: fixtures()
            .iter()
            .map(luguo_domain::annexes::BatchRow::of)
            .collect(),
    };
    let pdf = converted(&sheet::batch(&summary, made()).unwrap(), "pdf");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("annex.pdf");
    std::fs::write(&path, pdf).unwrap();
    let output = Command::new("pdfinfo").arg(&path).output();
    let output = output.expect("pdfinfo is missing: apt-get install poppler-utils");
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(shown.contains("Pages:           1"), "{shown}");
    assert!(shown.contains("841.") && shown.contains("595."), "{shown}");
}
