//! Annexes 2 and 3, and the list of evidence.

use crate::support::{ask, fixture, keep, press, squeezed, stamp, words};
use luguo_documents::paper::Stamp;
use luguo_domain::{
    EvidenceId, Sha256Digest, Sm3Digest,
    annexes::{BATCH_COLUMNS, BatchRow, BatchSummary, LIAISON_COLUMNS, LiaisonOfficer},
    evidence::{EvidenceItem, EvidenceKind, PageRange},
};
use uuid::Uuid;

#[test]
fn the_summary_repeats_its_head_on_every_page_and_keeps_its_columns() {
    let row = BatchRow::of(&fixture("key-technology.json"));
    let batch = BatchSummary {
        authority: "青岛市科学技术局".to_owned(),
        reported_on: "2026-11-10".parse().unwrap(),
        rows: vec![row; 40],
    };
    let paper = press().batch(&batch, &Stamp::Draft, None).unwrap();
    let path = keep(&paper, "batch");
    ask("qpdf", &["--check"], &path, &[]);
    assert!(paper.pages() > 1);
    let pages = words(&path);
    assert!(
        pages[0].contains("填报单位（盖章）：青岛市科学技术局"),
        "{}",
        pages[0]
    );
    for page in &pages {
        for column in BATCH_COLUMNS {
            let first: String = squeezed(column).chars().take(2).collect();
            assert!(page.contains(&first), "{column}");
        }
    }
    let told = ask("pdfinfo", &[], &path, &[]);
    assert!(told.contains("841.89 x 595.2"), "A4 across: {told}");
}

#[test]
fn the_liaison_officers_stand_in_the_order_of_annex_3() {
    let officer = LiaisonOfficer {
        name: "赵海".to_owned(),
        unit: "青岛市科学技术局".to_owned(),
        mobile: "13800000000".to_owned(),
        ..LiaisonOfficer::default()
    };
    let paper = press()
        .liaison(&[officer], "青岛市科学技术局", &Stamp::Draft, None)
        .unwrap();
    let all = words(&keep(&paper, "liaison")).concat();
    for column in LIAISON_COLUMNS {
        let first: String = column.chars().take(2).collect();
        assert!(all.contains(&first), "{column}");
    }
    assert!(all.contains("13800000000"));
}

#[test]
fn the_list_of_evidence_says_what_each_piece_proves_and_its_digest() {
    let form = fixture("key-technology.json");
    let item = EvidenceItem {
        id: EvidenceId(Uuid::nil()),
        title: "发明专利证书".to_owned(),
        file_name: "证书.tif".to_owned(),
        media_type: "image/tiff".to_owned(),
        size: 3_355_443,
        sha256: Sha256Digest::of(b"x"),
        sm3: Sm3Digest([0; 32]),
        claims: vec!["right:1".parse().unwrap()],
        kind: Some(EvidenceKind::Certificate),
        pages: Some(PageRange::new(2, 3).unwrap()),
    };
    let paper = press()
        .evidence_list(&form, std::slice::from_ref(&item), &stamp(), None)
        .unwrap();
    let all = words(&keep(&paper, "evidence")).concat();
    let digest = item.sha256.to_hex();
    for wanted in ["发明专利证书", "证书.tif", "2—3", "3.2MB", &digest[..16]] {
        assert!(all.contains(wanted), "{wanted} in {all}");
    }
    assert!(
        all.contains(&squeezed(&form.rights[0].title)[..12]),
        "{all}"
    );
    let empty = press()
        .evidence_list(&form, &[], &Stamp::Draft, None)
        .unwrap();
    assert!(
        words(&keep(&empty, "evidence-none"))
            .concat()
            .contains("还没有佐证材料")
    );
}
