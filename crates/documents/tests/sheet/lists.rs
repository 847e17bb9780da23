//! Annexes 2 and 3 and plain lists, as another program sees them.

use crate::support::{fixtures, made, openpyxl};
use luguo_documents::sheet::{self, SheetFault};
use luguo_domain::annexes::{
    BATCH_COLUMNS, BatchRow, BatchSummary, LIAISON_COLUMNS, LiaisonOfficer,
};

/// Prints every cell of the first sheet with its type, and how the page is set up.
const SHOW: &str = r"
sheet = book.worksheets[0]
for row in sheet.iter_rows():
    for cell in row:
        if cell.value is not None: print(cell.coordinate, cell.data_type, cell.value, sep='|')
page = sheet.page_setup
print('page', page.orientation, page.paperSize, page.fitToWidth or 1, page.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.freeze_panes, sheet.print_title_rows, sep='|')
";

fn summary() -> BatchSummary {
    BatchSummary {
        authority: "济南市科学技术局".to_owned(),
        reported_on: chrono::NaiveDate::from_ymd_opt(2026, 11, 9).unwrap(),
        rows: fixtures().iter().map(BatchRow::of).collect(),
    }
}

#[test]
fn annex_2_has_its_columns_its_unit_and_one_row_an_achievement() {
    let (_, shown) = openpyxl(&sheet::batch(&summary(), made()).unwrap(), SHOW);
    for (column, letter) in BATCH_COLUMNS.iter().zip('A'..) {
        assert!(
            shown.contains(&format!("{letter}3|s|{column}\n")),
            "{shown}"
        );
    }
    assert!(shown.contains("填报单位：济南市科学技术局"));
    assert!(shown.contains("填报时间：2026年11月9日"));
    for (form, row) in fixtures().iter().zip(4..) {
        assert!(shown.contains(&format!("B{row}|s|{}\n", form.name)));
        assert!(shown.contains(&format!("J{row}|s|{}\n", form.units[0].phone)));
    }
    assert!(
        shown.contains("page|landscape|9|1|0|True|A4|$1:$3"),
        "{shown}"
    );
}

#[test]
fn annex_3_keeps_phone_numbers_as_text() {
    let officer = LiaisonOfficer {
        name: "张明".to_owned(),
        unit: "济南市科学技术局".to_owned(),
        title: "科长".to_owned(),
        office_phone: "053186920001".to_owned(),
        mobile: "13905310000".to_owned(),
        wechat: "=cmd()".to_owned(),
        email: "@jinan".to_owned(),
        remark: "+86".to_owned(),
    };
    let (_, shown) = openpyxl(&sheet::liaison(&[officer], made()).unwrap(), SHOW);
    for (column, letter) in LIAISON_COLUMNS.iter().zip('A'..) {
        assert!(
            shown.contains(&format!("{letter}2|s|{column}\n")),
            "{shown}"
        );
    }
    for cell in [
        "D3|s|053186920001",
        "E3|s|13905310000",
        "F3|s|=cmd()",
        "G3|s|@jinan",
        "H3|s|+86",
    ] {
        assert!(shown.contains(&format!("{cell}\n")), "{cell} in {shown}");
    }
    assert!(
        shown.contains("page|landscape|9|1|0|True|A3|$1:$2"),
        "{shown}"
    );
}

#[test]
fn a_text_that_looks_like_a_formula_stays_text() {
    let words = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(1)",
        "\t=1",
        "'=1",
        "001",
        "1e9",
        "2025-03-01",
        "TRUE",
    ];
    let rows: Vec<Vec<String>> = words.iter().map(|word| vec![(*word).to_owned()]).collect();
    let bytes = sheet::table("列表", &["内容"], &rows, made()).unwrap();
    let (_, shown) = openpyxl(&bytes, SHOW);
    for (word, row) in words.iter().zip(3..) {
        assert!(
            shown.contains(&format!("A{row}|s|{word}\n")),
            "{word} in {shown}"
        );
    }
    assert!(!shown.contains("|f|") && !shown.contains("|n|"), "{shown}");
}

#[test]
fn a_list_may_be_empty_and_is_the_same_each_time() {
    let none: [Vec<String>; 0] = [];
    let list = || sheet::table("空表: 2026/11", &["甲", "乙"], &none, made()).unwrap();
    assert_eq!(list(), list());
    let (_, shown) = openpyxl(&list(), SHOW);
    assert!(shown.contains("B2|s|乙"), "{shown}");
}

#[test]
fn a_text_longer_than_a_cell_is_refused_and_not_cut() {
    let rows = [vec!["甲".to_owned(), "长".repeat(32_768)]];
    let fault = sheet::table("列表", &["名称", "简介"], &rows, made()).unwrap_err();
    assert!(
        matches!(&fault, SheetFault::DoesNotFit { what, .. } if what == "简介"),
        "{fault}"
    );
}
