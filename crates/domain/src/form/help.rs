//! Help beside the field (F1): what to write, in plain words, with an example where one helps.

/// Help for a path of the form; indices do not matter: `rights[3].number` asks for
/// `rights.number`. `None` where the label says everything.
pub fn help_for(path: &str) -> Option<&'static str> {
    let mut plain = String::with_capacity(path.len());
    let mut inside = false;
    for c in path.chars() {
        match c {
            '[' => inside = true,
            ']' => inside = false,
            _ if !inside => plain.push(c),
            _ => {}
        }
    }
    // Both kinds of unit are filled in the same way.
    let plain = plain.replace("ownership.holders", "units");
    HELP.iter()
        .find(|(known, _)| *known == plain)
        .map(|(_, help)| *help)
}

/// Path and help, in the form's order.
pub const HELP: &[(&str, &str)] = &[
    (
        "name",
        "写成一项技术或一个产品的名字，让不懂行的人也能认出来，如“深海耐压钛合金浮力球”。不写“……的研究”“……项目”，也不写企业或品牌名，最好不超过 40 字。",
    ),
    (
        "field",
        "只选最贴近的一个领域，汇总表按它分类。都不合适时选“其它”并写明。",
    ),
    ("field_other", "写出领域的名称，几个字就够，如“考古技术”。"),
    (
        "kind",
        "按成果最主要的贡献选：发现新规律选基础研究，解决“卡脖子”或替代进口选技术攻关，已用在重大工程或装置上选重大应用。选哪一类，就要附哪一类的佐证。",
    ),
    (
        "level",
        "领跑：国际领先；并跑：与国际先进相当；无人区：国际上还没有人做。以查新报告、评价意见为依据。",
    ),
    (
        "research",
        "成果是在项目实施期内完成的，还是项目验收以后继续做出来的，二选一；再填起止日期。",
    ),
    (
        "research.basis",
        "成果是在项目实施期内完成的，还是项目验收以后继续做出来的，二选一。",
    ),
    (
        "research.from",
        "开始研究的日期，可以直接输入，如 2023-3-1 或 2023年3月1日。",
    ),
    (
        "research.to",
        "成果形成的日期。征集的是近两年内形成的成果，早于两年的要说明理由。",
    ),
    (
        "prize",
        "只有两个大赛的获奖成果走直通车：全国颠覆性技术创新大赛领域赛公开海选类优胜项目，中国创新创业大赛山东赛区前 50 强。凭获奖证明直接入库，其他成果不用勾选。",
    ),
    (
        "prize.edition",
        "写获奖证书上的届次或年份，如“第十四届”“2025年”。",
    ),
    ("prize.place", "山东赛区的名次，1 到 50。"),
    (
        "rights_text",
        "用一两句话说清总数，如“授权发明专利 2 项，登记软件著作权 1 项”，再在下面逐项填写。",
    ),
    (
        "rights.kind",
        "与证书一致。一项成果有多种知识产权时，各填一项。",
    ),
    ("rights.title", "照抄证书上的名称，一字不差。"),
    (
        "rights.number",
        "照抄证书上的编号，如 ZL201310699744.2、2023SR0123456、DB37/T 4866—2025。程序会核对专利号的校验位。",
    ),
    (
        "rights.owners",
        "照证书上的顺序填写全部权利人，用顿号分开。",
    ),
    ("rights.date", "授权、登记或发布的日期，以证书为准。"),
    (
        "right_kinds",
        "勾选上面填过的所有类型。没有知识产权的只勾“未涉及知识产权”。",
    ),
    (
        "publicity",
        "报纸、电视、网站、公众号上介绍过就选“是”，并写明时间和媒体，附报道复印件。",
    ),
    (
        "publicity.published",
        "报纸、电视、网站、公众号上介绍过就选“是”。",
    ),
    (
        "publicity.detail",
        "写明哪一天、哪家媒体，如“2025年9月12日，大众日报第3版”。",
    ),
    (
        "projects",
        "成果从哪个国家级或省级项目、平台、人才计划或企业来，至少填一项，名称与立项文件一致。",
    ),
    (
        "projects.category",
        "项目、平台（实验室、创新中心等）、人才计划或企业，汇总表要按它填写。",
    ),
    (
        "projects.level",
        "按批准部门的级别选。市级的不在征集范围内。",
    ),
    ("projects.name", "照抄立项文件、认定文件上的全称。"),
    (
        "projects.number",
        "项目编号；平台、人才没有编号的，填立项（认定）文件的文号，如“鲁科字〔2024〕5号”。",
    ),
    (
        "units",
        "第一个是填报单位，也就是送审、盖章的单位；合作单位依次往下填，数量不限。",
    ),
    (
        "units.name",
        "与法人登记证书和公章完全一致，不写简称。输入几个字或拼音首字母，可以从通讯录选用。",
    ),
    (
        "units.nature",
        "按法人登记的性质选。都不合适时选“其它”并写明。",
    ),
    (
        "units.nature_other",
        "写出登记证书上的类型，如“民办非企业单位”“农民专业合作社”。",
    ),
    (
        "units.contact",
        "主管部门会联系这个人，请填最了解成果的人。",
    ),
    ("units.email", "填常用的邮箱，如 name@unit.cn。"),
    (
        "units.phone",
        "手机号，或带区号的座机号，如 0532-88880011转8012。",
    ),
    ("units.address", "能收到快递的地址，写到门牌号。"),
    (
        "ownership",
        "成果现在归谁所有。转让过、或约定归别的单位所有的选“否”，逐个填写权属单位并附权属证明。",
    ),
    (
        "ownership.same_as_units",
        "成果现在就归上面的完成单位所有选“是”；转让过、或约定归别的单位选“否”。",
    ),
    (
        "maturity",
        "按现在真实达到的阶段选，如已完成小试还没有中试就选“通过小试”。",
    ),
    (
        "needs_transfer",
        "还希望找企业合作、落地生产的选“是”，并在下面写明需求。",
    ),
    (
        "policy_needs",
        "希望政府帮什么，如参加路演、首台（套）保险补偿、用地、人才引进等。",
    ),
    ("cooperation", "愿意采用的都可以勾选。"),
    (
        "cooperation_other",
        "写出想采用的其他方式，如“委托开发”“共建实验室”。",
    ),
    (
        "funding",
        "希望合作方投入的钱，单位是万元，可以带小数。不需要时填 0。",
    ),
    (
        "funding_use",
        "这笔钱打算用在哪里，如“建设年产两千只的生产线”。",
    ),
    (
        "consent_to_publish",
        "选“是”的成果入库后才会列入公开发布。涉及商业秘密、不便公开的选“否”。",
    ),
    (
        "summary",
        "写清解决了什么问题、怎么解决的、指标多少、用在哪里，最多 1000 字（不算空格和换行）。图片和视频作为佐证材料加入。",
    ),
    ("researchers", "只填贡献最大的 1 至 3 人，按贡献排序。"),
    (
        "researchers.name",
        "与身份证件一致。输入姓名或拼音首字母，可以从通讯录选用。",
    ),
    (
        "researchers.born",
        "只要年和月，如 1980-05。表格不要求身份证号，请不要填写。",
    ),
    (
        "researchers.title",
        "职务、职称、学历都写，用斜线分开，如“研究员/博士”。",
    ),
    ("researchers.unit", "与上面的完成单位名称一致。"),
    (
        "commitment",
        "先在“打印”里打印签字盖章稿，由法定代表人、单位负责人或本人签字，盖章，写日期，再扫描加入佐证材料。",
    ),
    ("commitment.signatory", "签字人的姓名，与签字页一致。"),
    ("commitment.signed_on", "签字页上手写的日期。"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{characters, fields::CATALOGUE};

    #[test]
    fn every_field_has_help_of_a_readable_length() {
        for entry in CATALOGUE {
            assert!(
                help_for(entry.path).is_some(),
                "field {} {}",
                entry.number,
                entry.path
            );
        }
        for (path, help) in HELP {
            let length = characters(help);
            assert!((8..=120).contains(&length), "{path}: {length} characters");
            assert!(help.ends_with('。'), "{path} ends as a sentence");
        }
    }

    #[test]
    fn entries_of_a_group_share_their_help() {
        assert_eq!(help_for("rights[7].number"), help_for("rights[0].number"));
        assert_eq!(
            help_for("ownership.holders[1].phone"),
            help_for("units[0].phone")
        );
        assert_eq!(help_for("no.such.field"), None);
    }
}
