//! The print set 一式两份.

use crate::support::{ask, fixture, keep, made, press, stamp, words};
use image::{DynamicImage, ImageFormat, RgbImage};
use luguo_documents::paper::{Press, PrintPart, UnprintableReason};
use luguo_domain::{EvidenceId, Sha256Digest, Sm3Digest, evidence::EvidenceItem};
use std::io::Cursor;
use tiff::encoder::{TiffEncoder, colortype::Gray8};
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
        .form(&fixture("key-technology.json"), &stamp())
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
    let set = press().print_set(&form, &stamp(), parts).unwrap();
    assert_eq!(set.notices, []);
    let path = keep(&set.paper, "set");
    ask("qpdf", &["--check"], &path, &[]);
    let alone = press().form(&form, &stamp()).unwrap().pages();
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
    let set = press().print_set(&form, &stamp(), parts).unwrap();
    let reasons: Vec<_> = set
        .notices
        .iter()
        .map(|(title, reason)| {
            let reason = match reason {
                UnprintableReason::Format => "format",
                UnprintableReason::Damaged(_) => "damaged",
                UnprintableReason::TooLarge => "large",
                UnprintableReason::Locked => "locked",
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
