//! The bureau reads what it was assigned and rules on it without the endpoint; the unit corrects, and
//! what was ruled on the earlier revision counts once or is told as superseded.

use luguo_tests::{endpoint::Endpoint, story::Desk};
use serde_json::Value;

const REASON: &str = "应用证明缺第二家单位的盖章，请补充。";

fn shown(desk: &Desk, id: &str) -> Value {
    desk.reviewer.done(&["declaration", "show", id])
}

fn states(shown: &Value) -> Vec<(&str, &str)> {
    let rulings = shown["rulings"].as_array().unwrap();
    rulings
        .iter()
        .map(|ruling| {
            (
                ruling["kind"].as_str().unwrap(),
                ruling["state"].as_str().unwrap(),
            )
        })
        .collect()
}

#[test]
fn a_bureau_returns_offline_the_unit_corrects_and_a_late_ruling_on_the_old_revision_does_not_count()
{
    let unit = Desk::new();
    let mut endpoint = Endpoint::start(&unit.folder.path().join("endpoint"));
    unit.sign_in(&endpoint.url);
    let id = unit.import("basic-research.json");
    unit.complete(&id);
    unit.approve(&id);
    unit.preparer.done(&["sync", "run"]);

    // Two desks of the bureau take the package in; then there is no endpoint for a while.
    let (first, second) = (Desk::new(), Desk::new());
    for bureau in [&first, &second] {
        bureau.sign_in_as_bureau(&endpoint.url);
        bureau.reviewer.done(&["sync", "run"]);
        let listed = bureau.reviewer.done(&["package", "received"]);
        assert_eq!(listed["received"][0]["declaration"], id.as_str());
    }
    endpoint.kill();
    first.reviewer.done(&[
        "review",
        "mark",
        &id,
        "--field",
        "name",
        "--words",
        "请写明是哪种装备",
    ]);
    let rule = |bureau: &Desk, arguments: &[&str]| {
        bureau
            .reviewer
            .call(&[&["review", "rule", &id], arguments].concat())
    };
    let groundless = rule(&first, &["--kind", "veto", "--reason", "有争议"]);
    assert_ne!(groundless.code, 0, "a veto without its ground is refused");
    assert_eq!(
        rule(&first, &["--kind", "return", "--reason", REASON]).code,
        0
    );
    let veto = [
        "--kind",
        "veto",
        "--ground",
        "rights_dispute",
        "--reason",
        "已诉至法院",
    ];
    assert_eq!(rule(&second, &veto).code, 0);
    assert_eq!(states(&shown(&first, &id)), [("return", "waiting")]);

    // The return arrives; the unit answers its mark and corrects.
    endpoint.restart();
    first.reviewer.done(&["sync", "run"]);
    unit.preparer.done(&["sync", "run"]);
    let returned = unit.preparer.done(&["declaration", "show", &id]);
    assert_eq!(returned["state"], "returned");
    let notice = returned["return_notice"].as_str().unwrap();
    assert!(
        notice.contains("青岛市科学技术局") && notice.contains(REASON),
        "{notice}"
    );
    let noted = unit.preparer.done(&["review", "show", &id]);
    let mark = noted["marks"][0]["id"].as_str().unwrap();
    unit.preparer
        .done(&["review", "answer", &id, mark, "--words", "已写明"]);
    unit.approve(&id);
    unit.preparer.done(&["sync", "run"]);

    // The desk that was away: its veto was made on a revision that is no longer the one.
    second.reviewer.done(&["sync", "run"]);
    let late = shown(&second, &id);
    let told = late["rulings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|ruling| ruling["kind"] == "veto")
        .unwrap();
    assert_eq!(told["state"], "superseded");
    assert!(told["told"].as_str().unwrap().contains("第 2 版"), "{told}");
    assert_eq!(
        late["revisions"][0]["number"], 2,
        "the new revision is here"
    );
    assert_eq!(late["state"], "authority_review", "and waits for a ruling");
    let noted = second.reviewer.done(&["review", "show", &id]);
    assert_eq!(noted["returned"], 1, "what changed since is shown");
    assert_eq!(noted["marks"][0]["answer"], "已写明");

    // Nothing counted twice: one return in force, and it is the unit's history.
    second.reviewer.done(&["sync", "run"]);
    unit.preparer.done(&["sync", "run"]);
    let record = shown(&unit, &id);
    assert_eq!(states(&record), [("return", "in_force")]);
    assert_eq!(record["state"], "authority_review");
}
