//! Files that are foreign, damaged or made to exhaust the machine end in a fault, never in a
//! panic, never in silence.

use crate::support::{changed, fixture, made, openpyxl, read_one, unzipped, with, zipped};
use luguo_documents::sheet::{self, SheetFault};
use proptest::prelude::*;

const SHEET: &str = "xl/worksheets/sheet2.xml";

fn filled() -> Vec<u8> {
    sheet::filled(&[fixture("basic-research")], made()).unwrap()
}

#[test]
fn what_is_no_workbook_is_named_as_what_it_is() {
    for bytes in [&b""[..], b"hello", b"PK\x03\x04", b"%PDF-1.7", &[0; 64]] {
        assert!(matches!(
            sheet::read(bytes),
            Err(SheetFault::Damaged { .. })
        ));
    }
    let old = [
        &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..],
        &[0; 512],
    ]
    .concat();
    assert!(matches!(sheet::read(&old), Err(SheetFault::OldOrLocked)));
    let archive = zipped(&[("readme.txt".to_owned(), b"no workbook".to_vec())]);
    assert!(matches!(
        sheet::read(&archive),
        Err(SheetFault::Damaged { .. })
    ));
}

#[test]
fn a_workbook_of_somebody_else_is_no_template() {
    let rows = [vec!["甲".to_owned()]];
    let bytes = sheet::table("名单", &["姓名"], &rows, made()).unwrap();
    let fault = sheet::read(&bytes).unwrap_err();
    assert!(matches!(fault, SheetFault::NotTemplate));
    assert!(fault.sentence().contains("导出新模板"));
}

#[test]
fn another_version_of_the_template_is_refused_by_its_name() {
    let bytes = with(&filled(), &[("A1", "'luguo.template/2'")]);
    let fault = sheet::read(&bytes).unwrap_err();
    assert!(matches!(&fault, SheetFault::Version { found, .. } if found == "luguo.template/2"));
    assert!(fault.sentence().contains("luguo.template/2"));
    assert!(fault.sentence().contains("成果1"));
}

#[test]
fn a_zip_bomb_is_refused_before_it_is_parsed() {
    let mut parts = unzipped(&filled());
    parts.push(("xl/media/image1.png".to_owned(), vec![0; 140 << 20]));
    let bomb = zipped(&parts);
    assert!(bomb.len() < 1 << 20, "it is small on the outside");
    assert!(matches!(
        sheet::read(&bomb),
        Err(SheetFault::TooLarge {
            unit: "unpacked bytes",
            ..
        })
    ));
}

#[test]
fn too_many_entries_and_too_many_bytes_are_refused() {
    let many: Vec<_> = (0..5_001).map(|n| (format!("{n}"), Vec::new())).collect();
    assert!(matches!(
        sheet::read(&zipped(&many)),
        Err(SheetFault::TooLarge {
            unit: "entries",
            ..
        })
    ));
    let large = [b"PK".as_slice(), &vec![0; 33 << 20]].concat();
    assert!(matches!(
        sheet::read(&large),
        Err(SheetFault::TooLarge { unit: "bytes", .. })
    ));
}

#[test]
fn ten_thousand_rows_below_the_form_are_one_fault() {
    let script = "sheet = book['成果1']\nfor row in range(1000, 11000): sheet.cell(row, 3, 'x')";
    let reading = read_one(&openpyxl(&filled(), script).0);
    assert_eq!(reading.declaration, fixture("basic-research"));
    assert_eq!(reading.faults.len(), 1);
    assert_eq!(reading.faults[0].cell, "C1000");
    assert!(reading.faults[0].message.contains("10000"));
}

#[test]
fn a_cell_at_the_far_corner_costs_nothing() {
    let bytes = changed(&filled(), SHEET, |xml| {
        let far = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>";
        xml.replace("</sheetData>", far)
    });
    let reading = read_one(&bytes);
    assert_eq!(reading.faults.len(), 1);
    assert_eq!(reading.faults[0].cell, "XFD1048576");
}

#[test]
fn a_shared_formula_with_a_huge_index_costs_nothing() {
    let bytes = changed(&filled(), SHEET, |xml| {
        let far = "<row r=\"900\"><c r=\"C900\"><f t=\"shared\" ref=\"C900:C901\" si=\"999999999999\">1</f><v>1</v></c></row></sheetData>";
        xml.replace("</sheetData>", far)
    });
    assert_eq!(read_one(&bytes).faults[0].cell, "C900");
}

#[test]
fn a_damaged_sheet_is_told_and_the_others_are_read() {
    let form = fixture("basic-research");
    let bytes = sheet::filled(&[form.clone(), form.clone()], made()).unwrap();
    let cut = changed(&bytes, SHEET, |xml| {
        xml.chars().take(xml.chars().count() / 2).collect()
    });
    let readings = sheet::read(&cut).unwrap();
    assert_eq!(readings.len(), 2);
    assert!(
        readings[0].faults[0].message.contains("已损坏"),
        "{:?}",
        readings[0].faults
    );
    assert_eq!(readings[1].declaration, form);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// The parts are damaged inside the archive, so that the damage reaches the XML readers.
    #[test]
    fn damaged_parts_never_panic(
        which in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        junk in prop_oneof!["[<>\"/&;=0-9A-Za-z]{1,8}", Just(String::new()), Just("-1".to_owned())],
        cut in 0usize..40,
    ) {
        let mut parts = unzipped(&filled());
        let index = which.index(parts.len());
        let content = &mut parts[index].1;
        let at = at.index(content.len());
        let end = (at + cut).min(content.len());
        content.splice(at..end, junk.into_bytes());
        let _ = sheet::read(&zipped(&parts));
    }

    #[test]
    fn damaged_files_never_panic(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = filled();
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        let _ = sheet::read(&bytes);
    }

    #[test]
    fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..512)) {
        let _ = sheet::read(&bytes);
    }
}
