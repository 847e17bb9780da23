//! Any sequence of use cases leaves the invariants of docs/architecture/vault.md true.

use crate::support::{Bench, PASSPHRASE, PREPARER, REVIEWER};
use proptest::prelude::*;
use serde_json::{Value, json};

/// One thing that a person does. Numbers choose among what is there.
#[derive(Debug, Clone)]
enum Deed {
    Create,
    Rename(u8, u8),
    Attach(u8, u8),
    Replace(u8),
    Detach(u8),
    Discard(u8),
    Restore(u8),
    Purge(u8),
    Complete,
    Submit(u8),
    Withdraw(u8),
    Approve(u8),
    Return(u8),
    Merge(u8, u8),
    Person(bool),
    Roles(u8),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        2 => Just(Deed::Create),
        3 => (any::<u8>(), any::<u8>()).prop_map(|(a, b)| Deed::Rename(a, b)),
        3 => (any::<u8>(), any::<u8>()).prop_map(|(a, b)| Deed::Attach(a, b)),
        1 => any::<u8>().prop_map(Deed::Replace),
        2 => any::<u8>().prop_map(Deed::Detach),
        2 => any::<u8>().prop_map(Deed::Discard),
        2 => any::<u8>().prop_map(Deed::Restore),
        2 => any::<u8>().prop_map(Deed::Purge),
        2 => Just(Deed::Complete),
        3 => any::<u8>().prop_map(Deed::Submit),
        1 => any::<u8>().prop_map(Deed::Withdraw),
        2 => any::<u8>().prop_map(Deed::Approve),
        1 => any::<u8>().prop_map(Deed::Return),
        1 => (any::<u8>(), any::<u8>()).prop_map(|(a, b)| Deed::Merge(a, b)),
        1 => any::<bool>().prop_map(Deed::Person),
        1 => any::<u8>().prop_map(Deed::Roles),
    ]
}

struct Office {
    bench: Bench,
    /// Revisions seen, by declaration and number, with their digest.
    revisions: Vec<(Value, Value, Value)>,
}

impl Office {
    fn new() -> Self {
        let bench = Bench::ready();
        bench.done(
            "account_add",
            json!({ "name": REVIEWER, "roles": ["unit-reviewer"], "passphrase": PASSPHRASE }),
        );
        Self {
            bench,
            revisions: Vec::new(),
        }
    }

    /// Refusals are answers too; what matters is what is left.
    fn ask(&self, name: &str, request: Value) -> Value {
        match self.bench.desk.dispatch(name, request) {
            Ok(answer) => answer,
            Err(failure) => {
                assert!(
                    failure.code != luguo_ipc::FailureCode::Defect,
                    "{name}: {failure:?}"
                );
                Value::Null
            }
        }
    }

    fn rows(&self) -> Vec<Value> {
        self.ask("declaration_list", json!({}))
            .as_array()
            .cloned()
            .unwrap_or_default()
    }

    fn pick(&self, n: u8) -> Value {
        let rows = self.rows();
        match rows.len() {
            0 => Value::Null,
            count => rows[usize::from(n) % count]["id"].clone(),
        }
    }

    fn shown(&self, id: &Value) -> Value {
        self.ask("declaration_show", json!({ "id": id }))
    }

    fn item(&self, n: u8) -> Value {
        let bin = self.ask("bin_show", json!({}));
        match bin["items"].as_array() {
            Some(items) if !items.is_empty() => items[usize::from(n) % items.len()].clone(),
            _ => Value::Null,
        }
    }

    fn do_it(&self, deed: &Deed) {
        match deed {
            Deed::Create => {
                self.ask("declaration_create", json!({ "classified": false }));
            }
            Deed::Rename(n, name) => {
                let shown = self.shown(&self.pick(*n));
                let mut form = shown["form"].clone();
                if form.is_null() {
                    return;
                }
                form["name"] = json!(format!("改名之后的成果第{name}号"));
                self.ask(
                    "declaration_save",
                    json!({ "id": shown["id"], "version": shown["version"], "form": form,
                            "answers": shown["answers"], "undo": "" }),
                );
            }
            Deed::Attach(n, content) => {
                let id = self.pick(*n);
                if !id.is_null() {
                    // Few contents, so that several pieces share one.
                    let bytes = vec![content % 4; 1000];
                    self.bench.attach(&id, "材料.txt", &bytes, &[]);
                }
            }
            Deed::Replace(n) => {
                let shown = self.shown(&self.pick(*n));
                if let Some(piece) = shown["evidence"].get(0) {
                    let picked =
                        self.ask("file_put", json!({ "name": "换.txt", "base64": "eHl6" }));
                    let job = self.ask(
                        "evidence_replace",
                        json!({ "declaration": shown["id"], "evidence": piece["id"],
                                "file": picked["token"] }),
                    );
                    if !job.is_null() {
                        self.bench.wait(&job["id"]);
                    }
                }
            }
            Deed::Detach(n) => {
                let shown = self.shown(&self.pick(*n));
                if let Some(piece) = shown["evidence"].get(0) {
                    self.ask(
                        "evidence_remove",
                        json!({ "declaration": shown["id"], "evidence": piece["id"] }),
                    );
                }
            }
            Deed::Discard(n) => {
                self.ask("declaration_discard", json!({ "id": self.pick(*n) }));
            }
            Deed::Restore(n) | Deed::Purge(n) => {
                let item = self.item(*n);
                let name = if matches!(deed, Deed::Restore(_)) {
                    "bin_restore"
                } else {
                    "bin_purge"
                };
                self.ask(
                    name,
                    json!({ "declaration": item["declaration"], "evidence": item["evidence"] }),
                );
            }
            Deed::Complete => {
                let status = self.ask("app_status", json!({}));
                let roles = status["person"]["roles"]
                    .as_array()
                    .cloned()
                    .unwrap_or_default();
                if roles.contains(&json!("preparer")) {
                    let made = self.bench.import("basic-research.json");
                    self.bench.complete(&made["id"]);
                }
            }
            Deed::Submit(n) => {
                self.ask("declaration_submit", json!({ "id": self.pick(*n) }));
            }
            Deed::Withdraw(n) => {
                self.ask("declaration_withdraw", json!({ "id": self.pick(*n) }));
            }
            Deed::Approve(n) => {
                let shown = self.shown(&self.pick(*n));
                self.ask(
                    "review_approve",
                    json!({ "id": shown["id"], "revision": shown["revisions"][0]["number"] }),
                );
            }
            Deed::Return(n) => {
                let shown = self.shown(&self.pick(*n));
                self.ask(
                    "review_return",
                    json!({ "id": shown["id"], "revision": shown["revisions"][0]["number"],
                            "reason": "请补充" }),
                );
            }
            Deed::Merge(one, other) => {
                self.ask(
                    "declaration_merge",
                    json!({ "id": self.pick(*one), "other": self.pick(*other) }),
                );
            }
            Deed::Person(reviewer) => {
                self.ask("vault_lock", json!({}));
                let status = self.ask("app_status", json!({}));
                let person = if *reviewer { REVIEWER } else { PREPARER };
                self.bench.done(
                    "vault_unlock",
                    json!({ "vault": status["vaults"][0]["token"], "person": person,
                            "passphrase": PASSPHRASE }),
                );
            }
            Deed::Roles(n) => {
                let accounts = self.ask("account_list", json!({}));
                let roles = [
                    json!(["preparer"]),
                    json!(["auditor", "preparer"]),
                    json!(["system-administrator", "security-officer"]),
                    json!(["unit-reviewer", "preparer"]),
                ];
                let who = usize::from(*n) % 2;
                self.ask(
                    "account_roles",
                    json!({ "id": accounts[who]["id"], "roles": roles[usize::from(n / 2) % 4] }),
                );
            }
        }
    }

    /// The invariants, by their numbers.
    fn holds(&mut self) {
        // 3, 4, 7: contents, digests, audit chain.
        let report = self.bench.done("vault_check", json!({}));
        assert_eq!(report["whole"], true, "{report}");
        // 5: what was submitted is as it was.
        for row in self.rows() {
            let shown = self.shown(&row["id"]);
            for revision in shown["revisions"].as_array().into_iter().flatten() {
                let known = self
                    .revisions
                    .iter()
                    .find(|(id, number, _)| *id == row["id"] && *number == revision["number"]);
                match known {
                    Some((_, _, digest)) => assert_eq!(*digest, revision["digest"]),
                    None => self.revisions.push((
                        row["id"].clone(),
                        revision["number"].clone(),
                        revision["digest"].clone(),
                    )),
                }
            }
            // 6: nobody decided on their own.
            for decision in shown["decisions"].as_array().into_iter().flatten() {
                assert_ne!(decision["reviewer"], shown["prepared_by"]);
            }
            // 9: found by the name as it stands.
            let name = row["name"].as_str().unwrap_or_default();
            if !name.is_empty() {
                let found = self.ask(
                    "search",
                    json!({ "text": name, "states": [], "field": null, "kind": null,
                            "month": null }),
                );
                let hits = found["hits"].as_array().unwrap();
                assert!(
                    found["more"] == true || hits.iter().any(|hit| hit["row"]["id"] == row["id"]),
                    "{name} is not found"
                );
            }
        }
        // 8, 9: in the bin means not listed and not found.
        let listed = self.rows();
        for item in self.ask("bin_show", json!({}))["items"]
            .as_array()
            .into_iter()
            .flatten()
        {
            if item["evidence"].is_null() {
                assert!(!listed.iter().any(|row| row["id"] == item["declaration"]));
            }
        }
        // 6: somebody administers, and nobody holds what does not go together.
        let accounts = self.ask("account_list", json!({}));
        let holds = |account: &Value, role: &str| {
            account["roles"].as_array().unwrap().contains(&json!(role))
        };
        let accounts = accounts.as_array().unwrap();
        assert!(
            accounts
                .iter()
                .any(|account| holds(account, "system-administrator"))
        );
        for account in accounts {
            assert!(!holds(account, "auditor") || account["roles"].as_array().unwrap().len() == 1);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 12,
        max_shrink_iters: 60,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_sequence_of_use_cases_leaves_the_invariants_true(
        deeds in prop::collection::vec(deed(), 1..30)
    ) {
        let mut office = Office::new();
        for deed in &deeds {
            office.do_it(deed);
        }
        office.holds();
        // And over a restart.
        office.do_it(&Deed::Person(false));
        office.holds();
    }
}
