//! Fonts: looked for in folders and, where wished, among the machine's own. A font is read when a
//! page first needs it.

use super::fault::PaperFault;
use serde_json::Value;
use std::{
    collections::HashMap,
    path::Path,
    sync::{Mutex, PoisonError},
};
use typst_kit::fonts::{FontStore, scan, system};

/// Families with Chinese characters that the templates name, the preferred first.
const WANTED: [&str; 12] = [
    "noto serif sc",
    "noto serif cjk sc",
    "noto sans sc",
    "noto sans cjk sc",
    "fangsong",
    "stfangsong",
    "simsun",
    "songti sc",
    "simhei",
    "microsoft yahei",
    "pingfang sc",
    "source han serif sc",
];

/// What stands for a character that no font has: the printer's own mark for it.
const MISSING: char = '〓';

/// The fonts that a press has.
pub struct Fonts {
    pub(super) store: FontStore,
    /// What was asked of the fonts before: each face is asked for each character once.
    asked: Mutex<HashMap<char, bool>>,
}

impl Fonts {
    /// Gathers the fonts of the folders, then those of the machine when `of_machine`. Folders
    /// that are not there are passed over.
    ///
    /// # Errors
    /// [`PaperFault::NoFont`] when none of them has Chinese characters.
    pub fn gather(folders: &[impl AsRef<Path>], of_machine: bool) -> Result<Self, PaperFault> {
        let mut store = FontStore::new();
        for folder in folders {
            if folder.as_ref().is_dir() {
                store.extend(scan(folder.as_ref()));
            }
        }
        if of_machine {
            store.extend(system());
        }
        let found = WANTED
            .iter()
            .any(|family| store.book().contains_family(family));
        if found {
            Ok(Self {
                store,
                asked: Mutex::default(),
            })
        } else {
            Err(PaperFault::NoFont)
        }
    }

    /// The data with 〓 for each character that no font has, and without control characters: one
    /// missing character must not keep a form from being printed (PDF/A forbids it).
    pub(super) fn printable(&self, data: &Value) -> Value {
        match data {
            Value::String(words) => Value::String(self.printable_words(words)),
            Value::Array(list) => list.iter().map(|value| self.printable(value)).collect(),
            Value::Object(map) => map
                .iter()
                .map(|(key, value)| (key.clone(), self.printable(value)))
                .collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) => data.clone(),
        }
    }

    fn printable_words(&self, words: &str) -> String {
        let mut printed = String::with_capacity(words.len());
        for c in words.chars() {
            if c == '\n' || c.is_ascii_graphic() || c == ' ' {
                printed.push(c);
            } else if c.is_control()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
            {
                // Joins and marks without a shape of their own; nothing is lost to the eye.
            } else if self.has(c) {
                printed.push(c);
            } else {
                printed.push(MISSING);
            }
        }
        printed
    }

    fn has(&self, c: char) -> bool {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        *asked.entry(c).or_insert_with(|| {
            (0..)
                .map_while(|index| self.store.book().info(index))
                .any(|info| info.coverage.contains(c.into()))
        })
    }
}
