//! Prints: what of a draft is compared at the endpoint, clause 二（一）. A print holds digests
//! alone, so that looking for duplicates sends no word of a form that nobody approved yet.
//!
//! Numbers are few enough to be guessed from their digests: a print hides the words from whoever
//! reads along, not from an endpoint that sets its mind on it. See docs/adr/0008.

use crate::{
    Declaration, DeclarationId, Sha256Digest,
    duplicate::{Known, SIMILAR, fold_number, told_apart},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The digests of one form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prints {
    /// Of each right's number.
    pub rights: BTreeSet<Sha256Digest>,
    /// Of each project's number.
    pub projects: BTreeSet<Sha256Digest>,
    /// Of each pair of neighbouring characters of the folded name.
    pub name: BTreeSet<Sha256Digest>,
    /// Of each number and run of letters in the name.
    pub marks: BTreeSet<Sha256Digest>,
}

/// Why two prints may be one achievement.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "ground")]
pub enum PrintGround {
    /// The same number of a right.
    RightNumber {
        /// The number's print.
        print: Sha256Digest,
    },
    /// The same number of a project.
    ProjectNumber {
        /// The number's print.
        print: Sha256Digest,
    },
    /// A similar name.
    Name {
        /// 0 to 1.
        similarity: f64,
    },
}

/// An achievement that the endpoint holds and that may be the same one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TwinElsewhere {
    /// The declaration at the desk that sent it.
    pub declaration: DeclarationId,
    /// Its number at the endpoint, as on the receipt.
    pub number: String,
    /// 成果名称.
    pub name: String,
    /// The unit that reported it.
    pub unit: String,
    /// Why.
    pub grounds: Vec<PrintGround>,
}

/// What the endpoint answered, and to what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Elsewhere {
    /// What was asked.
    pub asked: Prints,
    /// The achievements it told.
    pub twins: Vec<TwinElsewhere>,
}

impl Prints {
    /// Takes the prints of a form.
    pub fn of(form: &Declaration) -> Self {
        let known = Known::of(DeclarationId(uuid::Uuid::nil()), form);
        Self {
            rights: known.rights().map(right_print).collect(),
            projects: known.projects().map(project_print).collect(),
            name: known
                .pairs()
                .map(|pair| print("name", &String::from_iter(pair)))
                .collect(),
            marks: known.marks().map(|mark| print("mark", mark)).collect(),
        }
    }

    /// Whether there is nothing to ask for.
    pub fn is_empty(&self) -> bool {
        self.rights.is_empty() && self.projects.is_empty() && self.name.is_empty()
    }

    /// How many digests there are.
    pub fn len(&self) -> usize {
        self.rights.len() + self.projects.len() + self.name.len() + self.marks.len()
    }

    /// Why two prints may be one achievement, numbers first.
    pub fn grounds(&self, other: &Self) -> Vec<PrintGround> {
        let rights = self.rights.intersection(&other.rights);
        let projects = self.projects.intersection(&other.projects);
        let mut grounds: Vec<_> = rights
            .map(|print| PrintGround::RightNumber { print: *print })
            .collect();
        grounds.extend(projects.map(|print| PrintGround::ProjectNumber { print: *print }));
        let similarity = alike(&self.name, &other.name);
        if similarity >= SIMILAR && !told_apart(&self.marks, &other.marks) {
            grounds.push(PrintGround::Name { similarity });
        }
        grounds
    }
}

/// Sørensen–Dice, as [`Known::similarity`] has it; two empty names are not alike.
fn alike(one: &BTreeSet<Sha256Digest>, other: &BTreeSet<Sha256Digest>) -> f64 {
    let all = one.len() + other.len();
    if all == 0 {
        return 0.0;
    }
    2.0 * one.intersection(other).count() as f64 / all as f64
}

/// The print of a right's number as typed.
pub fn of_right_number(number: &str) -> Sha256Digest {
    right_print(&fold_number(number))
}

/// The print of a project's number as typed.
pub fn of_project_number(number: &str) -> Sha256Digest {
    project_print(&fold_number(number))
}

fn right_print(folded: &str) -> Sha256Digest {
    print("right", folded)
}

fn project_print(folded: &str) -> Sha256Digest {
    print("project", folded)
}

fn print(kind: &str, folded: &str) -> Sha256Digest {
    Sha256Digest::of(format!("luguo.print/1\0{kind}\0{folded}").as_bytes())
}
