//! The key file of a vault, as it may lie on somebody's stick.
#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(people) = luguo_store::people_in(bytes) {
        // Whoever is listed can be shown.
        assert!(people.len() <= bytes.len());
    }
});
