//! Fonts: looked for in folders and, where wished, among the machine's own. A font is read when a
//! page first needs it.

use super::fault::PaperFault;
use std::path::Path;
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

/// The fonts that a press has.
pub struct Fonts(pub(super) FontStore);

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
            Ok(Self(store))
        } else {
            Err(PaperFault::NoFont)
        }
    }
}
