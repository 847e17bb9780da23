//! The processes of a running window and whether the kernel filters them.

use std::{collections::BTreeMap, fs};

/// Processes of one name: how many there are and how many the kernel filters.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// All of them.
    pub all: usize,
    /// Those under a filter and without a way to new rights.
    pub filtered: usize,
}

/// The program that was started under `ancestor`, and every process that it started itself.
pub(super) fn of_program(ancestor: u32, name: &str) -> BTreeMap<String, Count> {
    let all = everything();
    // The kernel keeps fifteen letters of a name.
    let short: String = name.chars().take(15).collect();
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for (id, process) in &all {
        let line = line_of(&all, *id);
        let Some(place) = line.iter().position(|above| *above == ancestor) else {
            continue;
        };
        let is_below = line[..place]
            .iter()
            .any(|above| all.get(above).is_some_and(|process| process.name == short));
        if is_below {
            let count = counts.entry(process.name.clone()).or_default();
            count.all += 1;
            count.filtered += usize::from(process.is_filtered);
        }
    }
    counts
}

struct Process {
    name: String,
    parent: u32,
    is_filtered: bool,
}

fn everything() -> BTreeMap<u32, Process> {
    let Ok(folder) = fs::read_dir("/proc") else {
        return BTreeMap::new();
    };
    folder
        .filter_map(|entry| {
            let id: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
            // It may have ended since the list was read.
            let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
            let field = |name: &str| {
                status
                    .lines()
                    .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
                    .map(|value| value.trim().to_owned())
            };
            Some((
                id,
                Process {
                    name: field("Name")?,
                    parent: field("PPid")?.parse().ok()?,
                    is_filtered: field("Seccomp")? == "2" && field("NoNewPrivs")? == "1",
                },
            ))
        })
        .collect()
}

/// A process, its parent, the parent's parent, and so on.
fn line_of(all: &BTreeMap<u32, Process>, id: u32) -> Vec<u32> {
    let mut line = vec![id];
    let mut at = id;
    while let Some(process) = all.get(&at)
        && process.parent != 0
        && !line.contains(&process.parent)
    {
        at = process.parent;
        line.push(at);
    }
    line
}
