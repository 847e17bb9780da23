//! `luguoctl` called as a person calls it: exit codes, JSON, and what it says.

use assert_cmd::Command;
use serde_json::Value;
use std::path::{Path, PathBuf};

const PERSON: &str = "王敏";
const PASSPHRASE: &str = "Hai-Yang-2026-shan";

struct Terminal {
    folder: tempfile::TempDir,
}

impl Terminal {
    /// A folder with a passphrase file, and no vault yet.
    fn bare() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("passphrase"), PASSPHRASE).expect("a file");
        Self { folder }
    }

    /// With a vault.
    fn ready() -> Self {
        let terminal = Self::bare();
        let vault = terminal.path("unit.luguo");
        terminal
            .call(&[
                "vault",
                "create",
                text(&vault),
                "--unit",
                "青岛海洋装备研究院",
                "--city",
                "370200",
            ])
            .assert()
            .code(0);
        terminal
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn call(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_luguoctl"));
        command
            .env_clear()
            .env("LUGUO_VAULT", self.path("unit.luguo"))
            .env("LUGUO_USER", PERSON)
            .env("LUGUO_PASSPHRASE_FILE", self.path("passphrase"))
            .args(arguments);
        command
    }

    fn json(&self, arguments: &[&str], code: i32) -> Value {
        let output = self
            .call(arguments)
            .arg("--json")
            .assert()
            .code(code)
            .get_output()
            .clone();
        serde_json::from_slice(&output.stdout).expect("one JSON document on the output")
    }

    /// What it said on the error stream, with its exit code checked.
    fn said(&self, arguments: &[&str], code: i32) -> String {
        let output = self
            .call(arguments)
            .assert()
            .code(code)
            .get_output()
            .clone();
        String::from_utf8(output.stderr).expect("UTF-8")
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a UTF-8 path")
}

fn fixture(name: &str) -> String {
    format!("{}/../../tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn an_imported_declaration_is_listed_and_shown_under_its_printed_id() {
    let terminal = Terminal::ready();
    let file = fixture("declarations/key-technology.json");
    let output = terminal
        .call(&["declaration", "import", &file])
        .assert()
        .code(0)
        .get_output()
        .clone();
    let id = String::from_utf8(output.stdout)
        .expect("UTF-8")
        .trim()
        .to_owned();
    let listed = terminal.json(&["declaration", "list"], 0);
    assert_eq!(listed[0]["id"], id.as_str());
    let shown = terminal.json(&["declaration", "show", &id], 0);
    assert_eq!(shown["id"], id.as_str());
}

#[test]
fn a_check_with_findings_exits_1_and_names_code_field_and_clause() {
    let terminal = Terminal::ready();
    let file = fixture("hostile-declarations/end-before-start.json");
    let id = terminal.json(&["declaration", "import", &file], 0)["id"].clone();
    let id = id.as_str().expect("an id");
    let check = terminal.json(&["declaration", "check", id], 1);
    let finding = check["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .find(|finding| finding["code"] == "period.end_before_start")
        .expect("the planted fault is found")
        .clone();
    assert_eq!(finding["path"], "research.to");
    assert_eq!(finding["clause"], "一（二）");
    terminal.json(&["declaration", "submit", id], 1);
    let output = terminal
        .call(&["declaration", "check", id])
        .assert()
        .code(1)
        .get_output()
        .clone();
    let read = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(
        read.contains("[强制性]") && read.contains("还不能送审"),
        "{read}"
    );
}

#[test]
fn a_damaged_file_exits_2_and_names_file_line_and_field_and_stores_nothing() {
    let terminal = Terminal::ready();
    let file = fixture("hostile-declarations/unknown-option.json");
    let said = terminal.said(&["declaration", "import", &file], 2);
    assert!(
        said.contains("unknown-option.json") && said.contains("行"),
        "{said}"
    );
    assert_eq!(
        terminal.json(&["declaration", "list"], 0),
        Value::Array(vec![])
    );
}

#[test]
fn a_classified_declaration_exits_1_and_leaves_no_row() {
    let terminal = Terminal::ready();
    let file = fixture("hostile-declarations/marked-classified.json");
    let said = terminal.said(&["declaration", "import", &file], 1);
    assert!(said.contains("涉密单机版"), "{said}");
    assert_eq!(
        terminal.json(&["declaration", "list"], 0),
        Value::Array(vec![])
    );
}

#[test]
fn a_wrong_passphrase_exits_2_in_the_same_words_as_an_unknown_person() {
    let terminal = Terminal::ready();
    let known = terminal.path("wrong");
    std::fs::write(&known, "Cuo-Wu-2026-mima").expect("a file");
    let wrong = terminal.said(
        &["declaration", "list", "--passphrase-file", text(&known)],
        2,
    );
    let unknown = terminal.said(&["declaration", "list", "--user", "没有这个人"], 2);
    assert_eq!(wrong, unknown);
}

#[test]
fn what_is_missing_on_the_command_line_is_named_with_its_flag_and_variable() {
    let terminal = Terminal::bare();
    let output = Command::new(env!("CARGO_BIN_EXE_luguoctl"))
        .env_clear()
        .env("LUGUO_VAULT", terminal.path("unit.luguo"))
        .args(["declaration", "list"])
        .assert()
        .code(2)
        .get_output()
        .clone();
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(
        said.contains("--user") && said.contains("LUGUO_USER"),
        "{said}"
    );
}

#[test]
fn evidence_comes_out_as_it_went_in_and_an_existing_vault_is_not_overwritten() {
    let terminal = Terminal::ready();
    let file = fixture("declarations/basic-research.json");
    let id = terminal.json(&["declaration", "import", &file], 0)["id"].clone();
    let id = id.as_str().expect("an id");
    let proof = terminal.path("证书 一.pdf");
    std::fs::write(&proof, b"%PDF-1.7 not much of one").expect("a file");
    terminal.json(
        &["evidence", "add", id, text(&proof), "--claim", "right:1"],
        0,
    );
    let listed = terminal.json(&["evidence", "list", id], 0);
    let evidence = listed[0]["id"].as_str().expect("an id");
    let out = terminal.path("out.pdf");
    terminal.json(&["evidence", "extract", id, evidence, "-o", text(&out)], 0);
    assert_eq!(
        std::fs::read(&out).expect("extracted"),
        std::fs::read(&proof).expect("kept")
    );
    let vault = terminal.path("unit.luguo");
    let said = terminal.said(
        &["vault", "create", text(&vault), "--unit", "另一个单位"],
        2,
    );
    assert!(said.contains("没有覆盖"), "{said}");
    assert_eq!(terminal.json(&["evidence", "list", id], 0), listed);
}

#[test]
fn the_audit_chain_of_a_used_vault_verifies() {
    let terminal = Terminal::ready();
    let file = fixture("declarations/basic-research.json");
    terminal.json(&["declaration", "import", &file], 0);
    let report = terminal.json(&["audit", "verify"], 0);
    assert_eq!(report["valid"], true);
}

#[test]
fn search_bin_comparison_backup_check_and_rescue_work_from_a_terminal() {
    let terminal = Terminal::ready();
    let file = fixture("declarations/basic-research.json");
    let id = terminal.json(&["declaration", "import", &file], 0)["id"].clone();
    let id = id.as_str().expect("an id");
    let paper = terminal.path("证书.txt");
    std::fs::write(&paper, "证书的内容").expect("a file");
    terminal.json(&["evidence", "add", id, text(&paper)], 0);

    assert_eq!(terminal.json(&["search", "证书"], 0)[0]["id"], id);
    assert_eq!(terminal.json(&["search", "没有"], 0), Value::Array(vec![]));
    terminal.json(&["declaration", "discard", id], 0);
    assert_eq!(terminal.json(&["bin", "list"], 0)[0]["declaration"], id);
    assert_eq!(
        terminal.json(&["bin", "restore", id], 0),
        Value::Array(vec![])
    );
    terminal.json(&["declaration", "diff", id, "--from", "1"], 2);

    let backups = terminal.path("备份");
    let made = terminal.json(&["vault", "backup", text(&backups)], 0);
    assert_eq!(terminal.json(&["vault", "check"], 0)["contents"], 1);
    let folder = backups.join(made["name"].as_str().expect("a name"));
    let elsewhere = terminal.path("恢复.luguo");
    terminal.json(
        &[
            "vault",
            "restore",
            text(&folder),
            "--vault",
            text(&elsewhere),
        ],
        0,
    );
    assert_eq!(
        terminal.json(&["declaration", "list", "--vault", text(&elsewhere)], 0)[0]["id"],
        id
    );
    let said = terminal.said(&["vault", "restore", text(&folder)], 2);
    assert!(said.contains("没有覆盖"), "{said}");

    let out = terminal.path("抢救");
    let written = terminal.json(&["vault", "rescue", "-o", text(&out)], 0);
    assert_eq!(
        (&written["forms"], &written["evidence"]),
        (&1.into(), &1.into())
    );
}

#[test]
fn people_change_their_passphrases_from_a_terminal() {
    let terminal = Terminal::ready();
    let word = |name: &str, secret: &str| {
        let path = terminal.path(name);
        std::fs::write(&path, secret).expect("a file");
        path
    };
    let (first, officer, own) = (
        word("first", "Shen-He-2026-qing"),
        word("officer", "Bao-Mi-2026-yuan"),
        word("own", "Zi-Ji-De-2026"),
    );
    for (name, role, file) in [
        ("李国强", "unit-reviewer", &first),
        ("赵芳", "security-officer", &officer),
    ] {
        terminal.json(
            &[
                "account",
                "add",
                name,
                "--role",
                role,
                "--new-passphrase-file",
                text(file),
            ],
            0,
        );
    }
    terminal.json(&["account", "disable", "李国强"], 0);
    let person = ["--user", "李国强", "--passphrase-file"];
    let list = |file: &Path, code: i32| {
        let mut arguments = vec!["declaration", "list"];
        arguments.extend(person);
        arguments.push(text(file));
        terminal.json(&arguments, code)
    };
    list(&first, 2);
    terminal.json(
        &[
            "account",
            "reset",
            "李国强",
            "--new-passphrase-file",
            text(&first),
            "--officer",
            "赵芳",
            "--officer-passphrase-file",
            text(&officer),
        ],
        0,
    );
    assert_eq!(list(&first, 2)["code"], "passphrase_due");
    let mut change = vec!["account", "passphrase", "--new-passphrase-file", text(&own)];
    change.extend(person);
    change.push(text(&first));
    terminal.json(&change, 0);
    list(&own, 0);
    terminal.json(
        &[
            "account",
            "roles",
            "李国强",
            "--role",
            "auditor",
            "--role",
            "preparer",
        ],
        2,
    );
}
