//! The address book: learned from use, found while typing.

use crate::support::{Place, now};
use luguo_domain::{
    Declaration,
    form::{Researcher, UnitInfo},
};
use luguo_store::Vault;
use uuid::Uuid;

fn unit(name: &str, phone: &str) -> UnitInfo {
    UnitInfo {
        name: name.to_owned(),
        phone: phone.to_owned(),
        ..UnitInfo::default()
    }
}

fn form(units: Vec<UnitInfo>, people: &[(&str, &str)]) -> Declaration {
    Declaration {
        units,
        researchers: people
            .iter()
            .map(|(name, unit)| Researcher {
                name: (*name).to_owned(),
                unit: (*unit).to_owned(),
                ..Researcher::default()
            })
            .collect(),
        ..Declaration::default()
    }
}

fn learn(vault: &Vault, form: &Declaration) {
    vault.learn_addresses(form, &Uuid::now_v7, now()).unwrap();
}

fn names(vault: &Vault, text: &str) -> Vec<String> {
    vault
        .address_units(text, 10)
        .unwrap()
        .into_iter()
        .map(|entry| entry.unit.name)
        .collect()
}

#[test]
fn what_was_submitted_is_offered_with_the_most_used_first_and_its_last_details() {
    let place = Place::new();
    let vault = place.unit();
    learn(&vault, &form(vec![unit("青岛海洋装备研究院", "1")], &[]));
    for phone in ["2", "3"] {
        learn(&vault, &form(vec![unit("济南大学", phone)], &[]));
    }
    assert_eq!(names(&vault, ""), ["济南大学", "青岛海洋装备研究院"]);
    let found = vault.address_units("济南", 10).unwrap();
    assert_eq!((found[0].used, found[0].unit.phone.as_str()), (2, "3"));
}

#[test]
fn a_unit_is_found_by_part_of_its_name_by_pinyin_and_by_initials() {
    let place = Place::new();
    let vault = place.unit();
    learn(
        &vault,
        &form(
            vec![
                unit("青岛海洋装备研究院", ""),
                unit("山东100%新材料公司", ""),
            ],
            &[],
        ),
    );
    for text in ["海洋", "qdhy", "qingdao", " 装备 研究"] {
        assert_eq!(names(&vault, text), ["青岛海洋装备研究院"], "{text}");
    }
    assert_eq!(names(&vault, "0%新"), ["山东100%新材料公司"]);
    assert_eq!(names(&vault, "_"), Vec::<String>::new());
}

#[test]
fn people_of_one_name_in_two_units_are_two_entries() {
    let place = Place::new();
    let vault = place.unit();
    learn(
        &vault,
        &form(vec![], &[("张伟", "甲所"), ("张伟", "乙所"), ("", "甲所")]),
    );
    assert_eq!(vault.address_people("zw", 10).unwrap().len(), 2);
}

#[test]
fn an_entry_that_was_typed_into_the_book_keeps_its_credit_code_when_learned_again() {
    let place = Place::new();
    let vault = place.unit();
    vault
        .save_address_unit(
            Uuid::now_v7(),
            &unit("济南大学", ""),
            "91350100M000100Y43",
            now(),
        )
        .unwrap();
    learn(&vault, &form(vec![unit("济南大学", "8")], &[]));
    let found = vault.address_units("济南大学", 10).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].credit_code, "91350100M000100Y43");
    assert!(vault.remove_address(found[0].id, now()).unwrap());
    assert!(!vault.remove_address(found[0].id, now()).unwrap());
    assert_eq!(names(&vault, ""), Vec::<String>::new());
}
