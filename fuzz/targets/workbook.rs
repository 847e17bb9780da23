//! A filled template from a project team, or something that only looks like one.
#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(sheets) = luguo_documents::sheet::read(bytes) {
        assert!(sheets.len() <= 10_000);
    }
});
