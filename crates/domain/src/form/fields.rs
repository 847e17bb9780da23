//! The catalogue of the form's 22 fields: label and hint in the form's own words, clause,
//! section of the window, options in the notice's order.

use super::options::{
    AchievementKind, AchievementLevel, CooperationMode, Maturity, ResearchBasis, RightKind,
    TechnicalField, UnitNature,
};
pub use super::section::Section;

/// Code and label of an option.
pub type OptionEntry = (&'static str, &'static str);

/// One field of the form.
#[derive(Debug, Clone, Copy)]
pub struct FieldEntry {
    /// Number on the form, 1 to 22.
    pub number: u8,
    /// Path in the declaration.
    pub path: &'static str,
    /// Official label.
    pub label: &'static str,
    /// Hint; may be empty.
    pub hint: &'static str,
    /// Clause.
    pub clause: &'static str,
    /// Section of the window.
    pub section: Section,
    /// Needed before submission.
    pub required: bool,
    /// Options, empty for text.
    pub options: fn() -> Vec<OptionEntry>,
}

fn none() -> Vec<OptionEntry> {
    Vec::new()
}

macro_rules! options {
    ($name:ident, $choice:ty) => {
        fn $name() -> Vec<OptionEntry> {
            <$choice>::ALL
                .iter()
                .map(|option| (option.code(), option.label()))
                .collect()
        }
    };
}

options!(fields, TechnicalField);
options!(kinds, AchievementKind);
options!(levels, AchievementLevel);
options!(bases, ResearchBasis);
options!(rights, RightKind);
options!(natures, UnitNature);
options!(maturities, Maturity);
options!(modes, CooperationMode);

fn yes_no() -> Vec<OptionEntry> {
    vec![("true", "是"), ("false", "否")]
}

macro_rules! field {
    ($number:literal, $path:literal, $label:literal, $hint:literal, $clause:literal, $section:ident, $required:literal, $options:expr) => {
        FieldEntry {
            number: $number,
            path: $path,
            label: $label,
            hint: $hint,
            clause: $clause,
            section: Section::$section,
            required: $required,
            options: $options,
        }
    };
}

/// The 22 fields in the form's order.
pub const CATALOGUE: &[FieldEntry] = &[
    field!(
        1,
        "name",
        "成果名称",
        "落脚到技术或产品，易于表达、辨识",
        "附件1 第1项",
        Achievement,
        true,
        none
    ),
    field!(
        2,
        "field",
        "技术领域",
        "只选一项；选“其它”时写明",
        "附件1 第2项",
        Achievement,
        true,
        fields
    ),
    field!(
        3,
        "kind",
        "成果类型",
        "按成果的主要贡献选择，佐证材料要求随类型不同",
        "一（二）",
        Achievement,
        true,
        kinds
    ),
    field!(
        4,
        "level",
        "成果水平",
        "",
        "附件1 第4项",
        Achievement,
        true,
        levels
    ),
    field!(
        5,
        "research",
        "成果研究时间",
        "征集时点前两年内形成的成果",
        "一（二）",
        Achievement,
        true,
        bases
    ),
    field!(
        6,
        "rights_text",
        "获得知识产权情况",
        "逐项填写，每一项附证书扫描件",
        "一（二）",
        Rights,
        false,
        none
    ),
    field!(
        7,
        "right_kinds",
        "知识产权类型",
        "可多选；“未涉及知识产权”不与其他选项同选",
        "附件1 第7项",
        Rights,
        true,
        rights
    ),
    field!(
        8,
        "publicity",
        "成果是否已在公开媒体宣传及相关情况",
        "已宣传的写明时间和媒体",
        "附件1 第8项",
        Rights,
        true,
        yes_no
    ),
    field!(
        9,
        "projects",
        "项目（平台、人才）名称",
        "国家级或省级项目、平台、人才、企业，至少一项",
        "一（一）",
        Projects,
        true,
        none
    ),
    field!(
        10,
        "projects.number",
        "项目编号或平台、人才立项文件号",
        "与立项文件一致",
        "一（一）",
        Projects,
        true,
        none
    ),
    field!(
        11,
        "units",
        "成果完成单位信息",
        "第一完成单位为填报单位；名称与登记证书、公章一致",
        "一（二）",
        Units,
        true,
        natures
    ),
    field!(
        12,
        "ownership",
        "成果权属单位信息",
        "与完成单位不一致时逐个填写",
        "一（二）",
        Units,
        true,
        yes_no
    ),
    field!(
        13,
        "maturity",
        "技术成熟度",
        "",
        "附件1 第13项",
        Cooperation,
        true,
        maturities
    ),
    field!(
        14,
        "needs_transfer",
        "成果是否需要进一步转化",
        "",
        "附件1 第14项",
        Cooperation,
        true,
        yes_no
    ),
    field!(
        15,
        "policy_needs",
        "成果转化政策需求",
        "比如，参加路演等",
        "附件1 第15项",
        Cooperation,
        false,
        none
    ),
    field!(
        16,
        "cooperation",
        "合作方式",
        "可多选；选“其他”时写明",
        "附件1 第16项",
        Cooperation,
        false,
        modes
    ),
    field!(
        17,
        "funding",
        "需合作方投入资金(万元)",
        "不需要时填 0",
        "附件1 第17项",
        Cooperation,
        false,
        none
    ),
    field!(
        18,
        "funding_use",
        "资金用途",
        "",
        "附件1 第18项",
        Cooperation,
        false,
        none
    ),
    field!(
        19,
        "consent_to_publish",
        "是否同意公开发布",
        "同意后方可列入月度、季度、年度发布",
        "二（五）",
        Cooperation,
        true,
        yes_no
    ),
    field!(
        20,
        "summary",
        "成果简介",
        "1000字以内；可另附图片、视频和文件",
        "附件1 第20项",
        Summary,
        true,
        none
    ),
    field!(
        21,
        "researchers",
        "主要研制人员名单",
        "1 至 3 人",
        "附件1 第21项",
        Summary,
        true,
        none
    ),
    field!(
        22,
        "commitment",
        "承诺",
        "法定代表人、单位负责人或本人签字并盖章，扫描后加入佐证材料",
        "附件1 第22项",
        Commitment,
        true,
        none
    ),
];

/// The section that a field path such as `rights[1].number` stands in.
pub fn section_of(path: &str) -> Section {
    let root = path.split(['.', '[']).next().unwrap_or_default();
    match root {
        "evidence" => Section::Evidence,
        "field_other" => Section::Achievement,
        "rights" => Section::Rights,
        "cooperation_other" => Section::Cooperation,
        _ => CATALOGUE
            .iter()
            .find(|entry| entry.path == root)
            .map_or(Section::Achievement, |entry| entry.section),
    }
}
