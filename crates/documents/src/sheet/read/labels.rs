//! Compares the fixed words of a sheet with the template's: labels that were changed, rows that
//! were moved.

use super::{BTreeSet, Cells, Given, LABEL, LINES, Line, Shape, Sheet};

/// The words that stand fixed in a column of a line: label, number or explanation.
pub(super) fn fixed(line: &Line, column: u16) -> Option<String> {
    if let Some((_, words)) = line.labels.iter().find(|(place, _)| *place == column) {
        return Some(words.clone());
    }
    match (column, line.shape) {
        (0, Shape::Section) => Some(line.words.clone()),
        (0, _) => super::template::number(line),
        (super::ANSWER, Shape::Note) => Some(line.words.clone()),
        _ => None,
    }
}

/// Whether something stands where the template has neither a label nor an answer.
pub(super) fn is_stray(line: &Line, column: u16, given: &Given) -> bool {
    if line.labels.iter().any(|(place, _)| *place == column) {
        return false; // a label: compared by itself
    }
    if line.shape == Shape::Count && column == super::ANSWER {
        return false; // the formula that counts
    }
    match (fixed(line, column), given) {
        (Some(words), Given::Text(found)) => plain(found) != plain(&words),
        _ => true,
    }
}

fn plain(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}

/// How the label of a line was found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Same,
    /// Words that no line of the template begins with.
    Changed,
    /// Nothing.
    Missing,
    /// The label of another line.
    Other,
}

impl Sheet {
    /// Reports changed labels, and rows that were moved; returns the moved rows, which must not
    /// be read: their answers belong to other questions.
    pub(super) fn labels(&mut self, cells: &Cells) -> BTreeSet<u32> {
        let known: BTreeSet<String> = LINES.iter().filter_map(Line::label).map(plain).collect();
        let labelled: Vec<&Line> = LINES.iter().filter(|line| line.label().is_some()).collect();
        let mut found: Vec<Found> = labelled
            .iter()
            .map(|line| match cells.words((line.row, LABEL)).map(plain) {
                None => Found::Missing,
                Some(words) if line.label().map(plain).as_ref() == Some(&words) => Found::Same,
                Some(words) if known.contains(&words) => Found::Other,
                Some(_) => Found::Changed,
            })
            .collect();
        // A blank or new row beside moved ones is what was put in between.
        for forward in [true, false] {
            for step in 1..found.len() {
                let at = if forward {
                    step
                } else {
                    found.len() - 1 - step
                };
                let beside = if forward { at - 1 } else { at + 1 };
                if found[at] == Found::Missing && found[beside] == Found::Other {
                    found[at] = Found::Other;
                }
            }
        }
        let mut moved = BTreeSet::new();
        let mut at = 0;
        while at < labelled.len() {
            let line = labelled[at];
            if found[at] == Found::Other {
                let run = found[at..]
                    .iter()
                    .take_while(|f| **f == Found::Other)
                    .count();
                let rows = labelled[at..at + run].iter().map(|line| line.row);
                moved.extend(rows);
                self.fault(
                    (line.row, LABEL),
                    line.label().unwrap_or_default(),
                    format!("从这里起有 {run} 行不在原来的位置，没有读取"),
                    "请撤销插入、删除或移动的行；或导出新模板，把内容填进去",
                );
                at += run;
                continue;
            }
            self.changed(line, cells);
            at += 1;
        }
        if !moved.is_empty() {
            // What stands in the blank rows and headings between moved lines moved with them.
            let plain = LINES.iter().filter(|line| line.label().is_none());
            let first = moved.first().copied().unwrap_or_default();
            let last = moved.last().copied().unwrap_or_default() + 1;
            moved.extend(
                plain
                    .map(|line| line.row)
                    .filter(|row| (first..=last).contains(row)),
            );
        }
        moved
    }

    /// Reports each changed label of a line; its answers are still read.
    fn changed(&mut self, line: &Line, cells: &Cells) {
        for (column, words) in &line.labels {
            let place = (line.row, *column);
            let now = cells.words(place).unwrap_or_default();
            if plain(now) != plain(words) {
                let now: String = now.chars().take(20).collect();
                self.fault(
                    place,
                    words,
                    format!("标签应为“{words}”，现为“{now}”"),
                    "请恢复原来的标签，并确认右边填的是这一项",
                );
            }
        }
    }
}
