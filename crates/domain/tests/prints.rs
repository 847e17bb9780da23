//! Prints find what the words would find, and carry none of them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use luguo_domain::{
    Declaration, DeclarationId,
    duplicate::{Known, SIMILAR},
    form::{IntellectualProperty, ProjectEntry},
    prints::{Elsewhere, PrintGround, Prints, TwinElsewhere, of_right_number},
    rules::{self, Surroundings},
};
use uuid::Uuid;

fn form(name: &str, right: &str, project: &str) -> Declaration {
    Declaration {
        name: name.to_owned(),
        rights: vec![IntellectualProperty {
            number: right.to_owned(),
            ..IntellectualProperty::default()
        }],
        projects: vec![ProjectEntry {
            number: project.to_owned(),
            ..ProjectEntry::default()
        }],
        ..Declaration::default()
    }
}

#[test]
fn the_same_number_in_another_writing_has_the_same_print() {
    let one = Prints::of(&form("甲", "ZL 2021 1 0123456.7", "2020YFB1234567"));
    let other = Prints::of(&form(
        "乙",
        "２０２１１０１２３４５６７",
        "2020 yfb 1234567",
    ));
    assert_eq!(one.rights, other.rights);
    assert_eq!(one.projects, other.projects);
    assert_eq!(one.grounds(&other).len(), 2);
}

#[test]
fn a_word_in_place_of_a_number_has_no_print() {
    let prints = Prints::of(&form("", "申请中", "无"));
    assert!(prints.is_empty(), "{prints:?}");
}

/// A right and a project of the same number are not the same thing.
#[test]
fn a_right_is_never_held_against_a_project() {
    let one = Prints::of(&form("甲", "2020123", ""));
    let other = Prints::of(&form("乙", "", "2020123"));
    assert_eq!(one.grounds(&other), []);
}

#[test]
fn prints_judge_names_as_the_words_do() {
    let names: Vec<_> = include_str!("fixtures/names.txt").lines().collect();
    for pair in names.windows(2) {
        let known = |name: &str| Known::of(DeclarationId(Uuid::nil()), &form(name, "", ""));
        let by_words = known(pair[0]).similarity(&known(pair[1]));
        let by_prints =
            Prints::of(&form(pair[0], "", "")).grounds(&Prints::of(&form(pair[1], "", "")));
        assert_eq!(by_words >= SIMILAR, !by_prints.is_empty(), "{pair:?}");
    }
    let twin = Prints::of(&form("海上风电安装平台升降系统关键技术研究", "", ""));
    let same = Prints::of(&form("海上风电安装平台 升降系统", "", ""));
    assert!(
        matches!(twin.grounds(&same)[..], [PrintGround::Name { similarity }] if similarity > 0.99)
    );
}

#[test]
fn prints_carry_no_word_of_the_form() {
    let text = serde_json::to_string(&Prints::of(&form(
        "海上风电安装平台",
        "ZL202110123456.7",
        "2020YFB1234567",
    )))
    .unwrap();
    for word in ["海上", "风电", "2021101234567", "YFB"] {
        assert!(!text.contains(word), "{word} in {text}");
    }
}

fn told(form: &Declaration, grounds: Vec<PrintGround>) -> Elsewhere {
    Elsewhere {
        asked: Prints::of(form),
        twins: vec![TwinElsewhere {
            declaration: DeclarationId(Uuid::from_u128(9)),
            number: "SDCG-20261105-00001".to_owned(),
            name: "海上风电平台".to_owned(),
            unit: "乙单位".to_owned(),
            grounds,
        }],
    }
}

fn codes(form: &Declaration, told: &Elsewhere) -> Vec<(String, String)> {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    rules::check(form, Surroundings::on(today, &[]).told(Some(told)))
        .into_iter()
        .filter(|finding| finding.code.starts_with("elsewhere."))
        .inspect(|finding| {
            assert_eq!(finding.tier, rules::Tier::Verify);
            assert_eq!(finding.clause, "二（一）");
            assert!(finding.message.contains("乙单位"), "{}", finding.message);
        })
        .map(|finding| (finding.code.to_string(), finding.path.clone()))
        .collect()
}

#[test]
fn what_the_endpoint_told_is_asked_about_where_it_stands() {
    let mut form = form("海上风电安装平台", "无", "2020YFB1234567");
    form.rights.push(IntellectualProperty {
        number: "ZL202110123456.7".to_owned(),
        ..IntellectualProperty::default()
    });
    let grounds = Prints::of(&form).grounds(&Prints::of(&form));
    let told = told(&form, grounds);
    let expected = [
        ("elsewhere.name", "name"),
        ("elsewhere.project_number", "projects[0].number"),
        ("elsewhere.right_number", "rights[1].number"),
    ];
    let mut found = codes(&form, &told);
    found.sort();
    assert_eq!(
        found,
        expected.map(|(code, path)| (code.to_owned(), path.to_owned()))
    );
}

#[test]
fn an_answer_to_another_name_or_number_is_no_finding() {
    let asked = form("海上风电安装平台", "ZL202110123456.7", "");
    let grounds = vec![
        PrintGround::RightNumber {
            print: of_right_number("ZL202110123456.7"),
        },
        PrintGround::Name { similarity: 0.9 },
    ];
    let told = told(&asked, grounds);
    let mut changed = asked.clone();
    changed.name = "深海养殖网箱".to_owned();
    changed.rights[0].number = "ZL202110765432.1".to_owned();
    assert_eq!(codes(&changed, &told), []);
    assert_eq!(codes(&asked, &told).len(), 2);
}
