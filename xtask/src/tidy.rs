//! The architecture's rules as a check: which room may open which door, where heavy libraries
//! may stand, how long a file may be, what every module begins with.

use crate::shell::{output, program, root};
use anyhow::{bail, ensure};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// Room → the rooms it may depend on. What differs from the plan has its reason beside it.
const DOORS: &[(&str, &[&str])] = &[
    ("luguo-domain", &[]),
    ("luguo-sealed", &[]),
    ("luguo-package", &["luguo-domain", "luguo-sealed"]),
    // sealed: the heads of the audit chain are signed with the vault's own SM2 key.
    ("luguo-store", &["luguo-domain", "luguo-sealed"]),
    // decode: the same pages of a TIFF are printed and shown.
    ("luguo-documents", &["luguo-domain", "luguo-decode"]),
    ("luguo-wire", &["luguo-domain"]),
    ("luguo-decode", &[]),
    ("luguo-scan", &[]),
    (
        "luguo-sync",
        &[
            "luguo-wire",
            "luguo-store",
            "luguo-domain",
            "luguo-package",
            "luguo-sealed",
        ],
    ),
    // domain: digests and ids stand in the protocol's calls.
    ("luguo-transport", &["luguo-wire", "luguo-domain"]),
    ("luguo-ipc", &["luguo-domain"]),
    // wire and sealed (behind `network`): refusals and receipts become sentences and views here.
    (
        "luguo-desk",
        &[
            "luguo-domain",
            "luguo-store",
            "luguo-package",
            "luguo-decode",
            "luguo-scan",
            "luguo-documents",
            "luguo-sync",
            "luguo-ipc",
            "luguo-wire",
            "luguo-sealed",
        ],
    ),
    (
        "luguo-endpoint",
        &[
            "luguo-wire",
            "luguo-domain",
            "luguo-package",
            "luguo-sealed",
        ],
    ),
    ("luguo", &["luguo-desk", "luguo-ipc", "luguo-transport"]),
    // domain and ipc: claims, roles and requests are read from the command line.
    (
        "luguo-cli",
        &["luguo-desk", "luguo-transport", "luguo-domain", "luguo-ipc"],
    ),
    (
        "luguo-bridge",
        &["luguo-desk", "luguo-ipc", "luguo-transport"],
    ),
];

/// Only tests and the tasks themselves; they may depend on anything.
const FREE: &[&str] = &["luguo-testkit", "luguo-tests", "xtask"];

/// Library → the rooms where it may stand.
const PLACES: &[(&[&str], &[&str])] = &[
    (
        &[
            "reqwest",
            "hyper",
            "axum",
            "axum-server",
            "tower-http",
            "hyper-util",
        ],
        &["luguo-transport", "luguo-bridge", "luguo-endpoint"],
    ),
    (&["tauri", "rfd"], &["luguo"]),
    (
        &["rusqlite", "refinery"],
        &["luguo-store", "luguo-endpoint"],
    ),
    (
        &["aes-gcm", "sm2", "sm4", "x509-cert"],
        &["luguo-sealed", "luguo-store"],
    ),
    // The endpoint digests passwords.
    (&["argon2"], &["luguo-store", "luguo-endpoint"]),
];

const MOST_LINES: usize = 600;

/// What no file may contain: unfinished work.
const UNFINISHED: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME")];

/// Checks everything and lists every fault.
pub(crate) fn run() -> anyhow::Result<()> {
    let metadata: Value = serde_json::from_str(&output(&mut program(
        "cargo",
        &["metadata", "--format-version", "1", "--no-deps", "--quiet"],
    ))?)?;
    let mut faults = doors(&metadata);
    let listed = output(&mut program(
        "git",
        &["ls-files", "--cached", "--others", "--exclude-standard"],
    ))?;
    let files: Vec<_> = listed.lines().map(PathBuf::from).collect();
    faults.extend(sources(&root(), &files)?);
    faults.extend(commands(&root())?);
    faults.extend(classified_tree()?);
    ensure!(
        faults.is_empty(),
        "the architecture's rules are broken:\n  {}",
        faults.join("\n  ")
    );
    Ok(())
}

fn doors(metadata: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        if FREE.contains(&name) {
            continue;
        }
        let Some((_, allowed)) = DOORS.iter().find(|(room, _)| *room == name) else {
            faults.push(format!(
                "{name} is a room without a line in the table of doors"
            ));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            if dependency["kind"] == "dev" {
                continue;
            }
            let wanted = dependency["name"].as_str().unwrap_or_default();
            let is_ours = wanted == "luguo" || wanted.starts_with("luguo-");
            if is_ours && !allowed.contains(&wanted) {
                faults.push(format!("{name} opens no door to {wanted}"));
            }
            for (libraries, rooms) in PLACES {
                if libraries.contains(&wanted) && !rooms.contains(&name) {
                    faults.push(format!(
                        "{wanted} may not stand in {name}, only in {}",
                        rooms.join(", ")
                    ));
                }
            }
        }
    }
    faults
}

fn sources(root: &Path, files: &[PathBuf]) -> anyhow::Result<Vec<String>> {
    let mut faults = Vec::new();
    for file in files {
        let extension = file.extension().and_then(|extension| extension.to_str());
        let is_source = matches!(extension, Some("rs" | "ts" | "vue"));
        if !is_source || file.starts_with("ui/generated") {
            continue;
        }
        let Ok(text) = std::fs::read_to_string(root.join(file)) else {
            continue;
        };
        let name = file.display();
        let lines = text.lines().count();
        if lines > MOST_LINES {
            faults.push(format!("{name} has {lines} lines, more than {MOST_LINES}"));
        }
        if extension == Some("rs") && !text.starts_with("//!") {
            faults.push(format!("{name} does not begin with //! and what it is for"));
        }
        for word in UNFINISHED {
            if text.contains(word) {
                faults.push(format!(
                    "{name} contains {word}: unfinished work does not land"
                ));
            }
        }
    }
    Ok(faults)
}

/// Every Tauri command is allowed by a capability, and by name.
fn commands(root: &Path) -> anyhow::Result<Vec<String>> {
    let source = std::fs::read_to_string(root.join("src-tauri/src/commands.rs"))?;
    let capability = std::fs::read_to_string(root.join("src-tauri/capabilities/main.json"))?;
    let mut faults = Vec::new();
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        if line.trim() != "#[tauri::command]" {
            continue;
        }
        let Some(name) = lines
            .next()
            .and_then(|line| line.split("fn ").nth(1))
            .and_then(|rest| rest.split('(').next())
        else {
            bail!("src-tauri/src/commands.rs: a command without a name");
        };
        if !capability.contains(&format!("\"allow-{}\"", name.replace('_', "-"))) {
            faults.push(format!("the command {name} is in no capability"));
        }
    }
    Ok(faults)
}

/// What never stands in the classified edition's tree.
pub(crate) const NEVER_CLASSIFIED: &[&str] = &[
    "reqwest",
    "hyper",
    "h2",
    "rustls",
    "axum",
    "native-tls",
    "luguo-transport",
    "luguo-sync",
    "luguo-bridge",
];

/// The classified edition has no HTTP library in its tree.
pub(crate) fn classified_tree() -> anyhow::Result<Vec<String>> {
    let tree = output(&mut program(
        "cargo",
        &[
            "tree",
            "--quiet",
            "-p",
            "luguo",
            "--no-default-features",
            "--features",
            "classified",
            "-e",
            "normal",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ],
    ))?;
    let names: BTreeSet<_> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    Ok(NEVER_CLASSIFIED
        .iter()
        .filter(|name| names.contains(*name))
        .map(|name| format!("{name} is in the classified edition's tree"))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn room(name: &str, dependency: &str, kind: Value) -> Value {
        json!({ "packages": [{ "name": name, "dependencies": [{ "name": dependency, "kind": kind }] }] })
    }

    #[test]
    fn a_door_that_is_not_in_the_table_is_a_fault() {
        assert_eq!(
            doors(&room("luguo-domain", "luguo-store", Value::Null)).len(),
            1
        );
        assert_eq!(
            doors(&room("luguo-endpoint", "luguo-desk", Value::Null)).len(),
            1
        );
        assert_eq!(
            doors(&room("luguo-store", "luguo-domain", Value::Null)).len(),
            0
        );
    }

    #[test]
    fn a_library_in_the_wrong_room_is_a_fault() {
        assert_eq!(doors(&room("luguo-desk", "reqwest", Value::Null)).len(), 1);
        assert_eq!(doors(&room("luguo-desk", "tauri", Value::Null)).len(), 1);
        assert_eq!(doors(&room("luguo-sync", "rusqlite", Value::Null)).len(), 1);
        assert_eq!(
            doors(&room("luguo-domain", "aes-gcm", Value::Null)).len(),
            1
        );
    }

    #[test]
    fn a_test_may_open_any_door() {
        assert_eq!(
            doors(&room("luguo-domain", "luguo-store", json!("dev"))).len(),
            0
        );
    }

    #[test]
    fn a_room_without_a_line_in_the_table_is_a_fault() {
        assert_eq!(doors(&room("luguo-helpers", "serde", Value::Null)).len(), 1);
    }

    #[test]
    fn long_files_missing_headers_and_unfinished_work_are_faults() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let files = [
            ("long.rs", format!("//! Long.\n{}", "\n".repeat(MOST_LINES))),
            ("bare.rs", "fn main() {}".to_owned()),
            ("open.ts", format!("// {}", UNFINISHED[0])),
            ("good.rs", "//! Good.".to_owned()),
        ];
        let mut names = Vec::new();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text)?;
            names.push(PathBuf::from(name));
        }
        let faults = sources(folder.path(), &names)?;
        assert_eq!(faults.len(), 3, "{faults:?}");
        Ok(())
    }
}
