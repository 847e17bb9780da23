//! 知悉人员登记表: who knew of an item, and since when (实施条例 Art. 20).

use crate::paper::{
    fault::PaperFault,
    marked::Marked,
    press::{Paper, Press},
    stamp::Stamp,
};
use serde_json::json;

/// The list of one item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnowledgeSheet {
    /// The unit that keeps it.
    pub unit: String,
    /// The item, by its title.
    pub item: String,
    /// Its mark.
    pub marking: String,
    /// Who knew, the first first.
    pub rows: Vec<KnowledgeRow>,
}

/// One person who knew.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnowledgeRow {
    /// Name.
    pub name: String,
    /// Unit and post.
    pub unit: String,
    /// When first.
    pub first_at: String,
    /// How: 查看, 打印, 审批, 当面告知.
    pub how: String,
}

impl Press {
    /// Typesets the list of who knew.
    ///
    /// # Errors
    /// [`PaperFault`] when the typesetter refuses.
    pub fn knowledge_sheet(
        &self,
        sheet: &KnowledgeSheet,
        marked: Option<&Marked>,
    ) -> Result<Paper, PaperFault> {
        let rows: Vec<_> = (1..)
            .zip(&sheet.rows)
            .map(|(n, row): (u32, _)| {
                [
                    n.to_string(),
                    row.name.clone(),
                    row.unit.clone(),
                    row.first_at.clone(),
                    row.how.clone(),
                    String::new(),
                ]
            })
            .collect();
        let data = json!({
            "title": "知悉人员登记表",
            "author": sheet.unit,
            "stamp": Stamp::Plain.data(),
            "flipped": false,
            "above": [
                format!("成果名称：{}", sheet.item),
                format!("密级★保密期限：{}", super::or_dash(&sheet.marking)),
            ],
            "heads": ["序号", "姓名", "单位及职务", "首次知悉时间", "知悉方式", "备注"],
            "widths": [0.6, 1.2, 2.4, 2.0, 1.5, 1.0],
            "left": [2, 4],
            "rows": rows,
            "none": "（还没有知悉人员）",
            "below": [format!("单位：{}", sheet.unit), "登记人：　　　　　　　　　　年　　月　　日"],
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
