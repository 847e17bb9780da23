//! What is inside a sealed package: for each revision its two records and its attachments under
//! names that a person can read, for each reply its rulings; and the list that ties them together.

use crate::{failure, names};
use luguo_domain::{
    DeclarationId, PackageId, Sha256Digest,
    ruling::Ruling,
    secrecy::{Classification, Marking},
};
use luguo_ipc::{Failure, FailureCode};
use luguo_package::thaw;
use luguo_sealed::{Part, PartSource};
use luguo_store::{SealedItem, StoredRuling, Vault};
use serde::{Deserialize, Serialize};
use sm3::{Digest as _, Sm3};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Read},
};

/// The list in the inner manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct About {
    /// Always [`About::FORMAT`].
    pub(super) format: String,
    /// The sealing unit.
    pub(super) unit: String,
    /// 涉密成果专管员.
    pub(super) officer: String,
    /// The approver who was present.
    pub(super) approver: String,
    /// Head of the sender's audit chain.
    pub(super) audit_head: String,
    /// Revisions.
    pub(super) items: Vec<AboutItem>,
    /// Rulings that go back.
    pub(super) replies: Vec<AboutReply>,
}

impl About {
    pub(super) const FORMAT: &'static str = "luguo.sealed-contents/1";
}

/// A revision: places count the parts of the package from 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AboutItem {
    /// Identity of the revision's package.
    pub(super) package: PackageId,
    /// The declaration.
    pub(super) declaration: DeclarationId,
    /// The revision.
    pub(super) revision: u32,
    /// The mark, with that of each attachment and who may know at the sender's.
    pub(super) classification: Classification,
    /// Place of `package.json`.
    pub(super) package_json: usize,
    /// Place of `declaration.json`.
    pub(super) declaration_json: usize,
    /// Places of the attachments, by their content.
    pub(super) blobs: BTreeMap<Sha256Digest, usize>,
}

/// Rulings on a revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AboutReply {
    /// The declaration.
    pub(super) declaration: DeclarationId,
    /// The revision.
    pub(super) revision: u32,
    /// Place of the rulings, JSON.
    pub(super) rulings: usize,
}

enum Source {
    Bytes(Vec<u8>),
    Blob(Sha256Digest),
}

/// What goes into a package.
pub(super) struct Contents {
    pub(super) parts: Vec<Part>,
    sources: Vec<Source>,
    pub(super) items: Vec<AboutItem>,
    pub(super) replies: Vec<AboutReply>,
    /// Rulings that are on their way once it is sealed.
    pub(super) rulings: Vec<Ruling>,
    markings: Vec<(Marking, chrono::NaiveDate)>,
    taken: BTreeSet<String>,
}

/// One item, as a plan shows it.
pub(super) struct Added {
    pub(super) name: String,
    pub(super) revision: u32,
    pub(super) marking: String,
    pub(super) evidence: u32,
    pub(super) size: u64,
}

impl Contents {
    pub(super) fn new() -> Self {
        Self {
            parts: Vec::new(),
            sources: Vec::new(),
            items: Vec::new(),
            replies: Vec::new(),
            rulings: Vec::new(),
            markings: Vec::new(),
            taken: BTreeSet::new(),
        }
    }

    /// The mark of the whole.
    pub(super) fn marking(&self) -> Option<&Marking> {
        luguo_domain::secrecy::highest(self.markings.iter().map(|(marking, on)| (marking, *on)))
    }

    /// Bytes of all contents.
    pub(super) fn size(&self) -> u64 {
        self.parts.iter().map(|part| part.size).sum()
    }

    /// What the register keeps.
    pub(super) fn register_items(&self) -> Vec<SealedItem> {
        let items = self.items.iter().map(|item| SealedItem {
            declaration: item.declaration,
            revision: item.revision,
            reply: false,
        });
        let replies = self.replies.iter().map(|reply| SealedItem {
            declaration: reply.declaration,
            revision: reply.revision,
            reply: true,
        });
        items.chain(replies).collect()
    }

    fn push_bytes(&mut self, name: String, bytes: Vec<u8>) -> usize {
        self.parts.push(Part {
            name,
            size: bytes.len() as u64,
            sm3: hex::encode(Sm3::digest(&bytes)),
        });
        self.sources.push(Source::Bytes(bytes));
        self.parts.len() - 1
    }

    fn folder(&mut self, name: &str) -> String {
        let title = match name.trim() {
            "" => "未命名成果",
            name => name,
        };
        let safe = names::safe(title);
        names::distinct(&mut self.taken, &safe)
    }

    /// Adds an approved revision that is marked with all its attachments.
    pub(super) fn add(&mut self, vault: &Vault, id: DeclarationId) -> Result<Added, Failure> {
        let name = crate::classification::name_of(vault, id)?;
        let row = vault
            .package_of(id)
            .map_err(failure::store)?
            .ok_or_else(|| {
                Failure::new(
                    FailureCode::Conflict,
                    format!("“{name}”还没有单位审核通过的版本，不能封装。"),
                )
            })?;
        let unmarked = || {
            Failure::new(
                FailureCode::Conflict,
                format!("“{name}”还没有定密，或者有材料没有回答是否涉密，不能封装。"),
            )
        };
        let mark = vault
            .classification(id)
            .map_err(failure::store)?
            .ok_or_else(unmarked)?;
        let frozen = row.frozen;
        let (thawed, revision) =
            thaw(&frozen.package_json, &frozen.declaration_json).map_err(|fault| {
                Failure::new(FailureCode::Defect, "成果包的记录读不出来，没有封装。")
                    .with_detail(fault)
            })?;
        if !revision
            .evidence
            .iter()
            .all(|item| mark.parts.contains_key(&item.id))
        {
            return Err(unmarked());
        }
        let folder = self.folder(&name);
        let package_json =
            self.push_bytes(format!("{folder}/成果包记录.json"), frozen.package_json);
        let declaration_json =
            self.push_bytes(format!("{folder}/征集表.json"), frozen.declaration_json);
        let mut blobs = BTreeMap::new();
        let mut taken = BTreeSet::new();
        let mut size = self.parts[package_json].size + self.parts[declaration_json].size;
        for (place, item) in (1..).zip(&revision.evidence) {
            if blobs.contains_key(&item.sha256) {
                continue;
            }
            let readable = names::of_evidence(&name, place, &item.title, &item.file_name);
            self.parts.push(Part {
                name: format!("{folder}/{}", names::distinct(&mut taken, &readable)),
                size: item.size,
                sm3: item.sm3.to_hex(),
            });
            self.sources.push(Source::Blob(item.sha256));
            blobs.insert(item.sha256, self.parts.len() - 1);
            size += item.size;
        }
        let whole = mark.whole().clone();
        self.markings.push((whole.clone(), mark.marked_on));
        let evidence = u32::try_from(revision.evidence.len()).unwrap_or(u32::MAX);
        self.items.push(AboutItem {
            package: thawed.record.package_id,
            declaration: id,
            revision: revision.number,
            classification: mark,
            package_json,
            declaration_json,
            blobs,
        });
        Ok(Added {
            name,
            revision: revision.number,
            marking: whole.to_string(),
            evidence,
            size,
        })
    }

    /// Adds the rulings on a received declaration that did not go back yet.
    pub(super) fn add_reply(&mut self, vault: &Vault, id: DeclarationId) -> Result<Added, Failure> {
        let name = crate::classification::name_of(vault, id)?;
        let waiting = unanswered(vault, id)?;
        let Some(revision) = waiting.last().map(|ruling| ruling.revision) else {
            return Err(Failure::new(
                FailureCode::Conflict,
                format!("“{name}”没有还没送回的审核意见。"),
            ));
        };
        let mark = vault
            .classification(id)
            .map_err(failure::store)?
            .ok_or_else(|| {
                Failure::new(
                    FailureCode::Conflict,
                    format!("“{name}”是从普通成果包收进来的，审核意见不能封装送回涉密保管库。"),
                )
            })?;
        let bytes = serde_json_canonicalizer::to_vec(&waiting).map_err(|fault| {
            Failure::new(FailureCode::Defect, "审核意见没有写成，没有封装。").with_detail(fault)
        })?;
        let size = bytes.len() as u64;
        let folder = self.folder(&name);
        let rulings = self.push_bytes(format!("{folder}/审核意见.json"), bytes);
        let whole = mark.whole().clone();
        self.markings.push((whole.clone(), mark.marked_on));
        self.replies.push(AboutReply {
            declaration: id,
            revision,
            rulings,
        });
        self.rulings.extend(waiting);
        Ok(Added {
            name,
            revision,
            marking: whole.to_string(),
            evidence: 0,
            size,
        })
    }
}

/// Rulings made here that did not go back yet.
pub(super) fn unanswered(vault: &Vault, id: DeclarationId) -> Result<Vec<Ruling>, Failure> {
    let all = vault.rulings(id).map_err(failure::store)?;
    let waits = |stored: &StoredRuling| stored.own && stored.told.is_none();
    Ok(all
        .into_iter()
        .filter(waits)
        .map(|stored| stored.ruling)
        .collect())
}

/// The contents with a vault behind them. `read` is told how many bytes were read, and may stop it.
pub(super) struct Reading<'a> {
    pub(super) vault: &'a Vault,
    pub(super) contents: &'a Contents,
    pub(super) read: &'a (dyn Fn(u64) -> io::Result<()> + Sync),
}

impl PartSource for Reading<'_> {
    fn open(&self, place: usize) -> io::Result<Box<dyn Read + '_>> {
        let inner: Box<dyn Read + '_> = match &self.contents.sources[place] {
            Source::Bytes(bytes) => Box::new(bytes.as_slice()),
            Source::Blob(sha256) => match self.vault.blob(*sha256) {
                Ok(Some(reader)) => Box::new(reader),
                Ok(None) => return Err(io::ErrorKind::NotFound.into()),
                Err(fault) => return Err(io::Error::other(fault)),
            },
        };
        Ok(Box::new(Counted {
            inner,
            read: self.read,
        }))
    }
}

struct Counted<'a> {
    inner: Box<dyn Read + 'a>,
    read: &'a (dyn Fn(u64) -> io::Result<()> + Sync),
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        (self.read)(count as u64)?;
        Ok(count)
    }
}
