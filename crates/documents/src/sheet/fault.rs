//! What is wrong with a workbook, and what is wrong with a cell of it.

use luguo_domain::Declaration;

/// What was found on one sheet of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetReading {
    /// The sheet's name as on its tab.
    pub sheet: String,
    /// Nothing is filled in: there is nothing to import, and nothing is wrong.
    pub empty: bool,
    /// What could be read; a cell with a fault is left out. Blank when the sheet was refused.
    pub declaration: Declaration,
    /// Everything that could not be read, from top to bottom.
    pub faults: Vec<CellFault>,
}

/// A cell that cannot be taken over as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellFault {
    /// The sheet's name as on its tab.
    pub sheet: String,
    /// The cell as the spreadsheet program names it, such as `C12`.
    pub cell: String,
    /// The field it belongs to, in the form's words.
    pub label: String,
    /// What is wrong, in Chinese.
    pub message: String,
    /// What to do, in Chinese.
    pub remedy: String,
}

/// A workbook cannot be read or written at all.
#[derive(Debug, thiserror::Error)]
pub enum SheetFault {
    /// Not an XLSX file, or a damaged one.
    #[error("not a readable XLSX workbook: {reason}")]
    Damaged {
        /// What the reader stumbled over.
        reason: String,
    },
    /// The old XLS format, or an XLSX behind a password: both are OLE containers.
    #[error("an old XLS file or a workbook with a password")]
    OldOrLocked,
    /// Larger than any filled template: a wrong file, or one made to exhaust the machine.
    #[error("the workbook is larger than the limit of {limit} {unit}")]
    TooLarge {
        /// The limit that was passed.
        limit: u64,
        /// What is counted.
        unit: &'static str,
    },
    /// A workbook, but no sheet of it says it is of the template.
    #[error("no sheet of the workbook is of the template")]
    NotTemplate,
    /// A template of another version.
    #[error("sheet {sheet:?} is of template version {found:?}, expected {expected:?}")]
    Version {
        /// The first such sheet.
        sheet: String,
        /// What it says it is.
        found: String,
        /// What this program reads.
        expected: &'static str,
    },
    /// More sheets, or none, were asked for than one file holds.
    #[error("{asked} sheets asked for, from 1 to {most} fit one file")]
    SheetCount {
        /// How many were asked for.
        asked: usize,
        /// How many fit.
        most: u16,
    },
    /// A form or a list has more than the workbook holds.
    #[error("{place}: {what} does not fit, at most {most}")]
    DoesNotFit {
        /// Where: the name of the achievement, or of the row.
        place: String,
        /// The field in the form's words.
        what: String,
        /// How many rows or characters fit.
        most: usize,
    },
    /// The workbook could not be put together.
    #[error("the workbook could not be written: {0}")]
    Writing(#[from] rust_xlsxwriter::XlsxError),
}

impl SheetFault {
    /// The fault as a colleague would tell it, with what to do.
    pub fn sentence(&self) -> String {
        match self {
            SheetFault::Damaged { .. } => {
                "这个文件打不开：不是 XLSX 表格，或已损坏。请用 Excel 或 WPS 打开检查，另存为 .xlsx 后再导入。"
                    .to_owned()
            }
            SheetFault::OldOrLocked => {
                "这个文件是旧的 .xls 格式，或设了打开密码。请取消密码，另存为 .xlsx 后再导入。"
                    .to_owned()
            }
            SheetFault::TooLarge { .. } => {
                "这个文件太大，不像填好的模板。请只保留模板的工作表，去掉图片和附件后再导入。"
                    .to_owned()
            }
            SheetFault::NotTemplate => {
                "这个文件不是本程序的填报模板。请导出新模板，把内容填进去后再导入。".to_owned()
            }
            SheetFault::Version {
                sheet,
                found,
                expected,
            } => format!(
                "工作表“{sheet}”的模板版本是 {found}，本程序只读 {expected}。请导出新模板，把内容填进去后再导入。"
            ),
            SheetFault::SheetCount { most, .. } => {
                format!("一个文件可放 1 至 {most} 项成果，请分成几个文件。")
            }
            SheetFault::DoesNotFit { place, what, most } => format!(
                "“{place}”的{what}超出表格能放下的数量（最多 {most}）。请改用 JSON 导出，或精简后再试。"
            ),
            SheetFault::Writing(_) => {
                "表格没有生成成功。请再试一次；仍不行，请联系技术支持。".to_owned()
            }
        }
    }
}
