//! The print set 一式两份.

use crate::support::{ask, fixture, keep, made, press, stamp, words};
use image::{DynamicImage, ImageFormat, RgbImage};
use luguo_documents::paper::{Paper, Press, PrintPart, Stamp, UnprintableReason};
use luguo_domain::{
    EvidenceId, Sha256Digest, Sm3Digest,
    evidence::{EvidenceItem, PageRange},
};
use std::io::Cursor;
use tiff::encoder::{
    TiffEncoder,
    colortype::{CMYK8, Gray8, Gray16},
};
use uuid::Uuid;

fn part(n: u128, title: &str, media_type: &str, bytes: Option<Vec<u8>>) -> PrintPart {
    PrintPart {
        item: EvidenceItem {
            id: EvidenceId(Uuid::from_u128(n)),
            title: title.to_owned(),
            file_name: format!("{title}.bin"),
            media_type: media_type.to_owned(),
            size: bytes.as_ref().map_or(9_999_999_999, Vec::len) as u64,
            sha256: Sha256Digest::of(bytes.as_deref().unwrap_or_default()),
            sm3: Sm3Digest([0; 32]),
            claims: Vec::new(),
            kind: None,
            pages: None,
        },
        bytes,
    }
}

fn picture(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let page = RgbImage::from_fn(300, 200, |x, y| image::Rgb([x as u8, y as u8, 90]));
    DynamicImage::ImageRgb8(page)
        .write_to(&mut bytes, format)
        .unwrap();
    bytes.into_inner()
}

fn two_page_tiff() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut bytes).unwrap();
    for shade in [40, 200] {
        encoder
            .write_image::<Gray8>(120, 160, &vec![shade; 120 * 160])
            .unwrap();
    }
    bytes.into_inner()
}

#[test]
fn every_page_of_every_piece_stands_in_its_order_with_running_numbers() {
    let form = fixture("basic-research.json");
    let other = press()
        .form(&fixture("key-technology.json"), &stamp(), None)
        .unwrap();
    let pdf = other.pdf(made()).unwrap();
    let parts = vec![
        part(1, "专利证书", "application/pdf", Some(pdf)),
        part(
            2,
            "现场照片",
            "image/jpeg",
            Some(picture(ImageFormat::Jpeg)),
        ),
        part(3, "扫描件", "image/tiff", Some(two_page_tiff())),
        part(4, "系统截图", "image/png", Some(picture(ImageFormat::Png))),
    ];
    let set = press().print_set(&form, &stamp(), parts, None).unwrap();
    assert_eq!(set.notices, []);
    let path = keep(&set.paper, "set");
    ask("qpdf", &["--check"], &path, &[]);
    let alone = press().form(&form, &stamp(), None).unwrap().pages();
    let wanted = alone + 1 + other.pages() + 1 + 2 + 1;
    assert_eq!(set.paper.pages(), wanted);
    let pages = words(&path);
    for (n, page) in (1..).zip(&pages) {
        assert!(page.contains(&format!("第{n}页")), "page {n}: {page}");
        assert!(page.contains(&format!("共{wanted}页")), "page {n}: {page}");
    }
    assert!(pages[alone].contains("佐证材料清单"));
    assert!(
        pages[alone + 1].contains("佐证1专利证书"),
        "{}",
        pages[alone + 1]
    );
    assert!(
        pages[alone + 1].contains("山东省重大科技成果征集表"),
        "the words of the embedded page stay words"
    );
    assert!(pages[wanted - 1].contains("佐证4系统截图"));
}

#[test]
fn what_cannot_be_printed_is_a_sheet_that_says_why_and_the_others_go_on() {
    let form = fixture("basic-research.json");
    let cut = picture(ImageFormat::Jpeg);
    let parts = vec![
        part(1, "试验录像", "video/webm", None),
        part(2, "半张照片", "image/png", Some(cut[..40].to_vec())),
        part(
            3,
            "坏的PDF",
            "application/pdf",
            Some(b"%PDF-1.4 nothing".to_vec()),
        ),
        part(4, "很大的扫描", "application/pdf", None),
        part(5, "好的截图", "image/png", Some(picture(ImageFormat::Png))),
    ];
    let set = press().print_set(&form, &stamp(), parts, None).unwrap();
    let reasons: Vec<_> = set
        .notices
        .iter()
        .map(|(title, reason)| {
            let reason = match reason {
                UnprintableReason::Format => "format",
                UnprintableReason::Damaged(_) => "damaged",
                UnprintableReason::TooLarge => "large",
                UnprintableReason::Locked => "locked",
                UnprintableReason::Kind(_) => "kind",
                UnprintableReason::OtherPages { .. } => "pages",
            };
            (title.as_str(), reason)
        })
        .collect();
    assert_eq!(
        reasons,
        [
            ("试验录像", "format"),
            ("半张照片", "damaged"),
            ("坏的PDF", "damaged"),
            ("很大的扫描", "large")
        ]
    );
    let all = words(&keep(&set.paper, "set-notices")).concat();
    assert!(
        all.contains("这种格式不能打印") && all.contains("请重新扫描"),
        "{all}"
    );
    assert!(all.contains("佐证5好的截图"));
}

#[test]
fn only_formats_with_pages_are_asked_for_their_bytes() {
    assert!(Press::prints("application/pdf") && Press::prints("image/tiff"));
    assert!(!Press::prints("video/webm") && !Press::prints("application/zip"));
}

fn ranged(mut part: PrintPart, from: u32, to: u32) -> PrintPart {
    part.item.pages = Some(PageRange::new(from, to).unwrap());
    part
}

#[test]
fn only_the_pages_that_evidence_names_are_printed_and_pages_beyond_the_file_are_told() {
    let form = fixture("basic-research.json");
    let alone = press().form(&form, &stamp(), None).unwrap().pages();
    let tiff = || Some(two_page_tiff());
    let parts = vec![
        ranged(part(1, "末页", "image/tiff", tiff()), 2, 2),
        ranged(part(2, "超出", "image/tiff", tiff()), 2, 5),
        ranged(part(3, "没有", "image/tiff", tiff()), 7, 9),
    ];
    let set = press().print_set(&form, &stamp(), parts, None).unwrap();
    assert_eq!(set.paper.pages(), alone + 1 + 1 + 2 + 1);
    let beyond = |from, to| UnprintableReason::OtherPages { from, to, pages: 2 };
    assert_eq!(
        set.notices,
        [
            ("超出".to_owned(), beyond(2, 5)),
            ("没有".to_owned(), beyond(7, 9))
        ]
    );
    let pages = words(&keep(&set.paper, "set-ranges"));
    assert!(
        pages[alone + 1].contains("佐证1末页（第2—2页）"),
        "{}",
        pages[alone + 1]
    );
    let last = pages.last().unwrap();
    assert!(last.contains("文件只有2页"), "{last}");
    let partly = &pages[alone + 3];
    assert!(
        partly.contains("佐证写明第2—5页"),
        "a sheet says what is missing: {partly}"
    );
}

#[test]
fn a_page_of_evidence_carries_the_revision_or_the_mark_of_a_draft() {
    let form = fixture("basic-research.json");
    let parts = || {
        vec![part(
            1,
            "照片",
            "image/png",
            Some(picture(ImageFormat::Png)),
        )]
    };
    let submitted = press().print_set(&form, &stamp(), parts(), None).unwrap();
    let pages = words(&keep(&submitted.paper, "set-stamped"));
    let last = pages.last().unwrap();
    let Stamp::Submitted {
        revision, digest, ..
    } = stamp()
    else {
        panic!("a revision")
    };
    assert!(
        last.contains(&format!("第{revision}版{}", &digest.to_hex()[..8])),
        "{last}"
    );
    let draft = press()
        .print_set(&form, &Stamp::Draft, parts(), None)
        .unwrap();
    for page in words(&keep(&draft.paper, "set-draft")) {
        assert!(page.contains("草稿"), "{page}");
    }
}

/// What the archival writer cannot embed is drawn instead: the reader sees the same page.
#[test]
fn a_pdf_of_version_2_is_printed_page_by_page() {
    let form = fixture("basic-research.json");
    let other = press()
        .form(&fixture("key-technology.json"), &stamp(), None)
        .unwrap();
    let mut pdf = other.pdf(made()).unwrap();
    assert_eq!(&pdf[..8], b"%PDF-1.7");
    pdf[5..8].copy_from_slice(b"2.0");
    let alone = press().form(&form, &stamp(), None).unwrap().pages();
    let parts = vec![part(1, "新版PDF", "application/pdf", Some(pdf))];
    let set = press().print_set(&form, &stamp(), parts, None).unwrap();
    assert_eq!(set.notices, []);
    assert_eq!(set.paper.pages(), alone + 1 + other.pages());
    keep(&set.paper, "set-pdf2");
    assert!(
        darkest(&set.paper, alone + 2) < 100,
        "the drawn page has ink"
    );
}

#[test]
fn a_tiff_of_sixteen_bits_or_of_inks_is_printed() {
    let mut kinds: Vec<(&str, Vec<u8>)> = Vec::new();
    let mut sixteen = Cursor::new(Vec::new());
    TiffEncoder::new(&mut sixteen)
        .unwrap()
        .write_image::<Gray16>(8, 8, &[40_000; 64])
        .unwrap();
    kinds.push(("十六位", sixteen.into_inner()));
    let mut inks = Cursor::new(Vec::new());
    TiffEncoder::new(&mut inks)
        .unwrap()
        .write_image::<CMYK8>(8, 8, &[90; 256])
        .unwrap();
    kinds.push(("四色", inks.into_inner()));
    let form = fixture("basic-research.json");
    let parts: Vec<_> = (1..)
        .zip(kinds)
        .map(|(n, (title, bytes))| part(n, title, "image/tiff", Some(bytes)))
        .collect();
    let set = press().print_set(&form, &stamp(), parts, None).unwrap();
    assert_eq!(set.notices, []);
    let first = press().form(&form, &stamp(), None).unwrap().pages() + 2;
    // 40 000 of 65 535 is 156 of 255; inks of 90 over a black of 90 leave (255-90)²/255 = 106.
    for (page, grey) in [(first, 156), (first + 1, 106)] {
        let middle = image::load_from_memory(&set.paper.png(page, 0.5).unwrap())
            .unwrap()
            .to_luma8();
        let found = middle.get_pixel(middle.width() / 2, middle.height() / 2).0[0];
        assert!(
            found.abs_diff(grey) <= 3,
            "page {page}: {found} instead of {grey}"
        );
    }
}

/// The darkest pixel below the head of a page.
fn darkest(paper: &Paper, page: usize) -> u8 {
    let picture = image::load_from_memory(&paper.png(page, 1.0).unwrap())
        .unwrap()
        .to_luma8();
    picture
        .enumerate_pixels()
        .filter(|(_, y, _)| *y > 90)
        .map(|(_, _, pixel)| pixel.0[0])
        .min()
        .unwrap()
}

/// 16 pixels of index 1 in a palette whose second colour is red; little-endian, one strip.
fn palette_tiff() -> Vec<u8> {
    let entries: [(u16, u16, u32, u32); 9] = [
        (256, 3, 1, 4),     // width
        (257, 3, 1, 4),     // height
        (258, 3, 1, 8),     // bits
        (259, 3, 1, 1),     // no compression
        (262, 3, 1, 3),     // palette
        (273, 4, 1, 8),     // the strip
        (278, 3, 1, 4),     // rows in it
        (279, 4, 1, 16),    // bytes in it
        (320, 3, 768, 142), // the palette
    ];
    let mut bytes = b"II*\0\x18\0\0\0".to_vec();
    bytes.extend([1; 16]);
    bytes.extend((entries.len() as u16).to_le_bytes());
    for (tag, kind, count, value) in entries {
        bytes.extend(tag.to_le_bytes());
        bytes.extend(kind.to_le_bytes());
        bytes.extend(count.to_le_bytes());
        bytes.extend(value.to_le_bytes());
    }
    bytes.extend([0; 4]);
    bytes.resize(142, 0);
    let mut colours = vec![0_u16; 768];
    colours[1] = u16::MAX;
    bytes.extend(colours.into_iter().flat_map(u16::to_le_bytes));
    bytes
}

#[test]
fn a_locked_pdf_and_an_undecoded_tiff_say_so_and_are_not_called_damaged() {
    let form = fixture("basic-research.json");
    let plain = press().form(&form, &stamp(), None).unwrap();
    let path = keep(&plain, "to-lock");
    let locked = path.with_file_name("locked.pdf");
    let done = std::process::Command::new("qpdf")
        .args(["--encrypt", "geheim", "o", "256", "--"])
        .args([&path, &locked])
        .status()
        .expect("qpdf is installed by `cargo xtask test`");
    assert!(done.success());
    let parts = vec![
        part(
            1,
            "有密码",
            "application/pdf",
            Some(std::fs::read(&locked).unwrap()),
        ),
        part(2, "调色板", "image/tiff", Some(palette_tiff())),
    ];
    let set = press().print_set(&form, &stamp(), parts, None).unwrap();
    assert_eq!(set.notices[0].1, UnprintableReason::Locked);
    assert!(
        matches!(set.notices[1].1, UnprintableReason::Kind(_)),
        "{:?}",
        set.notices[1]
    );
    let all = words(&keep(&set.paper, "set-locked")).concat();
    assert!(
        all.contains("没有密码的文件") && all.contains("另存为PDF或JPEG"),
        "{all}"
    );
}

#[test]
fn a_set_of_scans_is_archival_and_one_with_foreign_pdf_pages_does_not_say_so() {
    let form = fixture("basic-research.json");
    let says = |parts: Vec<PrintPart>| {
        let set = press().print_set(&form, &stamp(), parts, None).unwrap();
        let pdf = set.paper.pdf(made()).unwrap();
        String::from_utf8_lossy(&pdf).contains("pdfaid:part")
    };
    let picture = || part(1, "照片", "image/png", Some(picture(ImageFormat::Png)));
    let foreign = press()
        .form(&form, &stamp(), None)
        .unwrap()
        .pdf(made())
        .unwrap();
    assert!(says(vec![picture()]));
    assert!(!says(vec![
        picture(),
        part(2, "文件", "application/pdf", Some(foreign))
    ]));
}
