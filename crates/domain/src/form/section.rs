//! The sections of the form in the window.

/// A section of the form in the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Fields 1 to 5.
    Achievement,
    /// Fields 6 to 8.
    Rights,
    /// Fields 9 and 10.
    Projects,
    /// Fields 11 and 12.
    Units,
    /// Fields 13 to 19.
    Cooperation,
    /// Fields 20 and 21.
    Summary,
    /// 佐证材料.
    Evidence,
    /// Field 22.
    Commitment,
}

impl Section {
    /// Every section from top to bottom.
    pub const ALL: [Section; 8] = [
        Section::Achievement,
        Section::Rights,
        Section::Projects,
        Section::Units,
        Section::Cooperation,
        Section::Summary,
        Section::Evidence,
        Section::Commitment,
    ];

    /// Key for programs.
    pub fn key(self) -> &'static str {
        match self {
            Section::Achievement => "achievement",
            Section::Rights => "rights",
            Section::Projects => "projects",
            Section::Units => "units",
            Section::Cooperation => "cooperation",
            Section::Summary => "summary",
            Section::Evidence => "evidence",
            Section::Commitment => "commitment",
        }
    }

    /// Title for people.
    pub fn title(self) -> &'static str {
        match self {
            Section::Achievement => "成果信息",
            Section::Rights => "知识产权",
            Section::Projects => "依托项目",
            Section::Units => "完成单位",
            Section::Cooperation => "转化与合作",
            Section::Summary => "简介与人员",
            Section::Evidence => "佐证材料",
            Section::Commitment => "承诺与提交",
        }
    }
}
