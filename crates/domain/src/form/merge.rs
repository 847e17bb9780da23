//! Two forms of the same achievement made one: nothing of the kept form changes, what it lacks
//! comes from the other.

use super::declaration::Declaration;
use crate::{claim::Claim, duplicate::fold_number};

/// The merged form, and where the other form's claims stand in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The form.
    pub form: Declaration,
    rights: Vec<u16>,
    projects: Vec<u16>,
}

impl Merged {
    /// The claim of the merged form that a claim of the other form became; `None` for a claim
    /// that the other form did not have.
    pub fn claim(&self, of_other: Claim) -> Option<Claim> {
        let moved = |places: &[u16], n: u16| places.get(usize::from(n).checked_sub(1)?).copied();
        match of_other {
            Claim::Right(n) => moved(&self.rights, n).map(Claim::Right),
            Claim::Project(n) => moved(&self.projects, n).map(Claim::Project),
            Claim::Category
            | Claim::Publicity
            | Claim::Ownership
            | Claim::Commitment
            | Claim::Prize
            | Claim::Summary => Some(of_other),
        }
    }
}

/// Merges `other` into `kept`. Texts and choices of `kept` stand; empty ones are filled. Rights
/// and projects are joined by number, units by name, researchers by name up to three.
pub fn merge(kept: &Declaration, other: &Declaration) -> Merged {
    let mut form = kept.clone();
    fill(&mut form.name, &other.name);
    if form.field.is_none() {
        form.field = other.field;
        fill(&mut form.field_other, &other.field_other);
    }
    form.kind = form.kind.or(other.kind);
    form.level = form.level.or(other.level);
    form.research.basis = form.research.basis.or(other.research.basis);
    form.research.from = form.research.from.or(other.research.from);
    form.research.to = form.research.to.or(other.research.to);
    fill(&mut form.rights_text, &other.rights_text);
    let rights = join(&mut form.rights, &other.rights, |right| {
        number_key(&right.number)
    });
    for kind in &other.right_kinds {
        if !form.right_kinds.contains(kind) {
            form.right_kinds.push(*kind);
        }
    }
    if form.publicity.published.is_none() {
        form.publicity.clone_from(&other.publicity);
    }
    let projects = join(&mut form.projects, &other.projects, |entry| {
        number_key(&entry.number)
    });
    join(&mut form.units, &other.units, |unit| folded(&unit.name));
    if form.ownership.same_as_units.is_none() {
        form.ownership.clone_from(&other.ownership);
    }
    if form.prize.is_none() {
        form.prize.clone_from(&other.prize);
    }
    form.maturity = form.maturity.or(other.maturity);
    form.needs_transfer = form.needs_transfer.or(other.needs_transfer);
    fill(&mut form.policy_needs, &other.policy_needs);
    if form.cooperation.is_empty() {
        form.cooperation.clone_from(&other.cooperation);
        fill(&mut form.cooperation_other, &other.cooperation_other);
    }
    form.funding = form.funding.or(other.funding);
    fill(&mut form.funding_use, &other.funding_use);
    form.consent_to_publish = form.consent_to_publish.or(other.consent_to_publish);
    fill(&mut form.summary, &other.summary);
    join(&mut form.researchers, &other.researchers, |person| {
        folded(&person.name)
    });
    form.researchers.truncate(kept.researchers.len().max(3));
    fill(&mut form.commitment.signatory, &other.commitment.signatory);
    form.commitment.signed_on = form.commitment.signed_on.or(other.commitment.signed_on);
    Merged {
        form,
        rights,
        projects,
    }
}

fn fill(text: &mut String, other: &str) {
    if text.trim().is_empty() {
        other.clone_into(text);
    }
}

/// Appends what is not there yet by key; tells for each of `other` its place, from 1. An entry
/// without a key is always its own.
fn join<T: Clone>(kept: &mut Vec<T>, other: &[T], key: impl Fn(&T) -> String) -> Vec<u16> {
    other
        .iter()
        .map(|entry| {
            let wanted = key(entry);
            let known = kept
                .iter()
                .position(|have| !wanted.is_empty() && key(have) == wanted);
            let place = known.unwrap_or_else(|| {
                kept.push(entry.clone());
                kept.len() - 1
            });
            u16::try_from(place + 1).unwrap_or(u16::MAX)
        })
        .collect()
}

/// A number as duplicates are found by it; a word in its place as it stands.
fn number_key(number: &str) -> String {
    let key = fold_number(number);
    if key.chars().any(char::is_numeric) {
        key
    } else {
        folded(number)
    }
}

fn folded(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{IntellectualProperty, ProjectEntry, Researcher};

    fn right(number: &str) -> IntellectualProperty {
        IntellectualProperty {
            number: number.to_owned(),
            ..IntellectualProperty::default()
        }
    }

    #[test]
    fn what_stands_in_the_kept_form_stays_and_gaps_are_filled() {
        let kept = Declaration {
            name: "深海浮力球".to_owned(),
            ..Declaration::default()
        };
        let other = Declaration {
            name: "另一个名称".to_owned(),
            summary: "简介".to_owned(),
            ..Declaration::default()
        };
        let merged = merge(&kept, &other).form;
        assert_eq!(
            (merged.name.as_str(), merged.summary.as_str()),
            ("深海浮力球", "简介")
        );
    }

    #[test]
    fn rights_of_one_number_become_one_and_their_claims_move_with_them() {
        let kept = Declaration {
            rights: vec![right("ZL1"), right("ZL2")],
            ..Declaration::default()
        };
        let other = Declaration {
            rights: vec![right("２"), right("ZL3"), right("")],
            projects: vec![ProjectEntry::default()],
            ..Declaration::default()
        };
        let merged = merge(&kept, &other);
        assert_eq!(merged.form.rights.len(), 4);
        assert_eq!(merged.claim(Claim::Right(1)), Some(Claim::Right(2)));
        assert_eq!(merged.claim(Claim::Right(2)), Some(Claim::Right(3)));
        assert_eq!(merged.claim(Claim::Right(3)), Some(Claim::Right(4)));
        assert_eq!(merged.claim(Claim::Right(4)), None);
        assert_eq!(merged.claim(Claim::Project(1)), Some(Claim::Project(1)));
        assert_eq!(merged.claim(Claim::Commitment), Some(Claim::Commitment));
    }

    #[test]
    fn a_merge_never_makes_a_fourth_researcher() {
        let person = |name: &str| Researcher {
            name: name.to_owned(),
            ..Researcher::default()
        };
        let kept = Declaration {
            researchers: vec![person("甲"), person("乙")],
            ..Declaration::default()
        };
        let other = Declaration {
            researchers: vec![person("乙"), person("丙"), person("丁")],
            ..Declaration::default()
        };
        let names: Vec<_> = merge(&kept, &other)
            .form
            .researchers
            .into_iter()
            .map(|person| person.name)
            .collect();
        assert_eq!(names, ["甲", "乙", "丙"]);
    }

    #[test]
    fn merging_a_form_with_itself_changes_nothing() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tests/fixtures/declarations/key-technology.json"
        );
        let text = std::fs::read_to_string(path).expect("a fixture");
        let form = crate::form::DeclarationFile::parse(&text)
            .expect("a form")
            .declaration;
        assert_eq!(merge(&form, &form).form, form);
    }
}
