//! The filled form. Everything may be missing while it is a draft: the rules say what is.

use super::options::{
    AchievementKind, AchievementLevel, Contest, CooperationMode, Gender, Maturity, ProjectCategory,
    ProjectLevel, ResearchBasis, RightKind, TechnicalField, UnitNature,
};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One achievement's form (附件1), field by field in the notice's order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Declaration {
    /// Field 1, 成果名称: names a technology or a product.
    pub name: String,
    /// Field 2, 技术领域.
    pub field: Option<TechnicalField>,
    /// Field 2, the words behind 其它.
    pub field_other: String,
    /// Field 3, 成果类型.
    pub kind: Option<AchievementKind>,
    /// Field 4, 成果水平.
    pub level: Option<AchievementLevel>,
    /// Field 5, 成果研究时间.
    pub research: ResearchPeriod,
    /// Field 6, 获得知识产权情况 in words.
    pub rights_text: String,
    /// Field 6, right by right.
    pub rights: Vec<IntellectualProperty>,
    /// Field 7, 知识产权类型.
    pub right_kinds: Vec<RightKind>,
    /// Field 8, 成果是否已在公开媒体宣传及相关情况.
    pub publicity: Publicity,
    /// Fields 9 and 10, 项目（平台、人才）名称 and number.
    pub projects: Vec<ProjectEntry>,
    /// Field 11, 成果完成单位信息; the first is the reporting unit.
    pub units: Vec<UnitInfo>,
    /// Field 12, 成果权属单位信息.
    pub ownership: Ownership,
    /// Field 13, 技术成熟度.
    pub maturity: Option<Maturity>,
    /// Field 14, 成果是否需要进一步转化.
    pub needs_transfer: Option<bool>,
    /// Field 15, 成果转化政策需求.
    pub policy_needs: String,
    /// Field 16, 合作方式.
    pub cooperation: Vec<CooperationMode>,
    /// Field 16, the words behind 其他.
    pub cooperation_other: String,
    /// Field 17, 需合作方投入资金 in 万元; a decimal in text, never below 0.
    #[ts(type = "string | null")]
    pub funding: Option<Decimal>,
    /// Field 18, 资金用途.
    pub funding_use: String,
    /// Field 19, 是否同意公开发布.
    pub consent_to_publish: Option<bool>,
    /// Field 20, 成果简介, at most 1000 字.
    pub summary: String,
    /// Field 21, 主要研制人员名单, 1 to 3 rows.
    pub researchers: Vec<Researcher>,
    /// Field 22, 承诺.
    pub commitment: Commitment,
    /// 直通车, clause 二（六）: the prize, when the achievement enters by the direct track. The
    /// official form has no field for it; a form without one is written as before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional = nullable)]
    pub prize: Option<Prize>,
}

/// The prize of the direct track.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Prize {
    /// Which contest.
    pub contest: Option<Contest>,
    /// 届次 or year, as on the certificate.
    pub edition: String,
    /// Place in the Shandong division, 1 to 50.
    pub place: Option<u16>,
}

/// Field 5: how and when the achievement was made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct ResearchPeriod {
    /// Within the project or derived from an accepted one.
    pub basis: Option<ResearchBasis>,
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day; clause 一（二）: within the two years before the collection.
    pub to: Option<NaiveDate>,
}

/// Field 6: one right.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct IntellectualProperty {
    /// Which kind of right.
    pub kind: Option<RightKind>,
    /// Its title as on the certificate.
    pub title: String,
    /// Its number as on the certificate.
    pub number: String,
    /// Who owns it, in the certificate's order.
    pub owners: Vec<String>,
    /// Day of grant, registration or publication.
    pub date: Option<NaiveDate>,
}

/// Field 8: whether the public has read of it, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Publicity {
    /// Yes or no.
    pub published: Option<bool>,
    /// When and in which media, if yes.
    pub detail: String,
}

/// Fields 9 and 10: one project, platform, talent programme or enterprise it comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct ProjectEntry {
    /// 类别, which 附件2 needs.
    pub category: Option<ProjectCategory>,
    /// National or provincial, clause 一（一）.
    pub level: Option<ProjectLevel>,
    /// Field 9, its name.
    pub name: String,
    /// Field 10, its number or the number of the founding document.
    pub number: String,
}

/// Fields 11 and 12: one unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct UnitInfo {
    /// 单位名称, as registered and on the seal.
    pub name: String,
    /// 单位性质.
    pub nature: Option<UnitNature>,
    /// The words behind 其它.
    pub nature_other: String,
    /// 联系人.
    pub contact: String,
    /// 邮箱.
    pub email: String,
    /// 联系电话.
    pub phone: String,
    /// 通讯地址.
    pub address: String,
}

/// Field 12: who owns the achievement now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Ownership {
    /// 是否与完成单位一致.
    pub same_as_units: Option<bool>,
    /// The owners, if not.
    pub holders: Vec<UnitInfo>,
}

/// Field 21: one of at most three people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Researcher {
    /// 姓名.
    pub name: String,
    /// 性别.
    pub gender: Option<Gender>,
    /// 出生年月, `YYYY-MM`; the form asks no day and no identity number.
    pub born: String,
    /// 职务/职称/学历.
    pub title: String,
    /// 工作单位.
    pub unit: String,
}

/// Field 22: who signs the commitment, and when. The signed page itself is evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Commitment {
    /// Legal representative, head of unit or the person.
    pub signatory: String,
    /// Day of the signature.
    pub signed_on: Option<NaiveDate>,
}
