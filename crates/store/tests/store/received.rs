//! Packages from outside come in whole or not at all, and their contents stay as long as they do.

use super::support::{Place, REVIEWER, now};
use luguo_domain::{
    Declaration, DeclarationId, EvidenceId, PackageId, Sha256Digest, Sm3Digest, VaultKind,
    evidence::EvidenceItem, release::Revision,
};
use luguo_store::{ImportFault, NewReceived, PackageContents, Vault};
use std::{collections::BTreeMap, io::Read, ops::ControlFlow};
use uuid::Uuid;

/// What stands on the medium.
struct Medium(BTreeMap<Sha256Digest, Vec<u8>>);

impl PackageContents for Medium {
    fn read(
        &mut self,
        sha256: Sha256Digest,
        take: &mut dyn FnMut(&mut dyn Read),
    ) -> std::io::Result<()> {
        let bytes = self.0.get(&sha256).ok_or(std::io::ErrorKind::NotFound)?;
        take(&mut bytes.as_slice());
        Ok(())
    }
}

fn item(bytes: &[u8]) -> EvidenceItem {
    use sm3::Digest as _;
    EvidenceItem {
        id: EvidenceId(Uuid::now_v7()),
        title: "证书".to_owned(),
        file_name: "证书.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        size: bytes.len() as u64,
        sha256: Sha256Digest::of(bytes),
        sm3: Sm3Digest(sm3::Sm3::digest(bytes).into()),
        claims: Vec::new(),
        kind: None,
        pages: None,
    }
}

fn revision(contents: &[&[u8]]) -> Revision {
    Revision {
        declaration_id: DeclarationId(Uuid::now_v7()),
        number: 2,
        declaration: Declaration {
            name: "深海耐压浮力球".to_owned(),
            ..Declaration::default()
        },
        evidence: contents.iter().map(|bytes| item(bytes)).collect(),
        answers: Vec::new(),
        mark_answers: Vec::new(),
        prepared_by: "张三".to_owned(),
        submitted_at: now(),
    }
}

fn receive(
    vault: &Vault,
    package: PackageId,
    revision: &Revision,
    medium: BTreeMap<Sha256Digest, Vec<u8>>,
    stop: bool,
) -> Result<bool, ImportFault> {
    let declaration_json = serde_json::to_vec(revision).unwrap();
    vault.receive(
        &NewReceived {
            mark: None,
            knowers: &[],
            package,
            revision,
            unit: "烟台海洋所",
            approved_by: "赵主任",
            file_name: "成果包.zip",
            package_json: b"{}",
            declaration_json: &declaration_json,
        },
        &mut Medium(medium),
        &mut |_| {
            if stop {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        },
        now(),
    )
}

fn on(contents: &[&[u8]]) -> BTreeMap<Sha256Digest, Vec<u8>> {
    contents
        .iter()
        .map(|bytes| (Sha256Digest::of(bytes), bytes.to_vec()))
        .collect()
}

fn reviewer(place: &Place) -> Vault {
    drop(place.unit());
    place.open(VaultKind::Open, REVIEWER).unwrap()
}

#[test]
fn a_package_comes_in_once_and_its_contents_go_with_it() {
    let place = Place::new();
    let vault = reviewer(&place);
    let contents: [&[u8]; 2] = [b"a certificate", b"a scan"];
    let revision = revision(&contents);
    let package = PackageId(Uuid::now_v7());
    assert!(receive(&vault, package, &revision, on(&contents), false).unwrap());
    assert!(!receive(&vault, package, &revision, on(&contents), false).unwrap());
    let listed = vault.received_packages().unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(
        (listed[0].unit.as_str(), listed[0].revision),
        ("烟台海洋所", 2)
    );
    assert_eq!(
        vault.received_revisions(revision.declaration_id).unwrap()[0].1,
        revision
    );
    let mut bytes = Vec::new();
    vault
        .blob(revision.evidence[0].sha256)
        .unwrap()
        .unwrap()
        .read_to_end(&mut bytes)
        .unwrap();
    assert_eq!(bytes, contents[0]);
    assert!(
        vault
            .check(&mut |_, _| ControlFlow::Continue(()))
            .unwrap()
            .is_whole()
    );
    vault.let_package_go(Some(package), None, now()).unwrap();
    assert!(vault.received_packages().unwrap().is_empty());
    assert!(vault.blob(revision.evidence[0].sha256).unwrap().is_none());
    assert!(vault.let_package_go(Some(package), None, now()).is_err());
}

#[test]
fn a_medium_that_gives_other_bytes_or_none_leaves_nothing() {
    let place = Place::new();
    let vault = reviewer(&place);
    let contents: [&[u8]; 2] = [b"a certificate", b"a scan"];
    let revision = revision(&contents);
    let package = PackageId(Uuid::now_v7());
    let mut other = on(&contents);
    other.insert(Sha256Digest::of(contents[1]), b"another".to_vec());
    let mut missing = on(&contents);
    missing.remove(&Sha256Digest::of(contents[0]));
    for (medium, stop) in [(other, false), (missing, false), (on(&contents), true)] {
        assert!(receive(&vault, package, &revision, medium, stop).is_err());
        assert!(vault.received_packages().unwrap().is_empty());
        for item in &revision.evidence {
            assert!(vault.blob(item.sha256).unwrap().is_none());
        }
    }
    assert!(
        vault
            .check(&mut |_, _| ControlFlow::Continue(()))
            .unwrap()
            .is_whole()
    );
}

#[test]
fn who_is_no_reviewer_sees_no_package_and_a_refused_one_is_noted() {
    let place = Place::new();
    let vault = reviewer(&place);
    let contents: [&[u8]; 1] = [b"a certificate"];
    let revision = revision(&contents);
    receive(
        &vault,
        PackageId(Uuid::now_v7()),
        &revision,
        on(&contents),
        false,
    )
    .unwrap();
    vault
        .refuse_package(
            "坏的.zip",
            &["缺少“bagit.txt”，成果包不完整。".to_owned()],
            now(),
        )
        .unwrap();
    let refused = vault.refused_packages().unwrap();
    assert_eq!(refused[0].file_name, "坏的.zip");
    vault
        .let_package_go(None, Some(refused[0].id), now())
        .unwrap();
    assert!(vault.refused_packages().unwrap().is_empty());
    drop(vault);
    let preparer = place
        .open(VaultKind::Open, super::support::PREPARER)
        .unwrap();
    assert!(preparer.received_packages().unwrap().is_empty());
    assert!(
        preparer
            .received_revisions(revision.declaration_id)
            .unwrap()
            .is_empty()
    );
}
