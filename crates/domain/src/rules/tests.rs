//! Each rule with what passes, what fails and the boundary between them, on the complete
//! declarations of tests/fixtures.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use crate::form::{
    AchievementKind, CooperationMode, DeclarationFile, FileFault, IntellectualProperty, RightKind,
    TechnicalField, UnitNature,
};
use rust_decimal::Decimal;

fn fixture(folder: &str, name: &str) -> String {
    let path = format!(
        "{}/../../tests/fixtures/{folder}/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    std::fs::read_to_string(path).unwrap()
}

pub(super) fn complete() -> Declaration {
    DeclarationFile::parse(&fixture("declarations", "key-technology.json"))
        .unwrap()
        .declaration
}

pub(super) fn today() -> NaiveDate {
    "2026-11-05".parse().unwrap()
}

fn findings(form: &Declaration) -> Vec<Finding> {
    check(form, Surroundings::on(today(), &[]))
}

pub(super) fn codes(form: &Declaration) -> Vec<(String, String)> {
    findings(form)
        .into_iter()
        .filter(|finding| !finding.code.starts_with("evidence."))
        .map(|finding| (finding.code, finding.path))
        .collect()
}

#[test]
fn the_three_complete_declarations_lack_nothing_but_evidence() {
    for name in [
        "basic-research.json",
        "key-technology.json",
        "major-application.json",
    ] {
        let form = DeclarationFile::parse(&fixture("declarations", name))
            .unwrap()
            .declaration;
        assert_eq!(codes(&form), [], "{name}");
        assert_eq!(completeness(&form), 100, "{name}");
    }
}

#[test]
fn an_empty_form_misses_every_required_field() {
    let form = Declaration::default();
    let missing: Vec<_> = codes(&form).into_iter().map(|(_, path)| path).collect();
    for path in [
        "name",
        "field",
        "kind",
        "level",
        "research.basis",
        "right_kinds",
        "publicity.published",
        "projects",
        "units",
        "ownership.same_as_units",
        "maturity",
        "needs_transfer",
        "consent_to_publish",
        "summary",
        "researchers",
        "commitment.signatory",
    ] {
        assert!(missing.iter().any(|found| found == path), "{path}");
    }
    assert_eq!(completeness(&form), 0);
}

type Change = fn(&mut Declaration);

#[test]
fn each_rule_finds_its_fault_at_its_field() {
    let table: &[(Change, &str, &str)] = &[
        (|f| f.name = "某集团钛合金球".into(), "name.brand", "name"),
        (
            |f| f.field = Some(TechnicalField::Other),
            "required.missing",
            "field_other",
        ),
        (
            |f| f.research.to = "2022-02-28".parse().ok(),
            "period.end_before_start",
            "research.to",
        ),
        (
            |f| f.research.to = "2026-11-06".parse().ok(),
            "period.end_in_future",
            "research.to",
        ),
        (
            |f| {
                f.research.from = "2022-01-01".parse().ok();
                f.research.to = "2024-10-31".parse().ok();
            },
            "period.older_than_two_years",
            "research.to",
        ),
        (
            |f| f.rights[0].number = "ZL202210318844.0".into(),
            "right.patent_check_digit",
            "rights[0].number",
        ),
        (
            |f| f.rights[0].number = "ZL202750123456.6".into(),
            "right.patent_shape",
            "rights[0].number",
        ),
        (
            |f| f.rights[0].number = "2022-318844".into(),
            "right.patent_shape",
            "rights[0].number",
        ),
        (
            |f| f.rights[1].number = f.rights[0].number.clone(),
            "right.number_twice",
            "rights[1].number",
        ),
        (
            |f| f.rights[0].date = "2026-11-06".parse().ok(),
            "right.date_in_future",
            "rights[0].date",
        ),
        (
            |f| f.rights[0].owners.clear(),
            "required.missing",
            "rights[0].owners",
        ),
        (
            |f| f.right_kinds.push(RightKind::None),
            "right.none_excludes_others",
            "right_kinds",
        ),
        (
            |f| f.right_kinds.push(RightKind::Standard),
            "right.kind_without_right",
            "right_kinds",
        ),
        (
            |f| f.right_kinds.retain(|k| *k != RightKind::Software),
            "right.kind_not_chosen",
            "rights[3].kind",
        ),
        (
            |f| f.publicity.detail.clear(),
            "required.missing",
            "publicity.detail",
        ),
        (|f| f.projects.clear(), "project.none", "projects"),
        (
            |f| f.projects[1].number.clear(),
            "required.missing",
            "projects[1].number",
        ),
        (|f| f.units.clear(), "unit.none", "units"),
        (
            |f| f.units[0].nature = Some(UnitNature::Other),
            "required.missing",
            "units[0].nature_other",
        ),
        (
            |f| f.units[0].email = "wangmin".into(),
            "unit.email_shape",
            "units[0].email",
        ),
        (
            |f| f.units[1].phone = "12345".into(),
            "unit.phone_shape",
            "units[1].phone",
        ),
        (
            |f| f.ownership.same_as_units = Some(false),
            "ownership.no_holder",
            "ownership.holders",
        ),
        (
            |f| f.ownership.holders = f.units.clone(),
            "ownership.holder_not_wanted",
            "ownership.holders",
        ),
        (
            |f| f.cooperation.push(CooperationMode::Other),
            "required.missing",
            "cooperation_other",
        ),
        (
            |f| f.funding = Some(Decimal::new(-1, 2)),
            "funding.negative",
            "funding",
        ),
        (
            |f| f.funding_use.clear(),
            "funding.use_missing",
            "funding_use",
        ),
        (
            |f| f.summary = "字".repeat(1001),
            "summary.too_long",
            "summary",
        ),
        (
            |f| f.researchers.push(f.researchers[0].clone()),
            "researcher.too_many",
            "researchers[3]",
        ),
        (|f| f.researchers.clear(), "researcher.none", "researchers"),
        (
            |f| f.researchers[0].born = "1978-13".into(),
            "researcher.born",
            "researchers[0].born",
        ),
        (
            |f| f.commitment.signed_on = "2026-11-06".parse().ok(),
            "commitment.signed_in_future",
            "commitment.signed_on",
        ),
    ];
    for (change, code, path) in table {
        let mut form = complete();
        change(&mut form);
        let found = codes(&form);
        assert!(
            found.iter().any(|(c, p)| c == code && p == path),
            "{code} at {path}: {found:?}"
        );
    }
}

#[test]
fn what_stands_on_the_boundary_passes() {
    let table: &[Change] = &[
        |f| f.summary = format!("{}\n　 ", "字".repeat(1000)),
        |f| f.summary = "😀𬱖".repeat(500),
        |f| {
            f.research.to = "2026-11-05".parse().ok();
            f.commitment.signed_on = f.research.to;
        },
        |f| f.research.to = "2024-11-01".parse().ok(),
        |f| f.research.to = f.research.from.max("2024-11-01".parse().ok()),
        |f| f.funding = Some(Decimal::ZERO),
        |f| f.researchers.truncate(1),
        |f| f.units[0].phone = "0532-68880011转802".into(),
        |f| {
            f.field = Some(TechnicalField::Other);
            f.field_other = "标准化".into();
        },
        |f| {
            f.rights.clear();
            f.right_kinds = vec![RightKind::None];
        },
    ];
    for (n, change) in table.iter().enumerate() {
        let mut form = complete();
        change(&mut form);
        assert_eq!(codes(&form), [], "case {n}");
    }
}

#[test]
fn every_right_the_ownership_and_the_commitment_need_a_scan() {
    let mut form = complete();
    form.ownership.same_as_units = Some(false);
    form.ownership.holders = vec![form.units[1].clone()];
    let needed: Vec<_> = findings(&form)
        .into_iter()
        .filter(|finding| finding.code == "evidence.missing")
        .map(|finding| finding.path)
        .collect();
    assert_eq!(
        needed,
        [
            "evidence.right:1",
            "evidence.right:2",
            "evidence.right:3",
            "evidence.right:4",
            "evidence.ownership",
            "evidence.commitment"
        ]
    );
}

#[test]
fn each_kind_of_achievement_asks_for_its_own_proof() {
    let mut wanted = Vec::new();
    for kind in AchievementKind::ALL {
        let mut form = complete();
        form.kind = Some(*kind);
        let claims = crate::claim::needed(&form);
        assert_eq!(claims[0].claim, crate::claim::Claim::Category);
        wanted.push(claims[0].wanted);
    }
    wanted.dedup();
    assert_eq!(wanted.len(), 3);
}

#[test]
fn a_verify_finding_passes_with_a_reason_and_a_mandatory_one_never() {
    let mut form = complete();
    form.units[0].email = "wangmin".into();
    form.summary = "字".repeat(1001);
    let found: Vec<_> = findings(&form)
        .into_iter()
        .filter(|finding| !finding.code.starts_with("evidence."))
        .collect();
    let answers: Vec<_> = found
        .iter()
        .map(|finding| Answer {
            code: finding.code.clone(),
            path: finding.path.clone(),
            reason: "已核实".to_owned(),
        })
        .collect();
    let left = unanswered(&found, &answers);
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].code, "summary.too_long");
    let blank = Answer {
        reason: " ".to_owned(),
        ..answers[0].clone()
    };
    assert_eq!(
        unanswered(&found, &[blank]).len(),
        2,
        "a blank reason is none"
    );
}

#[test]
fn every_finding_names_clause_message_and_remedy() {
    for finding in findings(&Declaration {
        rights: vec![IntellectualProperty::default()],
        ..Declaration::default()
    }) {
        assert!(
            !finding.clause.is_empty() && !finding.message.is_empty(),
            "{finding:?}"
        );
        assert!(!finding.remedy.is_empty(), "{finding:?}");
    }
}

#[test]
fn a_faulty_file_is_told_with_line_and_field() {
    let unknown = DeclarationFile::parse(&fixture("hostile-declarations", "unknown-option.json"));
    let Err(FileFault::Shape { line, path, .. }) = unknown else {
        panic!("{unknown:?}");
    };
    assert_eq!((line, path.as_str()), (6, "declaration.field"));
    let invalid = DeclarationFile::parse(&fixture("hostile-declarations", "invalid-json.json"));
    assert!(
        matches!(invalid, Err(FileFault::Shape { line: 10, .. })),
        "{invalid:?}"
    );
    let field = DeclarationFile::parse(&fixture("hostile-declarations", "unknown-field.json"));
    assert!(
        matches!(&field, Err(FileFault::Shape { reason, .. }) if reason.contains("id_number")),
        "{field:?}"
    );
    let negative =
        DeclarationFile::parse(&fixture("hostile-declarations", "negative-funding.json"))
            .unwrap()
            .declaration;
    assert!(
        codes(&negative)
            .iter()
            .any(|(code, _)| code == "funding.negative")
    );
}

#[test]
fn a_file_must_answer_whether_it_is_classified() {
    let missing = DeclarationFile::parse(r#"{"format":"luguo.declaration/1","declaration":{}}"#);
    assert!(
        matches!(missing, Err(FileFault::Shape { .. })),
        "{missing:?}"
    );
    let other = DeclarationFile::parse(r#"{"format":"x/2","classified":false,"declaration":{}}"#);
    assert!(matches!(other, Err(FileFault::Format { .. })), "{other:?}");
}

#[test]
fn a_declaration_file_survives_the_round_trip() {
    let file = DeclarationFile::new(complete(), false);
    let text = serde_json::to_string(&file).unwrap();
    assert_eq!(DeclarationFile::parse(&text).unwrap(), file);
}
