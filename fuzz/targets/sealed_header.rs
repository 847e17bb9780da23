//! The header of a sealed package, as anybody may write one: what is read has one encoding.
#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match luguo_sealed::raw::header(bytes) {
        Ok(header) => {
            let again =
                serde_json_canonicalizer::to_vec(&header).expect("a header has an encoding");
            assert_eq!(again, bytes, "a second encoding was read");
            assert!(!header.recipients.is_empty(), "a package for nobody");
        }
        // What is said of a stranger's bytes stays short.
        Err(fault) => assert!(fault.to_string().len() < 300),
    }
});
