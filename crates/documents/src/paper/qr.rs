//! Codes that a camera reads, drawn as SVG.

use qrcode::{Color, EcLevel, QrCode};

/// What is drawn where there is no code.
pub(super) const NOTHING: &str =
    r#"<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>"#;

/// Draws a text as a QR code, to be shown in the window. A text beyond what a code holds (about
/// 2 900 bytes) is an empty drawing.
pub fn qr_svg(text: &str) -> String {
    drawing(text).unwrap_or_else(|| NOTHING.to_owned())
}

/// The code as a drawing. One that is too long for a quarter of spare modules gets fewer of them.
pub(super) fn drawing(text: &str) -> Option<String> {
    let code = [EcLevel::M, EcLevel::L]
        .into_iter()
        .find_map(|level| QrCode::with_error_correction_level(text, level).ok())?;
    let width = code.width();
    let mut path = String::new();
    for (n, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            path.push_str(&format!("M{} {}h1v1h-1z", n % width + 4, n / width + 4));
        }
    }
    // Four modules of white around it, as ISO/IEC 18004 asks.
    let all = width + 8;
    Some(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{all}" height="{all}" viewBox="0 0 {all} {all}"><rect width="{all}" height="{all}" fill="#fff"/><path d="{path}" fill="#000"/></svg>"##
    ))
}
