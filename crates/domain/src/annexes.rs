//! Annexes 2 (汇总表) and 3 (联络员信息表): rows and columns as on the forms.

use crate::{
    Declaration,
    form::{ProjectCategory, TechnicalField, UnitNature},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Columns of annex 2 in their order.
pub const BATCH_COLUMNS: [&str; 10] = [
    "序号",
    "成果名称",
    "依托项目（基地、人才）类别",
    "项目名称",
    "项目编号",
    "所属单位",
    "所属单位性质",
    "技术领域",
    "联系人",
    "联系电话",
];

/// Columns of annex 3 in their order.
pub const LIAISON_COLUMNS: [&str; 8] = [
    "姓名",
    "单位",
    "职务/职称",
    "办公电话",
    "手机",
    "微信号",
    "电子邮箱",
    "备注",
];

/// Annex 2: what an authority recommends in one month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchSummary {
    /// 填报单位.
    pub authority: String,
    /// 填报时间.
    pub reported_on: NaiveDate,
    /// The rows.
    pub rows: Vec<BatchRow>,
}

/// One row of annex 2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchRow {
    /// 成果名称.
    pub name: String,
    /// 依托项目（基地、人才）类别.
    pub project_category: Option<ProjectCategory>,
    /// 项目名称.
    pub project_name: String,
    /// 项目编号.
    pub project_number: String,
    /// 所属单位.
    pub unit: String,
    /// 所属单位性质.
    pub unit_nature: Option<UnitNature>,
    /// 技术领域.
    pub field: Option<TechnicalField>,
    /// 联系人.
    pub contact: String,
    /// 联系电话.
    pub phone: String,
}

impl BatchRow {
    /// Takes the row from a form: its first project entry and its reporting unit.
    pub fn of(form: &Declaration) -> Self {
        let project = form.projects.first().cloned().unwrap_or_default();
        let unit = form.units.first().cloned().unwrap_or_default();
        Self {
            name: form.name.clone(),
            project_category: project.category,
            project_name: project.name,
            project_number: project.number,
            unit: unit.name,
            unit_nature: unit.nature,
            field: form.field,
            contact: unit.contact,
            phone: unit.phone,
        }
    }

    /// Every row with its 序号 in front, as annex 2 shows them.
    pub fn numbered(rows: &[Self]) -> Vec<Vec<String>> {
        (1_u32..)
            .zip(rows)
            .map(|(n, row)| std::iter::once(n.to_string()).chain(row.cells()).collect())
            .collect()
    }

    /// The cells behind 序号, in the order of [`BATCH_COLUMNS`], as they are printed.
    fn cells(&self) -> [String; 9] {
        let label = |label: Option<&'static str>| label.unwrap_or_default().to_owned();
        [
            self.name.clone(),
            label(self.project_category.map(|category| category.label())),
            self.project_name.clone(),
            self.project_number.clone(),
            self.unit.clone(),
            label(self.unit_nature.map(|nature| nature.label())),
            label(self.field.map(|field| field.label())),
            self.contact.clone(),
            self.phone.clone(),
        ]
    }
}

/// Annex 3: one responsible person per authority.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct LiaisonOfficer {
    /// 姓名.
    pub name: String,
    /// 单位.
    pub unit: String,
    /// 职务/职称.
    pub title: String,
    /// 办公电话.
    pub office_phone: String,
    /// 手机.
    pub mobile: String,
    /// 微信号.
    pub wechat: String,
    /// 电子邮箱.
    pub email: String,
    /// 备注.
    pub remark: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{ProjectEntry, UnitInfo};

    #[test]
    fn a_batch_row_takes_the_first_project_and_the_reporting_unit() {
        let entry = |name: &str| ProjectEntry {
            name: name.to_owned(),
            ..ProjectEntry::default()
        };
        let unit = |name: &str| UnitInfo {
            name: name.to_owned(),
            ..UnitInfo::default()
        };
        let form = Declaration {
            name: "成果".to_owned(),
            projects: vec![entry("项目一"), entry("项目二")],
            units: vec![unit("填报单位"), unit("合作单位")],
            ..Declaration::default()
        };
        let row = BatchRow::of(&form);
        assert_eq!(
            (row.project_name.as_str(), row.unit.as_str()),
            ("项目一", "填报单位")
        );
    }
}
