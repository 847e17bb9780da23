//! Where everything stands on a sheet of the template: written and read from this one list.

use super::options::List;
use std::sync::LazyLock;

mod build;

/// Row and column, from 0.
pub(super) type Place = (u32, u16);

/// The row of 是否涉密, which comes before everything else.
pub(super) const QUESTION_ROW: u32 = 3;
/// What is asked there.
pub const QUESTION: &str = "是否涉密";
/// The column of labels.
pub(super) const LABEL: u16 = 1;
/// The column of answers; tables begin here too.
pub(super) const ANSWER: u16 = 2;
/// The last column in use.
pub(super) const LAST: u16 = 8;

/// What a cell takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words as they stand.
    Text,
    /// One of a list.
    Choice(List),
    /// 是 or 否.
    Answer,
    /// 是 or blank: this option of a multiple choice, by its code.
    Mark(&'static str),
    /// A day.
    Day,
    /// A year and a month.
    Month,
    /// A decimal, never below 0.
    Amount,
    /// Several names, with 、 or ； between them.
    Names,
}

/// A cell to fill in.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) column: u16,
    /// The whole label, for faults.
    pub(super) label: String,
    /// Where the value stands in the declaration's JSON, as a pointer.
    pub(super) path: String,
    pub(super) kind: Kind,
}

/// How a line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A section's heading.
    Section,
    /// Label and one answer.
    Field,
    /// Label and one long answer over all columns.
    Wide,
    /// Label and an explanation; nothing to fill in.
    Note,
    /// The head of a table.
    Head,
    /// A row of a table.
    Entry,
    /// The count under the summary.
    Count,
    /// A blank row after a table.
    Space,
}

/// One row.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) row: u32,
    pub(super) shape: Shape,
    /// The field's number on the form.
    pub(super) number: Option<u8>,
    /// Fixed words by column; [`LABEL`] first. Each is compared when read.
    pub(super) labels: Vec<(u16, String)>,
    /// An explanation in the answer's column, of [`Shape::Note`] and [`Shape::Space`]; for a
    /// space, which table ends here and how many rows it has.
    pub(super) words: String,
    /// Hint and clause, shown as a note on the label.
    pub(super) note: String,
    pub(super) slots: Vec<Slot>,
    /// Height in points.
    pub(super) height: f64,
}

impl Line {
    /// The words of the label column.
    pub(super) fn label(&self) -> Option<&str> {
        self.labels.first().map(|(_, words)| words.as_str())
    }
}

/// The lines of a declaration's sheet, below the question.
pub(super) static LINES: LazyLock<Vec<Line>> = LazyLock::new(|| build::Builder::default().all());

/// The row after the last one.
pub(super) fn end() -> u32 {
    LINES.last().map_or(0, |line| line.row + 1)
}

/// The line of a row.
pub(super) fn line(row: u32) -> Option<&'static Line> {
    let first = LINES.first()?.row;
    LINES.get(usize::try_from(row.checked_sub(first)?).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use luguo_domain::form::fields::CATALOGUE;
    use std::collections::BTreeSet;

    #[test]
    fn every_field_of_the_form_has_its_official_label_and_clause() {
        let words: BTreeSet<&str> = LINES
            .iter()
            .flat_map(|line| &line.labels)
            .map(|(_, words)| words.as_str())
            .collect();
        for entry in CATALOGUE {
            assert!(words.contains(entry.label), "{}", entry.label);
        }
        let numbers: Vec<u8> = LINES.iter().filter_map(|line| line.number).collect();
        let expected: Vec<u8> = (1..=22).filter(|number| *number != 10).collect();
        assert_eq!(numbers, expected, "field 10 is a column beside field 9");
        for line in LINES.iter().filter(|line| line.number.is_some()) {
            assert!(line.note.contains("依据："), "{line:?}");
        }
    }

    #[test]
    fn no_two_cells_take_the_same_value_and_rows_follow_each_other() {
        let mut seen = BTreeSet::new();
        for (line, row) in LINES.iter().zip(QUESTION_ROW + 1..) {
            assert_eq!(line.row, row);
            assert_eq!(super::line(row).map(|line| line.row), Some(row));
            for slot in &line.slots {
                assert!(seen.insert((slot.path.clone(), format!("{:?}", slot.kind))));
            }
        }
    }

    #[test]
    fn no_two_lines_begin_with_the_same_label() {
        let mut seen = BTreeSet::new();
        for label in LINES.iter().filter_map(Line::label) {
            assert!(
                seen.insert(label),
                "{label} stands twice: a moved row could not be told"
            );
        }
    }
}
