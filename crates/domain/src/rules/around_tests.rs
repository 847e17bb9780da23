//! Rules that look around: the registered unit, other declarations.

use super::{
    Surroundings, check,
    tests::{complete, today},
};
use crate::{
    Declaration, DeclarationId,
    duplicate::{Known, likely},
};

#[test]
fn the_reporting_unit_is_called_as_registered() {
    let form = complete();
    let registered = form.units[0].name.clone();
    let found = |registered: &str| {
        check(&form, Surroundings::on(today(), &[]).registered(registered))
            .iter()
            .any(|finding| finding.code == "unit.name_not_registered")
    };
    assert!(!found(&registered));
    assert!(!found(&format!(" {registered} ")));
    assert!(found("另一个单位"));
}

#[test]
fn what_another_declaration_reports_is_asked_about() {
    let form = complete();
    let (own, other) = (
        DeclarationId(uuid::Uuid::from_u128(1)),
        DeclarationId(uuid::Uuid::from_u128(2)),
    );
    let found = |others: &[Known]| -> Vec<String> {
        let twins = likely(&form, Some(own), others);
        check(&form, Surroundings::on(today(), &[]).beside(&twins))
            .into_iter()
            .filter(|finding| finding.code.starts_with("duplicate."))
            .map(|finding| finding.code)
            .collect()
    };
    assert_eq!(found(&[Known::of(own, &form)]), Vec::<String>::new());
    let twin = Declaration {
        name: format!("{}及其应用", form.name),
        rights: form.rights[..1].to_vec(),
        projects: form.projects[..1].to_vec(),
        ..Declaration::default()
    };
    assert_eq!(
        found(&[Known::of(other, &twin)]),
        [
            "duplicate.right_number",
            "duplicate.project_number",
            "duplicate.name"
        ]
    );
}

#[test]
fn the_prize_of_the_direct_track_needs_its_certificate() {
    let asked = |form: &Declaration| {
        check(form, Surroundings::on(today(), &[]))
            .iter()
            .any(|finding| finding.code == "evidence.missing" && finding.path == "evidence.prize")
    };
    let mut form = complete();
    assert!(!asked(&form));
    form.prize = Some(crate::form::Prize::default());
    assert!(asked(&form));
}

/// The official form has no such field: what was printed and signed before keeps its digest.
#[test]
fn a_form_without_a_prize_is_written_as_before() {
    let text = serde_json::to_string(&complete()).expect("a form is JSON");
    assert!(!text.contains("prize"), "{text}");
}
