//! Puts the lines of the sheet in the form's order.

use super::{ANSWER, Kind, LABEL, Line, QUESTION_ROW, Shape, Slot};
use crate::sheet::{CAPACITY, options::List};
use luguo_domain::form::{
    CooperationMode, RightKind,
    fields::{CATALOGUE, FieldEntry, Section},
};

/// A column of a table: head, key in the entry, kind.
type Column = (&'static str, &'static str, Kind);

const RIGHTS: [Column; 5] = [
    ("知识产权种类", "kind", Kind::Choice(List::Right)),
    ("名称", "title", Kind::Text),
    ("编号", "number", Kind::Text),
    ("权利人", "owners", Kind::Names),
    ("授权（登记、发布）日期", "date", Kind::Day),
];

const UNITS: [Column; 7] = [
    ("单位名称", "name", Kind::Text),
    ("单位性质", "nature", Kind::Choice(List::Nature)),
    ("单位性质为其它的说明", "nature_other", Kind::Text),
    ("联系人", "contact", Kind::Text),
    ("邮箱", "email", Kind::Text),
    ("联系电话", "phone", Kind::Text),
    ("通讯地址", "address", Kind::Text),
];

const PEOPLE: [Column; 5] = [
    ("姓名", "name", Kind::Text),
    ("性别", "gender", Kind::Choice(List::Gender)),
    ("出生年月", "born", Kind::Month),
    ("职务/职称/学历", "title", Kind::Text),
    ("工作单位", "unit", Kind::Text),
];

/// The lines so far.
#[derive(Default)]
pub(super) struct Builder {
    lines: Vec<Line>,
}

impl Builder {
    pub(super) fn all(mut self) -> Vec<Line> {
        self.achievement();
        self.rights();
        self.projects_and_units();
        self.cooperation();
        self.summary();
        self.lines
    }

    fn achievement(&mut self) {
        self.section(Section::Achievement);
        self.field(1, Shape::Wide, "/name", Kind::Text);
        self.field(2, Shape::Field, "/field", Kind::Choice(List::Field));
        self.more(
            2,
            Shape::Field,
            "技术领域为其它的说明",
            "/field_other",
            Kind::Text,
        );
        self.field(3, Shape::Field, "/kind", Kind::Choice(List::Kind));
        self.field(4, Shape::Field, "/level", Kind::Choice(List::Level));
        self.field(
            5,
            Shape::Field,
            "/research/basis",
            Kind::Choice(List::Basis),
        );
        self.more(5, Shape::Field, "研究开始日期", "/research/from", Kind::Day);
        self.more(5, Shape::Field, "研究结束日期", "/research/to", Kind::Day);
    }

    fn rights(&mut self) {
        self.section(Section::Rights);
        self.field(6, Shape::Wide, "/rights_text", Kind::Text);
        let label = entry(6).label;
        self.table(label, "知识产权", "/rights", &RIGHTS, CAPACITY.rights);
        self.note(7, "涉及的类型，每一种在右边选“是”，其余留空");
        for kind in RightKind::ALL {
            self.more(
                7,
                Shape::Field,
                kind.label(),
                "/right_kinds",
                Kind::Mark(kind.code()),
            );
        }
        self.field(8, Shape::Field, "/publicity/published", Kind::Answer);
        self.more(
            8,
            Shape::Wide,
            "宣传的时间和媒体",
            "/publicity/detail",
            Kind::Text,
        );
    }

    fn projects_and_units(&mut self) {
        self.section(Section::Projects);
        self.note(9, "每一项的名称和编号写在同一行");
        let columns = [
            ("类别", "category", Kind::Choice(List::Category)),
            ("级别", "level", Kind::Choice(List::ProjectLevel)),
            (entry(9).label, "name", Kind::Text),
            (entry(10).label, "number", Kind::Text),
        ];
        self.table(
            "项目（平台、人才）",
            "项目",
            "/projects",
            &columns,
            CAPACITY.projects,
        );
        self.section(Section::Units);
        self.note(11, "第一行为填报单位");
        self.table("完成单位", "完成单位", "/units", &UNITS, CAPACITY.units);
        self.note(12, "与完成单位不一致时，逐个填写权属单位");
        let label = "是否与完成单位一致";
        self.more(
            12,
            Shape::Field,
            label,
            "/ownership/same_as_units",
            Kind::Answer,
        );
        let path = "/ownership/holders";
        self.table("权属单位", "权属单位", path, &UNITS, CAPACITY.holders);
    }

    fn cooperation(&mut self) {
        self.section(Section::Cooperation);
        self.field(13, Shape::Field, "/maturity", Kind::Choice(List::Maturity));
        self.field(14, Shape::Field, "/needs_transfer", Kind::Answer);
        self.field(15, Shape::Wide, "/policy_needs", Kind::Text);
        self.note(16, "愿意采用的方式，每一种在右边选“是”，其余留空");
        for mode in CooperationMode::ALL {
            self.more(
                16,
                Shape::Field,
                mode.label(),
                "/cooperation",
                Kind::Mark(mode.code()),
            );
        }
        self.more(
            16,
            Shape::Field,
            "合作方式为其他的说明",
            "/cooperation_other",
            Kind::Text,
        );
        self.field(17, Shape::Field, "/funding", Kind::Amount);
        self.field(18, Shape::Wide, "/funding_use", Kind::Text);
        self.field(19, Shape::Field, "/consent_to_publish", Kind::Answer);
    }

    fn summary(&mut self) {
        self.section(Section::Summary);
        self.field(20, Shape::Wide, "/summary", Kind::Text);
        if let Some(line) = self.lines.last_mut() {
            line.height = 220.0;
        }
        self.push(
            Shape::Count,
            None,
            vec![(LABEL, "成果简介字数".to_owned())],
            "",
        );
        self.note(21, "最多三人");
        let rows = CAPACITY.researchers;
        self.table("研制人员", "研制人员", "/researchers", &PEOPLE, rows);
        self.section(Section::Commitment);
        self.note(22, entry(22).hint);
        self.more(
            22,
            Shape::Field,
            "承诺签字人",
            "/commitment/signatory",
            Kind::Text,
        );
        self.more(
            22,
            Shape::Field,
            "签字日期",
            "/commitment/signed_on",
            Kind::Day,
        );
    }

    fn push(
        &mut self,
        shape: Shape,
        number: Option<u8>,
        labels: Vec<(u16, String)>,
        words: &str,
    ) -> &mut Line {
        let row = self.lines.last().map_or(QUESTION_ROW, |line| line.row) + 1;
        let note = number.map(note).unwrap_or_default();
        let height = match shape {
            Shape::Wide => 48.0,
            Shape::Section => 24.0,
            Shape::Space => 9.0,
            Shape::Head | Shape::Entry => 33.0,
            _ => 21.0,
        };
        self.lines.push(Line {
            row,
            shape,
            number,
            labels,
            words: words.to_owned(),
            note,
            slots: Vec::new(),
            height,
        });
        self.lines.last_mut().expect("a line was just pushed")
    }

    fn section(&mut self, section: Section) {
        self.push(Shape::Section, None, Vec::new(), section.title());
    }

    /// A field with its official label and one answer.
    fn field(&mut self, number: u8, shape: Shape, path: &str, kind: Kind) {
        let label = entry(number).label.to_owned();
        let line = self.push(shape, Some(number), vec![(LABEL, label.clone())], "");
        line.slots.push(slot(label, path, kind));
    }

    /// A further answer of a field, under a label of its own.
    fn more(&mut self, number: u8, shape: Shape, label: &str, path: &str, kind: Kind) {
        let whole = match kind {
            Kind::Mark(_) => format!("{}：{label}", entry(number).label),
            _ => label.to_owned(),
        };
        let line = self.push(shape, None, vec![(LABEL, label.to_owned())], "");
        line.slots.push(slot(whole, path, kind));
    }

    fn note(&mut self, number: u8, words: &str) {
        let label = entry(number).label.to_owned();
        self.push(Shape::Note, Some(number), vec![(LABEL, label)], words);
    }

    fn table(&mut self, title: &str, noun: &str, path: &str, columns: &[Column], rows: usize) {
        let heads = columns
            .iter()
            .zip(ANSWER..)
            .map(|((head, ..), column)| (column, (*head).to_owned()));
        let labels = std::iter::once((LABEL, format!("{title}（最多 {rows} 行）")))
            .chain(heads)
            .collect();
        self.push(Shape::Head, None, labels, "");
        for index in 0..rows {
            let name = format!("{noun} {}", index + 1);
            let slots = columns
                .iter()
                .zip(ANSWER..)
                .map(|((head, key, kind), column)| Slot {
                    column,
                    label: format!("{name}：{head}"),
                    path: format!("{path}/{index}/{key}"),
                    kind: *kind,
                });
            let slots = slots.collect();
            self.push(Shape::Entry, None, vec![(LABEL, name)], "").slots = slots;
        }
        let words = format!("{noun}最多填 {rows} 行");
        self.push(Shape::Space, None, Vec::new(), &words);
    }
}

fn entry(number: u8) -> &'static FieldEntry {
    &CATALOGUE[usize::from(number) - 1]
}

fn slot(label: String, path: &str, kind: Kind) -> Slot {
    Slot {
        column: ANSWER,
        label,
        path: path.to_owned(),
        kind,
    }
}

/// Hint and clause of a field.
fn note(number: u8) -> String {
    let entry = entry(number);
    let required = if entry.required { "必填。" } else { "" };
    let hint = match entry.hint {
        "" => String::new(),
        hint => format!("{hint}。"),
    };
    format!("{required}{hint}\n依据：{}", entry.clause)
        .trim()
        .to_owned()
}
