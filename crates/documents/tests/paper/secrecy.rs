//! The papers of the classified edition.

use crate::{
    marked::marked,
    support::{ask, keep, press, squeezed, words},
};
use luguo_documents::paper::{
    CardSheet, ClassificationSheet, Direction, HandoverItem, HandoverSheet, KnowledgeRow,
    KnowledgeSheet, Paper, RegisterRow, RegisterSheet, UnitLine, qr_svg,
};
use luguo_domain::secrecy::ClassificationStep;

const LONG: &str = "深海万米级耐压浮力材料及全海深无人潜水器总体集成关键技术研究与工程化应用（含配套试验装置、数据与全部设计图纸）";

fn line(unit: &str, person: &str) -> UnitLine {
    UnitLine {
        unit: unit.to_owned(),
        person: person.to_owned(),
        phone: "0532-88880000".to_owned(),
    }
}

fn handover() -> HandoverSheet {
    HandoverSheet {
        number: "移〔2026〕0007号".to_owned(),
        package_number: "密封〔2026〕0007号".to_owned(),
        package_id: "01a2090c52f37709ad4d9ad7fe59316a".to_owned(),
        digest: "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0".to_owned(),
        marking: "绝密★30年".to_owned(),
        copy_numbers: vec!["000001".to_owned(), "000002".to_owned()],
        copies: 2,
        items: vec![
            HandoverItem {
                no: 1,
                title: Some(LONG.to_owned()),
                marking: "绝密★30年".to_owned(),
                copy_number: "000001".to_owned(),
                pages_or_size: "128 页".to_owned(),
                evidence_count: 12,
            },
            HandoverItem {
                no: 2,
                title: None,
                marking: "机密★20年".to_owned(),
                copy_number: String::new(),
                pages_or_size: "3.2 MB".to_owned(),
                evidence_count: 3,
            },
        ],
        medium_label: "涉密光盘 2026-019".to_owned(),
        medium_serial: "WD-WX41A8820931".to_owned(),
        sender: line("山东省深海装备研究院", "王秀英"),
        couriers: vec!["张建国".to_owned(), "李文斌".to_owned()],
        recipient: line("山东省科学技术厅", "赵海"),
        sealed_by: ("王秀英".to_owned(), "陈志远".to_owned()),
        channel: "机要交通".to_owned(),
        audit_head: format!("1024 {}", "5f".repeat(32)),
        remarks: "随附书面通知一份。".to_owned(),
    }
}

/// The code of a page, read as a camera would, 216 dots an inch.
fn code_of(paper: &Paper) -> String {
    let page = image::load_from_memory(&paper.png(1, 3.0).unwrap())
        .unwrap()
        .to_luma8();
    code_in(&page)
}

fn code_in(page: &image::GrayImage) -> String {
    let (width, height) = page.dimensions();
    let mut seen =
        rqrr::PreparedImage::prepare_from_greyscale(width as usize, height as usize, |x, y| {
            page.get_pixel(x as u32, y as u32).0[0]
        });
    let grids = seen.detect_grids();
    assert_eq!(grids.len(), 1, "one code on the page");
    grids[0].decode().expect("the code is read").1
}

#[test]
fn the_handover_sheet_says_what_is_carried_and_has_a_place_for_every_hand() {
    let sheet = handover();
    let paper = press().handover_sheet(&sheet, Some(&marked())).unwrap();
    let pdf = keep(&paper, "handover");
    ask("qpdf", &["--check"], &pdf, &[]);
    assert_eq!(paper.pages(), 1, "two items fit one page");
    let all = words(&pdf).concat();
    for wanted in [
        "密封包移交清单",
        "移〔2026〕0007号",
        "密封〔2026〕0007号",
        "绝密★30年",
        "2份",
        "000001、000002",
        "涉密光盘2026-019",
        "WD-WX41A8820931",
        "山东省深海装备研究院",
        "山东省科学技术厅",
        "张建国、李文斌",
        "机要交通",
        "王秀英",
        "陈志远",
        "见密封包内清单",
        "合计2项，佐证15件",
        "清点",
        "编号",
        "登记",
        "签收",
        "移交人（签字）",
        "押运人1（签字）",
        "押运人2（签字）",
        "接收人（签字）",
        "监交人（签字）",
        "随附书面通知一份。",
        sheet.package_id.as_str(),
        sheet.digest.as_str(),
    ] {
        assert!(all.contains(&squeezed(wanted)), "{wanted} in {all}");
    }
    let title = squeezed(LONG);
    let (start, end): (String, String) = (
        title.chars().take(12).collect(),
        title.chars().skip(title.chars().count() - 6).collect(),
    );
    assert!(all.contains(&start) && all.contains(&end), "{all}");
}

#[test]
fn one_courier_has_one_place_to_sign() {
    let sheet = HandoverSheet {
        couriers: vec!["张建国".to_owned()],
        ..handover()
    };
    let paper = press().handover_sheet(&sheet, None).unwrap();
    let all = words(&keep(&paper, "handover-one-courier")).concat();
    assert!(
        all.contains("押运人（签字）") && !all.contains("押运人1"),
        "{all}"
    );
}

#[test]
fn couriers_who_are_not_known_yet_have_places_to_sign_all_the_same() {
    let sheet = HandoverSheet {
        couriers: vec![String::new(), String::new()],
        ..handover()
    };
    let paper = press().handover_sheet(&sheet, None).unwrap();
    let all = words(&keep(&paper, "handover-no-courier")).concat();
    assert!(all.contains("押运人传递渠道机要交通"), "{all}");
    assert!(
        all.contains("押运人1（签字）") && all.contains("押运人2（签字）"),
        "{all}"
    );
}

#[test]
fn the_code_of_the_sheet_names_package_digest_and_audit_head() {
    let sheet = handover();
    let told = format!(
        "LUGUO:HANDOVER:1:{}:{}:1024:{}",
        sheet.package_id.to_uppercase(),
        sheet.digest.to_uppercase(),
        "5F".repeat(32)
    );
    assert_eq!(sheet.code(), told);
    let paper = press().handover_sheet(&sheet, Some(&marked())).unwrap();
    assert_eq!(code_of(&paper), told, "under the watermark too");
}

#[test]
fn a_long_list_of_contents_goes_on_over_pages_with_its_head() {
    let sheet = HandoverSheet {
        items: (1..=60)
            .map(|no| HandoverItem {
                no,
                ..handover().items[0].clone()
            })
            .collect(),
        ..handover()
    };
    let paper = press().handover_sheet(&sheet, Some(&marked())).unwrap();
    let pages = words(&keep(&paper, "handover-long"));
    assert!(pages.len() > 3);
    for page in &pages[..pages.len() - 1] {
        assert!(
            page.contains("序号标题密级份号页数或大小佐证（件）"),
            "{page}"
        );
        assert!(page.contains("机密★10年") && page.contains("王秀英2026年11月28日10:32"));
    }
    assert!(pages.concat().contains("合计60项，佐证720件"));
}

fn row(n: u32) -> RegisterRow {
    RegisterRow {
        number: format!("密封〔2026〕{n:04}号"),
        title: (!n.is_multiple_of(3)).then(|| LONG.to_owned()),
        marking: if n.is_multiple_of(2) {
            "机密★20年"
        } else {
            "秘密★2030年12月31日"
        }
        .to_owned(),
        direction: if n.is_multiple_of(5) {
            Direction::Received
        } else {
            Direction::Sent
        },
        unit: "山东省科学技术厅".to_owned(),
        sealed_at: "2026年11月28日 10:32".to_owned(),
        copies: 2,
        medium: "涉密光盘 2026-019".to_owned(),
        sender_or_recipient: "王秀英".to_owned(),
        signed_at: "2026年11月29日 09:05".to_owned(),
        state: "已签收".to_owned(),
        disposal: String::new(),
        approver: "陈志远".to_owned(),
    }
}

const COLUMNS: [&str; 10] = [
    "编号",
    "标题",
    "密级",
    "保密期限",
    "份数",
    "发/收单位",
    "经办人",
    "签收时间",
    "清退/销毁方式",
    "审批人",
];

#[test]
fn two_hundred_packages_break_over_pages_with_the_columns_of_the_register_on_each() {
    let register = RegisterSheet {
        unit: "山东省深海装备研究院".to_owned(),
        period: "2026年".to_owned(),
        rows: (1..=200).map(row).collect(),
    };
    let paper = press()
        .package_register(&register, Some(&marked()))
        .unwrap();
    let pdf = keep(&paper, "register");
    let told = ask("pdfinfo", &[], &pdf, &[]);
    assert!(told.contains("841.89 x 595.2"), "A4 across: {told}");
    let pages = words(&pdf);
    assert_eq!(pages.len(), paper.pages());
    assert!(pages.len() > 10);
    for (n, page) in (1..).zip(&pages) {
        for column in COLUMNS {
            let first: String = column.chars().take(2).collect();
            assert!(page.contains(&first), "{column} on page {n}");
        }
        assert!(page.contains("机密★10年") && page.contains("王秀英2026年11月28日10:32"));
        assert!(
            page.contains(&format!("第{n}页　共{}页", pages.len()).replace('　', "")),
            "{page}"
        );
    }
    let all = pages.concat();
    for n in 1..=200 {
        assert!(all.contains(&format!("{n:04}号")), "row {n}");
    }
    assert!(all.contains("见密封包内清单"));
}

#[test]
fn mark_and_term_stand_in_columns_of_their_own() {
    let register = RegisterSheet {
        rows: vec![row(2)],
        ..RegisterSheet::default()
    };
    let paper = press().package_register(&register, None).unwrap();
    let all = words(&keep(&paper, "register-one")).concat();
    assert!(all.contains("机密20年") && !all.contains('★'), "{all}");
}

#[test]
fn empty_lists_say_that_they_are_empty() {
    let register = press()
        .package_register(&RegisterSheet::default(), Some(&marked()))
        .unwrap();
    let all = words(&keep(&register, "register-none")).concat();
    assert!(all.contains("没有登记的密封包"), "{all}");
    let knowledge = press()
        .knowledge_sheet(&KnowledgeSheet::default(), Some(&marked()))
        .unwrap();
    let all = words(&keep(&knowledge, "knowledge-none")).concat();
    assert!(all.contains("还没有知悉人员"), "{all}");
    let handover = press()
        .handover_sheet(&HandoverSheet::default(), None)
        .unwrap();
    let all = words(&keep(&handover, "handover-none")).concat();
    assert!(all.contains("合计0项，佐证0件"), "{all}");
}

#[test]
fn who_knew_is_listed_with_the_item_and_its_mark() {
    let sheet = KnowledgeSheet {
        unit: "山东省深海装备研究院".to_owned(),
        item: LONG.to_owned(),
        marking: "机密★20年".to_owned(),
        rows: (1..=70)
            .map(|n| KnowledgeRow {
                name: format!("知悉人{n:02}"),
                unit: "山东省深海装备研究院总体设计部高级工程师".to_owned(),
                first_at: "2026年11月28日 10:32".to_owned(),
                how: "查看".to_owned(),
            })
            .collect(),
    };
    let paper = press().knowledge_sheet(&sheet, Some(&marked())).unwrap();
    let pages = words(&keep(&paper, "knowledge"));
    assert!(pages.len() > 1);
    for page in &pages {
        assert!(page.contains("首次知悉时间"), "{page}");
    }
    let all = pages.concat();
    assert!(all.contains("知悉人员登记表") && all.contains("密级★保密期限：机密★20年"));
    for n in 1..=70 {
        assert!(all.contains(&format!("知悉人{n:02}")), "row {n}");
    }
}

fn decision() -> ClassificationSheet {
    ClassificationSheet {
        kind: ClassificationStep::Determine,
        item: LONG.to_owned(),
        level: "机密".to_owned(),
        term: "20年".to_owned(),
        basis: "《科学技术工作国家秘密范围的规定》附目录第三条第二项".to_owned(),
        scope: "王秀英、陈志远、赵海（山东省科学技术厅社发处）".to_owned(),
        proposed_by: "王秀英".to_owned(),
        proposed_at: "2026年11月27日 16:20".to_owned(),
        decided_by: "陈志远".to_owned(),
        decided_at: "2026年11月28日 09:10".to_owned(),
        decision: "同意".to_owned(),
        reason: String::new(),
        notice: String::new(),
    }
}

#[test]
fn a_decision_names_both_persons_and_an_open_one_leaves_places_to_write() {
    let decided = press()
        .classification_sheet(&decision(), Some(&marked()))
        .unwrap();
    assert_eq!(decided.pages(), 1);
    let all = words(&keep(&decided, "classification")).concat();
    for wanted in [
        "国家秘密确定审批表",
        "确定依据",
        "知悉范围",
        "拟确定。",
        "承办人（签字）：王秀英",
        "2026年11月27日16:20",
        "同意",
        "定密责任人（签字）：陈志远",
        "2026年11月28日09:10",
    ] {
        assert!(all.contains(wanted), "{wanted} in {all}");
    }
    let open = ClassificationSheet {
        decided_by: String::new(),
        decided_at: String::new(),
        decision: String::new(),
        ..decision()
    };
    let open = press().classification_sheet(&open, None).unwrap();
    let all = words(&keep(&open, "classification-open")).concat();
    assert!(all.contains("年月日") && !all.contains("同意"), "{all}");
}

#[test]
fn a_change_and_an_end_carry_their_own_words_on_one_page() {
    for (kind, title, level) in [
        (
            ClassificationStep::Change,
            "国家秘密变更审批表",
            "变更后的密级",
        ),
        (
            ClassificationStep::End,
            "国家秘密解除审批表",
            "解除后的密级",
        ),
    ] {
        let sheet = ClassificationSheet {
            kind,
            basis: "依据".repeat(200),
            scope: "王秀英、".repeat(60),
            reason: "情况发生变化，不再需要保密。".repeat(8),
            notice: "鲁深研密〔2026〕3号《国家秘密变更通知书》".to_owned(),
            ..decision()
        };
        let paper = press().classification_sheet(&sheet, None).unwrap();
        let all = words(&keep(&paper, &format!("classification-{}", kind.label()))).concat();
        assert!(all.contains(title) && all.contains(level), "{all}");
        assert!(all.contains("鲁深研密〔2026〕3号"), "{all}");
        assert_eq!(paper.pages(), 1, "{title}");
    }
}

#[test]
fn a_fingerprint_is_printed_in_groups_of_four_with_its_code() {
    let fingerprint = "1A2b".repeat(16);
    let sheet = CardSheet {
        holder: "赵海".to_owned(),
        unit: "山东省科学技术厅科技成果与区域创新处涉密成果专管岗".to_owned(),
        fingerprint: fingerprint.clone(),
        valid_from: "2026年11月28日".to_owned(),
        valid_until: "2029年11月27日".to_owned(),
        usage: "签名、解封".to_owned(),
        qr: format!("LUGUO:CARD:1:{fingerprint}"),
    };
    let paper = press().card_sheet(&sheet, None).unwrap();
    assert_eq!(paper.pages(), 1);
    let pdf = keep(&paper, "card");
    let told = ask("pdfinfo", &[], &pdf, &[]);
    assert!(told.contains("x 419.5"), "A5 across: {told}");
    let text = ask("pdftotext", &["-raw"], &pdf, &["-"]);
    assert!(
        text.split_whitespace()
            .filter(|word| *word == "1A2b")
            .count()
            == 16,
        "{text}"
    );
    assert_eq!(code_of(&paper), sheet.qr);
}

#[test]
fn a_code_for_the_window_is_drawn_module_by_module_and_reads_as_its_text() {
    let text = "LUGUO:CARD:1:指纹";
    let svg = qr_svg(text);
    let side: u32 = svg
        .split("width=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .and_then(|side| side.parse().ok())
        .unwrap();
    let scale = 6;
    let mut page = image::GrayImage::from_pixel(side * scale, side * scale, image::Luma([255]));
    let path = svg
        .split(" d=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap();
    for place in path.split('M').skip(1) {
        let (place, _) = place.split_once('h').unwrap();
        let (x, y) = place.split_once(' ').unwrap();
        let (x, y): (u32, u32) = (x.parse().unwrap(), y.parse().unwrap());
        for (dx, dy) in (0..scale).flat_map(|dx| (0..scale).map(move |dy| (dx, dy))) {
            page.put_pixel(x * scale + dx, y * scale + dy, image::Luma([0]));
        }
    }
    assert_eq!(code_in(&page), text);
    assert!(
        !qr_svg(&"长".repeat(2_000)).contains("path"),
        "too long for any code"
    );
}
