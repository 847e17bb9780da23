//! The catalogue of fields against the notice.

use super::fields::*;

#[test]
fn the_form_has_its_22_fields_in_order() {
    let numbers: Vec<_> = CATALOGUE.iter().map(|entry| entry.number).collect();
    assert_eq!(numbers, (1..=22).collect::<Vec<u8>>());
}

#[test]
fn the_options_are_spelled_and_ordered_as_in_the_notice() {
    let labels = |number: u8| -> Vec<&str> {
        let entry = &CATALOGUE[usize::from(number) - 1];
        (entry.options)()
            .into_iter()
            .map(|(_, label)| label)
            .collect()
    };
    assert_eq!(
        labels(2),
        [
            "电子信息",
            "先进制造",
            "生物、医药和医疗器械",
            "化工",
            "纺织",
            "新材料",
            "新能源与高效节能",
            "环境保护与资源综合利用",
            "海洋",
            "农业",
            "现代交通",
            "城市建设与社会发展",
            "其它"
        ]
    );
    assert_eq!(labels(3), ["基础研究成果", "技术攻关成果", "重大应用成果"]);
    assert_eq!(labels(4), ["领跑", "并跑", "无人区"]);
    assert_eq!(labels(5), ["项目实施期内完成", "已验收项目的衍生成果"]);
    assert_eq!(
        labels(7),
        [
            "发明专利",
            "实用新型专利",
            "外观设计专利",
            "软件著作权",
            "动植物新品种",
            "生物医药新品种",
            "集成电路布图设计",
            "标准",
            "论文、论著",
            "未涉及知识产权"
        ]
    );
    assert_eq!(
        labels(11),
        [
            "大专院校",
            "科研院所",
            "行政事业单位",
            "企业",
            "境外机构(含港澳台)",
            "社会组织",
            "其它"
        ]
    );
    assert_eq!(
        labels(13),
        ["正在研发", "已有样品", "通过小试", "通过中试", "可以量产"]
    );
    assert_eq!(
        labels(16),
        [
            "技术转让",
            "专利许可",
            "委托开发",
            "合作开发",
            "技术咨询",
            "技术服务",
            "技术入股",
            "股权投资",
            "其他"
        ]
    );
}

#[test]
fn a_path_finds_its_section() {
    for (path, section) in [
        ("rights[1].number", Section::Rights),
        ("projects[0].name", Section::Projects),
        ("ownership.holders[0].name", Section::Units),
        ("research.to", Section::Achievement),
        ("evidence.commitment", Section::Evidence),
        ("researchers[3]", Section::Summary),
        ("funding", Section::Cooperation),
    ] {
        assert_eq!(section_of(path), section, "{path}");
    }
}
