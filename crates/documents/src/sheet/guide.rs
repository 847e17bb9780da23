//! The first sheet of the template: how to fill it in, in plain words.

use super::look::Look;
use rust_xlsxwriter::{Worksheet, XlsxError};

/// The guide's name on its tab.
pub(super) const NAME: &str = "说明";

const LINES: [&str; 8] = [
    "1. 每项成果填一张工作表（成果1、成果2……），用不到的留空，不必删除。",
    "2. 先回答“是否涉密”。涉密成果不能填在这里，请在涉密计算机上使用涉密单机版填报。",
    "3. 只有浅黄色的格子可以填；有下拉箭头的请从列表中选，不要自己改写选项。",
    "4. 日期直接输入，如 2025-3-1 或 2025年3月1日；出生年月如 1980-05。",
    "5. 多选的栏目（知识产权类型、合作方式），选中的填“是”，其余留空。",
    "6. 成果简介最多 1000 字，下面一行会自动计数。",
    "7. 请不要插入、删除行列，也不要改标签；行数不够的，导入后可以在程序里继续添加。",
    "8. 填好后发回填报人，在鲁果的“我的成果”里选“从表格导入”。有问题的格子会逐个列出来。",
];

/// Writes the guide.
pub(super) fn write(sheet: &mut Worksheet, look: &Look) -> Result<(), XlsxError> {
    sheet.set_name(NAME)?;
    sheet.set_column_width(0, 100)?;
    sheet.write_with_format(0, 0, "山东省重大科技成果征集表 填报模板", &look.title)?;
    for (row, line) in (2..).zip(LINES) {
        sheet.set_row_height(row, 32)?;
        sheet.write_with_format(row, 0, line, &look.note)?;
    }
    sheet.protect();
    Ok(())
}
