//! The print set 一式两份: form, list of evidence, each piece in its order, numbered through, as
//! one PDF that is ready for the printer.

use super::{
    evidence_list::{self, size},
    fault::PaperFault,
    form,
    leaves::{Leaf, Unprintable, has_pages, leaves},
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

/// The pages of one piece as data, and the files that they show.
type Piece = (Vec<Value>, Vec<(String, Vec<u8>)>);

/// A set, and which of its pieces are notices.
pub struct PrintSet {
    /// The pages.
    pub paper: Paper,
    /// Title and reason of each piece that is not printed.
    pub notices: Vec<(String, Unprintable)>,
}

impl Press {
    /// Whether a piece of this media type has pages that can be printed.
    pub fn prints(media_type: &str) -> bool {
        has_pages(media_type)
    }

    /// Typesets the set. A piece that cannot be printed is a sheet that says so.
    ///
    /// # Errors
    /// [`PaperFault`] when the typesetter refuses form or list.
    pub fn print_set(
        &self,
        form: &Declaration,
        stamp: &Stamp,
        parts: impl IntoIterator<Item = PrintPart>,
    ) -> Result<PrintSet, PaperFault> {
        let mut all = Vec::new();
        let mut files = Vec::new();
        let mut items = Vec::new();
        let mut notices = Vec::new();
        for (n, part) in (1..).zip(parts) {
            let head = format!("佐证 {n}　{}", part.item.title);
            let taken = part
                .bytes
                .as_deref()
                .ok_or(Unprintable::TooLarge)
                .and_then(|bytes| self.piece(n, &head, &part.item.media_type, bytes));
            match taken {
                Ok((pages, shown)) => {
                    all.extend(pages);
                    files.extend(shown);
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
        let data = json!({
            "title": format!("{} 征集材料", form.name),
            "author": form.units.first().map_or("", |unit| unit.name.as_str()),
            "form": form::data(form, stamp),
            "list": evidence_list::data(form, &items, stamp),
            "leaves": all,
        });
        let paper = self.print("set.typ", &data, stamp, files, false)?;
        Ok(PrintSet { paper, notices })
    }

    /// Takes one piece apart and tries it by itself, through to the PDF: what the typesetter or
    /// the writer cannot take must not take the set with it.
    fn piece(
        &self,
        n: usize,
        head: &str,
        media_type: &str,
        bytes: &[u8],
    ) -> Result<Piece, Unprintable> {
        let mut pages = Vec::new();
        let mut files = Vec::new();
        let extension = match media_type {
            "image/jpeg" => "jpg",
            "image/webp" => "webp",
            _ => "png",
        };
        for (page, leaf) in (1..).zip(leaves(media_type, bytes)?) {
            match leaf {
                Leaf::Picture(picture) => {
                    let name = format!("{n}-{page}.{extension}");
                    pages.push(json!({ "kind": "picture", "head": head, "file": name }));
                    files.push((name, picture));
                }
                Leaf::Page(number) => {
                    let name = format!("{n}.pdf");
                    pages.push(
                        json!({ "kind": "leaf", "head": head, "file": name, "number": number }),
                    );
                    if number == 1 {
                        files.push((name, bytes.to_vec()));
                    }
                }
            }
        }
        let alone = json!({
            "title": head, "author": "", "form": null, "list": null, "leaves": pages,
        });
        std::panic::catch_unwind(AssertUnwindSafe(|| {
            self.print("set.typ", &alone, &Stamp::Draft, files.clone(), false)?
                .pdf(Moment::UNIX_EPOCH)
        }))
        .map_err(|_| Unprintable::Damaged("the typesetter gave up".to_owned()))?
        .map_err(|fault| Unprintable::Damaged(fault.to_string()))?;
        Ok((pages, files))
    }
}

fn notice(head: &str, item: &EvidenceItem, reason: &Unprintable) -> Value {
    let reason = match reason {
        Unprintable::Format => "这种格式不能打印，请见电子材料。",
        Unprintable::Damaged(_) => "文件读不完整，不能打印。请重新扫描后换成新文件。",
        Unprintable::TooLarge => "图像或页数过大，没有排入。请见电子材料。",
        Unprintable::Locked => "PDF 设了打开密码，不能打印。请换成没有密码的文件。",
    };
    json!({
        "kind": "notice",
        "head": head,
        "title": item.title,
        "rows": [
            ["文件", item.file_name],
            ["格式", item.media_type],
            ["大小", size(item.size)],
            ["SHA-256", item.sha256.to_hex()],
            ["说明", reason],
        ],
    })
}
