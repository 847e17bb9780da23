//! A sheet that is not clearly open is not read.

use crate::support::{fixture, made, read_one, with};
use luguo_documents::sheet;
use luguo_domain::Declaration;

fn filled_with_answer(answer: &str) -> sheet::SheetReading {
    let bytes = sheet::filled(&[fixture("key-technology")], made()).unwrap();
    read_one(&with(&bytes, &[("C4", answer)]))
}

#[test]
fn a_classified_sheet_is_refused_unread_and_told_where_it_belongs() {
    for answer in ["'是'", "True", "' 是 '"] {
        let reading = filled_with_answer(answer);
        assert_eq!(reading.declaration, Declaration::default(), "{answer}");
        assert_eq!(
            reading.faults.len(),
            1,
            "only the question itself is told: {answer}"
        );
        assert_eq!(reading.faults[0].cell, "C4");
        assert!(reading.faults[0].remedy.contains("涉密单机版"));
        let name = fixture("key-technology").name;
        assert!(!format!("{reading:?}").contains(&name));
    }
}

#[test]
fn a_sheet_without_a_clear_answer_is_refused_unread() {
    for answer in ["None", "'不确定'", "'=1/0'", "2"] {
        let reading = filled_with_answer(answer);
        assert_eq!(reading.declaration, Declaration::default(), "{answer}");
        assert_eq!(reading.faults.len(), 1, "{answer}: {:?}", reading.faults);
        assert_eq!(reading.faults[0].cell, "C4");
        assert!(!reading.empty);
    }
}

#[test]
fn a_moved_question_is_no_answer() {
    let bytes = sheet::filled(&[fixture("key-technology")], made()).unwrap();
    let moved = with(&bytes, &[("B4", "'是否公开'")]);
    let reading = read_one(&moved);
    assert_eq!(reading.declaration, Declaration::default());
    assert_eq!(reading.faults.len(), 1);
}

#[test]
fn an_open_sheet_beside_a_classified_one_is_read() {
    let form = fixture("key-technology");
    let bytes = sheet::filled(&[form.clone(), form.clone()], made()).unwrap();
    let readings = sheet::read(&with(&bytes, &[("C4", "'是'")])).unwrap();
    assert_eq!(readings[0].declaration, Declaration::default());
    assert_eq!(readings[1].declaration, form);
    assert_eq!(readings[1].faults, []);
}
