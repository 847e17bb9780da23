//! The list of evidence.

use super::{
    fault::PaperFault,
    marked::Marked,
    press::{Paper, Press},
    stamp::Stamp,
};
use luguo_domain::{Declaration, claim, evidence::EvidenceItem};
use serde_json::{Value, json};

impl Press {
    /// Typesets the list of evidence with what each piece proves.
    ///
    /// # Errors
    /// [`PaperFault`] when the typesetter refuses.
    pub fn evidence_list(
        &self,
        form: &Declaration,
        evidence: &[EvidenceItem],
        stamp: &Stamp,
        marked: Option<&Marked>,
    ) -> Result<Paper, PaperFault> {
        let data = data(form, evidence, stamp);
        self.print("evidence-sheet.typ", &data, stamp, Vec::new(), true, marked)
    }
}

/// The list as data.
pub(super) fn data(form: &Declaration, evidence: &[EvidenceItem], stamp: &Stamp) -> Value {
    let needed = claim::needed(form);
    let rows: Vec<_> = (1..)
        .zip(evidence)
        .map(|(n, item): (u32, _)| {
            let proves: Vec<_> = needed
                .iter()
                .filter(|needed| item.claims.contains(&needed.claim))
                .map(|needed| needed.label.as_str())
                .collect();
            [
                n.to_string(),
                format!("{}\n{}", item.title, item.file_name),
                item.kind
                    .map(|kind| kind.label())
                    .unwrap_or_default()
                    .to_owned(),
                proves.join("\n"),
                item.pages.map_or_else(
                    || "全部".to_owned(),
                    |pages| format!("{}—{}", pages.from(), pages.to()),
                ),
                size(item.size),
                item.sha256.to_hex(),
            ]
        })
        .collect();
    json!({
        "title": "佐证材料清单",
        "author": form.units.first().map_or("", |unit| unit.name.as_str()),
        "name": form.name,
        "stamp": stamp.data(),
        "heads": ["序号", "材料", "种类", "证明内容", "页", "大小"],
        "rows": rows,
    })
}

/// 3.2 MB
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} 字节"),
        1024..1_048_576 => format!("{:.1} KB", bytes as f64 / 1024.0),
        _ => format!("{:.1} MB", bytes as f64 / 1_048_576.0),
    }
}
