//! Scanned pages as one PDF, turned and cropped as wanted.

use super::{
    fault::PaperFault,
    leaves::Unprintable,
    press::{Paper, Press},
    stamp::Stamp,
};
use image::{
    DynamicImage, ImageReader, Limits,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
};
use serde_json::json;
use std::io::Cursor;

/// Pixels of a page.
const MOST_PIXELS: u64 = 100_000_000;
/// Points: the width of A4, for a picture that does not know its size.
const A4_WIDTH: f64 = 595.0;
/// JPEG quality of grey and coloured pages: what an office scanner uses itself.
const QUALITY: u8 = 82;

/// A page as it was scanned, and what is to be done with it.
#[derive(Debug, Clone, Copy)]
pub struct ScannedPage<'a> {
    /// PNG, JPEG or WebP.
    pub picture: &'a [u8],
    /// Quarter turns clockwise.
    pub turn: u8,
    /// Left, top, width and height in ten-thousandths of the page as it was scanned.
    pub crop: Option<[u16; 4]>,
    /// Dots an inch; 0 when nobody knows: then it becomes as wide as A4.
    pub resolution: u16,
}

impl ScannedPage<'_> {
    fn picture(&self) -> Result<DynamicImage, Unprintable> {
        let damaged = |fault: &dyn std::fmt::Display| Unprintable::Damaged(fault.to_string());
        let reader = || {
            ImageReader::new(Cursor::new(self.picture))
                .with_guessed_format()
                .map_err(|fault| damaged(&fault))
        };
        let (width, height) = reader()?
            .into_dimensions()
            .map_err(|fault| damaged(&fault))?;
        if u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(Unprintable::TooLarge);
        }
        let mut reader = reader()?;
        let mut limits = Limits::default();
        limits.max_alloc = Some(MOST_PIXELS * 4);
        reader.limits(limits);
        let mut picture = reader.decode().map_err(|fault| damaged(&fault))?;
        if let Some([left, top, wide, high]) = self.crop {
            let part = |of: u32, share: u16| (u64::from(of) * u64::from(share) / 10_000) as u32;
            picture = picture.crop_imm(
                part(width, left),
                part(height, top),
                part(width, wide).max(1),
                part(height, high).max(1),
            );
        }
        Ok(match self.turn % 4 {
            1 => picture.rotate90(),
            2 => picture.rotate180(),
            3 => picture.rotate270(),
            _ => picture,
        })
    }

    /// Draws the page to a width in pixels, as JPEG with its size, for the screen.
    ///
    /// # Errors
    /// [`Unprintable`] when the picture cannot be read.
    pub fn preview(&self, width: u32) -> Result<(Vec<u8>, u32, u32), Unprintable> {
        let mut picture = self.picture()?;
        if picture.width() > width {
            let height =
                u64::from(picture.height()) * u64::from(width) / u64::from(picture.width());
            picture = picture.thumbnail_exact(width, (height as u32).max(1));
        }
        let (wide, high) = (picture.width(), picture.height());
        Ok((jpeg(&picture)?, wide, high))
    }
}

fn jpeg(picture: &DynamicImage) -> Result<Vec<u8>, Unprintable> {
    let mut out = Vec::new();
    let flat = match picture {
        DynamicImage::ImageLuma8(_) | DynamicImage::ImageRgb8(_) => None,
        grey if !grey.color().has_color() => Some(DynamicImage::ImageLuma8(grey.to_luma8())),
        colour => Some(DynamicImage::ImageRgb8(colour.to_rgb8())),
    };
    JpegEncoder::new_with_quality(&mut out, QUALITY)
        .encode_image(flat.as_ref().unwrap_or(picture))
        .map_err(|fault| Unprintable::Damaged(fault.to_string()))?;
    Ok(out)
}

/// A page of two shades alone stays sharp and small without JPEG.
fn is_two_shades(picture: &DynamicImage) -> bool {
    matches!(picture, DynamicImage::ImageLuma8(grey)
        if grey.pixels().all(|pixel| matches!(pixel.0[0], 0 | 255)))
}

impl Press {
    /// Makes one PDF of scanned pages.
    ///
    /// # Errors
    /// The number of the page, from 1, that cannot be read, or [`PaperFault`].
    pub fn scanned(
        &self,
        title: &str,
        author: &str,
        pages: &[ScannedPage<'_>],
    ) -> Result<Paper, ScannedFault> {
        let mut files = Vec::new();
        let mut listed = Vec::new();
        for (number, page) in (1..).zip(pages) {
            let unread = |fault| ScannedFault::Page(number, fault);
            let picture = page.picture().map_err(unread)?;
            let scale = match page.resolution {
                0 => A4_WIDTH / f64::from(picture.width()),
                dots => 72.0 / f64::from(dots),
            };
            let (bytes, ending) = if is_two_shades(&picture) {
                let mut png = Vec::new();
                picture
                    .write_with_encoder(PngEncoder::new(&mut png))
                    .map_err(|fault| unread(Unprintable::Damaged(fault.to_string())))?;
                (png, "png")
            } else {
                (jpeg(&picture).map_err(unread)?, "jpg")
            };
            let file = format!("page{number}.{ending}");
            listed.push(json!({
                "file": file,
                "width": f64::from(picture.width()) * scale,
                "height": f64::from(picture.height()) * scale,
                "words": format!("{title} 第 {number} 页"),
            }));
            files.push((file, bytes));
        }
        let data = json!({ "title": title, "author": author, "pages": listed });
        Ok(self.print("scanned.typ", &data, &Stamp::Plain, files, true, None)?)
    }
}

/// Why scanned pages did not become a PDF.
#[derive(Debug, thiserror::Error)]
pub enum ScannedFault {
    /// A page, from 1, cannot be read.
    #[error("page {0}: {1:?}")]
    Page(usize, Unprintable),
    /// The typesetter refuses.
    #[error(transparent)]
    Paper(#[from] PaperFault),
}
