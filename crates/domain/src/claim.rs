//! Claims: what the form says that needs a scan. Clause 二（一）: every claim that has proof carries one.

use crate::{Declaration, form::AchievementKind};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};
use ts_rs::TS;

/// Something in the form that evidence proves.
///
/// Its text form is what the command line and the files carry: `right:1`,
/// `project:2` (counted from 1, as on paper), `category`, `publicity`,
/// `ownership`, `commitment`, `summary`, `prize`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, TS)]
#[ts(as = "String")]
pub enum Claim {
    /// The n-th intellectual property right of field 6, from 1.
    Right(u16),
    /// The n-th project entry of fields 9 and 10, from 1.
    Project(u16),
    /// The condition of the chosen 成果类型, clause 一（二）.
    Category,
    /// Field 8: where the achievement was made public.
    Publicity,
    /// Field 12: who owns it, when not the completing units.
    Ownership,
    /// Field 22: the signed and sealed commitment page.
    Commitment,
    /// Field 20: pictures, videos and files beside the summary.
    Summary,
    /// The prize of the direct track, clause 二（六）.
    Prize,
}

/// The text names no claim of the form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "unknown claim {0:?}: expected right:N, project:N, category, publicity, ownership, commitment, summary or prize"
)]
pub struct UnknownClaim(pub String);

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Claim::Right(n) => write!(f, "right:{n}"),
            Claim::Project(n) => write!(f, "project:{n}"),
            Claim::Category => f.write_str("category"),
            Claim::Publicity => f.write_str("publicity"),
            Claim::Ownership => f.write_str("ownership"),
            Claim::Commitment => f.write_str("commitment"),
            Claim::Summary => f.write_str("summary"),
            Claim::Prize => f.write_str("prize"),
        }
    }
}

impl FromStr for Claim {
    type Err = UnknownClaim;

    fn from_str(text: &str) -> Result<Self, UnknownClaim> {
        // One claim, one text: neither `right:+1` nor `right:01`.
        let number = |rest: &str| {
            let parsed = rest.parse::<u16>().ok().filter(|n| *n > 0)?;
            (parsed.to_string() == rest).then_some(parsed)
        };
        match text.split_once(':') {
            Some(("right", n)) => number(n).map(Claim::Right),
            Some(("project", n)) => number(n).map(Claim::Project),
            Some(_) => None,
            None => match text {
                "category" => Some(Claim::Category),
                "publicity" => Some(Claim::Publicity),
                "ownership" => Some(Claim::Ownership),
                "commitment" => Some(Claim::Commitment),
                "summary" => Some(Claim::Summary),
                "prize" => Some(Claim::Prize),
                _ => None,
            },
        }
        .ok_or_else(|| UnknownClaim(text.to_owned()))
    }
}

impl Serialize for Claim {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Claim {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// A claim of a form with what proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeededClaim {
    /// The claim.
    pub claim: Claim,
    /// What it is, in words.
    pub label: String,
    /// What kind of scan proves it.
    pub wanted: &'static str,
    /// The clause.
    pub clause: &'static str,
    /// Whether submission needs it (强制性), or may pass with a reason (核实性).
    pub required: bool,
}

/// Derives from a form what needs proof, in the form's order. Attachments of the summary are
/// welcome and never needed.
pub fn needed(form: &Declaration) -> Vec<NeededClaim> {
    let mut claims = Vec::new();
    if let Some(kind) = form.kind {
        let (label, wanted) = match kind {
            AchievementKind::BasicResearch => {
                ("基础研究成果的同行认可", "论文收录引用、同行评价或获奖证明")
            }
            AchievementKind::KeyTechnology => {
                ("技术攻关的突破或替代进口", "检测报告、查新报告或用户证明")
            }
            AchievementKind::MajorApplication => ("在重大工程或装置中的应用", "应用证明或验收材料"),
        };
        claims.push(NeededClaim {
            claim: Claim::Category,
            label: label.to_owned(),
            wanted,
            clause: "一（二）",
            required: false,
        });
    }
    for (n, right) in (1..).zip(&form.rights) {
        let kind = right.kind.map_or("知识产权", |kind| kind.label());
        claims.push(NeededClaim {
            claim: Claim::Right(n),
            label: format!("{kind}“{}”", right.title),
            wanted: "证书或证明文件的扫描件",
            clause: "一（二）",
            required: true,
        });
    }
    if form.publicity.published == Some(true) {
        claims.push(NeededClaim {
            claim: Claim::Publicity,
            label: "公开媒体宣传".to_owned(),
            wanted: "报道的截图或复印件",
            clause: "二（一）",
            required: false,
        });
    }
    for (n, entry) in (1..).zip(&form.projects) {
        let category = entry.category.map_or("项目", |category| category.label());
        claims.push(NeededClaim {
            claim: Claim::Project(n),
            label: format!("{category}“{}”", entry.name),
            wanted: "立项文件、任务书或认定文件",
            clause: "一（一）",
            required: false,
        });
    }
    if form.ownership.same_as_units == Some(false) {
        claims.push(NeededClaim {
            claim: Claim::Ownership,
            label: "成果权属".to_owned(),
            wanted: "权属证明或转让协议",
            clause: "一（二）",
            required: true,
        });
    }
    if let Some(prize) = &form.prize {
        let contest = prize.contest.map_or("大赛", |contest| contest.label());
        claims.push(NeededClaim {
            claim: Claim::Prize,
            label: format!("直通车：{contest}"),
            wanted: "获奖证书或获奖公告的扫描件",
            clause: "二（六）",
            required: true,
        });
    }
    claims.push(NeededClaim {
        claim: Claim::Summary,
        label: "成果简介的图片、视频和文件".to_owned(),
        wanted: "图片、视频或文件",
        clause: "附件1 第20项",
        required: false,
    });
    claims.push(NeededClaim {
        claim: Claim::Commitment,
        label: "签字盖章的承诺页".to_owned(),
        wanted: "签字、盖章、注明日期的承诺页扫描件",
        clause: "附件1 第22项",
        required: true,
    });
    claims
}
