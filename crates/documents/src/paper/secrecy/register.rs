//! 密封包登记簿, with the columns in use for classified carriers (实施条例 Art. 27–28).

use super::or_dash;
use crate::paper::{
    fault::PaperFault,
    marked::Marked,
    press::{Paper, Press},
    stamp::Stamp,
};
use serde_json::json;

/// The register of a time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisterSheet {
    /// The unit that keeps it.
    pub unit: String,
    /// Which time, as 2026年.
    pub period: String,
    /// The packages, in the order of their numbers.
    pub rows: Vec<RegisterRow>,
}

/// One package of the register.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisterRow {
    /// 编号.
    pub number: String,
    /// 标题; withheld where the register must not tell it.
    pub title: Option<String>,
    /// The mark, as 机密★10年: 密级 and 保密期限 stand in columns of their own.
    pub marking: String,
    /// 发 or 收.
    pub direction: Direction,
    /// The unit at the other end.
    pub unit: String,
    /// When it was sealed.
    pub sealed_at: String,
    /// Copies.
    pub copies: u32,
    /// The medium.
    pub medium: String,
    /// 经办人: who sent it, or received it.
    pub sender_or_recipient: String,
    /// When it was signed for; empty before.
    pub signed_at: String,
    /// Where it stands, as 已签收.
    pub state: String,
    /// 清退/销毁方式; empty before.
    pub disposal: String,
    /// 审批人 of the sealing, or of the disposal.
    pub approver: String,
}

/// Which way a package went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Direction {
    /// It went out.
    #[default]
    Sent,
    /// It came in.
    Received,
}

impl Direction {
    /// 发 or 收.
    pub fn label(self) -> &'static str {
        match self {
            Direction::Sent => "发",
            Direction::Received => "收",
        }
    }
}

impl Press {
    /// Typesets the register, its head repeated on every page.
    ///
    /// # Errors
    /// [`PaperFault`] when the typesetter refuses.
    pub fn package_register(
        &self,
        register: &RegisterSheet,
        marked: Option<&Marked>,
    ) -> Result<Paper, PaperFault> {
        let rows: Vec<_> = register
            .rows
            .iter()
            .map(|row| {
                let (level, term) = row.marking.split_once('★').unwrap_or((&row.marking, ""));
                [
                    row.number.clone(),
                    row.title
                        .clone()
                        .unwrap_or_else(|| "见密封包内清单".to_owned()),
                    or_dash(level).to_owned(),
                    or_dash(term).to_owned(),
                    row.copies.to_string(),
                    row.direction.label().to_owned(),
                    row.unit.clone(),
                    row.sealed_at.clone(),
                    row.medium.clone(),
                    row.sender_or_recipient.clone(),
                    row.signed_at.clone(),
                    row.state.clone(),
                    row.disposal.clone(),
                    row.approver.clone(),
                ]
            })
            .collect();
        let data = json!({
            "title": "密封包登记簿",
            "author": register.unit,
            "stamp": Stamp::Plain.data(),
            "flipped": true,
            "above": [format!("单位：{}", register.unit), register.period],
            "heads": [
                "编号", "标题", "密级", "保密期限", "份数", "发/收", "发/收单位", "封装时间", "载体",
                "经办人", "签收时间", "状态", "清退/销毁方式", "审批人",
            ],
            "widths": [1.5, 2.3, 0.7, 1.2, 0.6, 0.7, 1.8, 1.7, 1.3, 1.0, 1.7, 0.9, 1.5, 1.0],
            "left": [1, 6],
            "rows": rows,
            "none": "（没有登记的密封包）",
            "below": [],
        });
        self.print(
            "register.typ",
            &data,
            &Stamp::Plain,
            Vec::new(),
            true,
            marked,
        )
    }
}
