//! Once only, clause 二（一）: the pair side by side, and making one of two.

use super::view;
use crate::{desk::Desk, failure};
use luguo_domain::{
    Declaration, DeclarationId,
    duplicate::{Duplicate, Ground},
    form::{fields::CATALOGUE, merge, words::in_words},
    rules,
};
use luguo_ipc::{
    CompareRowView, CompareView, DeclarationPairRequest, DeclarationView, DuplicateView, Failure,
    FailureCode,
};
use luguo_store::{MovedEvidence, Vault};
use std::collections::BTreeMap;

/// Other declarations with the grounds, in words.
pub(crate) type Grounds = BTreeMap<DeclarationId, Vec<String>>;

/// Each other declaration once, with all its grounds.
pub(crate) fn grounds(duplicates: &[Duplicate<'_>]) -> Grounds {
    let mut grounds = Grounds::new();
    for duplicate in duplicates {
        grounds
            .entry(duplicate.other.id)
            .or_default()
            .push(words(&duplicate.ground));
    }
    grounds
}

/// The other declarations that may be the same achievement, as the window shows them.
pub(crate) fn of(vault: &Vault, grounds: Grounds) -> Result<Vec<DuplicateView>, Failure> {
    let mut found = Vec::new();
    for (other, grounds) in grounds {
        let Some(row) = vault
            .declaration(other)
            .map_err(failure::store)?
            .map(|stored| stored.row)
        else {
            continue;
        };
        let mine = row.prepared_by == vault.me().id;
        found.push(DuplicateView {
            other,
            name: row.name,
            state_label: row.state.label().to_owned(),
            prepared_by: row.prepared_by_name,
            may_compare: view::readable(vault, other).is_ok(),
            may_merge: mine && row.state.is_editable(),
            grounds,
        });
    }
    Ok(found)
}

fn words(ground: &Ground) -> String {
    match ground {
        Ground::RightNumber { number, .. } => format!("同一知识产权 {number}"),
        Ground::ProjectNumber { number, .. } => format!("同一项目编号 {number}"),
        Ground::Name { similarity } => format!("名称相近（{:.0}%）", similarity * 100.0),
    }
}

/// The 22 fields of two forms, in words.
pub(super) fn rows(one: &Declaration, other: &Declaration) -> Vec<CompareRowView> {
    CATALOGUE
        .iter()
        .map(|entry| {
            let (left, right) = (in_words(one, entry.number), in_words(other, entry.number));
            CompareRowView {
                label: entry.label.to_owned(),
                same: left == right,
                left,
                right,
            }
        })
        .collect()
}

/// Two declarations field by field.
pub(crate) fn compare(
    desk: &Desk,
    request: &DeclarationPairRequest,
) -> Result<CompareView, Failure> {
    let vault = desk.vault()?;
    let one = view::readable(&vault, request.id)?;
    let other = view::readable(&vault, request.other)?;
    let rows = rows(&one.form, &other.form);
    let title = |name: String| match name.as_str() {
        "" => "（还没有名称）".to_owned(),
        _ => name,
    };
    Ok(CompareView {
        left: title(one.row.name),
        right: title(other.row.name),
        rows,
    })
}

/// Makes one of two: what the first lacks comes from the other, whose evidence comes along.
pub(crate) fn merge_into(
    desk: &Desk,
    request: &DeclarationPairRequest,
) -> Result<DeclarationView, Failure> {
    let vault = desk.vault()?;
    if request.id == request.other {
        return Err(Failure::new(
            FailureCode::Invalid,
            "不能把一项成果合并到它自己。请选另一项。",
        ));
    }
    let find = |id| {
        vault
            .declaration(id)
            .map_err(failure::store)?
            .ok_or_else(failure::missing)
    };
    let (kept, other) = (find(request.id)?, find(request.other)?);
    let merged = merge::merge(&kept.form, &other.form);
    let moved: Vec<_> = vault
        .evidence(request.other)
        .map_err(failure::store)?
        .into_iter()
        .map(|stored| MovedEvidence {
            id: stored.item.id,
            claims: stored
                .item
                .claims
                .iter()
                .filter_map(|claim| merged.claim(*claim))
                .collect(),
        })
        .collect();
    vault
        .merge_declarations(
            request.id,
            request.other,
            &merged.form,
            &moved,
            rules::completeness(&merged.form),
            desk.now(),
        )
        .map_err(failure::save)?;
    desk.known.forget();
    view::show(desk, request.id)
}
