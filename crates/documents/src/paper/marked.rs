//! What makes a print a classified one: the mark and the number of the copy at the top left
//! (GB/T 9704), person and time across the page. They are part of each page's own content, also
//! where the page shows one of another program.

use serde_json::{Value, json};

/// What stands where nothing was marked yet: a mark is never invented.
const UNMARKED: &str = "未定密（草稿）";

/// What stands on every page of a classified print.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marked {
    /// 密级 and 保密期限, as 机密★10年; empty when nothing is marked yet: then the page says
    /// 未定密（草稿）.
    pub marking: String,
    /// 份号, six digits, as 000001; absent before it was given.
    pub copy_number: Option<String>,
    /// Who printed it.
    pub person: String,
    /// When, as it is to be read: 2026年11月28日 10:32.
    pub time: String,
}

impl Marked {
    pub(super) fn data(&self) -> Value {
        let marking = match self.marking.trim() {
            "" => UNMARKED,
            marking => marking,
        };
        json!({
            "marking": marking,
            "copy": self.copy_number.as_deref().unwrap_or_default().trim(),
            "person": self.person,
            "time": self.time,
        })
    }
}
