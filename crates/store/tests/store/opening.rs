//! Opening: kind, passphrase, lock, newer versions, what a crash left.

use crate::support::{PREPARER, Place, draft, now, passphrase};
use luguo_domain::VaultKind;
use luguo_store::{OpenFault, Passphrase, Vault, kind_of, people};

#[test]
fn a_vault_opens_with_its_passphrase_and_keeps_what_it_held() {
    let place = Place::new();
    let vault = place.create(VaultKind::Open);
    let id = draft(&vault, "深海耐压钛合金浮力球");
    drop(vault);
    let vault = place.open(VaultKind::Open, PREPARER).unwrap();
    assert_eq!(
        vault.declaration(id).unwrap().unwrap().row.name,
        "深海耐压钛合金浮力球"
    );
}

#[test]
fn the_file_shows_nothing_of_its_content() {
    let place = Place::new();
    let vault = place.create(VaultKind::Open);
    draft(&vault, "deep-sea-titanium-sphere");
    drop(vault);
    let bytes = std::fs::read(&place.path).unwrap();
    assert!(!bytes.starts_with(b"SQLite format 3"));
    let mark = b"deep-sea-titanium-sphere";
    assert!(!bytes.windows(mark.len()).any(|window| window == mark));
}

#[test]
fn wrong_name_and_wrong_passphrase_are_refused_alike_and_change_nothing() {
    let place = Place::new();
    drop(place.create(VaultKind::Open));
    let before = std::fs::read(&place.path).unwrap();
    let wrong = Passphrase::new("wrong".to_owned());
    let one = Vault::open(&place.path, VaultKind::Open, PREPARER, &wrong, 1, now()).unwrap_err();
    let two = Vault::open(&place.path, VaultKind::Open, "无此人", &wrong, 1, now()).unwrap_err();
    assert!(matches!(one, OpenFault::Refused));
    assert_eq!(one.to_string(), two.to_string(), "constant wording");
    assert_eq!(std::fs::read(&place.path).unwrap(), before);
}

#[test]
fn the_other_edition_never_opens_a_vault() {
    for (made, opened) in [
        (VaultKind::Classified, VaultKind::Open),
        (VaultKind::Open, VaultKind::Classified),
    ] {
        let place = Place::new();
        drop(place.create(made));
        let before = std::fs::read(&place.path).unwrap();
        let fault = place.open(opened, PREPARER).unwrap_err();
        assert!(
            matches!(fault, OpenFault::OtherEdition { is, expected } if is == made && expected == opened)
        );
        assert_eq!(std::fs::read(&place.path).unwrap(), before);
        assert_eq!(kind_of(&place.path).unwrap(), made);
    }
}

#[test]
fn a_key_file_with_a_changed_kind_opens_nothing() {
    let place = Place::new();
    drop(place.create(VaultKind::Classified));
    let keys = place.folder.path().join("unit.luguo.keys");
    let text = std::fs::read_to_string(&keys).unwrap();
    std::fs::write(&keys, text.replace("\"classified\"", "\"open\"")).unwrap();
    let fault = place.open(VaultKind::Open, PREPARER).unwrap_err();
    assert!(matches!(fault, OpenFault::Refused), "{fault}");
}

#[test]
fn a_key_file_that_asks_for_too_much_or_too_little_work_is_refused_by_the_parameter() {
    let place = Place::new();
    drop(place.create(VaultKind::Open));
    let keys = place.folder.path().join("unit.luguo.keys");
    let whole = std::fs::read_to_string(&keys).unwrap();
    let before = std::fs::read(&place.path).unwrap();
    for (from, to, parameter) in [
        // Four terabytes: taken at its word, the program would end here.
        (
            "\"memory_kib\": 65536",
            "\"memory_kib\": 4294967295",
            "memory_kib",
        ),
        ("\"memory_kib\": 65536", "\"memory_kib\": 8", "memory_kib"),
        ("\"passes\": 3", "\"passes\": 4294967295", "passes"),
        ("\"lanes\": 1", "\"lanes\": 16777215", "lanes"),
    ] {
        assert!(whole.contains(from), "{from}");
        std::fs::write(&keys, whole.replace(from, to)).unwrap();
        let fault = place.open(VaultKind::Open, PREPARER).unwrap_err();
        assert!(
            matches!(fault, OpenFault::KeySlotCost { name, .. } if name == parameter),
            "{to}: {fault}"
        );
    }
    std::fs::write(&keys, whole).unwrap();
    assert_eq!(std::fs::read(&place.path).unwrap(), before);
    place.open(VaultKind::Open, PREPARER).unwrap();
}

#[test]
fn a_key_file_of_any_size_is_not_read_into_memory() {
    let place = Place::new();
    drop(place.create(VaultKind::Open));
    let keys = place.folder.path().join("unit.luguo.keys");
    let mut text = std::fs::read_to_string(&keys).unwrap();
    text.push_str(&" ".repeat(1 << 20));
    std::fs::write(&keys, text).unwrap();
    let fault = place.open(VaultKind::Open, PREPARER).unwrap_err();
    assert!(
        matches!(&fault, OpenFault::NotAVault { detail } if detail.contains("larger")),
        "{fault}"
    );
}

#[test]
fn a_second_opener_is_told_who_holds_the_vault() {
    let place = Place::new();
    let first = place.create(VaultKind::Open);
    let fault = place.open(VaultKind::Open, PREPARER).unwrap_err();
    assert!(matches!(fault, OpenFault::InUse { holder } if holder.person == PREPARER));
    drop(first);
    place.open(VaultKind::Open, PREPARER).unwrap();
}

#[test]
fn a_vault_is_never_made_over_another() {
    let place = Place::new();
    let vault = place.unit();
    drop(vault);
    assert_eq!(people(&place.path).unwrap().len(), 2);
    let again = Vault::create(
        &place.path,
        luguo_store::NewVault {
            kind: VaultKind::Open,
            id: uuid::Uuid::now_v7(),
            unit: luguo_store::Unit::default(),
            account: luguo_domain::AccountId(uuid::Uuid::now_v7()),
            person: "别人",
            roles: &[],
            passphrase: &passphrase("别人"),
            process: 3,
            now: now(),
        },
    );
    assert!(matches!(again.unwrap_err(), OpenFault::Exists));
    assert_eq!(
        people(&place.path).unwrap().len(),
        2,
        "the key file is untouched"
    );
}

#[test]
fn what_is_no_vault_is_said_to_be_none() {
    let place = Place::new();
    assert!(matches!(
        place.open(VaultKind::Open, PREPARER).unwrap_err(),
        OpenFault::NotFound
    ));
    std::fs::write(&place.path, b"a text").unwrap();
    assert!(matches!(
        place.open(VaultKind::Open, PREPARER).unwrap_err(),
        OpenFault::NotAVault { .. }
    ));
}
