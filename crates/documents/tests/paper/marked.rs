//! What makes a print a classified one: mark and copy number at the top left, person and time
//! across, on every page there is.

use crate::support::{ask, fixture, keep, made, press, stamp, words};
use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use luguo_documents::paper::{Marked, Paper, PrintPart, Stamp, read_stamp};
use luguo_domain::{
    EvidenceId, Sha256Digest, Sm3Digest,
    annexes::{BatchRow, BatchSummary, LiaisonOfficer},
    evidence::EvidenceItem,
};
use std::{io::Cursor, path::Path};
use uuid::Uuid;

const WATERMARK: &str = "王秀英2026年11月28日10:32";

pub fn marked() -> Marked {
    Marked {
        marking: "机密★10年".to_owned(),
        copy_number: Some("000001".to_owned()),
        person: "王秀英".to_owned(),
        time: "2026年11月28日 10:32".to_owned(),
    }
}

fn part(n: u128, title: &str, media_type: &str, bytes: Vec<u8>) -> PrintPart {
    PrintPart {
        item: EvidenceItem {
            id: EvidenceId(Uuid::from_u128(n)),
            title: title.to_owned(),
            file_name: format!("{title}.bin"),
            media_type: media_type.to_owned(),
            size: bytes.len() as u64,
            sha256: Sha256Digest::of(&bytes),
            sm3: Sm3Digest([0; 32]),
            claims: Vec::new(),
            kind: None,
            pages: None,
        },
        bytes: Some(bytes),
    }
}

/// A scan that is dark to its edges.
fn scan() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let page = GrayImage::from_pixel(300, 420, Luma([60]));
    DynamicImage::ImageLuma8(page)
        .write_to(&mut bytes, ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

/// Form, list, an embedded PDF of several pages, a scan and a notice.
fn set(stamp: &Stamp, marked: Option<&Marked>) -> (Paper, usize) {
    let other = press()
        .form(&fixture("key-technology.json"), &Stamp::Plain, None)
        .unwrap();
    let parts = [
        part(1, "检测报告", "application/pdf", other.pdf(made()).unwrap()),
        part(2, "现场照片", "image/png", scan()),
        part(3, "试验录像", "video/webm", b"no pages".to_vec()),
    ];
    let set = press()
        .print_set(&fixture("basic-research.json"), stamp, parts, marked)
        .unwrap();
    (set.paper, other.pages())
}

/// Each page says mark, copy, person and time. The mark stands in the top left corner: its words
/// are looked for there and nowhere else.
fn says_so_on_every_page(pdf: &Path, pages: usize) {
    let all = words(pdf);
    assert_eq!(all.len(), pages);
    for (n, page) in (1..).zip(&all) {
        let times = page.matches(WATERMARK).count();
        assert!(
            times >= 4,
            "page {n} says {times} times who and when: {page}"
        );
    }
    for n in 1..=pages {
        let n = n.to_string();
        let corner = [
            "-f", &n, "-l", &n, "-x", "0", "-y", "0", "-W", "200", "-H", "66",
        ];
        let corner = ask("pdftotext", &corner, pdf, &["-"]);
        let lines: Vec<_> = corner.lines().map(str::trim).collect();
        let at = |wanted: &str| lines.iter().position(|line| *line == wanted);
        let (copy, mark) = (at("000001"), at("机密★10年"));
        assert!(
            copy.is_some() && copy < mark,
            "the copy in the first line, the mark in the second of page {n}: {lines:?}"
        );
    }
}

#[test]
fn every_page_of_a_classified_set_is_marked_those_of_embedded_files_included() {
    let marked = marked();
    for (stamp, name) in [(stamp(), "marked-set"), (Stamp::Draft, "marked-draft")] {
        let (paper, embedded) = set(&stamp, Some(&marked));
        let pdf = keep(&paper, name);
        ask("qpdf", &["--check"], &pdf, &[]);
        says_so_on_every_page(&pdf, paper.pages());
        let pages = words(&pdf);
        let foreign = pages
            .iter()
            .filter(|page| page.contains("佐证1检测报告"))
            .count();
        assert_eq!(foreign, embedded, "the pages of the embedded PDF");
        if stamp == Stamp::Draft {
            assert!(pages.iter().all(|page| page.contains("草稿")));
        }
    }
}

#[test]
fn the_mark_is_part_of_the_page_itself_and_no_layer_over_it() {
    let (paper, _) = set(&stamp(), Some(&marked()));
    let pdf = paper.pdf(made()).unwrap();
    let text = String::from_utf8_lossy(&pdf);
    for layer in [
        "/OCProperties",
        "/OCG",
        "/Subtype /Watermark",
        "/Subtype /Stamp",
    ] {
        assert!(!text.contains(layer), "{layer} can be switched off");
    }
}

#[test]
fn the_pages_in_the_window_carry_the_mark_as_the_printed_ones_do() {
    let (paper, _) = set(&stamp(), Some(&marked()));
    // Dark pixels of the corner: forms begin 26 mm from the edge, leaves 18 mm.
    let ink = |page: usize, from: u32| {
        image::load_from_memory(&paper.png(page, 1.0).unwrap())
            .unwrap()
            .to_luma8()
            .enumerate_pixels()
            .filter(|(x, y, pixel)| {
                (from..from + 120).contains(x) && (20..68).contains(y) && pixel.0[0] < 140
            })
            .count()
    };
    let last = paper.pages();
    let first = ink(1, 72);
    assert!(first > 200, "{first}");
    for page in [last - 3, last - 1, last] {
        let found = ink(page, 50);
        assert!(
            found.abs_diff(first) * 8 < first,
            "page {page}: {found} of {first}"
        );
    }
}

#[test]
fn the_watermark_shows_on_a_dark_scan_and_hides_nothing_of_it() {
    let page = |marked: Option<&Marked>| {
        let (paper, _) = set(&stamp(), marked);
        let number = paper.pages() - 1;
        image::load_from_memory(&paper.png(number, 1.0).unwrap())
            .unwrap()
            .to_luma8()
    };
    let middle = |picture: &GrayImage| {
        let mut shades: Vec<u8> = picture
            .enumerate_pixels()
            .filter(|(x, y, _)| (150..450).contains(x) && (250..600).contains(y))
            .map(|(_, _, pixel)| pixel.0[0])
            .collect();
        shades.sort_unstable();
        (shades[0], shades[shades.len() - 1])
    };
    assert_eq!(middle(&page(None)), (60, 60));
    let (least, most) = middle(&page(Some(&marked())));
    assert_eq!(least, 60);
    assert!((62..90).contains(&most), "{most}");
}

#[test]
fn an_unmarked_draft_says_that_nothing_was_marked_and_a_missing_copy_number_leaves_no_gap() {
    let marked = Marked {
        marking: String::new(),
        copy_number: None,
        ..marked()
    };
    let paper = press()
        .form(
            &fixture("basic-research.json"),
            &Stamp::Draft,
            Some(&marked),
        )
        .unwrap();
    let pdf = keep(&paper, "marked-not-yet");
    for page in words(&pdf) {
        assert!(
            page.contains("未定密（草稿）") && page.contains(WATERMARK),
            "{page}"
        );
        assert!(!page.contains('★'));
    }
    let corner = ["-l", "1", "-x", "0", "-y", "0", "-W", "200", "-H", "46"];
    let corner = ask("pdftotext", &corner, &pdf, &["-"]);
    assert!(
        corner.contains("未定密（草稿）"),
        "in the first line: {corner}"
    );
}

#[test]
fn a_condition_of_sixty_characters_stands_above_the_sheet() {
    let condition =
        "该型全海深无人潜水器及其耐压浮力材料正式列装并由主管部门书面公布主要性能指标".repeat(2);
    let marked = Marked {
        marking: format!("绝密★{}", condition.chars().take(60).collect::<String>()),
        ..marked()
    };
    let paper = press()
        .form(&fixture("basic-research.json"), &stamp(), Some(&marked))
        .unwrap();
    let pdf = keep(&paper, "marked-condition");
    // 25 mm are 71 points: there the sheet begins.
    let above = [
        "-raw", "-l", "1", "-x", "0", "-y", "0", "-W", "596", "-H", "71",
    ];
    let above: String = ask("pdftotext", &above, &pdf, &["-"])
        .split_whitespace()
        .collect();
    assert!(above.contains(&marked.marking), "{above}");
    assert!(!above.contains("征集表"), "{above}");
}

#[test]
fn the_code_of_a_marked_page_is_still_read() {
    let paper = press()
        .form(&fixture("basic-research.json"), &stamp(), Some(&marked()))
        .unwrap();
    let found = read_stamp("application/pdf", &paper.pdf(made()).unwrap()).unwrap();
    let Stamp::Submitted { digest, .. } = stamp() else {
        unreachable!("the stamp of these tests")
    };
    assert_eq!(found.unwrap().digest, digest);
}

#[test]
fn lists_are_marked_and_stay_archival_and_an_open_print_carries_no_mark() {
    let marked = marked();
    let batch = BatchSummary {
        authority: "青岛市科学技术局".to_owned(),
        reported_on: "2026-11-10".parse().unwrap(),
        rows: vec![BatchRow::of(&fixture("key-technology.json")); 12],
    };
    let officer = LiaisonOfficer {
        name: "赵海".to_owned(),
        ..LiaisonOfficer::default()
    };
    let print = |marked: Option<&Marked>| {
        [
            press().batch(&batch, &Stamp::Plain, marked).unwrap(),
            press()
                .liaison(
                    std::slice::from_ref(&officer),
                    "青岛市科学技术局",
                    &Stamp::Plain,
                    marked,
                )
                .unwrap(),
            press()
                .evidence_list(&fixture("key-technology.json"), &[], &stamp(), marked)
                .unwrap(),
        ]
    };
    for (n, (paper, open)) in print(Some(&marked)).iter().zip(print(None)).enumerate() {
        let pdf = keep(paper, &format!("marked-list-{n}"));
        says_so_on_every_page(&pdf, paper.pages());
        let bytes = std::fs::read(&pdf).unwrap();
        assert!(String::from_utf8_lossy(&bytes).contains("pdfaid:part"));
        assert_eq!(
            paper.pages(),
            open.pages(),
            "the mark takes no place from the list"
        );
        let open = words(&keep(&open, &format!("open-list-{n}"))).concat();
        assert!(!open.contains("机密") && !open.contains("王秀英"), "{open}");
    }
}
