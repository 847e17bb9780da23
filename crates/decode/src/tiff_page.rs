//! Pages of a TIFF: G4, LZW, JPEG or plain; one bit, grey, colour, four inks.

use crate::{DecodeFault, MOST_PIXELS};
use image::{DynamicImage, GrayImage, RgbImage, RgbaImage};
use std::io::{Read, Seek};
use tiff::{
    ColorType,
    decoder::{Decoder, DecodingResult, Limits},
};

/// Opens a TIFF with limits on what one page may unfold to.
///
/// # Errors
/// [`DecodeFault`] when it is no TIFF or its first directory is damaged.
pub fn open<R: Read + Seek>(reader: R) -> Result<Decoder<R>, DecodeFault> {
    let mut limits = Limits::default();
    limits.decoding_buffer_size = MOST_PIXELS as usize;
    limits.intermediate_buffer_size = MOST_PIXELS as usize;
    Ok(Decoder::new(reader)?.with_limits(limits))
}

/// Decodes the page that the decoder stands at.
///
/// # Errors
/// [`DecodeFault`]: damaged, larger than [`MOST_PIXELS`], or of a kind that is not decoded.
pub fn page<R: Read + Seek>(decoder: &mut Decoder<R>) -> Result<DynamicImage, DecodeFault> {
    let (width, height) = decoder.dimensions()?;
    crate::picture::fits(width, height)?;
    let color = decoder.colortype()?;
    let bytes = match decoder.read_image()? {
        DecodingResult::U8(bytes) => bytes,
        // The upper byte is all that paper and screen show.
        DecodingResult::U16(words) => words.into_iter().map(|word| (word >> 8) as u8).collect(),
        _ => return Err(DecodeFault::Kind(format!("samples of {color:?}"))),
    };
    let grey = |bytes| GrayImage::from_raw(width, height, bytes).map(DynamicImage::ImageLuma8);
    let rgb = |bytes| RgbImage::from_raw(width, height, bytes).map(DynamicImage::ImageRgb8);
    let page = match color {
        ColorType::Gray(1) => grey(unpacked(&bytes, width, height)),
        ColorType::Gray(8 | 16) => grey(bytes),
        ColorType::RGB(8 | 16) => rgb(bytes),
        ColorType::RGBA(8 | 16) => {
            RgbaImage::from_raw(width, height, bytes).map(DynamicImage::ImageRgba8)
        }
        ColorType::CMYK(8 | 16) => rgb(bytes.chunks_exact(4).flat_map(inks).collect()),
        other => return Err(DecodeFault::Kind(format!("colour type {other:?}"))),
    };
    page.ok_or_else(|| DecodeFault::Damaged("fewer bytes than pixels".to_owned()))
}

/// Four inks as light, without a profile: for what is read, not proofed.
fn inks(pixel: &[u8]) -> [u8; 3] {
    let black = 255 - u32::from(pixel[3]);
    [0, 1, 2].map(|ink: usize| ((255 - u32::from(pixel[ink])) * black / 255) as u8)
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
