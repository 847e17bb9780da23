//! Backups: whole, while somebody types, back into a checked file; and the safe mode.

use crate::support::{PREPARER, Place, attach, draft, now, passphrase};
use luguo_domain::{Declaration, VaultKind};
use luguo_store::{BackupFault, BackupStage, Rescue, Restore, Typing, Vault, restore};
use std::{
    io::{Read as _, Seek as _, SeekFrom, Write as _},
    ops::ControlFlow,
    path::Path,
};

fn go_on(_: BackupStage, _: u64, _: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn back(place: &Place, from: &str, to: &Path, aside: Option<&Path>) -> Result<(), BackupFault> {
    restore(
        &Restore {
            from: &place.folder.path().join(from),
            to,
            aside,
            kind: VaultKind::Open,
            person: PREPARER,
            passphrase: &passphrase(PREPARER),
            process: 4,
            now: now(),
        },
        &mut go_on,
    )
}

fn at(path: &Path) -> Vault {
    Vault::open(
        path,
        VaultKind::Open,
        PREPARER,
        &passphrase(PREPARER),
        5,
        now(),
    )
    .unwrap()
}

#[test]
fn a_backup_made_while_somebody_types_is_whole_and_comes_back() {
    let place = Place::new();
    let vault = place.unit();
    let id = draft(&vault, "成果");
    let piece = attach(&vault, id, "录像", &vec![9; 30 << 20]).item;
    let mut version = 1;
    let writer = vault.clone();
    let mut copied = 0;
    let made = vault
        .backup(
            place.folder.path(),
            "备份一",
            &mut |stage, _, _| {
                if stage == BackupStage::Copying {
                    copied += 1;
                    let form = Declaration {
                        name: format!("第 {version} 次保存"),
                        ..Declaration::default()
                    };
                    let typing = Typing {
                        form: &form,
                        answers: &[],
                        completeness: 1,
                        undo: "",
                    };
                    version = writer
                        .save_declaration(id, version, &typing, now())
                        .unwrap();
                }
                ControlFlow::Continue(())
            },
            now(),
        )
        .unwrap();
    assert!(copied > 3, "one state in several steps");
    assert_eq!(vault.last_backup().unwrap(), Some(made.clone()));
    assert!(made.bytes > 30 << 20);
    assert!(matches!(
        vault
            .backup(place.folder.path(), "备份一", &mut go_on, now())
            .unwrap_err(),
        BackupFault::Exists
    ));

    let elsewhere = place.folder.path().join("新处.luguo");
    back(&place, "备份一", &elsewhere, None).unwrap();
    let restored = at(&elsewhere);
    assert_eq!(restored.declaration(id).unwrap().unwrap().row.name, "成果");
    let mut bytes = Vec::new();
    restored
        .blob(piece.sha256)
        .unwrap()
        .unwrap()
        .read_to_end(&mut bytes)
        .unwrap();
    assert_eq!(bytes.len(), 30 << 20);
    assert_eq!(restored.verify_audit().unwrap().fault, None);
}

#[test]
fn a_backup_that_is_stopped_leaves_nothing_and_the_vault_works_on() {
    let place = Place::new();
    let vault = place.unit();
    let id = draft(&vault, "成果");
    attach(&vault, id, "录像", &vec![9; 20 << 20]);
    for stage in [BackupStage::Copying, BackupStage::Checking] {
        let stopped = vault.backup(
            place.folder.path(),
            "备份",
            &mut |at, _, _| {
                if at == stage {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            },
            now(),
        );
        assert!(matches!(stopped.unwrap_err(), BackupFault::Cancelled));
        assert!(!place.folder.path().join("备份").exists());
        assert!(!place.folder.path().join("备份.unfinished").exists());
    }
    assert_eq!(vault.last_backup().unwrap(), None);
    draft(&vault, "另一项");
}

#[test]
fn restoring_over_a_vault_keeps_the_one_that_stood_there() {
    let place = Place::new();
    let vault = place.unit();
    draft(&vault, "备份里的");
    vault
        .backup(place.folder.path(), "备份", &mut go_on, now())
        .unwrap();
    draft(&vault, "备份后的");
    let aside = place.folder.path().join("unit-旧.luguo");
    assert!(
        matches!(
            back(&place, "备份", &place.path, Some(&aside)).unwrap_err(),
            BackupFault::Vault(_)
        ),
        "it is open"
    );
    drop(vault);
    assert!(matches!(
        back(&place, "备份", &place.path, None).unwrap_err(),
        BackupFault::Exists
    ));
    back(&place, "备份", &place.path, Some(&aside)).unwrap();
    let names = |vault: &Vault| vault.declarations().unwrap().len();
    assert_eq!((names(&at(&place.path)), names(&at(&aside))), (1, 2));
}

#[test]
fn a_backup_with_a_changed_byte_is_refused_and_nothing_is_replaced() {
    let place = Place::new();
    let vault = place.unit();
    let id = draft(&vault, "成果");
    attach(&vault, id, "录像", &vec![9; 3 << 20]);
    vault
        .backup(place.folder.path(), "备份", &mut go_on, now())
        .unwrap();
    drop(vault);
    let file = place.folder.path().join("备份/vault.luguo");
    flip(&file, 2 << 20);
    let aside = place.folder.path().join("旧.luguo");
    let before = std::fs::read(&place.path).unwrap();
    let BackupFault::Changed { file } =
        back(&place, "备份", &place.path, Some(&aside)).unwrap_err()
    else {
        panic!("a changed byte");
    };
    assert_eq!(file, "vault.luguo");
    assert!(std::fs::read(&place.path).unwrap() == before);
    assert!(!aside.exists());
}

fn flip(path: &Path, offset: u64) {
    let mut file = std::fs::File::options()
        .read(true)
        .write(true)
        .open(path)
        .unwrap();
    file.seek(SeekFrom::Start(offset)).unwrap();
    let mut page = vec![0; 16_384];
    file.read_exact(&mut page).unwrap();
    page.iter_mut().for_each(|byte| *byte ^= 0x5A);
    file.seek(SeekFrom::Start(offset)).unwrap();
    file.write_all(&page).unwrap();
}

#[test]
fn the_safe_mode_gives_out_what_is_readable_wherever_the_damage_is() {
    let place = Place::new();
    let vault = place.unit();
    let mut digests = Vec::new();
    for n in 0..40 {
        let id = draft(&vault, &format!("成果 {n}"));
        let bytes: Vec<u8> = (0..60_000).map(|at| (at * (n + 3)) as u8).collect();
        digests.push(attach(&vault, id, &format!("证书 {n}"), &bytes).item.sha256);
    }
    drop(vault);
    let whole = std::fs::read(&place.path).unwrap();
    let pages = whole.len() as u64 / 16_384;
    let (mut tried, mut forms, mut pieces, mut untold) = (0, 0, 0, 0);
    // One damaged page after the other, all over the file but for the first.
    for page in (1..pages).step_by(7) {
        std::fs::write(&place.path, &whole).unwrap();
        flip(&place.path, page * 16_384);
        let opened = Rescue::open(
            &place.path,
            VaultKind::Open,
            PREPARER,
            &passphrase(PREPARER),
            now(),
        );
        tried += 1;
        let Ok(mut rescue) = opened else {
            // The page that says where everything else is.
            continue;
        };
        let found = rescue.list();
        let readable = found
            .declarations
            .iter()
            .filter(|declaration| declaration.form.is_some())
            .count();
        let mut whole_pieces = 0;
        for declaration in &found.declarations {
            for piece in &declaration.evidence {
                let mut out = Vec::new();
                if rescue.write(piece, &mut out).unwrap() {
                    whole_pieces += 1;
                }
            }
        }
        forms += readable;
        pieces += whole_pieces;
        untold += usize::from(readable < 40 && found.lost.is_empty());
    }
    assert_eq!(untold, 0, "a table that is not whole is named");
    // On the average of all damaged pages; a single one can hold the root of a table.
    assert!(
        forms * 100 > tried * 40 * 90,
        "{forms} forms over {tried} pages"
    );
    assert!(
        pieces * 100 > tried * 40 * 90,
        "{pieces} pieces over {tried} pages"
    );
    assert!(
        pieces < tried * 40,
        "some page held evidence, or nothing was damaged"
    );
}
