//! What the domain knows of a piece of evidence: its digest, its claim, never its bytes.

use crate::{EvidenceId, Sha256Digest, Sm3Digest, claim::Claim, form::options::choice};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

choice!(
    /// What a piece of evidence is.
    EvidenceKind {
        Certificate = "certificate" => "证书",
        TestReport = "test_report" => "检测报告",
        NoveltyReport = "novelty_report" => "查新报告",
        UseCertificate = "use_certificate" => "应用证明",
        Acceptance = "acceptance" => "验收材料",
        Paper = "paper" => "论文论著",
        Standard = "standard" => "标准文本",
        ProjectDocument = "project_document" => "立项文件",
        OwnershipProof = "ownership_proof" => "权属证明",
        CommitmentPage = "commitment_page" => "承诺页",
        MediaReport = "media_report" => "媒体报道",
        Award = "award" => "获奖证明",
        Picture = "picture" => "图片",
        Video = "video" => "视频",
        Other = "other" => "其他",
    }
);

/// The pages that prove it, counted from 1, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "(u32, u32)", into = "(u32, u32)")]
#[ts(type = "[number, number]")]
pub struct PageRange {
    from: u32,
    to: u32,
}

/// The first page is 0 or lies behind the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("pages {from} to {to}: the first page is at least 1 and not behind the last")]
pub struct PageRangeFault {
    /// First page.
    pub from: u32,
    /// Last page.
    pub to: u32,
}

impl PageRange {
    /// Pages `from` to `to`.
    ///
    /// # Errors
    /// [`PageRangeFault`] unless 1 ≤ from ≤ to.
    pub fn new(from: u32, to: u32) -> Result<Self, PageRangeFault> {
        if 1 <= from && from <= to {
            Ok(Self { from, to })
        } else {
            Err(PageRangeFault { from, to })
        }
    }

    /// First page, from 1.
    pub fn from(self) -> u32 {
        self.from
    }

    /// Last page.
    pub fn to(self) -> u32 {
        self.to
    }
}

impl TryFrom<(u32, u32)> for PageRange {
    type Error = PageRangeFault;

    fn try_from((from, to): (u32, u32)) -> Result<Self, PageRangeFault> {
        Self::new(from, to)
    }
}

impl From<PageRange> for (u32, u32) {
    fn from(range: PageRange) -> Self {
        (range.from, range.to)
    }
}

/// One piece of evidence (佐证材料) as it belongs to a revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EvidenceItem {
    /// Its identity in the vault.
    pub id: EvidenceId,
    /// What it is called on lists; the file's name without extension unless changed.
    pub title: String,
    /// The file's name as it came in, NFC.
    pub file_name: String,
    /// Media type by file name and content.
    pub media_type: String,
    /// Size in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// Address of the content.
    pub sha256: Sha256Digest,
    /// Second digest of the same content.
    pub sm3: Sm3Digest,
    /// What it proves; empty while nobody has said so.
    pub claims: Vec<Claim>,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<EvidenceKind>,
    /// The pages that prove it; all of them when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<PageRange>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_range_begins_at_page_one_and_ends_no_earlier() {
        for (from, to, allowed) in [(1, 1, true), (3, 7, true), (0, 1, false), (5, 4, false)] {
            assert_eq!(PageRange::new(from, to).is_ok(), allowed, "{from}-{to}");
        }
        assert!(serde_json::from_str::<PageRange>("[5,4]").is_err());
    }
}
