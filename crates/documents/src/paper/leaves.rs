//! One piece of evidence as pages: a picture, each page of a TIFF or a PDF, or a notice that says
//! why it is not printed. Nothing a file contains stops the set.

use image::{DynamicImage, GrayImage, ImageFormat, ImageReader, Limits, RgbImage, RgbaImage};
use std::{io::Cursor, ops::ControlFlow, panic::AssertUnwindSafe};
use tiff::{
    ColorType,
    decoder::{Decoder, DecodingResult},
};

/// Pixels of one picture at most.
const MOST_PIXELS: u64 = 100_000_000;
/// Pages of one file at most.
const MOST_PAGES: usize = 500;
/// Points (1/72 inch) along one side of a PDF page at most: 14 400 is the format's own limit, and
/// a drawing of it would need gigabytes. A0 is 3 370 long.
pub(super) const LONGEST_SIDE: f32 = 5_000.0;

/// A page of a piece.
pub(super) enum Leaf {
    /// A picture by itself; PNG, JPEG or WebP bytes.
    Picture(Vec<u8>),
    /// A page of the PDF that came in, from 1.
    Page(usize),
}

/// Why a piece is a notice instead of its pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unprintable {
    /// Its format has no pages, as a video or an archive.
    Format,
    /// It cannot be read; technical text.
    Damaged(String),
    /// More than 100 megapixels or 500 pages.
    TooLarge,
    /// A PDF that opens with a password only.
    Locked,
}

/// Whether pieces of this media type have pages that can be printed.
pub(super) fn has_pages(media_type: &str) -> bool {
    matches!(
        media_type,
        "application/pdf" | "image/jpeg" | "image/png" | "image/webp" | "image/tiff"
    )
}

/// Takes a piece apart.
pub(super) fn leaves(media_type: &str, bytes: &[u8]) -> Result<Vec<Leaf>, Unprintable> {
    let taken = std::panic::catch_unwind(AssertUnwindSafe(|| match media_type {
        "application/pdf" => pdf(bytes),
        "image/tiff" => tiff(bytes),
        "image/jpeg" | "image/png" | "image/webp" => picture(bytes),
        _ => Err(Unprintable::Format),
    }));
    taken.unwrap_or_else(|_| Err(Unprintable::Damaged("the decoder gave up".to_owned())))
}

fn damaged(fault: &dyn std::fmt::Display) -> Unprintable {
    Unprintable::Damaged(fault.to_string())
}

fn picture(bytes: &[u8]) -> Result<Vec<Leaf>, Unprintable> {
    let reader = || {
        ImageReader::new(Cursor::new(bytes))
            .with_guessed_format()
            .map_err(|fault| damaged(&fault))
    };
    let (width, height) = reader()?
        .into_dimensions()
        .map_err(|fault| damaged(&fault))?;
    fits(width, height)?;
    let mut reader = reader()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_PIXELS * 8);
    reader.limits(limits);
    // Decoded once here: a file cut in the middle shows now, not at the printer.
    reader.decode().map_err(|fault| damaged(&fault))?;
    Ok(vec![Leaf::Picture(bytes.to_vec())])
}

fn fits(width: u32, height: u32) -> Result<(), Unprintable> {
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Unprintable::TooLarge);
    }
    Ok(())
}

fn pdf(bytes: &[u8]) -> Result<Vec<Leaf>, Unprintable> {
    let pdf = hayro_syntax::Pdf::new(bytes.to_vec()).map_err(|fault| match fault {
        hayro_syntax::LoadPdfError::Decryption(_) => Unprintable::Locked,
        hayro_syntax::LoadPdfError::Invalid => damaged(&"not a PDF that can be read"),
    })?;
    let pages = pdf.pages().len();
    if pages > MOST_PAGES {
        return Err(Unprintable::TooLarge);
    }
    if pages == 0 {
        return Err(damaged(&"a PDF without pages"));
    }
    Ok((1..=pages).map(Leaf::Page).collect())
}

fn tiff(bytes: &[u8]) -> Result<Vec<Leaf>, Unprintable> {
    let mut leaves = Vec::new();
    each_of_tiff(bytes, |page| {
        let mut png = Cursor::new(Vec::new());
        page.write_to(&mut png, ImageFormat::Png)
            .map_err(|fault| damaged(&fault))?;
        leaves.push(Leaf::Picture(png.into_inner()));
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(leaves)
}

/// Shows every page of a TIFF in turn: G4, LZW, JPEG or plain; one bit, grey, colour. Only one is
/// decoded at a time: a few hundred bytes of white G4 unfold to 100 megapixels.
pub(super) fn each_of_tiff(
    bytes: &[u8],
    mut show: impl FnMut(DynamicImage) -> Result<ControlFlow<()>, Unprintable>,
) -> Result<(), Unprintable> {
    let mut decoder = Decoder::new(Cursor::new(bytes)).map_err(|fault| damaged(&fault))?;
    for _ in 0..MOST_PAGES {
        if show(page_of_tiff(&mut decoder)?)?.is_break() || !decoder.more_images() {
            return Ok(());
        }
        decoder.next_image().map_err(|fault| damaged(&fault))?;
    }
    Err(Unprintable::TooLarge)
}

fn page_of_tiff(decoder: &mut Decoder<Cursor<&[u8]>>) -> Result<DynamicImage, Unprintable> {
    let (width, height) = decoder.dimensions().map_err(|fault| damaged(&fault))?;
    fits(width, height)?;
    let color = decoder.colortype().map_err(|fault| damaged(&fault))?;
    let DecodingResult::U8(bytes) = decoder.read_image().map_err(|fault| damaged(&fault))? else {
        return Err(damaged(&format!("colour type {color:?}")));
    };
    let page = match color {
        ColorType::Gray(1) => GrayImage::from_raw(width, height, unpacked(&bytes, width, height))
            .map(DynamicImage::ImageLuma8),
        ColorType::Gray(8) => {
            GrayImage::from_raw(width, height, bytes).map(DynamicImage::ImageLuma8)
        }
        ColorType::RGB(8) => RgbImage::from_raw(width, height, bytes).map(DynamicImage::ImageRgb8),
        ColorType::RGBA(8) => {
            RgbaImage::from_raw(width, height, bytes).map(DynamicImage::ImageRgba8)
        }
        other => return Err(damaged(&format!("colour type {other:?}"))),
    };
    page.ok_or_else(|| damaged(&"fewer bytes than pixels"))
}

/// One bit a pixel, rows beginning on bytes, as one byte a pixel.
fn unpacked(bytes: &[u8], width: u32, height: u32) -> Vec<u8> {
    let row = width.div_ceil(8) as usize;
    let mut pixels = Vec::with_capacity(width as usize * height as usize);
    for line in bytes.chunks(row).take(height as usize) {
        for x in 0..width as usize {
            let bit = line
                .get(x / 8)
                .is_some_and(|byte| byte >> (7 - x % 8) & 1 == 1);
            pixels.push(if bit { 255 } else { 0 });
        }
    }
    pixels
}
