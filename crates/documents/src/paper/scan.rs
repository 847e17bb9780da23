//! Reading the code of a printed page back from its scan, so that paper and package are one.

use super::leaves::{LONGEST_SIDE, Unprintable, each_of_tiff, load};
use image::{DynamicImage, GrayImage, ImageReader, Limits};
use luguo_domain::{DeclarationId, Sha256Digest};
use std::{io::Cursor, ops::ControlFlow, panic::AssertUnwindSafe};

/// Pages that are looked at; the commitment page stands at the end of a short form.
const MOST_PAGES: usize = 30;

/// What the code of a page says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StampCode {
    /// The declaration.
    pub declaration: DeclarationId,
    /// Number of the revision.
    pub revision: u32,
    /// SHA-256 of the form's canonical JSON.
    pub digest: Sha256Digest,
}

/// Looks for the code on the pages of a scan: JPEG, PNG, WebP, TIFF or PDF. `None` when there is
/// none that can be read: not printed by this program, cut off, or too blurred.
///
/// # Errors
/// [`Unprintable`] when the file itself cannot be read.
pub fn read_stamp(media_type: &str, bytes: &[u8]) -> Result<Option<StampCode>, Unprintable> {
    std::panic::catch_unwind(AssertUnwindSafe(|| match media_type {
        "application/pdf" => of_pdf(bytes),
        "image/tiff" => {
            let mut found = None;
            let mut looked = 0;
            each_of_tiff(
                bytes,
                |_| true,
                |page| {
                    found = of_picture(&page);
                    looked += 1;
                    Ok(if found.is_some() || looked == MOST_PAGES {
                        ControlFlow::Break(())
                    } else {
                        ControlFlow::Continue(())
                    })
                },
            )?;
            Ok(found)
        }
        "image/jpeg" | "image/png" | "image/webp" => {
            let damaged = |fault: &dyn std::fmt::Display| Unprintable::Damaged(fault.to_string());
            let mut reader = ImageReader::new(Cursor::new(bytes))
                .with_guessed_format()
                .map_err(|fault| damaged(&fault))?;
            let mut limits = Limits::default();
            limits.max_alloc = Some(800_000_000);
            reader.limits(limits);
            let picture = reader.decode().map_err(|fault| damaged(&fault))?;
            Ok(of_picture(&picture))
        }
        _ => Err(Unprintable::Format),
    }))
    .unwrap_or_else(|_| Err(Unprintable::Damaged("the decoder gave up".to_owned())))
}

fn of_pdf(bytes: &[u8]) -> Result<Option<StampCode>, Unprintable> {
    let pdf = load(bytes)?;
    let cache = hayro::RenderCache::new();
    let settings = hayro::RenderSettings {
        // 144 dots an inch.
        x_scale: 2.0,
        y_scale: 2.0,
        ..hayro::RenderSettings::default()
    };
    for page in pdf.pages().iter().take(MOST_PAGES) {
        // Memory that cannot be had ends the program; no unwinding catches that.
        let (wide, high) = page.render_dimensions();
        if wide.max(high) > LONGEST_SIDE {
            continue;
        }
        let drawn = hayro::render(page, &cache, &Default::default(), &settings);
        let (width, height) = (u32::from(drawn.width()), u32::from(drawn.height()));
        // White paper under what the page leaves clear.
        let grey: Vec<u8> = drawn
            .data_as_u8_slice()
            .chunks_exact(4)
            .map(|pixel| {
                let light = (u32::from(pixel[0]) * 299
                    + u32::from(pixel[1]) * 587
                    + u32::from(pixel[2]) * 114)
                    / 1000;
                (light + 255 - u32::from(pixel[3])).min(255) as u8
            })
            .collect();
        let Some(grey) = GrayImage::from_raw(width, height, grey) else {
            continue;
        };
        if let Some(code) = of_grey(&grey) {
            return Ok(Some(code));
        }
    }
    Ok(None)
}

/// Looks at the page as it is, then at about 150 dots an inch: a finer scan has more noise than
/// modules, a coarser one needs its modules apart.
fn of_picture(picture: &DynamicImage) -> Option<StampCode> {
    let grey = picture.to_luma8();
    of_grey(&grey).or_else(|| {
        let (width, height) = grey.dimensions();
        let wanted = if width > 1400 { 1240 } else { width * 2 };
        let other = image::imageops::resize(
            &grey,
            wanted,
            (u64::from(height) * u64::from(wanted) / u64::from(width.max(1))) as u32,
            image::imageops::FilterType::CatmullRom,
        );
        of_grey(&other)
    })
}

fn of_grey(grey: &GrayImage) -> Option<StampCode> {
    let (width, height) = grey.dimensions();
    let mut prepared =
        rqrr::PreparedImage::prepare_from_greyscale(width as usize, height as usize, |x, y| {
            grey.get_pixel(x as u32, y as u32).0[0]
        });
    prepared
        .detect_grids()
        .into_iter()
        .filter_map(|grid| grid.decode().ok())
        .find_map(|(_, text)| parse(&text))
}

fn parse(text: &str) -> Option<StampCode> {
    let text = text.to_lowercase();
    let mut parts = text.strip_prefix("luguo:1:")?.split(':');
    let code = StampCode {
        declaration: parts.next()?.parse().ok()?,
        revision: parts.next()?.parse().ok()?,
        digest: parts.next()?.parse().ok()?,
    };
    parts.next().is_none().then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_code_is_taken() {
        let digest = "ab".repeat(32);
        let id = "01a2090c-52f3-7709-ad4d-9ad7fe59316a";
        assert!(parse(&format!("luguo:1:{id}:3:{digest}")).is_some());
        for other in [
            "https://example.org".to_owned(),
            format!("luguo:2:{id}:3:{digest}"),
            format!("luguo:1:{id}:x:{digest}"),
            format!("luguo:1:{id}:3:{digest}:more"),
            format!("luguo:1:{id}:3:{}", &digest[1..]),
        ] {
            assert_eq!(parse(&other), None, "{other}");
        }
    }
}
