//! A form's file comes back as it was, whatever stands in it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use chrono::NaiveDate;
use luguo_domain::{
    Declaration,
    claim::Claim,
    form::{
        AchievementKind, AchievementLevel, Commitment, Contest, CooperationMode, DeclarationFile,
        Gender, IntellectualProperty, Maturity, Ownership, Prize, ProjectCategory, ProjectEntry,
        ProjectLevel, Publicity, ResearchBasis, ResearchPeriod, Researcher, RightKind,
        TechnicalField, UnitInfo, UnitNature, characters,
        copy::{Part, take_over},
        merge::merge,
    },
};
use proptest::{collection::vec, option, prelude::*, sample};
use rust_decimal::Decimal;

/// Anything at all: blanks at the ends, control and combining characters, emoji, rare Han.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => any::<String>(),
        1 => Just("\u{20bb7}e\u{301}👩‍🔬 \u{feff}\u{0}\r\n\u{202e}".to_owned()),
    ]
}

/// Any day that the calendar has.
fn day() -> impl Strategy<Value = Option<NaiveDate>> {
    option::of((-9999i32..=9999, 1u32..=366))
        .prop_map(|day| day.and_then(|(year, day)| NaiveDate::from_yo_opt(year, day)))
}

fn one<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = Option<T>> {
    option::of(sample::select(all))
}

prop_compose! {
    fn right()(kind in one(RightKind::ALL), title in text(), number in text(), owners in vec(text(), 0..3), date in day())
        -> IntellectualProperty { IntellectualProperty { kind, title, number, owners, date } }
}

prop_compose! {
    fn project()(category in one(ProjectCategory::ALL), level in one(ProjectLevel::ALL), name in text(), number in text())
        -> ProjectEntry { ProjectEntry { category, level, name, number } }
}

prop_compose! {
    fn unit()(name in text(), nature in one(UnitNature::ALL), nature_other in text(), contact in text(), email in text(), phone in text(), address in text())
        -> UnitInfo { UnitInfo { name, nature, nature_other, contact, email, phone, address } }
}

prop_compose! {
    fn person()(name in text(), gender in one(Gender::ALL), born in text(), title in text(), unit in text())
        -> Researcher { Researcher { name, gender, born, title, unit } }
}

prop_compose! {
    fn achievement()(
        name in text(), field in one(TechnicalField::ALL), field_other in text(),
        kind in one(AchievementKind::ALL), level in one(AchievementLevel::ALL),
        basis in one(ResearchBasis::ALL), from in day(), to in day(),
        rights_text in text(), rights in vec(right(), 0..=50),
        right_kinds in sample::subsequence(RightKind::ALL, 0..=RightKind::ALL.len()),
    ) -> Declaration {
        Declaration {
            name, field, field_other, kind, level, rights_text, rights, right_kinds,
            research: ResearchPeriod { basis, from, to },
            ..Declaration::default()
        }
    }
}

prop_compose! {
    fn form()(
        achievement in achievement(),
        published in option::of(any::<bool>()), detail in text(),
        projects in vec(project(), 0..=50), units in vec(unit(), 0..=50),
        same_as_units in option::of(any::<bool>()), holders in vec(unit(), 0..3),
        (maturity, needs_transfer, consent_to_publish) in (one(Maturity::ALL), option::of(any::<bool>()), option::of(any::<bool>())),
        (policy_needs, cooperation_other, funding_use, summary) in (text(), text(), text(), text()),
        cooperation in sample::subsequence(CooperationMode::ALL, 0..=CooperationMode::ALL.len()),
        funding in option::of((any::<i64>(), 0u32..=28)),
        (researchers, signatory, signed_on) in (vec(person(), 0..4), text(), day()),
        prize in option::of((one(Contest::ALL), text(), option::of(any::<u16>()))),
    ) -> Declaration {
        Declaration {
            publicity: Publicity { published, detail },
            projects, units, maturity, needs_transfer, consent_to_publish, policy_needs, cooperation,
            cooperation_other, funding_use, summary, researchers,
            ownership: Ownership { same_as_units, holders },
            funding: funding.map(|(digits, scale)| Decimal::new(digits, scale)),
            commitment: Commitment { signatory, signed_on },
            prize: prize.map(|(contest, edition, place)| Prize { contest, edition, place }),
            ..achievement
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_form_written_as_a_file_is_read_as_it_was(form in form(), classified in any::<bool>()) {
        let file = DeclarationFile::new(form, classified);
        let written = serde_json::to_string_pretty(&file).unwrap();
        prop_assert_eq!(DeclarationFile::parse(&written).unwrap(), file.clone());
        let marked = format!("\u{feff}{written}");
        prop_assert_eq!(DeclarationFile::parse(&marked).unwrap(), file);
    }

    #[test]
    fn any_text_is_read_or_refused_with_a_line(text in any::<String>()) {
        if let Err(fault) = DeclarationFile::parse(&text) {
            prop_assert!(!fault.to_string().is_empty());
        }
    }

    #[test]
    fn only_white_space_does_not_count(text in any::<String>()) {
        let without: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        prop_assert_eq!(characters(&text), characters(&without));
    }

    #[test]
    fn what_stands_in_the_kept_form_outlasts_a_merge(kept in form(), other in form()) {
        let merged = merge(&kept, &other).form;
        prop_assert_eq!(&merged.rights[..kept.rights.len()], &kept.rights[..]);
        prop_assert_eq!(&merged.projects[..kept.projects.len()], &kept.projects[..]);
        if !kept.name.trim().is_empty() {
            prop_assert_eq!(merged.name, kept.name);
        }
    }

    #[test]
    fn a_copy_never_takes_name_period_prize_or_signature_date(form in form()) {
        let copy = take_over(&form, &Part::ALL);
        prop_assert_eq!(copy.name, "");
        prop_assert_eq!((copy.research.from, copy.research.to), (None, None));
        prop_assert_eq!(copy.commitment.signed_on, None);
        prop_assert_eq!(copy.prize, None);
    }

    #[test]
    fn a_claim_has_one_text(text in "(right|project|category|summary)(:[+0-9 ]{1,6})?") {
        if let Ok(claim) = text.parse::<Claim>() {
            prop_assert_eq!(claim.to_string(), text);
        }
    }
}
