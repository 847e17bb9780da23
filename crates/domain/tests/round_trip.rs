//! A form's file comes back as it was, whatever stands in it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use luguo_domain::{
    Declaration,
    claim::Claim,
    form::{
        DeclarationFile, IntellectualProperty, ProjectEntry, Researcher, RightKind, UnitInfo,
        characters, merge::merge,
    },
};
use proptest::{collection::vec, option, prelude::*, sample};

/// Anything at all: blanks at the ends, control and combining characters, emoji, rare Han.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => any::<String>(),
        1 => Just("\u{20bb7}e\u{301}👩‍🔬 \u{feff}\u{0}\r\n\u{202e}".to_owned()),
    ]
}

prop_compose! {
    fn form()(
        name in text(), summary in text(), policy_needs in text(), funding_use in text(),
        rights in vec((text(), text(), vec(text(), 0..3), option::of(sample::select(RightKind::ALL))), 0..50),
        projects in vec((text(), text()), 0..50),
        units in vec((text(), text(), text()), 0..50),
        people in vec((text(), text()), 0..4),
        day in option::of((-9999i32..=9999, 1u32..=365)),
        consent in option::of(any::<bool>()),
    ) -> Declaration {
        let mut form = Declaration {
            name, summary, policy_needs, funding_use,
            consent_to_publish: consent,
            rights: rights.into_iter().map(|(title, number, owners, kind)| IntellectualProperty {
                title, number, owners, kind, ..IntellectualProperty::default()
            }).collect(),
            projects: projects.into_iter().map(|(name, number)| ProjectEntry {
                name, number, ..ProjectEntry::default()
            }).collect(),
            units: units.into_iter().map(|(name, contact, address)| UnitInfo {
                name, contact, address, ..UnitInfo::default()
            }).collect(),
            researchers: people.into_iter().map(|(name, title)| Researcher {
                name, title, ..Researcher::default()
            }).collect(),
            ..Declaration::default()
        };
        form.research.to = day.and_then(|(year, day)| chrono::NaiveDate::from_yo_opt(year, day));
        form
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
    fn a_claim_has_one_text(text in "(right|project|category|summary)(:[+0-9 ]{1,6})?") {
        if let Ok(claim) = text.parse::<Claim>() {
            prop_assert_eq!(claim.to_string(), text);
        }
    }
}
