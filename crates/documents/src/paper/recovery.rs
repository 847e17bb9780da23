//! The recovery sheet of a vault, for an envelope in the unit's safe.

use super::{
    fault::PaperFault,
    press::{Paper, Press},
    stamp::Stamp,
};
use serde_json::json;

/// What stands on the sheet.
#[derive(Debug, Clone, Copy)]
pub struct RecoverySheet<'a> {
    /// 单位名称.
    pub unit: &'a str,
    /// The vault's file name.
    pub vault: &'a str,
    /// Who printed it.
    pub person: &'a str,
    /// When, in words.
    pub day: &'a str,
    /// The code, in groups.
    pub code: &'a str,
}

impl Press {
    /// Typesets the sheet.
    ///
    /// # Errors
    /// [`PaperFault`] when the typesetter refuses.
    pub fn recovery_sheet(&self, sheet: &RecoverySheet<'_>) -> Result<Paper, PaperFault> {
        let data = json!({
            "title": "保管库恢复单",
            "author": sheet.unit,
            "stamp": Stamp::Plain.data(),
            "rows": [
                ["单位", sheet.unit],
                ["保管库", sheet.vault],
                ["打印人", sheet.person],
                ["打印时间", sheet.day],
            ],
            "code": sheet.code,
            "below": [
                "用途：系统管理员忘记密码、又没有第二位管理员时，凭本单给系统管理员设新密码。",
                "用法：在登录页点“忘记密码…”，选保管库，填系统管理员的姓名，输入上面的恢复码（横线可以不输，不分大小写）。",
                "保管：打印后请装入信封，签字密封，放进单位保险柜；存在电脑里的文件请删除。拿到本单的人能打开保管库的全部内容。",
                "作废：重新打印一张，上一张随即作废。用过以后请重新打印。",
            ],
        });
        self.print("recovery.typ", &data, &Stamp::Plain, Vec::new(), true, None)
    }
}
