//! The print set 一式两份: form, list of evidence, each piece in its order, numbered through, as
//! one PDF that is ready for the printer.

use super::{
    evidence_list::{self, size},
    fault::PaperFault,
    form,
    leaves::{Leaf, Unprintable, drawn, has_pages, leaves},
    marked::Marked,
    press::{Paper, Press},
    stamp::Stamp,
};
use luguo_domain::{Declaration, Moment, evidence::EvidenceItem};
use serde_json::{Value, json};
use std::panic::AssertUnwindSafe;

/// One piece of evidence for the set.
pub struct PrintPart {
    /// The piece.
    pub item: EvidenceItem,
    /// Its content; `None` where [`Press::prints`] says that it has no pages, or when it is too
    /// large to hold in memory.
    pub bytes: Option<Vec<u8>>,
}

/// Why a piece stands in the set as a notice.
pub use super::leaves::Unprintable as UnprintableReason;

/// One piece, ready for the template.
struct Piece {
    /// Its pages as data.
    pages: Vec<Value>,
    /// The files that they show.
    files: Vec<(String, Vec<u8>)>,
    /// What is said when the named pages go beyond the file.
    beyond: Option<Unprintable>,
}

/// A set, and which of its pieces are notices.
pub struct PrintSet {
    /// The pages.
    pub paper: Paper,
    /// Title and reason of each piece that is not printed, or not with all pages it names.
    pub notices: Vec<(String, Unprintable)>,
}

impl Press {
    /// Whether a piece of this media type has pages that can be printed.
    pub fn prints(media_type: &str) -> bool {
        has_pages(media_type)
    }

    /// Typesets the set. A piece that cannot be printed is a sheet that says so. A classified set
    /// is `marked` on every page, those of the evidence included.
    ///
    /// # Errors
    /// [`PaperFault`] when the typesetter refuses form or list.
    pub fn print_set(
        &self,
        form: &Declaration,
        stamp: &Stamp,
        parts: impl IntoIterator<Item = PrintPart>,
        marked: Option<&Marked>,
    ) -> Result<PrintSet, PaperFault> {
        let mut all = Vec::new();
        let mut files = Vec::new();
        let mut items = Vec::new();
        let mut notices = Vec::new();
        for (n, part) in (1..).zip(parts) {
            let head = match part.item.pages {
                Some(pages) => {
                    let (from, to) = (pages.from(), pages.to());
                    format!("佐证 {n}　{}（第 {from}—{to} 页）", part.item.title)
                }
                None => format!("佐证 {n}　{}", part.item.title),
            };
            let taken = part
                .bytes
                .as_deref()
                .ok_or(Unprintable::TooLarge)
                .and_then(|bytes| self.piece(n, &head, &part.item, bytes));
            match taken {
                Ok(piece) => {
                    all.extend(piece.pages);
                    files.extend(piece.files);
                    if let Some(reason) = piece.beyond {
                        all.push(notice(&head, &part.item, &reason));
                        notices.push((part.item.title.clone(), reason));
                    }
                }
                Err(reason) => {
                    let reason = if has_pages(&part.item.media_type) {
                        reason
                    } else {
                        Unprintable::Format
                    };
                    all.push(notice(&head, &part.item, &reason));
                    notices.push((part.item.title.clone(), reason));
                }
            }
            items.push(part.item);
        }
        // Pages that other programs made cannot be vouched for; everything else is archival.
        let foreign = all.iter().any(|leaf| leaf["kind"] == "leaf");
        let data = json!({
            "title": format!("{} 征集材料", form.name),
            "author": form.units.first().map_or("", |unit| unit.name.as_str()),
            "form": form::data(form, stamp),
            "list": evidence_list::data(form, &items, stamp),
            "leaves": all,
        });
        let paper = self.print("set.typ", &data, stamp, files, !foreign, marked)?;
        Ok(PrintSet { paper, notices })
    }

    /// Takes one piece apart and tries it by itself, through to the PDF: what the typesetter or
    /// the writer cannot take must not take the set with it. A PDF that cannot be embedded is
    /// drawn.
    fn piece(
        &self,
        n: usize,
        head: &str,
        item: &EvidenceItem,
        bytes: &[u8],
    ) -> Result<Piece, Unprintable> {
        let wanted = |page: usize| {
            item.pages
                .is_none_or(|range| (range.from() as usize..=range.to() as usize).contains(&page))
        };
        let (chosen, pages) = leaves(&item.media_type, bytes, wanted)?;
        let beyond = item
            .pages
            .filter(|range| range.to() as usize > pages)
            .map(|range| Unprintable::OtherPages {
                from: range.from(),
                to: range.to(),
                pages,
            });
        if let (true, Some(reason)) = (chosen.is_empty(), &beyond) {
            return Err(reason.clone());
        }
        let extension = match item.media_type.as_str() {
            "image/jpeg" => "jpg",
            "image/webp" => "webp",
            _ => "png",
        };
        let piece = laid(n, head, extension, chosen, bytes, beyond);
        match self.try_alone(head, &piece) {
            Err(_) if item.media_type == "application/pdf" => {
                let piece = laid(n, head, "png", drawn(bytes, wanted)?, bytes, piece.beyond);
                self.try_alone(head, &piece)?;
                Ok(piece)
            }
            tried => tried.map(|()| piece),
        }
    }

    fn try_alone(&self, head: &str, piece: &Piece) -> Result<(), Unprintable> {
        let alone = json!({
            "title": head, "author": "", "form": null, "list": null, "leaves": piece.pages,
        });
        std::panic::catch_unwind(AssertUnwindSafe(|| {
            let files = piece.files.clone();
            self.print("set.typ", &alone, &Stamp::Draft, files, false, None)?
                .pdf(Moment::UNIX_EPOCH)
        }))
        .map_err(|_| Unprintable::Kind("the typesetter gave up".to_owned()))?
        .map_err(|fault| Unprintable::Kind(fault.to_string()))?;
        Ok(())
    }
}

/// The leaves as data for the template, and the files that they show.
fn laid(
    n: usize,
    head: &str,
    extension: &str,
    leaves: Vec<Leaf>,
    bytes: &[u8],
    beyond: Option<Unprintable>,
) -> Piece {
    let mut pages = Vec::new();
    let mut files = Vec::new();
    let whole = format!("{n}.pdf");
    for (page, leaf) in (1..).zip(leaves) {
        match leaf {
            Leaf::Picture(picture) => {
                let name = format!("{n}-{page}.{extension}");
                pages.push(json!({ "kind": "picture", "head": head, "file": name }));
                files.push((name, picture));
            }
            Leaf::Page(number) => {
                pages
                    .push(json!({ "kind": "leaf", "head": head, "file": whole, "number": number }));
                if page == 1 {
                    files.push((whole.clone(), bytes.to_vec()));
                }
            }
        }
    }
    Piece {
        pages,
        files,
        beyond,
    }
}

fn notice(head: &str, item: &EvidenceItem, reason: &Unprintable) -> Value {
    json!({
        "kind": "notice",
        "head": head,
        "title": item.title,
        "rows": [
            ["文件", item.file_name],
            ["格式", item.media_type],
            ["大小", size(item.size)],
            ["SHA-256", item.sha256.to_hex()],
            ["说明", reason.sentence()],
        ],
    })
}
