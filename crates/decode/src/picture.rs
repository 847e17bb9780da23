//! Pictures: how large they are, and pages of a TIFF as PNG.

use crate::{DecodeFault, MOST_PIXELS, Measure, tiff_page};
use image::{
    DynamicImage, ImageEncoder as _, ImageReader,
    codecs::png::{CompressionType, FilterType, PngEncoder},
};
use std::io::{BufReader, Read, Seek};

/// Pages of one file at most.
const MOST_PAGES: usize = 2_000;

/// Tells the size of each page without decoding any.
pub(crate) fn measure<R: Read + Seek>(media_type: &str, reader: R) -> Result<Measure, DecodeFault> {
    if media_type == "image/tiff" {
        let mut decoder = tiff_page::open(reader)?;
        let mut pages = vec![decoder.dimensions()?];
        while decoder.more_images() {
            if pages.len() == MOST_PAGES {
                return Err(DecodeFault::TooLarge(format!(
                    "more than {MOST_PAGES} pages"
                )));
            }
            // What stands before a damaged directory can be read all the same.
            match decoder.next_image().and_then(|()| decoder.dimensions()) {
                Ok(size) => pages.push(size),
                Err(_) => break,
            }
        }
        return Ok(Measure { pages });
    }
    let (width, height) = ImageReader::new(BufReader::new(reader))
        .with_guessed_format()
        .map_err(|fault| DecodeFault::Damaged(fault.to_string()))?
        .into_dimensions()?;
    fits(width, height)?;
    Ok(Measure {
        pages: vec![(width, height)],
    })
}

/// Refuses a picture of more than [`MOST_PIXELS`].
pub(crate) fn fits(width: u32, height: u32) -> Result<(), DecodeFault> {
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(DecodeFault::TooLarge(format!("{width} × {height} pixels")));
    }
    Ok(())
}

/// One page of a TIFF, from 0, as PNG of at most this width.
pub(crate) fn page<R: Read + Seek>(
    reader: R,
    page: u32,
    width: u32,
) -> Result<Vec<u8>, DecodeFault> {
    let mut decoder = tiff_page::open(reader)?;
    decoder
        .seek_to_image(page as usize)
        .map_err(|fault| match fault {
            tiff::TiffError::FormatError(tiff::TiffFormatError::ImageFileDirectoryNotFound) => {
                DecodeFault::NoPage
            }
            other => other.into(),
        })?;
    let mut picture = tiff_page::page(&mut decoder)?;
    drop(decoder);
    let width = width.max(1);
    if picture.width() > width {
        let height = u64::from(picture.height()) * u64::from(width) / u64::from(picture.width());
        picture = picture.thumbnail_exact(width, (height as u32).max(1));
    }
    png(&picture)
}

fn png(picture: &DynamicImage) -> Result<Vec<u8>, DecodeFault> {
    let mut out = Vec::new();
    PngEncoder::new_with_quality(&mut out, CompressionType::Fast, FilterType::Up).write_image(
        picture.as_bytes(),
        picture.width(),
        picture.height(),
        picture.color().into(),
    )?;
    Ok(out)
}
