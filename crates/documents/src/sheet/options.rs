//! The drop-downs of the template: one list each, labels as on the form, codes as in files.

use luguo_domain::form::{
    AchievementKind, AchievementLevel, Gender, Maturity, ProjectCategory, ProjectLevel,
    ResearchBasis, RightKind, TechnicalField, UnitNature, fields::OptionEntry,
};

/// One list of options; each is a column of the hidden sheet of options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Answer,
    Mark,
    Field,
    Kind,
    Level,
    Basis,
    Right,
    Category,
    ProjectLevel,
    Nature,
    Maturity,
    Gender,
}

macro_rules! entries {
    ($choice:ty) => {
        <$choice>::ALL
            .iter()
            .map(|option| (option.code(), option.label()))
            .collect()
    };
}

impl List {
    /// Every list; its place here is its column.
    pub(super) const ALL: [List; 12] = [
        List::Answer,
        List::Mark,
        List::Field,
        List::Kind,
        List::Level,
        List::Basis,
        List::Right,
        List::Category,
        List::ProjectLevel,
        List::Nature,
        List::Maturity,
        List::Gender,
    ];

    /// What the list is of.
    pub(super) fn title(self) -> &'static str {
        match self {
            List::Answer => "是否",
            List::Mark => "选中",
            List::Field => "技术领域",
            List::Kind => "成果类型",
            List::Level => "成果水平",
            List::Basis => "成果研究时间",
            List::Right => "知识产权类型",
            List::Category => "项目类别",
            List::ProjectLevel => "项目级别",
            List::Nature => "单位性质",
            List::Maturity => "技术成熟度",
            List::Gender => "性别",
        }
    }

    /// Codes and labels in the notice's order.
    pub(super) fn entries(self) -> Vec<OptionEntry> {
        match self {
            List::Answer => vec![("true", "是"), ("false", "否")],
            List::Mark => vec![("true", "是")],
            List::Field => entries!(TechnicalField),
            List::Kind => entries!(AchievementKind),
            List::Level => entries!(AchievementLevel),
            List::Basis => entries!(ResearchBasis),
            List::Right => entries!(RightKind),
            List::Category => entries!(ProjectCategory),
            List::ProjectLevel => entries!(ProjectLevel),
            List::Nature => entries!(UnitNature),
            List::Maturity => entries!(Maturity),
            List::Gender => entries!(Gender),
        }
    }

    /// The code behind what stands in a cell; brackets of either width and 其他 for 其它 are
    /// the same to a reader, so they are here.
    pub(super) fn code(self, words: &str) -> Option<&'static str> {
        let wanted = plain(words);
        self.entries()
            .into_iter()
            .find(|(_, label)| plain(label) == wanted)
            .map(|(code, _)| code)
    }

    /// The label of a code.
    pub(super) fn label(self, code: &str) -> Option<&'static str> {
        self.entries()
            .into_iter()
            .find(|(known, _)| *known == code)
            .map(|(_, label)| label)
    }

    /// The labels as a reader is told them.
    pub(super) fn labels(self) -> String {
        let labels: Vec<_> = self.entries().into_iter().map(|(_, label)| label).collect();
        labels.join("；")
    }
}

fn plain(words: &str) -> String {
    words
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '（' => '(',
            '）' => ')',
            '他' => '它',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_finds_its_code_and_no_two_are_alike() {
        for list in List::ALL {
            for (code, label) in list.entries() {
                assert_eq!(list.code(label), Some(code), "{label}");
                assert_eq!(list.label(code), Some(label), "{code}");
            }
        }
    }

    #[test]
    fn brackets_of_either_width_are_the_same_and_other_words_are_no_option() {
        assert_eq!(List::Nature.code(" 境外机构（含港澳台）"), Some("overseas"));
        assert_eq!(List::Field.code("其他"), Some("other"));
        assert_eq!(List::Kind.code("应用成果"), None);
    }
}
