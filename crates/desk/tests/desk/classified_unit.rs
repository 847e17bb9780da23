//! A classified unit with its people, keys and cards, and a bureau beside it.

use crate::support::{Bench, PASSPHRASE, PREPARER, REVIEWER};
use luguo_desk::VaultKind;
use luguo_ipc::FailureCode;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

pub const SECURITY: &str = "赵芳";
pub const DECIDER: &str = "周定密";
pub const OFFICER: &str = "孙专管";
pub const OUTSIDER: &str = "钱旁观";
pub const ESCROW_PASSWORD: &str = "bei-yong-ka-2026";

/// A classified unit at its desk.
pub struct Unit {
    pub bench: Bench,
    /// What stands for the medium and the table on which files are exchanged.
    pub table: PathBuf,
}

impl Unit {
    /// A classified vault with its people, its machine on record, and nobody at work.
    pub fn new(name: &str, direct: bool) -> Self {
        let bench = Bench::bare(VaultKind::Classified);
        bench.done(
            "vault_create",
            json!({
                "place": null, "person": PREPARER, "passphrase": PASSPHRASE,
                "unit": { "name": name, "direct_reporting": direct,
                          "city": if direct { "" } else { "370200" } },
            }),
        );
        for (person, roles) in [
            (REVIEWER, &["unit-reviewer"][..]),
            (SECURITY, &["security-officer"]),
            (DECIDER, &["classification-officer"]),
            (OFFICER, &["results-officer"]),
            (OUTSIDER, &["unit-reviewer", "preparer"]),
        ] {
            bench.done(
                "account_add",
                json!({ "name": person, "roles": roles, "passphrase": PASSPHRASE }),
            );
        }
        let table = bench.folder.path().join("桌面");
        std::fs::create_dir(&table).unwrap();
        Self { bench, table }
    }

    pub fn with_machine(self) -> Self {
        self.at_work(SECURITY).bench.done(
            "machine_record",
            json!({ "number": "涉密-017", "approval": "市保密局 2026 年 3 号",
                    "basis": "单位保密委员会决定", "by_secrecy_channel": true }),
        );
        self
    }

    pub fn at_work(&self, person: &str) -> &Self {
        let status = self.bench.done("vault_lock", json!({}));
        let token = status["vaults"][0]["token"].clone();
        self.bench.done(
            "vault_unlock",
            json!({ "vault": token, "person": person, "passphrase": PASSPHRASE }),
        );
        self
    }

    pub fn token(&self, path: &Path) -> String {
        self.bench.desk.adopt_file(path.to_owned()).token
    }

    /// Own key with its second holder's card; answers the key's fingerprint.
    pub fn with_key(&self, holder: &str) -> String {
        self.at_work(OFFICER);
        let place = self.token(&self.table.join("备用卡.pem"));
        let case = self.bench.done(
            "escrow_make",
            json!({ "holder": format!("{holder} 备用"), "years": 5,
                    "password": ESCROW_PASSWORD, "place": place }),
        );
        let escrow = case["cards"][0]["fingerprint"].clone();
        let case = self.bench.done(
            "key_make",
            json!({ "holder": holder, "years": 3, "escrow": escrow }),
        );
        text(&case["keys"][0]["card"]["fingerprint"])
    }

    /// Takes the card of another unit's key in, as it was written there and read aloud.
    pub fn takes_card_of(&self, other: &Unit, fingerprint: &str, unit: &str) {
        let file = other.table.join("证书.cer");
        other.at_work(OFFICER).bench.done(
            "card_write",
            json!({ "fingerprint": fingerprint, "place": other.token(&file) }),
        );
        self.at_work(OFFICER);
        let file = self.token(&file);
        let offer = self.bench.done("card_read", json!({ "file": file }));
        assert_eq!(offer["known"], false);
        self.bench.refused(
            "card_take",
            json!({ "file": file, "unit": unit, "person": OFFICER, "digits": "00000000",
                    "compared": "aloud" }),
            FailureCode::Invalid,
        );
        self.bench.done(
            "card_take",
            json!({ "file": file, "unit": unit, "person": OFFICER,
                    "digits": &fingerprint[56..], "compared": "aloud" }),
        );
    }

    pub fn people(&self) -> Value {
        self.bench.done("account_list", json!({}))
    }

    pub fn account(&self, name: &str) -> Value {
        self.people()
            .as_array()
            .unwrap()
            .iter()
            .find(|account| account["name"] == name)
            .unwrap()["id"]
            .clone()
    }

    /// A complete declaration with its evidence, begun by the preparer.
    pub fn drafted(&self) -> Value {
        self.at_work(PREPARER);
        let id = self
            .bench
            .done("declaration_create", json!({ "classified": true }))["id"]
            .clone();
        let path = format!(
            "{}/../../tests/fixtures/declarations/basic-research.json",
            env!("CARGO_MANIFEST_DIR")
        );
        let file: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        self.bench.done(
            "declaration_save",
            json!({ "id": id, "version": 1, "form": file["declaration"], "answers": [] }),
        );
        self.bench.complete(&id);
        id
    }

    pub fn proposal(&self, id: &Value, level: &str, years: u32) -> Value {
        let shown = self.bench.done("classification_show", json!({ "id": id }));
        let parts: serde_json::Map<String, Value> = shown["parts"]
            .as_array()
            .unwrap()
            .iter()
            .enumerate()
            .map(|(n, part)| {
                let mark = (n == 0).then(
                    || json!({ "level": level, "term": { "kind": "years", "years": years } }),
                );
                (text(&part["evidence"]), json!(mark))
            })
            .collect();
        let scope: Vec<_> = [PREPARER, REVIEWER, OFFICER]
            .iter()
            .map(|name| json!({ "account": self.account(name), "name": name, "unit": "" }))
            .collect();
        json!({
            "marking": { "level": level, "term": { "kind": "years", "years": years } },
            "marked_on": "2026-11-10", "basis": "保密事项范围第 3 项", "scope": scope,
            "parts": parts, "longer_reason": "",
        })
    }

    /// Marked by two persons, submitted and approved.
    pub fn approved(&self) -> Value {
        let id = self.drafted();
        self.bench.refused(
            "declaration_submit",
            json!({ "id": id }),
            FailureCode::Conflict,
        );
        let content = self.proposal(&id, "secret", 10);
        let shown = self.bench.done(
            "classification_propose",
            json!({ "id": id, "step": "determine", "content": content }),
        );
        let proposal = shown["pending"]["id"].clone();
        self.at_work(DECIDER).bench.done(
            "classification_decide",
            json!({ "proposal": proposal, "approve": true }),
        );
        self.at_work(PREPARER)
            .bench
            .done("declaration_submit", json!({ "id": id }));
        self.at_work(REVIEWER)
            .bench
            .done("review_approve", json!({ "id": id, "revision": 1 }));
        id
    }

    pub fn order(&self, wanted: &Value, key: &str, recipients: &[&str], medium: &Path) -> Value {
        let mut order = json!({
            "key": key, "recipients": recipients, "approver": REVIEWER,
            "approver_passphrase": PASSPHRASE, "folder": self.token(medium),
            "medium_label": "涉密盘-05", "medium_serial": "SN0001",
            "not_removable_reason": "测试机没有移动介质",
        });
        let all = order.as_object_mut().unwrap();
        all.extend(wanted.as_object().unwrap().clone());
        order
    }

    /// Seals and answers the file.
    pub fn sealed(&self, wanted: &Value, key: &str, recipients: &[&str], medium: &Path) -> PathBuf {
        self.at_work(OFFICER);
        let job = self
            .bench
            .done("seal_begin", self.order(wanted, key, recipients, medium));
        let job = self.bench.wait(&job["id"]);
        assert_eq!(job["faults"], json!([]), "{job}");
        medium.join(text(&job["finished"][0]))
    }

    pub fn opened(&self, file: &Path, knowers: &[Value]) -> Value {
        let job = self.bench.done(
            "sealed_open",
            json!({ "file": self.token(file), "knowers": knowers }),
        );
        self.bench.wait(&job["id"])
    }

    pub fn step(&self, package: &Value, step: &str, more: &Value) -> Value {
        let mut request = json!({ "package_id": package, "step": step });
        request
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        self.bench.done("sealed_step", request)
    }
}

pub fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value}"))
        .to_owned()
}

pub fn files(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect()
}

/// Unit and bureau know each other's cards.
pub fn both() -> (Unit, String, Unit, String) {
    let unit = Unit::new("青岛海洋装备研究院", false).with_machine();
    let bureau = Unit::new("青岛市科学技术局", false).with_machine();
    let own = unit.with_key("青岛海洋装备研究院 成果专管岗");
    let theirs = bureau.with_key("青岛市科学技术局 成果处");
    unit.takes_card_of(&bureau, &theirs, "青岛市科学技术局");
    bureau.takes_card_of(&unit, &own, "青岛海洋装备研究院");
    (unit, own, bureau, theirs)
}
