//! 附件1.

use crate::support::{ask, fixture, keep, made, press, squeezed, stamp, words};
use luguo_documents::paper::Stamp;
use luguo_domain::{
    Declaration,
    form::{UnitInfo, fields::CATALOGUE},
};

#[test]
fn every_label_stands_in_the_notices_order_and_every_option_is_printed() {
    let paper = press()
        .form(&fixture("major-application.json"), &stamp(), None)
        .unwrap();
    let pages = words(&keep(&paper, "form"));
    assert_eq!(pages.len(), paper.pages());
    let all = pages.concat();
    let mut from = 0;
    for entry in CATALOGUE {
        // A number and its label stand in one cell, the label broken over lines.
        let label = squeezed(entry.label);
        let first: String = label.chars().take(4).collect();
        let at = all[from..]
            .find(&first)
            .unwrap_or_else(|| panic!("{} {first} after byte {from}", entry.number));
        from += at;
    }
    for entry in CATALOGUE {
        for (_, option) in (entry.options)() {
            assert!(all.contains(&squeezed(option)), "{option}");
        }
    }
}

#[test]
fn nothing_that_was_typed_is_cut_however_long_it_is() {
    let mut form = fixture("key-technology.json");
    form.name = "深海".repeat(60);
    form.summary = (0..200).map(|n| format!("第{n:03}句。")).collect();
    form.units = (1..=9)
        .map(|n| UnitInfo {
            name: format!("山东省第{n}研究院（含联合实验室与数据中心）"),
            address: "青岛市崂山区松岭路".repeat(6),
            ..UnitInfo::default()
        })
        .collect();
    let paper = press().form(&form, &Stamp::Draft, None).unwrap();
    let pages = words(&keep(&paper, "form-long"));
    let count = pages.len();
    let all: String = (1..)
        .zip(pages)
        .map(|(n, page)| {
            // A sentence may go over the page's end: what stands below and behind it is taken off.
            page.replace(&format!("第{n}页共{count}页"), "")
                .replace("草稿，送审后的打印件才有版本号和二维码", "")
                .replace("草稿", "")
        })
        .collect();
    for n in 0..200 {
        assert!(all.contains(&format!("第{n:03}句")), "sentence {n}");
    }
    for n in 1..=9 {
        assert!(all.contains(&format!("山东省第{n}研究院")), "unit {n}");
    }
    assert!(paper.pages() > 4);
}

#[test]
fn what_looks_like_markup_is_printed_as_it_was_typed() {
    let form = Declaration {
        name: r##"#import "x"; $a_b$ *粗* _斜_ `码` \n <标签> @引用 𠮷 "##.to_owned(),
        ..Declaration::default()
    };
    let paper = press().form(&form, &Stamp::Draft, None).unwrap();
    let all = words(&keep(&paper, "form-markup")).concat();
    let wanted = squeezed(r##"#import "x"; $a_b$ *粗* _斜_ `码` \n <标签> @引用 𠮷"##);
    assert!(all.contains(&wanted), "{all}");
}

#[test]
fn a_draft_says_so_on_every_page_and_a_revision_its_number_and_digest() {
    let form = fixture("key-technology.json");
    let draft = press().form(&form, &Stamp::Draft, None).unwrap();
    for page in words(&keep(&draft, "form-draft")) {
        assert!(page.contains("草稿"), "{page}");
    }
    let Stamp::Submitted { digest, .. } = stamp() else {
        unreachable!("the stamp of these tests")
    };
    let paper = press().form(&form, &stamp(), None).unwrap();
    let hex = digest.to_hex();
    for page in words(&keep(&paper, "form-submitted")) {
        assert!(!page.contains("草稿"), "{page}");
        assert!(
            page.contains("第2版") && page.contains(&hex[..32]),
            "{page}"
        );
        assert!(page.contains(&hex[32..]), "{page}");
    }
}

#[test]
fn the_file_is_an_archival_pdf_that_other_programs_find_whole() {
    let form = fixture("basic-research.json");
    let paper = press().form(&form, &stamp(), None).unwrap();
    let path = keep(&paper, "form-archive");
    ask("qpdf", &["--check"], &path, &[]);
    let bytes = std::fs::read(&path).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("<pdfaid:part>2</pdfaid:part>"));
    assert!(text.contains("<pdfaid:conformance>B</pdfaid:conformance>"));
    assert!(text.contains("/GTS_PDFA1"));
    let told = ask("pdfinfo", &[], &path, &[]);
    assert!(told.contains("A4"), "{told}");
    assert!(told.contains("山东省重大科技成果征集表"), "{told}");
    let fonts = ask("pdffonts", &[], &path, &[]);
    for line in fonts.lines().skip(2) {
        assert!(line.contains(" yes yes "), "embedded as a subset: {line}");
    }
}

#[test]
fn the_same_form_is_the_same_bytes() {
    let form = fixture("basic-research.json");
    let print = || {
        press()
            .form(&form, &stamp(), None)
            .unwrap()
            .pdf(made())
            .unwrap()
    };
    assert!(print() == print());
}

#[test]
fn an_empty_form_prints_with_places_to_write() {
    let paper = press()
        .form(&Declaration::default(), &Stamp::Draft, None)
        .unwrap();
    let all = words(&keep(&paper, "form-empty")).concat();
    assert!(all.contains("年月日—年月日"), "{all}");
    assert!(
        all.contains("（签字）") && all.contains("（盖章）"),
        "{all}"
    );
}

#[test]
fn a_character_that_no_font_has_is_a_mark_and_the_form_still_prints() {
    let form = Declaration {
        name: "深海\u{7}浮力球👨‍👩‍👧𱍐结束".to_owned(),
        ..Declaration::default()
    };
    let paper = press().form(&form, &stamp(), None).unwrap();
    let all = words(&keep(&paper, "form-rare")).concat();
    assert!(all.contains("深海浮力球"), "{all}");
    assert!(all.contains("结束"), "{all}");
}
