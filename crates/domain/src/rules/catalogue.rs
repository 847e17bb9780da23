//! Every rule by its code: clause, tier, and what it asks in one line. Codes are stable: reasons
//! and packages carry them, and `docs/notice/rules.md` lists them with code and test.

use super::finding::Tier;

/// A rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Stable code.
    pub code: &'static str,
    /// Clause of the notice it rests on; a required field names its own in the finding.
    pub clause: &'static str,
    /// Must be corrected, or may pass with a reason.
    pub tier: Tier,
    /// What it asks.
    pub title: &'static str,
}

const fn must(code: &'static str, clause: &'static str, title: &'static str) -> Rule {
    Rule {
        code,
        clause,
        tier: Tier::Mandatory,
        title,
    }
}

const fn ask(code: &'static str, clause: &'static str, title: &'static str) -> Rule {
    Rule {
        code,
        clause,
        tier: Tier::Verify,
        title,
    }
}

/// The rules in the form's order.
pub const CATALOGUE: &[Rule] = &[
    must("required.missing", "附件1", "必填项已填"),
    ask(
        "name.brand",
        "附件1 第1项",
        "名称落脚到技术或产品，不是企业或品牌",
    ),
    ask("name.long", "附件1 第1项", "名称易于表达、辨识"),
    must("period.end_before_start", "一（二）", "研究结束不早于开始"),
    must("period.end_in_future", "一（二）", "研究已经结束"),
    ask(
        "period.older_than_two_years",
        "一（二）",
        "征集时点前两年内形成",
    ),
    must("right.patent_check_digit", "一（二）", "专利号校验位相符"),
    ask("right.patent_shape", "一（二）", "专利号写法常见"),
    ask("right.patent_kind", "一（二）", "专利号与类型一致"),
    ask(
        "right.software_shape",
        "一（二）",
        "软件著作权登记号写法常见",
    ),
    ask("right.variety_shape", "一（二）", "新品种编号写法常见"),
    ask("right.layout_shape", "一（二）", "布图设计登记号写法常见"),
    ask("right.standard_shape", "一（二）", "标准号写法常见"),
    ask("right.doi_shape", "一（二）", "DOI 写法常见"),
    must("right.isbn_check_digit", "一（二）", "书号校验位相符"),
    must("right.number_twice", "二（一）", "一项知识产权只填一次"),
    must("right.date_in_future", "一（二）", "权利日期不晚于今天"),
    ask(
        "right.date_before_research",
        "一（二）",
        "权利日期不早于研究开始",
    ),
    must(
        "right.none_excludes_others",
        "附件1 第7项",
        "“未涉及知识产权”不与其他同选",
    ),
    must(
        "right.kind_without_right",
        "附件1 第7项",
        "选了的类型有相应的一项",
    ),
    must("right.kind_not_chosen", "附件1 第7项", "填了的一项选了类型"),
    must("project.none", "一（一）", "至少一项国家级或省级来源"),
    ask("project.number_twice", "一（一）", "同一项目只填一次"),
    must("unit.none", "一（二）", "至少一个完成单位"),
    ask(
        "unit.name_not_registered",
        "一（二）",
        "第一完成单位与登记名称一致",
    ),
    must("unit.twice", "一（二）", "每个完成单位只填一次"),
    ask("unit.email_shape", "附件1 第11项", "邮箱写法常见"),
    ask("unit.phone_shape", "附件1 第11项", "电话位数常见"),
    must("ownership.no_holder", "一（二）", "权属不一致时填权属单位"),
    must(
        "ownership.holder_not_wanted",
        "一（二）",
        "权属一致时不填权属单位",
    ),
    ask("transfer.no_mode", "附件1 第16项", "需要转化时选合作方式"),
    must("funding.negative", "附件1 第17项", "投入资金不小于 0"),
    ask("funding.use_missing", "附件1 第18项", "有投入资金时写用途"),
    must("summary.too_long", "附件1 第20项", "简介不超过 1000 字"),
    must("researcher.none", "附件1 第21项", "至少一名主要研制人员"),
    must(
        "researcher.too_many",
        "附件1 第21项",
        "至多三名主要研制人员",
    ),
    must("researcher.twice", "附件1 第21项", "每人只填一次"),
    ask(
        "researcher.unit_not_listed",
        "附件1 第21项",
        "人员的单位在完成单位里",
    ),
    must("researcher.born", "附件1 第21项", "出生年月成立"),
    ask(
        "commitment.signed_before_end",
        "附件1 第22项",
        "签字不早于研究结束",
    ),
    must(
        "commitment.signed_in_future",
        "附件1 第22项",
        "签字日期不晚于今天",
    ),
    must("evidence.missing", "二（一）", "权利、权属和承诺有扫描件"),
    ask("evidence.advised", "二（一）", "类型条件、项目和宣传有佐证"),
    ask("evidence.no_claim", "二（一）", "材料注明证明什么"),
    ask(
        "duplicate.right_number",
        "二（一）",
        "知识产权没有用在别的成果",
    ),
    ask(
        "duplicate.project_number",
        "二（一）",
        "项目没有报过同一成果",
    ),
    ask("duplicate.name", "二（一）", "没有名称相近的成果"),
    must("prize.place", "二（六）", "山东赛区名次在前 50"),
    ask(
        "elsewhere.right_number",
        "二（一）",
        "省级平台上没有同一知识产权的成果",
    ),
    ask(
        "elsewhere.project_number",
        "二（一）",
        "省级平台上没有同一项目的成果",
    ),
    ask("elsewhere.name", "二（一）", "省级平台上没有名称相近的成果"),
    must(
        "commitment.page_of_other_revision",
        "二（二）",
        "签字页与送审的表格同一版",
    ),
];

/// A rule by its code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    CATALOGUE.iter().find(|rule| rule.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn a_code_stands_once() {
        for (n, rule) in CATALOGUE.iter().enumerate() {
            assert!(
                CATALOGUE[..n].iter().all(|other| other.code != rule.code),
                "{}",
                rule.code
            );
        }
    }

    /// The table that people read says what the program does.
    #[test]
    fn the_notice_table_and_the_catalogue_agree() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/notice/rules.md");
        let text = std::fs::read_to_string(path).expect("docs/notice/rules.md");
        let mut listed = BTreeMap::new();
        for line in text.lines().filter(|line| line.starts_with('|')) {
            let cells: Vec<_> = line.split('|').map(str::trim).collect();
            for code in cells[3]
                .split(',')
                .map(|code| code.trim().trim_matches('`'))
            {
                if code.contains('.') {
                    listed.insert(code.to_owned(), (cells[1].to_owned(), cells[4].to_owned()));
                }
            }
        }
        let known: BTreeMap<_, _> = CATALOGUE
            .iter()
            .map(|rule| {
                (
                    rule.code.to_owned(),
                    (rule.clause.to_owned(), rule.tier.label().to_owned()),
                )
            })
            .collect();
        assert_eq!(listed, known);
    }
}
