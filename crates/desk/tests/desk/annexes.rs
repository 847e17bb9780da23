//! Annexes 2 and 3 from the vault.

use crate::{
    stories::{sign_in, with_reviewer},
    support::{Bench, REVIEWER, UNIT},
};
use luguo_ipc::FailureCode;
use serde_json::json;

fn officer(name: &str) -> serde_json::Value {
    json!({ "name": name, "unit": UNIT, "title": "科长", "office_phone": "0532-85911330",
        "mobile": "13800000000", "wechat": "", "email": "", "remark": "" })
}

#[test]
fn annex_2_lists_what_was_approved_in_the_month_and_nothing_before_the_approval() {
    let bench = with_reviewer();
    let id = bench.import("key-technology.json")["id"].clone();
    bench.complete(&id);
    bench.done("declaration_submit", json!({ "id": id }));
    let before = bench.done("annex_show", json!({ "month": "" }));
    assert_eq!(before["month"], "2026-11");
    assert_eq!(before["rows"].as_array().unwrap().len(), 0);
    sign_in(&bench, REVIEWER);
    bench.done("review_approve", json!({ "id": id, "revision": 1 }));
    let after = bench.done("annex_show", json!({ "month": "" }));
    let row = &after["rows"][0];
    assert_eq!(
        row.as_array().unwrap().len(),
        after["columns"].as_array().unwrap().len()
    );
    assert_eq!(
        (&row[0], &row[1]),
        (&json!("1"), &json!("深海耐压钛合金浮力球"))
    );
    assert_eq!(row[5], UNIT);
    let other = bench.done("annex_show", json!({ "month": "2026-10" }));
    assert_eq!(other["rows"].as_array().unwrap().len(), 0);
    assert_eq!(other["months"], json!(["2026-11", "2026-10"]));
}

#[test]
fn officers_are_kept_in_their_order_and_each_has_a_name() {
    let bench = Bench::ready();
    let saved = bench.done(
        "liaison_save",
        json!({ "officers": [officer("赵海"), officer("钱江")] }),
    );
    assert_eq!(saved["officers"][1]["name"], "钱江");
    let refused = bench.refused(
        "liaison_save",
        json!({ "officers": [officer("赵海"), officer(" ")] }),
        FailureCode::Invalid,
    );
    assert!(refused.message.contains("第 2 位"), "{}", refused.message);
    let kept = bench.done("annex_show", json!({ "month": "" }));
    assert_eq!(
        kept["officers"].as_array().unwrap().len(),
        2,
        "nothing was lost"
    );
}

#[test]
fn both_annexes_are_written_as_pdf_and_as_workbook() {
    let bench = Bench::ready();
    bench.done("liaison_save", json!({ "officers": [officer("赵海")] }));
    for (annex, format, begins) in [
        ("batch", "pdf", &b"%PDF-1.7"[..]),
        ("liaison", "pdf", b"%PDF-1.7"),
        ("batch", "xlsx", b"PK"),
        ("liaison", "xlsx", b"PK"),
    ] {
        let path = bench.folder.path().join(format!("{annex}.{format}"));
        let place = bench.desk.adopt_file(path.clone()).token;
        bench.done(
            "annex_write",
            json!({ "annex": annex, "format": format, "month": "2026-11",
                "authority": "青岛市科学技术局", "place": place }),
        );
        let bytes = std::fs::read(&path).unwrap();
        assert!(bytes.starts_with(begins), "{annex}.{format}");
    }
}
