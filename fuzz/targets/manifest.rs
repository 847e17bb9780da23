//! A package whose manifest somebody else wrote: the verification names faults and never ends the
//! program.
#![no_main]
use libfuzzer_sys::fuzz_target;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

fuzz_target!(|bytes: &[u8]| {
    // The first byte says whether the input is one manifest of a bag or the whole archive.
    let Some((kind, content)) = bytes.split_first() else {
        return;
    };
    if kind % 4 == 0 {
        let _ = luguo_package::verify_bag(Cursor::new(content));
        return;
    }
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let name = [
        "manifest-sha256.txt",
        "manifest-sm3.txt",
        "tagmanifest-sha256.txt",
    ][usize::from(kind % 4) - 1];
    for (path, bytes) in [
        (
            "bagit.txt",
            &b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"[..],
        ),
        ("data/declaration.json", b"{}"),
        (name, content),
    ] {
        if out.start_file(path, stored).is_err() || out.write_all(bytes).is_err() {
            return;
        }
    }
    let Ok(archive) = out.finish() else {
        return;
    };
    let report = luguo_package::verify_bag(archive);
    assert!(!report.is_valid(), "a bag without its records is not whole");
    for fault in &report.faults {
        assert!(!fault.message().is_empty());
    }
});
