//! The press: templates, fonts and one sheet's data become pages.

use super::{fault::PaperFault, fonts::Fonts, marked::Marked, stamp::Stamp};
use chrono::{Datelike as _, Timelike as _};
use luguo_domain::Moment;
use serde_json::Value;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use typst::{
    Library, LibraryExt as _, World,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration, Smart},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_render::RenderOptions;

/// Templates by name.
const TEMPLATES: [(&str, &str); 14] = [
    ("parts.typ", include_str!("../../templates/parts.typ")),
    ("form.typ", include_str!("../../templates/form.typ")),
    (
        "form-sheet.typ",
        include_str!("../../templates/form-sheet.typ"),
    ),
    ("evidence.typ", include_str!("../../templates/evidence.typ")),
    (
        "evidence-sheet.typ",
        include_str!("../../templates/evidence-sheet.typ"),
    ),
    ("list.typ", include_str!("../../templates/list.typ")),
    ("leaves.typ", include_str!("../../templates/leaves.typ")),
    ("recovery.typ", include_str!("../../templates/recovery.typ")),
    ("handover.typ", include_str!("../../templates/handover.typ")),
    ("register.typ", include_str!("../../templates/register.typ")),
    (
        "classification.typ",
        include_str!("../../templates/classification.typ"),
    ),
    ("card.typ", include_str!("../../templates/card.typ")),
    ("scanned.typ", include_str!("../../templates/scanned.typ")),
    ("set.typ", include_str!("../../templates/set.typ")),
];

/// How many sheets a result that nobody asked for again stays in the typesetter's memory.
const KEPT: usize = 8;

/// A press that is kept warm: the second sheet is typeset in a fraction of the first one's time.
pub struct Press {
    library: LazyHash<Library>,
    fonts: Fonts,
    templates: HashMap<FileId, Source>,
    // One sheet at a time: the memory of the typesetter is shared.
    turn: Mutex<()>,
}

/// Typeset pages.
pub struct Paper {
    document: Arc<PagedDocument>,
    archival: bool,
}

impl Press {
    /// A press with these fonts.
    pub fn new(fonts: Fonts) -> Self {
        let templates = TEMPLATES
            .iter()
            .map(|(name, text)| {
                let id = file(name);
                (id, Source::new(id, (*text).to_owned()))
            })
            .collect();
        Self {
            library: LazyHash::new(Library::default()),
            fonts,
            templates,
            turn: Mutex::new(()),
        }
    }

    /// Typesets one template with its data and the files that it shows. The marks of a classified
    /// print are a file of their own: a template has them without being told.
    pub(super) fn print(
        &self,
        template: &str,
        data: &Value,
        stamp: &Stamp,
        files: Vec<(String, Vec<u8>)>,
        archival: bool,
        marked: Option<&Marked>,
    ) -> Result<Paper, PaperFault> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut shown: HashMap<FileId, Bytes> = files
            .into_iter()
            .map(|(name, bytes)| (file(&name), Bytes::new(bytes)))
            .collect();
        let data = self.fonts.printable(data);
        shown.insert(file("data.json"), Bytes::new(data.to_string().into_bytes()));
        let marked = marked.map_or(Value::Null, |marked| self.fonts.printable(&marked.data()));
        shown.insert(
            file("marked.json"),
            Bytes::new(marked.to_string().into_bytes()),
        );
        shown.insert(file("qr.svg"), Bytes::new(stamp.drawing().into_bytes()));
        let job = Job {
            press: self,
            main: file(template),
            files: shown,
        };
        let outcome = typst::compile::<PagedDocument>(&job).output;
        comemo::evict(KEPT);
        match outcome {
            Ok(document) => Ok(Paper {
                document: Arc::new(document),
                archival,
            }),
            Err(faults) => Err(PaperFault::Typesetting {
                detail: in_words(&faults),
            }),
        }
    }
}

impl Paper {
    /// Pages, at least one.
    pub fn pages(&self) -> usize {
        self.document.pages().len()
    }

    /// The whole as a PDF: PDF/A-2b (ISO 19005-2), or PDF 1.7 for a print set, whose pages may
    /// come from other programs. `made` goes into its metadata; the same pages made at the same
    /// time are the same bytes.
    ///
    /// # Errors
    /// [`PaperFault::Typesetting`] when a picture cannot be carried into the standard.
    pub fn pdf(&self, made: Moment) -> Result<Vec<u8>, PaperFault> {
        let refused = |detail: String| PaperFault::Typesetting { detail };
        let standards = if self.archival {
            PdfStandards::new(&[PdfStandard::A_2b])
        } else {
            PdfStandards::new(&[PdfStandard::V_1_7])
        }
        .map_err(|fault| refused(fault.message().to_string()))?;
        let options = PdfOptions {
            ident: Smart::Auto,
            creator: Smart::Custom(Some("LuGuo".to_owned())),
            standards,
            timestamp: timestamp(made),
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&self.document, &options).map_err(|faults| refused(in_words(&faults)))
    }

    /// One page, from 1, as a PNG with so many pixels a point (1/72 inch).
    ///
    /// # Errors
    /// [`PaperFault::NoPage`] when there is none.
    pub fn png(&self, page: usize, pixels_a_point: f64) -> Result<Vec<u8>, PaperFault> {
        let pages = self.document.pages();
        let shown = page
            .checked_sub(1)
            .and_then(|n| pages.get(n))
            .ok_or(PaperFault::NoPage {
                page,
                pages: pages.len(),
            })?;
        let options = RenderOptions {
            pixel_per_pt: pixels_a_point.into(),
            ..RenderOptions::default()
        };
        typst_render::render(shown, &options)
            .encode_png()
            .map_err(|fault| PaperFault::Typesetting {
                detail: fault.to_string(),
            })
    }
}

/// One sheet's world: nothing but the templates, the data and the files that belong to it.
struct Job<'a> {
    press: &'a Press,
    main: FileId,
    files: HashMap<FileId, Bytes>,
}

impl World for Job<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.press.fonts.store.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.press
            .templates
            .get(&id)
            .cloned()
            .ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.store.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        // A sheet says the date that it is given.
        None
    }
}

fn file(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("names are our own: letters, digits, a point");
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

fn timestamp(made: Moment) -> Option<Timestamp> {
    let small = |number: u32| u8::try_from(number).ok();
    Datetime::from_ymd_hms(
        made.year(),
        small(made.month())?,
        small(made.day())?,
        small(made.hour())?,
        small(made.minute())?,
        small(made.second())?,
    )
    .map(Timestamp::new_utc)
}

fn in_words(faults: &[SourceDiagnostic]) -> String {
    let words: Vec<_> = faults
        .iter()
        .map(|fault| fault.message.to_string())
        .collect();
    words.join("; ")
}
