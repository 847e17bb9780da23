//! What a sheet can hold comes back the same.

use crate::support::{fixtures, made, ordered, read_one};
use chrono::NaiveDate;
use luguo_documents::sheet::{self, CAPACITY, SheetFault};
use luguo_domain::{
    Declaration,
    form::{
        AchievementKind, AchievementLevel, Commitment, CooperationMode, DeclarationFile, Gender,
        IntellectualProperty, Maturity, Ownership, ProjectCategory, ProjectEntry, ProjectLevel,
        Publicity, ResearchBasis, ResearchPeriod, Researcher, RightKind, TechnicalField, UnitInfo,
        UnitNature,
    },
};
use proptest::{collection::vec, option, prelude::*, sample};

/// Words as people paste them: Han, emoji, tabs and lines, signs that a spreadsheet takes for
/// formulas, escapes of its own. Without blanks at the ends.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => Just(String::new()),
        4 => "[a-zA-Z0-9\u{4e00}-\u{9fa5}，。；、 ]{0,24}",
        2 => "[=+@'\"<>&\\-][\\PC\n\t]{0,16}",
        1 => prop::sample::select(vec!["_x000D_", "𠮷😀", "007", "1e5", "TRUE", "2025-3-1", "#REF!"])
            .prop_map(str::to_owned),
    ]
    .prop_map(|words| words.trim().to_owned())
}

fn day() -> impl Strategy<Value = Option<NaiveDate>> {
    option::of(
        (1900i32..=2099, 1u32..=12, 1u32..=28)
            .prop_map(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d).unwrap()),
    )
}

fn month() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        (1900u32..=2099, 1u32..=12).prop_map(|(y, m)| format!("{y}-{m:02}"))
    ]
}

fn one<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = Option<T>> {
    option::of(sample::select(all))
}

fn some<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = Vec<T>> {
    sample::subsequence(all, 0..=all.len())
}

fn right() -> impl Strategy<Value = IntellectualProperty> {
    let owners = vec("[a-zA-Z\u{4e00}-\u{9fa5}()]{1,12}", 0..4);
    (one(RightKind::ALL), words(), words(), owners, day()).prop_map(
        |(kind, title, number, owners, date)| IntellectualProperty {
            kind,
            title,
            number,
            owners,
            date,
        },
    )
}

fn project() -> impl Strategy<Value = ProjectEntry> {
    (
        one(ProjectCategory::ALL),
        one(ProjectLevel::ALL),
        words(),
        words(),
    )
        .prop_map(|(category, level, name, number)| ProjectEntry {
            category,
            level,
            name,
            number,
        })
}

fn unit() -> impl Strategy<Value = UnitInfo> {
    (
        words(),
        one(UnitNature::ALL),
        words(),
        words(),
        words(),
        words(),
        words(),
    )
        .prop_map(
            |(name, nature, nature_other, contact, email, phone, address)| UnitInfo {
                name,
                nature,
                nature_other,
                contact,
                email,
                phone,
                address,
            },
        )
}

fn person() -> impl Strategy<Value = Researcher> {
    (words(), one(Gender::ALL), month(), words(), words()).prop_map(
        |(name, gender, born, title, unit)| Researcher {
            name,
            gender,
            born,
            title,
            unit,
        },
    )
}

/// Entries of a group; wholly blank ones are no entries.
fn group<T: Default + PartialEq + std::fmt::Debug>(
    entry: impl Strategy<Value = T>,
    most: usize,
) -> impl Strategy<Value = Vec<T>> {
    vec(entry, 0..=most).prop_map(|mut all| {
        all.retain(|entry| *entry != T::default());
        all
    })
}

fn form() -> impl Strategy<Value = Declaration> {
    let achievement = (
        words(),
        one(TechnicalField::ALL),
        words(),
        one(AchievementKind::ALL),
        one(AchievementLevel::ALL),
        one(ResearchBasis::ALL),
        day(),
        day(),
    );
    let rights = (
        words(),
        group(right(), CAPACITY.rights),
        some(RightKind::ALL),
        option::of(any::<bool>()),
        words(),
        group(project(), CAPACITY.projects),
        group(unit(), CAPACITY.units),
        option::of(any::<bool>()),
        group(unit(), CAPACITY.holders),
    );
    let funding = option::of(
        (0i64..i64::MAX, 0u32..12).prop_map(|(n, scale)| rust_decimal::Decimal::new(n, scale)),
    );
    let cooperation = (
        one(Maturity::ALL),
        option::of(any::<bool>()),
        words(),
        some(CooperationMode::ALL),
        words(),
        funding,
        words(),
        option::of(any::<bool>()),
    );
    let summary = (
        words(),
        group(person(), CAPACITY.researchers),
        words(),
        day(),
    );
    (achievement, rights, cooperation, summary).prop_map(|(a, r, c, s)| Declaration {
        // The template asks the official form's fields only.
        prize: None,
        name: a.0,
        field: a.1,
        field_other: a.2,
        kind: a.3,
        level: a.4,
        research: ResearchPeriod {
            basis: a.5,
            from: a.6,
            to: a.7,
        },
        rights_text: r.0,
        rights: r.1,
        right_kinds: r.2,
        publicity: Publicity {
            published: r.3,
            detail: r.4,
        },
        projects: r.5,
        units: r.6,
        ownership: Ownership {
            same_as_units: r.7,
            holders: r.8,
        },
        maturity: c.0,
        needs_transfer: c.1,
        policy_needs: c.2,
        cooperation: c.3,
        cooperation_other: c.4,
        funding: c.5,
        funding_use: c.6,
        consent_to_publish: c.7,
        summary: s.0,
        researchers: s.1,
        commitment: Commitment {
            signatory: s.2,
            signed_on: s.3,
        },
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn what_a_sheet_can_hold_comes_back_the_same(form in form()) {
        let bytes = sheet::filled(std::slice::from_ref(&form), made()).unwrap();
        let reading = read_one(&bytes);
        prop_assert_eq!(&reading.faults, &Vec::new());
        prop_assert_eq!(reading.empty, form == Declaration::default());
        prop_assert_eq!(reading.declaration, form);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn a_form_survives_its_json_file(form in form(), control in "\\PC*[\r\u{0}\u{b}\u{2028}]*", classified: bool) {
        let mut form = form;
        form.summary.push_str(&control);
        let file = DeclarationFile::new(form, classified);
        let text = serde_json::to_string_pretty(&file).unwrap();
        prop_assert_eq!(DeclarationFile::parse(&text), Ok(file));
    }
}

#[test]
fn the_complete_declarations_come_back_in_their_order() {
    let forms = fixtures();
    let readings = sheet::read(&sheet::filled(&forms, made()).unwrap()).unwrap();
    let names: Vec<_> = readings
        .iter()
        .map(|reading| reading.sheet.as_str())
        .collect();
    assert_eq!(names, ["成果1", "成果2", "成果3"]);
    for (reading, form) in readings.iter().zip(&forms) {
        assert_eq!(reading.faults, []);
        assert_eq!(reading.declaration, ordered(form.clone()));
    }
}

#[test]
fn a_blank_template_has_blank_sheets_without_faults() {
    let readings = sheet::read(&sheet::template(3, made()).unwrap()).unwrap();
    assert_eq!(readings.len(), 3);
    for reading in readings {
        assert!(reading.empty && reading.faults.is_empty(), "{reading:?}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let forms = fixtures();
    assert_eq!(
        sheet::template(2, made()).unwrap(),
        sheet::template(2, made()).unwrap()
    );
    assert_eq!(
        sheet::filled(&forms, made()).unwrap(),
        sheet::filled(&forms, made()).unwrap()
    );
    let later = made() + chrono::Days::new(1);
    assert_ne!(
        sheet::template(2, made()).unwrap(),
        sheet::template(2, later).unwrap()
    );
}

#[test]
fn what_does_not_fit_is_refused_and_not_cut() {
    let mut many = fixtures().remove(0);
    let right = many.rights[0].clone();
    many.rights = vec![right.clone(); CAPACITY.rights];
    assert!(sheet::filled(std::slice::from_ref(&many), made()).is_ok());
    many.rights.push(right);
    let fault = sheet::filled(&[many], made()).unwrap_err();
    assert!(
        matches!(&fault, SheetFault::DoesNotFit { what, most: 20, .. } if what == "知识产权"),
        "{fault}"
    );
    let long = Declaration {
        summary: "长".repeat(32_768),
        ..Declaration::default()
    };
    assert!(matches!(
        sheet::filled(&[long], made()),
        Err(SheetFault::DoesNotFit { most: 32_767, .. })
    ));
    assert!(matches!(
        sheet::template(0, made()),
        Err(SheetFault::SheetCount { asked: 0, .. })
    ));
    assert!(matches!(
        sheet::template(201, made()),
        Err(SheetFault::SheetCount { asked: 201, .. })
    ));
}
