//! The place of a mark in words.

use luguo_domain::{claim, form::fields::CATALOGUE, marks::MarkPlace, release::Revision};

/// Field, claim or page, as a person would say it.
pub(super) fn label(place: &MarkPlace, revision: &Revision) -> String {
    match place {
        MarkPlace::Field { path } => field(path),
        MarkPlace::Claim { claim } => claim::needed(&revision.declaration)
            .into_iter()
            .find(|needed| needed.claim == *claim)
            .map_or_else(|| claim.to_string(), |needed| needed.label),
        MarkPlace::Page { evidence, page, .. } => {
            let title = revision
                .evidence
                .iter()
                .find(|item| item.id == *evidence)
                .map_or("已移除的材料", |item| item.title.as_str());
            format!("“{title}”第 {page} 页")
        }
    }
}

/// `rights[1].number` → 知识产权情况 第 2 项.
fn field(path: &str) -> String {
    let root = path.split(['.', '[']).next().unwrap_or_default();
    let root = root.strip_suffix("_other").unwrap_or(root);
    let label = CATALOGUE
        .iter()
        .find(|entry| entry.path == root)
        .map_or(path, |entry| entry.label);
    let entry = path
        .split_once('[')
        .and_then(|(_, rest)| rest.split(']').next())
        .and_then(|number| number.parse::<u32>().ok());
    match entry {
        Some(number) => format!("{label} 第 {} 项", number.saturating_add(1)),
        None => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_called_as_on_the_form() {
        assert_eq!(field("name"), "成果名称");
        assert!(field("rights[1].number").ends_with(" 第 2 项"));
        assert_eq!(field("nowhere"), "nowhere");
    }
}
