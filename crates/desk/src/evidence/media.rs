//! The media type of a file: what its first bytes say, else what its name says.

/// Tells the media type.
pub(super) fn media_type(file_name: &str, head: &[u8]) -> String {
    let by_content = match head {
        [b'%', b'P', b'D', b'F', ..] => Some("application/pdf"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Some("image/tiff"),
        [0x1a, 0x45, 0xdf, 0xa3, ..] => Some("video/webm"),
        // ISO base media: a picture in HEIF says so in its brand.
        [
            _,
            _,
            _,
            _,
            b'f',
            b't',
            b'y',
            b'p',
            b'h',
            b'e',
            b'i' | b'v',
            ..,
        ]
        | [
            _,
            _,
            _,
            _,
            b'f',
            b't',
            b'y',
            b'p',
            b'm',
            b'i' | b's',
            b'f',
            b'1',
            ..,
        ] => Some("image/heic"),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some("video/mp4"),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some("image/webp"),
        _ => None,
    };
    match by_content {
        Some(kind) => kind.to_owned(),
        None => mime_guess::from_path(file_name)
            .first_or_octet_stream()
            .to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_speaks_before_the_name() {
        for (name, head, kind) in [
            ("a.txt", b"%PDF-1.7".as_slice(), "application/pdf"),
            ("a.pdf", b"II*\0....", "image/tiff"),
            ("a", b"....ftypisom", "video/mp4"),
            ("照片.heic", b"....ftypheic", "image/heic"),
            ("照片", b"....ftypmif1", "image/heic"),
            (
                "证明.docx",
                b"PK\x03\x04",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ),
            ("无扩展名", b"??", "application/octet-stream"),
        ] {
            assert_eq!(media_type(name, head), kind, "{name}");
        }
    }
}
