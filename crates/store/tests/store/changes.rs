//! Changing evidence and merging twins: what stays, what moves, what is kept.

use crate::support::{Place, attach, draft, now};
use luguo_domain::{
    Declaration, DeclarationId, EvidenceId,
    evidence::{EvidenceKind, PageRange},
};
use luguo_store::{EvidenceDetails, MovedEvidence, Replacement, SaveFault, Vault};
use std::{io::Read as _, ops::ControlFlow};

fn titles(vault: &Vault, id: DeclarationId) -> Vec<String> {
    vault
        .evidence(id)
        .unwrap()
        .into_iter()
        .map(|stored| stored.item.title)
        .collect()
}

fn replace(vault: &Vault, id: DeclarationId, piece: EvidenceId, bytes: &[u8]) {
    let with = Replacement {
        file_name: "新扫描.tif".to_owned(),
        media_type: "image/tiff".to_owned(),
    };
    let mut reader = bytes;
    vault
        .replace_evidence(
            id,
            piece,
            &with,
            &mut reader,
            &mut |_| ControlFlow::Continue(()),
            now(),
        )
        .unwrap();
}

#[test]
fn kind_and_pages_are_kept_and_an_order_names_each_piece_once() {
    let place = Place::new();
    let vault = place.unit();
    let id = draft(&vault, "成果");
    let pieces: Vec<_> = ["甲", "乙", "丙"]
        .map(|name| attach(&vault, id, name, name.as_bytes()).item.id)
        .into();
    let details = EvidenceDetails {
        title: "甲 证书".to_owned(),
        claims: vec!["right:2".parse().unwrap()],
        kind: Some(EvidenceKind::Certificate),
        pages: Some(PageRange::new(2, 5).unwrap()),
    };
    vault.edit_evidence(id, pieces[0], &details, now()).unwrap();
    vault
        .order_evidence(id, &[pieces[2], pieces[0], pieces[1]], now())
        .unwrap();
    assert_eq!(titles(&vault, id), ["丙", "甲 证书", "乙"]);
    let item = &vault.evidence(id).unwrap()[1].item;
    assert_eq!((item.kind, item.pages), (details.kind, details.pages));
    for wrong in [
        vec![pieces[0], pieces[1]],
        vec![pieces[0], pieces[0], pieces[1]],
    ] {
        assert!(matches!(
            vault.order_evidence(id, &wrong, now()),
            Err(SaveFault::NotFound)
        ));
    }
    assert_eq!(titles(&vault, id), ["丙", "甲 证书", "乙"]);
}

#[test]
fn a_replacement_takes_place_title_and_claims_and_the_earlier_content_is_kept() {
    let place = Place::new();
    let vault = place.unit();
    let id = draft(&vault, "成果");
    let piece = attach(&vault, id, "证书", b"old scan").item;
    attach(&vault, id, "其他", b"other");
    replace(&vault, id, piece.id, b"new scan");
    let now_there = &vault.evidence(id).unwrap()[0].item;
    assert_eq!((now_there.id, now_there.title.as_str()), (piece.id, "证书"));
    assert_eq!(now_there.media_type, "image/tiff");
    assert_ne!(now_there.sha256, piece.sha256);
    let earlier = vault.earlier_evidence(id).unwrap();
    assert_eq!(earlier.len(), 1);
    assert_eq!(earlier[0].sha256, piece.sha256);
    let mut bytes = Vec::new();
    vault
        .blob(piece.sha256)
        .unwrap()
        .expect("the earlier content is kept")
        .read_to_end(&mut bytes)
        .unwrap();
    assert_eq!(bytes, b"old scan");
    vault.remove_evidence(id, piece.id, now()).unwrap();
    assert!(
        vault.blob(piece.sha256).unwrap().is_some(),
        "history outlives the piece"
    );
    assert_eq!(vault.verify_audit().unwrap().fault, None);
}

#[test]
fn a_merged_twin_is_no_longer_listed_and_its_evidence_stands_in_the_kept_one() {
    let place = Place::new();
    let vault = place.unit();
    let (kept, other) = (draft(&vault, "浮力球"), draft(&vault, "浮力球（深海）"));
    attach(&vault, kept, "甲", b"one");
    let moved = attach(&vault, other, "乙", b"two").item.id;
    let form = Declaration {
        name: "浮力球".to_owned(),
        summary: "两份合为一份".to_owned(),
        ..Declaration::default()
    };
    let pieces = [MovedEvidence {
        id: moved,
        claims: vec!["right:3".parse().unwrap()],
    }];
    vault
        .merge_declarations(kept, other, &form, &pieces, 50, now())
        .unwrap();
    assert_eq!(titles(&vault, kept), ["甲", "乙"]);
    assert_eq!(vault.declarations().unwrap().len(), 1);
    assert!(vault.declaration(other).unwrap().is_none());
    assert_eq!(
        vault.declaration(kept).unwrap().unwrap().form.summary,
        "两份合为一份"
    );
    let mut told = Vec::new();
    vault.each_form(&mut |id, _| told.push(id)).unwrap();
    assert_eq!(told, [kept]);
    assert!(matches!(
        vault.merge_declarations(kept, other, &form, &[], 50, now()),
        Err(SaveFault::NotFound)
    ));
    assert!(matches!(
        vault.merge_declarations(kept, kept, &form, &[], 50, now()),
        Err(SaveFault::NotFound)
    ));
}
