//! What is wrong with a package, file by file.

/// The kinds of fault, each with a stable code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaultKind {
    /// The file's bytes do not agree with its digest.
    Damaged,
    /// A file that a manifest lists is not there.
    Missing,
    /// A file that no manifest lists.
    Extra,
    /// A path that stands twice, leaves the package, or has a shape no package has.
    Path,
    /// The ZIP or a tag file cannot be read as one.
    Structure,
    /// The records contradict each other or the manifest.
    Record,
    /// More than a package may hold.
    Limit,
}

impl FaultKind {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            FaultKind::Damaged => "damaged",
            FaultKind::Missing => "missing",
            FaultKind::Extra => "extra",
            FaultKind::Path => "path",
            FaultKind::Structure => "structure",
            FaultKind::Record => "record",
            FaultKind::Limit => "limit",
        }
    }
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Path inside the package; empty for the whole.
    pub path: String,
    /// Its kind.
    pub kind: FaultKind,
    /// Technical text.
    pub detail: String,
}

impl Fault {
    pub(crate) fn new(
        path: impl Into<String>,
        kind: FaultKind,
        detail: impl std::fmt::Display,
    ) -> Self {
        Self {
            path: path.into(),
            kind,
            detail: detail.to_string(),
        }
    }

    /// A sentence for the user.
    pub fn message(&self) -> String {
        let path = &self.path;
        match self.kind {
            FaultKind::Damaged => format!("“{path}”的内容与清单不符，文件已损坏或被改动。"),
            FaultKind::Missing => format!("缺少“{path}”，成果包不完整。"),
            FaultKind::Extra => format!("“{path}”不在清单里，是后来放进去的。"),
            FaultKind::Path => format!("“{path}”的路径不成立，没有读取。"),
            FaultKind::Structure if path.is_empty() => {
                "这个文件不是成果包，或在传送中被截断。请重新拷贝一份。".to_owned()
            }
            FaultKind::Structure => format!("“{path}”读不出来，成果包的结构不完整。"),
            FaultKind::Record if path.is_empty() => "成果包里的记录前后矛盾，不能采信。".to_owned(),
            FaultKind::Record => format!("“{path}”里的记录前后矛盾，不能采信。"),
            FaultKind::Limit => "成果包超出允许的文件数或大小，没有继续读取。".to_owned(),
        }
    }
}
