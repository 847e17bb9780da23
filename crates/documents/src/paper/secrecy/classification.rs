//! 国家秘密确定（变更、解除）审批表: a decision on a secret, with both persons who made it.

use super::or_dash;
use crate::paper::{
    fault::PaperFault,
    marked::Marked,
    press::{Paper, Press},
    stamp::Stamp,
};
use luguo_domain::secrecy::ClassificationStep;
use serde_json::json;

/// What stands on the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassificationSheet {
    /// 确定, 变更 or 解除.
    pub kind: ClassificationStep,
    /// The item, by its title.
    pub item: String,
    /// 密级; empty for an end.
    pub level: String,
    /// 保密期限; empty for an end.
    pub term: String,
    /// 定密依据.
    pub basis: String,
    /// 知悉范围.
    pub scope: String,
    /// 承办人.
    pub proposed_by: String,
    /// When.
    pub proposed_at: String,
    /// 定密责任人; empty before the decision.
    pub decided_by: String,
    /// When; empty before the decision.
    pub decided_at: String,
    /// What was decided, as 同意; empty before the decision.
    pub decision: String,
    /// Why it is proposed.
    pub reason: String,
    /// Number and title of the notice.
    pub notice: String,
}

impl Press {
    /// Typesets the sheet of a decision.
    ///
    /// # Errors
    /// [`PaperFault`] when the typesetter refuses.
    pub fn classification_sheet(
        &self,
        sheet: &ClassificationSheet,
        marked: Option<&Marked>,
    ) -> Result<Paper, PaperFault> {
        let kind = sheet.kind.label();
        let (level, term) = match sheet.kind {
            ClassificationStep::Determine => ("密级", "保密期限"),
            ClassificationStep::Change => ("变更后的密级", "变更后的期限"),
            ClassificationStep::End => ("解除后的密级", "保密期限"),
        };
        let data = json!({
            "title": format!("国家秘密{kind}审批表"),
            "author": "",
            "stamp": Stamp::Plain.data(),
            "item": ["成果名称", sheet.item],
            "mark": [level, or_dash(&sheet.level), term, or_dash(&sheet.term)],
            "rows": [
                [format!("{kind}依据"), or_dash(&sheet.basis)],
                ["知悉范围", or_dash(&sheet.scope)],
                [format!("{kind}理由"), or_dash(&sheet.reason)],
                ["书面通知", or_dash(&sheet.notice)],
            ],
            "opinions": [
                {
                    "label": "承办人意见",
                    "words": format!("拟{kind}。"),
                    "who": "承办人",
                    "name": sheet.proposed_by,
                    "at": sheet.proposed_at,
                },
                {
                    "label": "定密责任人意见",
                    "words": sheet.decision,
                    "who": "定密责任人",
                    "name": sheet.decided_by,
                    "at": sheet.decided_at,
                },
            ],
            "below": "本表由承办人提出、定密责任人审批，两人不得为同一人。程序只作记录，不作定密决定。",
        });
        self.print(
            "classification.typ",
            &data,
            &Stamp::Plain,
            Vec::new(),
            true,
            marked,
        )
    }
}
