//! The first sheet, 说明, and the hidden one with the options behind the drop-downs.

use super::{CAPACITY, TEMPLATE_FORMAT, look, options::List};
use rust_xlsxwriter::{Formula, Workbook, XlsxError};

/// Name of the hidden sheet.
const OPTIONS: &str = "选项";
/// Where its lists begin.
const FIRST: u32 = 2;

/// Adds 说明.
pub(super) fn add(book: &mut Workbook, sheets: usize) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name("说明")?;
    sheet.set_column_width(0, 100)?;
    sheet.write_string(0, 0, TEMPLATE_FORMAT)?;
    sheet.write_string(0, 1, "guide")?;
    sheet.set_row_hidden(0)?;
    sheet.write_string_with_format(
        1,
        0,
        "山东省重大科技成果征集表（附件1）填报模板",
        &look::title(),
    )?;
    for (words, row) in lines(sheets).into_iter().zip(3..) {
        let lines = words.chars().count() / 45 + 1;
        sheet.set_row_height(row, lines as f64 * 17.0 + 4.0)?;
        sheet.write_string_with_format(row, 0, words, &look::words())?;
    }
    sheet
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0)
        .protect();
    Ok(())
}

fn lines(sheets: usize) -> Vec<String> {
    let last = match sheets {
        1 => "成果1".to_owned(),
        count => format!("成果1 至 成果{count}"),
    };
    vec![
        "1. 涉密成果不得填在这里。每张表先回答“是否涉密”：选“是”的表不会被读取，请在涉密计算机上用涉密单机版填报。"
            .to_owned(),
        format!("2. 一项成果填一张表（{last}）。用不完的表留空即可；表不够时再导出一个模板。"),
        "3. 白色的单元格是填写处，灰色的标签不能改。鼠标停在标签上，可看到填写提示和依据的条款。"
            .to_owned(),
        "4. 有下拉箭头的，从列表中选择。可多选的项目，每个选项一行，选中的填“是”，没有选中的留空。"
            .to_owned(),
        "5. 日期填年月日，如 2025-3-1；出生年月填年和月，如 1980-05。".to_owned(),
        format!(
            "6. 知识产权最多 {} 项，项目 {} 项，完成单位 {} 个，权属单位 {} 个，研制人员 {} 人；多个权利人用“、”隔开。不要插入行、删除行或合并单元格。",
            CAPACITY.rights,
            CAPACITY.projects,
            CAPACITY.units,
            CAPACITY.holders,
            CAPACITY.researchers,
        ),
        "7. 成果简介 1000 字以内，空格和换行不计；下面一行实时显示字数。表情和个别生僻字在这里可能多计一字，以导入后的字数为准。"
            .to_owned(),
        "8. 填好后交给单位的填报人导入。导入时先看预览，有问题会指明是哪张表、哪一格、怎样改；确认之前什么都不会保存。"
            .to_owned(),
        "9. 佐证材料不放在表里，另附扫描件，由填报人加入。".to_owned(),
    ]
}

/// Adds the hidden options.
pub(super) fn options(book: &mut Workbook) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name(OPTIONS)?;
    sheet.write_string(0, 0, TEMPLATE_FORMAT)?;
    sheet.write_string(0, 1, "options")?;
    for (list, column) in List::ALL.into_iter().zip(0..) {
        sheet.write_string(1, column, list.title())?;
        for ((_, label), row) in list.entries().into_iter().zip(FIRST..) {
            sheet.write_string(row, column, label)?;
        }
    }
    sheet.set_hidden(true).protect();
    Ok(())
}

/// Where a list stands on the hidden sheet.
pub(super) fn range(list: List) -> Formula {
    let at = List::ALL
        .iter()
        .position(|known| *known == list)
        .unwrap_or_default();
    let column = char::from(b'A' + u8::try_from(at).unwrap_or_default());
    let last = FIRST as usize + list.entries().len();
    Formula::new(format!(
        "='{OPTIONS}'!${column}${}:${column}${last}",
        FIRST + 1
    ))
}
