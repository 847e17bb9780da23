//! A classified result at the terminal: marked by two, sealed by two, carried, opened, ruled on,
//! receipted, returned. The department's machine and the unit's never meet but by the medium.

use luguo_tests::{
    ctl::Ctl,
    programs::root,
    story::{Desk, PREPARER, PREPARER_PASSPHRASE, REVIEWER, REVIEWER_PASSPHRASE},
};
use serde_json::Value;
use std::path::{Path, PathBuf};

const DECIDER: &str = "周定密";
const OFFICER: &str = "孙专管";
const SECURITY: &str = "赵芳";
const OUTSIDER: &str = "钱旁观";

struct Unit {
    desk: Desk,
    decider: Ctl,
    officer: Ctl,
    security: Ctl,
    outsider: Ctl,
}

impl Unit {
    fn new(name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let vault = folder.path().join("涉密.luguo");
        let person =
            |name: &str, passphrase: &str| Ctl::classified(folder.path(), &vault, name, passphrase);
        let preparer = person(PREPARER, PREPARER_PASSPHRASE);
        let path = vault.to_str().unwrap();
        preparer.done(&["vault", "create", path, "--unit", name, "--city", "370200"]);
        let add = |name: &str, role: &str| {
            let ctl = person(name, REVIEWER_PASSPHRASE);
            let file = ctl.passphrase_file().to_str().unwrap().to_owned();
            preparer.done(&[
                "account",
                "add",
                name,
                "--role",
                role,
                "--new-passphrase-file",
                &file,
            ]);
            ctl
        };
        let reviewer = add(REVIEWER, "unit-reviewer");
        let (decider, officer) = (
            add(DECIDER, "classification-officer"),
            add(OFFICER, "results-officer"),
        );
        let (security, outsider) = (
            add(SECURITY, "security-officer"),
            add(OUTSIDER, "unit-reviewer"),
        );
        Self {
            desk: Desk {
                folder,
                vault,
                preparer,
                reviewer,
            },
            decider,
            officer,
            security,
            outsider,
        }
    }

    fn path(&self, name: &str) -> String {
        let path: PathBuf = self.desk.folder.path().join(name);
        path.to_str().unwrap().to_owned()
    }

    /// Machine on record, a second holder's card, a key; answers the key's fingerprint.
    fn equip(&self, holder: &str) -> String {
        self.security.done(&[
            "classified",
            "machine",
            "--number",
            "涉密-017",
            "--approval",
            "市保密局 2026 年 3 号",
            "--basis",
            "单位保密委员会决定",
            "--secrecy-channel",
        ]);
        let password = self.path("备用卡密码");
        std::fs::write(&password, "bei-yong-ka-2026").unwrap();
        let escrow = self.officer.done(&[
            "key",
            "escrow",
            "--holder",
            "备用",
            "--password-file",
            &password,
            "-o",
            &self.path("备用卡.pem"),
        ]);
        let escrow = text(&escrow["fingerprint"]);
        let key = self
            .officer
            .done(&["key", "generate", "--holder", holder, "--escrow", &escrow]);
        let fingerprint = text(&key["fingerprint"]);
        self.officer
            .done(&["key", "card", &fingerprint, "-o", &self.path("证书.cer")]);
        fingerprint
    }

    /// Takes the other's card in, its last digits as they were read aloud.
    fn knows(&self, other: &Unit, unit: &str) {
        let card = other.path("证书.cer");
        let shown = self.officer.done(&["key", "import-card", &card]);
        let fingerprint = text(&shown["fingerprint"]);
        self.officer.done(&[
            "key",
            "import-card",
            &card,
            "--unit",
            unit,
            "--person",
            OFFICER,
            "--digits",
            &fingerprint[56..],
        ]);
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value}"))
        .to_owned()
}

/// A fixture as the classified edition takes it in.
fn classified_form(folder: &Path) -> String {
    let path = root().join("tests/fixtures/declarations/basic-research.json");
    let mut file: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    file["classified"] = true.into();
    let path = folder.join("成果.json");
    std::fs::write(&path, file.to_string()).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_classified_result_travels_sealed_from_the_unit_to_the_bureau_and_back() {
    let unit = Unit::new("青岛海洋装备研究院");
    let bureau = Unit::new("青岛市科学技术局");
    let (own, theirs) = (unit.equip("研究院 专管岗"), bureau.equip("科技局 成果处"));
    unit.knows(&bureau, "青岛市科学技术局");
    bureau.knows(&unit, "青岛海洋装备研究院");

    // Marked by two persons; the city sets no 绝密.
    let form = classified_form(unit.desk.folder.path());
    let shown = unit.desk.preparer.done(&["declaration", "import", &form]);
    let id = text(&shown["id"]);
    unit.desk.complete(&id);
    let mark = |level: &str| {
        unit.desk.preparer.call(&[
            "classified",
            "mark",
            &id,
            "--level",
            level,
            "--years",
            "10",
            "--basis",
            "保密事项范围第 3 项",
            "--know",
            PREPARER,
            "--know",
            REVIEWER,
            "--know",
            OFFICER,
            "--other-parts-open",
        ])
    };
    assert!(mark("top-secret").said.contains("机密级、秘密级"));
    assert_eq!(mark("secret").code, 0);
    let own_decision = unit.desk.preparer.call(&["classified", "decide", &id]);
    assert_ne!(own_decision.code, 0);
    unit.decider.done(&["classified", "decide", &id]);
    unit.desk.approve(&id);
    assert_eq!(unit.outsider.call(&["declaration", "show", &id]).code, 2);
    assert_eq!(
        unit.outsider
            .done(&["declaration", "list"])
            .as_array()
            .map(Vec::len),
        Some(0)
    );

    // Sealed by two persons onto the medium.
    let medium = tempfile::tempdir().unwrap();
    let to = medium.path().to_str().unwrap();
    let approver = unit.desk.reviewer.passphrase_file().to_str().unwrap();
    let seal = |passphrase_file: &str| {
        unit.officer.call(&[
            "sealed",
            "seal",
            "--declaration",
            &id,
            "--key",
            &own,
            "--to",
            &theirs,
            "--approver",
            REVIEWER,
            "--approver-passphrase-file",
            passphrase_file,
            "-o",
            to,
            "--medium",
            "涉密盘-05",
            "--fixed-reason",
            "测试机没有移动介质",
        ])
    };
    let wrong = unit.desk.preparer.passphrase_file().to_str().unwrap();
    assert!(seal(wrong).said.contains("密码不对"));
    assert_eq!(std::fs::read_dir(medium.path()).unwrap().count(), 0);
    let row = seal(approver).json;
    assert_eq!(row["state_label"], "已封装");
    let package = text(&row["package_id"]);
    let file = std::fs::read_dir(medium.path())
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let file = file.to_str().unwrap();

    // Whoever has no key sees that it is whole, and nothing more.
    let stranger = Unit::new("路过的单位");
    stranger.officer.done(&["sealed", "verify", file]);
    let seen = stranger.officer.done(&["sealed", "inspect", file]);
    assert_eq!(seen["marking"], "机密★10年");
    assert_ne!(stranger.officer.call(&["sealed", "open", file]).code, 0);

    // Handed over.
    let step = |step: &str, more: &[&str]| {
        let words = [&["handover", "step", &package, step], more].concat();
        unit.officer.done(&words)
    };
    step("counted", &[]);
    step("registered", &["--channel", "机要交通"]);
    let row = step("handed_over", &["--courier", OFFICER]);
    assert_eq!(row["state_label"], "已移交");
    unit.officer.done(&[
        "handover",
        "sheet",
        &package,
        "-o",
        &unit.path("移交清单.pdf"),
    ]);

    // Opened, read, one attachment taken out by itself, ruled on.
    bureau
        .desk
        .reviewer
        .done(&["sealed", "open", file, "--know", OFFICER]);
    let parts = bureau.officer.done(&["sealed", "list", file]);
    assert!(parts.as_array().unwrap().len() > 3, "{parts}");
    bureau.officer.done(&[
        "sealed",
        "extract",
        file,
        "--part",
        "3",
        "--reason",
        "制作纸质件",
        "-o",
        &bureau.path("第3份"),
    ]);
    assert!(Path::new(&bureau.path("第3份")).exists());
    bureau.desk.reviewer.done(&[
        "review",
        "rule",
        &id,
        "--kind",
        "return",
        "--reason",
        "请补充应用证明",
    ]);

    // The receipt, as a file.
    bureau.officer.done(&[
        "handover",
        "receipt",
        &package,
        "-o",
        &bureau.path("回执.p7s"),
    ]);
    let rows = unit
        .officer
        .done(&["handover", "receive", &bureau.path("回执.p7s")]);
    assert_eq!(rows[0]["state_label"], "已签收");

    // The ruling, sealed back.
    let back = tempfile::tempdir().unwrap();
    bureau.officer.done(&[
        "sealed",
        "seal",
        "--reply",
        &id,
        "--key",
        &theirs,
        "--to",
        &own,
        "--approver",
        REVIEWER,
        "--approver-passphrase-file",
        bureau.desk.reviewer.passphrase_file().to_str().unwrap(),
        "-o",
        back.path().to_str().unwrap(),
        "--medium",
        "涉密盘-06",
        "--fixed-reason",
        "测试",
    ]);
    let reply = std::fs::read_dir(back.path())
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    unit.officer
        .done(&["sealed", "open", reply.to_str().unwrap()]);
    let shown = unit.desk.preparer.done(&["declaration", "show", &id]);
    assert_eq!(shown["state"], "returned");
    for ctl in [&unit.security, &bureau.security] {
        ctl.done(&["audit", "verify"]);
    }
}
