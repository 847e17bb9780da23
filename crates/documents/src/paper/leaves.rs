//! One piece of evidence as pages: a picture, each page of a TIFF or a PDF, or a notice that says
//! why it is not printed. Nothing a file contains stops the set.

use image::{DynamicImage, ImageFormat, ImageReader, Limits, RgbImage};
use luguo_decode::{DecodeFault, tiff_page};
use std::{io::Cursor, ops::ControlFlow, panic::AssertUnwindSafe};

/// Pixels of one picture at most.
const MOST_PIXELS: u64 = 100_000_000;
/// Pages of one file at most.
const MOST_PAGES: usize = 500;
/// Directories of a TIFF that are walked, wanted or not.
const MOST_DIRECTORIES: usize = 10_000;
/// Pages that are drawn instead of embedded, at most: each is a picture of megabytes.
const MOST_DRAWN: usize = 100;
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
    /// It is whole, but of a kind that is not decoded here; technical text.
    Kind(String),
    /// None of the pages that the evidence names is in the file.
    OtherPages {
        /// First page named.
        from: u32,
        /// Last page named.
        to: u32,
        /// How many pages the file has.
        pages: usize,
    },
}

impl Unprintable {
    /// The reason, and what to do, as a sentence for the person.
    pub fn sentence(&self) -> String {
        match self {
            Self::Format => "这种格式不能打印，请见电子材料。".to_owned(),
            Self::Damaged(_) => "文件读不完整，不能打印。请重新扫描后换成新文件。".to_owned(),
            Self::TooLarge => "图像或页数过大，没有排入。请见电子材料。".to_owned(),
            Self::Locked => "PDF 设了打开密码，不能打印。请换成没有密码的文件。".to_owned(),
            Self::Kind(_) => {
                "文件是完整的，但用了这里不能打印的压缩或颜色方式。请另存为 PDF 或 JPEG 后换成新文件。"
                    .to_owned()
            }
            Self::OtherPages { from, to, pages } => {
                format!("佐证写明第 {from}—{to} 页，文件只有 {pages} 页。请改正起止页。")
            }
        }
    }
}

/// Whether pieces of this media type have pages that can be printed.
pub(super) fn has_pages(media_type: &str) -> bool {
    matches!(
        media_type,
        "application/pdf" | "image/jpeg" | "image/png" | "image/webp" | "image/tiff"
    )
}

/// Takes the wanted pages of a piece, and says how many it has.
pub(super) fn leaves(
    media_type: &str,
    bytes: &[u8],
    wanted: impl Fn(usize) -> bool,
) -> Result<(Vec<Leaf>, usize), Unprintable> {
    let taken = std::panic::catch_unwind(AssertUnwindSafe(|| match media_type {
        "application/pdf" => pdf(bytes, wanted),
        "image/tiff" => tiff(bytes, wanted),
        "image/jpeg" | "image/png" | "image/webp" => picture(bytes, wanted),
        _ => Err(Unprintable::Format),
    }));
    taken.unwrap_or_else(|_| Err(Unprintable::Damaged("the decoder gave up".to_owned())))
}

impl From<DecodeFault> for Unprintable {
    fn from(fault: DecodeFault) -> Self {
        match fault {
            DecodeFault::Kind(detail) => Self::Kind(detail),
            DecodeFault::TooLarge(_) => Self::TooLarge,
            other => Self::Damaged(other.to_string()),
        }
    }
}

fn damaged(fault: &dyn std::fmt::Display) -> Unprintable {
    Unprintable::Damaged(fault.to_string())
}

/// What the decoder cannot do, or may not, is told apart from what is wrong with the file.
fn of_image(fault: image::ImageError) -> Unprintable {
    match fault {
        image::ImageError::Unsupported(fault) => Unprintable::Kind(fault.to_string()),
        image::ImageError::Limits(_) => Unprintable::TooLarge,
        other => Unprintable::Damaged(other.to_string()),
    }
}

fn picture(
    bytes: &[u8],
    wanted: impl Fn(usize) -> bool,
) -> Result<(Vec<Leaf>, usize), Unprintable> {
    if !wanted(1) {
        return Ok((Vec::new(), 1));
    }
    let reader = || {
        ImageReader::new(Cursor::new(bytes))
            .with_guessed_format()
            .map_err(|fault| damaged(&fault))
    };
    let (width, height) = reader()?.into_dimensions().map_err(of_image)?;
    fits(width, height)?;
    let mut reader = reader()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_PIXELS * 8);
    reader.limits(limits);
    // Decoded once here: a file cut in the middle shows now, not at the printer.
    reader.decode().map_err(of_image)?;
    Ok((vec![Leaf::Picture(bytes.to_vec())], 1))
}

fn fits(width: u32, height: u32) -> Result<(), Unprintable> {
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Unprintable::TooLarge);
    }
    Ok(())
}

fn pdf(bytes: &[u8], wanted: impl Fn(usize) -> bool) -> Result<(Vec<Leaf>, usize), Unprintable> {
    let pages = load(bytes)?.pages().len();
    if pages == 0 {
        return Err(damaged(&"a PDF without pages"));
    }
    let chosen: Vec<_> = (1..=pages)
        .filter(|page| wanted(*page))
        .map(Leaf::Page)
        .collect();
    if chosen.len() > MOST_PAGES {
        return Err(Unprintable::TooLarge);
    }
    Ok((chosen, pages))
}

pub(super) fn load(bytes: &[u8]) -> Result<hayro_syntax::Pdf, Unprintable> {
    hayro_syntax::Pdf::new(bytes.to_vec()).map_err(|fault| match fault {
        hayro_syntax::LoadPdfError::Decryption(_) => Unprintable::Locked,
        hayro_syntax::LoadPdfError::Invalid => damaged(&"not a PDF that can be read"),
    })
}

fn tiff(bytes: &[u8], wanted: impl Fn(usize) -> bool) -> Result<(Vec<Leaf>, usize), Unprintable> {
    let mut leaves = Vec::new();
    let pages = each_of_tiff(bytes, wanted, |page| {
        if leaves.len() == MOST_PAGES {
            return Err(Unprintable::TooLarge);
        }
        let mut png = Cursor::new(Vec::new());
        page.write_to(&mut png, ImageFormat::Png)
            .map_err(|fault| damaged(&fault))?;
        leaves.push(Leaf::Picture(png.into_inner()));
        Ok(ControlFlow::Continue(()))
    })?;
    Ok((leaves, pages))
}

/// Shows the wanted pages of a TIFF in turn: G4, LZW, JPEG or plain; one bit, grey, colour. Only
/// one is decoded at a time: a few hundred bytes of white G4 unfold to 100 megapixels. Returns how
/// many pages were passed.
pub(super) fn each_of_tiff(
    bytes: &[u8],
    wanted: impl Fn(usize) -> bool,
    mut show: impl FnMut(DynamicImage) -> Result<ControlFlow<()>, Unprintable>,
) -> Result<usize, Unprintable> {
    let mut decoder = tiff_page::open(Cursor::new(bytes))?;
    for page in 1..=MOST_DIRECTORIES {
        let done = wanted(page) && show(tiff_page::page(&mut decoder)?)?.is_break();
        if done || !decoder.more_images() {
            return Ok(page);
        }
        decoder.next_image().map_err(DecodeFault::from)?;
    }
    Err(Unprintable::TooLarge)
}

/// Draws the pages of a PDF as pictures, 200 dots an inch: for one that cannot be embedded as it
/// is, as PDF 2.0.
pub(super) fn drawn(
    bytes: &[u8],
    wanted: impl Fn(usize) -> bool,
) -> Result<Vec<Leaf>, Unprintable> {
    std::panic::catch_unwind(AssertUnwindSafe(|| {
        let pdf = load(bytes)?;
        let cache = hayro::RenderCache::new();
        let scale = 200.0 / 72.0;
        let settings = hayro::RenderSettings {
            x_scale: scale,
            y_scale: scale,
            ..hayro::RenderSettings::default()
        };
        let mut leaves = Vec::new();
        for (number, page) in (1..).zip(pdf.pages().iter()) {
            if !wanted(number) {
                continue;
            }
            let (wide, high) = page.render_dimensions();
            if leaves.len() == MOST_DRAWN || wide.max(high) > LONGEST_SIDE / 2.0 {
                return Err(Unprintable::TooLarge);
            }
            let drawing = hayro::render(page, &cache, &Default::default(), &settings);
            let (width, height) = (u32::from(drawing.width()), u32::from(drawing.height()));
            // White paper under what the page leaves clear; colours are premultiplied.
            let pixels = drawing
                .data_as_u8_slice()
                .chunks_exact(4)
                .flat_map(|pixel| {
                    let clear = 255 - pixel[3];
                    [0, 1, 2].map(|n: usize| pixel[n].saturating_add(clear))
                });
            let page = RgbImage::from_raw(width, height, pixels.collect())
                .ok_or_else(|| damaged(&"fewer bytes than pixels"))?;
            let mut png = Cursor::new(Vec::new());
            page.write_to(&mut png, ImageFormat::Png)
                .map_err(|fault| damaged(&fault))?;
            leaves.push(Leaf::Picture(png.into_inner()));
        }
        Ok(leaves)
    }))
    .unwrap_or_else(|_| Err(Unprintable::Damaged("the renderer gave up".to_owned())))
}
