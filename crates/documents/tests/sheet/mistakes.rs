//! Every mistake is told at its cell, all of them at once, and nothing else is.

use crate::support::{changed, fixture, made, openpyxl, read_one, root, rows, with};
use luguo_documents::sheet;
use std::collections::BTreeMap;

/// The twelve mistakes: cell of 成果1, what openpyxl does there, a word of the message.
fn planted(rows: &BTreeMap<String, u32>) -> Vec<(String, String, &'static str)> {
    let at = |column: &str, label: &str| format!("{column}{}", rows[label]);
    let set = |value: &str| format!("= {value}");
    let after_people = format!("C{}", rows["研制人员 3"] + 1);
    vec![
        (at("C", "成果类型"), set("'应用成果'"), "不是成果类型的选项"),
        (at("B", "成果水平"), set("'成果等级'"), "标签应为“成果水平”"),
        (at("C", "研究开始日期"), set("'前年三月'"), "不是完整的日期"),
        (
            at("E", "知识产权 1"),
            set("370102198001011234567"),
            "超过 15 位",
        ),
        (at("G", "知识产权 2"), set("'2025年3月'"), "不是完整的日期"),
        (at("C", "标准"), set("'大概'"), "看不出是否选中"),
        (
            at("E", "项目 1"),
            set("datetime.date(2025, 3, 1)"),
            "变成了日期",
        ),
        (at("F", "完成单位 2"), "MERGE".to_owned(), "被合并"),
        (at("C", "需合作方投入资金(万元)"), set("'三百'"), "不是数字"),
        (at("C", "是否同意公开发布"), set("'=1/0'"), "没有计算结果"),
        (after_people, set("'赵第四'"), "研制人员最多填 3 行"),
        ("K400".to_owned(), set("'另见附页'"), "表格以外"),
    ]
}

/// The form of the fixture with the mistakes planted by openpyxl.
fn with_mistakes() -> (Vec<u8>, Vec<(String, String, &'static str)>) {
    let form = fixture("major-application");
    let bytes = sheet::filled(&[form], made()).unwrap();
    let planted = planted(&rows());
    let mut script = "import datetime\nsheet = book['成果1']".to_owned();
    for (cell, act, _) in &planted {
        let line = if act == "MERGE" {
            format!("\nsheet.merge_cells('{cell}:G{}')", &cell[1..])
        } else {
            format!("\nsheet['{cell}'] {act}")
        };
        script.push_str(&line);
    }
    (openpyxl(&bytes, &script).0, planted)
}

fn sorted(mut cells: Vec<String>) -> Vec<String> {
    cells.sort();
    cells
}

#[test]
fn twelve_planted_mistakes_are_told_at_exactly_their_cells() {
    let (bytes, planted) = with_mistakes();
    // The fixture below is a copy of this file.
    let copy = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("twelve-mistakes.xlsx");
    std::fs::write(copy, &bytes).unwrap();
    let reading = read_one(&bytes);
    let told = reading
        .faults
        .iter()
        .map(|fault| fault.cell.clone())
        .collect();
    let expected = planted.iter().map(|(cell, ..)| cell.clone()).collect();
    assert_eq!(sorted(told), sorted(expected), "{:#?}", reading.faults);
    for (cell, _, words) in planted {
        let fault = reading
            .faults
            .iter()
            .find(|fault| fault.cell == cell)
            .unwrap();
        assert!(fault.message.contains(words), "{fault:?}");
        assert!(
            !fault.remedy.is_empty() && !fault.label.is_empty(),
            "{fault:?}"
        );
        assert_eq!(fault.sheet, "成果1");
    }
    let form = fixture("major-application");
    assert_eq!(
        reading.declaration.name, form.name,
        "what is right is still read"
    );
    assert_eq!(reading.declaration.units[0], form.units[0]);
    assert_eq!(reading.declaration.kind, None, "what is wrong is left out");
}

#[test]
fn the_template_of_the_browser_story_has_the_same_twelve_mistakes() {
    let path = root().join("tests/fixtures/templates/twelve-mistakes.xlsx");
    let reading = read_one(&std::fs::read(path).unwrap());
    let told = reading
        .faults
        .iter()
        .map(|fault| fault.cell.clone())
        .collect();
    let expected = planted(&rows())
        .into_iter()
        .map(|(cell, ..)| cell)
        .collect();
    assert_eq!(sorted(told), sorted(expected), "{:#?}", reading.faults);
}

#[test]
fn faults_follow_the_sheet_from_top_to_bottom() {
    let reading = read_one(&with_mistakes().0);
    let rows: Vec<u32> = reading
        .faults
        .iter()
        .map(|fault| fault.cell[1..].parse().unwrap())
        .collect();
    assert!(rows.is_sorted(), "{rows:?}");
}

#[test]
fn values_as_people_type_them_are_taken_without_a_fault() {
    let rows = rows();
    let form = fixture("basic-research");
    let bytes = sheet::filled(std::slice::from_ref(&form), made()).unwrap();
    let at = |column: &str, label: &str| format!("{column}{}", rows[label]);
    let cells = [
        (at("C", "研究开始日期"), "'2025年3月1日'"),
        (at("C", "研究结束日期"), "45800"),
        (at("C", "签字日期"), "'2026/11/2'"),
        (at("C", "需合作方投入资金(万元)"), "'1,234.50 万元'"),
        (at("H", "完成单位 1"), "13906360000"),
        (at("E", "研制人员 1"), "196912"),
        (at("E", "研制人员 2"), "datetime.date(1988, 11, 1)"),
        (at("C", "成果是否需要进一步转化"), "True"),
        (at("C", "技术转让"), "'√'"),
    ];
    let cells: Vec<_> = cells
        .iter()
        .map(|(cell, value)| (cell.as_str(), *value))
        .collect();
    let reading = read_one(&with(&bytes, &cells));
    assert_eq!(reading.faults, []);
    let read = reading.declaration;
    let day = |words: &str| Some(words.parse().unwrap());
    assert_eq!(read.research.from, day("2025-03-01"));
    assert_eq!(read.research.to, day("2025-05-23"));
    assert_eq!(read.commitment.signed_on, day("2026-11-02"));
    assert_eq!(read.funding, Some("1234.5".parse().unwrap()));
    assert_eq!(read.units[0].phone, "13906360000");
    let born: Vec<_> = read
        .researchers
        .iter()
        .map(|person| person.born.as_str())
        .collect();
    assert_eq!(born, ["1969-12", "1988-11"]);
    assert_eq!(read.needs_transfer, Some(true));
    assert!(
        read.cooperation
            .contains(&luguo_domain::form::CooperationMode::TechnologyTransfer)
    );
}

#[test]
fn a_formula_with_an_error_is_told_and_one_with_a_value_is_read() {
    let rows = rows();
    let row = rows["成果名称"];
    let form = fixture("basic-research");
    let bytes = sheet::filled(&[form], made()).unwrap();
    let cell = |content: &str| {
        changed(&bytes, "xl/worksheets/sheet2.xml", |xml| {
            let start = xml.find(&format!("<c r=\"C{row}\"")).unwrap();
            let end = start + xml[start..].find("</c>").unwrap() + 4;
            format!("{}{content}{}", &xml[..start], &xml[end..])
        })
    };
    let broken = cell(&format!(
        "<c r=\"C{row}\" t=\"e\"><f>A9999!B1</f><v>#REF!</v></c>"
    ));
    let reading = read_one(&broken);
    assert_eq!(reading.faults.len(), 1);
    assert!(reading.faults[0].message.contains("#REF!"));
    let computed = cell(&format!(
        "<c r=\"C{row}\" t=\"str\"><f>\"甲\"&amp;\"乙\"</f><v>甲乙</v></c>"
    ));
    let reading = read_one(&computed);
    assert_eq!(reading.faults, []);
    assert_eq!(reading.declaration.name, "甲乙");
}

#[test]
fn an_inserted_row_is_told_once_and_no_answer_lands_on_another_question() {
    let form = fixture("basic-research");
    let bytes = sheet::filled(std::slice::from_ref(&form), made()).unwrap();
    let row = rows()["技术成熟度"];
    let (bytes, _) = openpyxl(&bytes, &format!("book['成果1'].insert_rows({row})"));
    let reading = read_one(&bytes);
    let moved: Vec<_> = reading
        .faults
        .iter()
        .filter(|fault| fault.message.contains("不在原来的位置"))
        .collect();
    assert_eq!(moved.len(), 1, "{:#?}", reading.faults);
    assert_eq!(moved[0].cell, format!("B{row}"));
    let read = reading.declaration;
    assert_eq!(
        (&read.name, &read.units),
        (&form.name, &form.units),
        "what did not move is read"
    );
    assert_eq!(
        (read.maturity, read.needs_transfer, read.summary.as_str()),
        (None, None, "")
    );
}

#[test]
fn a_value_beside_its_place_is_told() {
    let row = rows()["技术成熟度"];
    let bytes = sheet::filled(&[fixture("basic-research")], made()).unwrap();
    let reading = read_one(&with(&bytes, &[(&format!("E{row}"), "'可以量产'")]));
    assert_eq!(reading.faults.len(), 1, "{:?}", reading.faults);
    assert_eq!(reading.faults[0].cell, format!("E{row}"));
    assert_eq!(reading.faults[0].label, "技术成熟度");
}

#[test]
fn a_sheet_that_is_not_of_the_template_is_told_and_the_others_are_read() {
    let form = fixture("basic-research");
    let bytes = sheet::filled(std::slice::from_ref(&form), made()).unwrap();
    let script = "book.create_sheet('空表')\nbook.create_sheet('汇总')['B2'] = '小计'";
    let readings = sheet::read(&openpyxl(&bytes, script).0).unwrap();
    assert_eq!(readings.len(), 2, "a blank sheet is nobody's concern");
    assert_eq!(readings[0].declaration, form);
    assert_eq!(readings[1].sheet, "汇总");
    assert_eq!(readings[1].faults.len(), 1);
}

#[test]
fn a_copied_and_renamed_sheet_is_read() {
    let form = fixture("basic-research");
    let bytes = sheet::filled(std::slice::from_ref(&form), made()).unwrap();
    let script = "book.copy_worksheet(book['成果1']).title = '第二课题组'";
    let readings = sheet::read(&openpyxl(&bytes, script).0).unwrap();
    let copy = readings
        .iter()
        .find(|reading| reading.sheet == "第二课题组")
        .unwrap();
    assert_eq!((&copy.declaration, copy.faults.len()), (&form, 0));
}
