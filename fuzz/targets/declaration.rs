//! A form as a JSON file from another machine: read, checked, written and read again.
#![no_main]
use libfuzzer_sys::fuzz_target;
use luguo_domain::{
    form::{DeclarationFile, words::in_words},
    rules::{self, Surroundings},
};

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let Ok(file) = DeclarationFile::parse(text) else {
        return;
    };
    let form = &file.declaration;
    for number in 1..=22 {
        let _ = in_words(form, number);
    }
    let today = "2026-11-10".parse().expect("a day");
    for finding in rules::check(form, Surroundings::on(today, &[])) {
        assert!(!finding.message.is_empty() && !finding.clause.is_empty());
    }
    assert!(rules::completeness(form) <= 100);
    let again = serde_json::to_string(&file).expect("a form is JSON");
    let back = DeclarationFile::parse(&again).expect("what was written can be read");
    assert_eq!(back.declaration, *form);
});
