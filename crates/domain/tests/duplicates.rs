//! Likely duplicates: the grounds, and the rates of the name threshold over plausible names.

use luguo_domain::{
    Declaration, DeclarationId,
    duplicate::{Ground, Known, SIMILAR, likely},
    form::{IntellectualProperty, ProjectEntry},
};
use uuid::Uuid;

const NAMES: &str = include_str!("fixtures/names.txt");
const TWINS: &str = include_str!("fixtures/twins.tsv");
const NEAR: &str = include_str!("fixtures/near.tsv");

fn named(n: u128, name: &str) -> Known {
    let form = Declaration {
        name: name.to_owned(),
        ..Declaration::default()
    };
    Known::of(DeclarationId(Uuid::from_u128(n)), &form)
}

/// The documented rates: no pair of different achievements is told, every twin is.
#[test]
fn the_threshold_has_the_rates_that_are_documented() {
    let names: Vec<_> = NAMES
        .lines()
        .zip(1..)
        .map(|(name, n)| named(n, name))
        .collect();
    let mut pairs = 0;
    let mut false_alarms = Vec::new();
    for (n, one) in names.iter().enumerate() {
        for other in &names[n + 1..] {
            pairs += 1;
            if one.similarity(other) >= SIMILAR {
                false_alarms.push((one.name.clone(), other.name.clone()));
            }
        }
    }
    assert_eq!(pairs, names.len() * (names.len() - 1) / 2);
    assert_eq!(false_alarms, [], "of {pairs} pairs");
    let missed: Vec<_> = TWINS
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter(|(one, other)| named(1, one).similarity(&named(2, other)) < SIMILAR)
        .collect();
    assert_eq!(missed, [], "missed twins");
    assert_eq!(TWINS.lines().count(), 40, "as documented at SIMILAR");
}

/// Different achievements with nearly the same name: those that differ in a number or letters are
/// told apart, those that differ in a word are asked about.
#[test]
fn names_that_differ_in_a_number_or_letters_are_told_apart() {
    let (mut apart, mut asked) = (0, 0);
    for line in NEAR.lines() {
        let fields: Vec<_> = line.split('\t').collect();
        let [kind, one, other] = fields[..] else {
            panic!("kind, name and name: {line}");
        };
        let similarity = named(1, one).similarity(&named(2, other));
        match kind {
            "number" => {
                assert!(similarity < SIMILAR, "{line}: {similarity}");
                apart += 1;
            }
            _ => {
                assert!(similarity >= SIMILAR, "{line}: {similarity}");
                asked += 1;
            }
        }
    }
    assert_eq!((apart, asked), (30, 6), "as documented at SIMILAR");
}

#[test]
fn the_same_right_is_found_however_its_number_is_written() {
    let form = |number: &str| Declaration {
        rights: vec![
            IntellectualProperty::default(),
            IntellectualProperty {
                number: number.to_owned(),
                ..IntellectualProperty::default()
            },
        ],
        ..Declaration::default()
    };
    let others = [Known::of(
        DeclarationId(Uuid::from_u128(2)),
        &form("ZL201310699744.2"),
    )];
    for number in [
        "201310699744.2",
        "zl 201310699744.2",
        "ＺＬ２０１３１０６９９７４４．２",
    ] {
        let found = likely(&form(number), None, &others);
        assert_eq!(found.len(), 1, "{number}");
        assert_eq!(
            found[0].ground,
            Ground::RightNumber {
                place: 1,
                number: number.to_owned()
            }
        );
    }
    assert_eq!(likely(&form("ZL201310699745.0"), None, &others), []);
}

#[test]
fn empty_numbers_and_names_are_no_ground_and_a_form_is_no_duplicate_of_itself() {
    let form = Declaration {
        rights: vec![
            IntellectualProperty::default(),
            IntellectualProperty {
                number: "申请中".to_owned(),
                ..IntellectualProperty::default()
            },
        ],
        projects: vec![ProjectEntry {
            number: "2023YFC2800100".to_owned(),
            ..ProjectEntry::default()
        }],
        ..Declaration::default()
    };
    let id = DeclarationId(Uuid::from_u128(1));
    let others = [
        Known::of(id, &form),
        Known::of(DeclarationId(Uuid::from_u128(2)), &Declaration::default()),
    ];
    assert_eq!(likely(&form, Some(id), &others), []);
    let found = likely(&form, None, &others);
    assert_eq!(found.len(), 1);
    assert!(matches!(
        found[0].ground,
        Ground::ProjectNumber { place: 0, .. }
    ));
}
