//! The code of a printed page, read back from its scan.

use crate::support::{fixture, made, press, stamp};
use image::{DynamicImage, GrayImage, ImageFormat, Luma, imageops};
use luguo_documents::paper::{Stamp, StampCode, read_stamp};
use std::io::Cursor;

fn expected() -> StampCode {
    let Stamp::Submitted {
        declaration,
        revision,
        digest,
        ..
    } = stamp()
    else {
        unreachable!("the stamp of these tests")
    };
    StampCode {
        declaration,
        revision,
        digest,
    }
}

/// A printed page as an office scanner gives it back: 150 dots an inch, a degree askew, speckled.
fn scanned() -> GrayImage {
    let paper = press()
        .form(&fixture("basic-research.json"), &stamp(), None)
        .unwrap();
    let png = paper.png(paper.pages(), 150.0 / 72.0).unwrap();
    let page = image::load_from_memory(&png).unwrap().to_luma8();
    let (width, height) = page.dimensions();
    let (sin, cos) = 1_f32.to_radians().sin_cos();
    let mut state = 7_u32;
    GrayImage::from_fn(width, height, |x, y| {
        let (dx, dy) = (
            x as f32 - width as f32 / 2.0,
            y as f32 - height as f32 / 2.0,
        );
        let (sx, sy) = (
            dx * cos + dy * sin + width as f32 / 2.0,
            dy * cos - dx * sin + height as f32 / 2.0,
        );
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = (state >> 24) as i32 % 40 - 20;
        let paper = if sx < 0.0 || sy < 0.0 || sx >= width as f32 || sy >= height as f32 {
            230
        } else {
            i32::from(page.get_pixel(sx as u32, sy as u32).0[0])
        };
        Luma([(paper + noise).clamp(0, 255) as u8])
    })
}

fn encoded(page: &GrayImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(page.clone())
        .write_to(&mut bytes, format)
        .unwrap();
    bytes.into_inner()
}

#[test]
fn a_crooked_speckled_scan_is_read_in_every_picture_format() {
    let page = scanned();
    for (media_type, format) in [
        ("image/jpeg", ImageFormat::Jpeg),
        ("image/png", ImageFormat::Png),
        ("image/tiff", ImageFormat::Tiff),
    ] {
        let found = read_stamp(media_type, &encoded(&page, format)).unwrap();
        assert_eq!(found, Some(expected()), "{media_type}");
    }
}

#[test]
fn a_page_that_lies_upside_down_is_read_too() {
    let page = imageops::rotate180(&scanned());
    let found = read_stamp("image/png", &encoded(&page, ImageFormat::Png)).unwrap();
    assert_eq!(found, Some(expected()));
}

#[test]
fn the_printed_pdf_itself_is_read() {
    let paper = press()
        .form(&fixture("basic-research.json"), &stamp(), None)
        .unwrap();
    let found = read_stamp("application/pdf", &paper.pdf(made()).unwrap()).unwrap();
    assert_eq!(found, Some(expected()));
}

#[test]
fn a_draft_and_a_white_page_have_no_code() {
    let draft = press()
        .form(&fixture("basic-research.json"), &Stamp::Draft, None)
        .unwrap();
    assert_eq!(
        read_stamp("application/pdf", &draft.pdf(made()).unwrap()).unwrap(),
        None
    );
    let white = encoded(
        &GrayImage::from_pixel(400, 400, Luma([255])),
        ImageFormat::Png,
    );
    assert_eq!(read_stamp("image/png", &white).unwrap(), None);
}

#[test]
fn a_damaged_file_is_a_refusal_and_no_crash() {
    let page = encoded(&scanned(), ImageFormat::Jpeg);
    for (media_type, bytes) in [
        ("image/jpeg", &page[..page.len() / 20]),
        ("image/png", b"\x89PNG\r\n\x1a\n and nothing more"),
        ("image/tiff", b"II*\0\xff\xff\xff\xff"),
        ("application/pdf", b"%PDF-1.7\n garbage"),
        ("video/webm", b"\x1a\x45\xdf\xa3"),
    ] {
        assert!(
            !matches!(read_stamp(media_type, bytes), Ok(Some(_))),
            "{media_type}"
        );
    }
}
