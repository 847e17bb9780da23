//! What a sheet can hold.

use super::{Declaration, LINES, SheetFault, part};
use crate::sheet::CAPACITY;

/// What a cell holds, in UTF-16 units.
pub(in crate::sheet) const MOST_CHARACTERS: usize = 32_767;

/// Refuses a form that a sheet cannot hold whole.
pub(super) fn check(form: &Declaration) -> Result<(), SheetFault> {
    let fault = |what: &str, most: usize| SheetFault::DoesNotFit {
        place: form.name.chars().take(40).collect(),
        what: what.to_owned(),
        most,
    };
    for (what, count, most) in [
        ("知识产权", form.rights.len(), CAPACITY.rights),
        ("项目", form.projects.len(), CAPACITY.projects),
        ("完成单位", form.units.len(), CAPACITY.units),
        ("权属单位", form.ownership.holders.len(), CAPACITY.holders),
        ("研制人员", form.researchers.len(), CAPACITY.researchers),
    ] {
        if count > most {
            return Err(fault(what, most));
        }
    }
    let whole = serde_json::to_value(form).unwrap_or_default();
    for slot in LINES.iter().flat_map(|line| &line.slots) {
        let length = match part(&whole, &slot.path) {
            Some(serde_json::Value::String(words)) => words.encode_utf16().count(),
            Some(serde_json::Value::Array(names)) => {
                let names = names.iter().filter_map(serde_json::Value::as_str);
                names.map(|name| name.encode_utf16().count() + 1).sum()
            }
            _ => 0,
        };
        if length > MOST_CHARACTERS {
            return Err(fault(&slot.label, MOST_CHARACTERS));
        }
    }
    Ok(())
}
