//! An import that fails takes no space, at once and without another opening. Only the inside of a
//! vault can measure it, and fill its disk.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::{
    Vault,
    tests::{alter, make, open},
};
use crate::{EvidenceSource, ImportFault, Imported, Recovery, StoreFault};
use luguo_domain::{Declaration, DeclarationId, EvidenceId, Moment};
use std::{
    io::{Read, repeat},
    ops::ControlFlow,
    path::PathBuf,
};
use uuid::Uuid;

/// More than three transactions' worth.
const SIZE: u64 = 30 << 20;
/// What is there before, under another content.
const THERE: u64 = 3 << 20;

/// A vault with one piece of evidence, and how large it was then.
struct Measured {
    _folder: tempfile::TempDir,
    path: PathBuf,
    vault: Vault,
    declaration: DeclarationId,
    pages: i64,
    bytes: u64,
}

impl Measured {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("unit.luguo");
        let vault = make(&path);
        let declaration = DeclarationId(Uuid::now_v7());
        vault
            .create_declaration(declaration, &Declaration::default(), 0, Moment::UNIX_EPOCH)
            .unwrap();
        let mut made = Self {
            _folder: folder,
            path,
            vault,
            declaration,
            pages: 0,
            bytes: 0,
        };
        made.import(&mut repeat(1).take(THERE), &mut go_on).unwrap();
        alter(&made.vault, "PRAGMA wal_checkpoint(TRUNCATE)");
        made.pages = made.number("PRAGMA page_count");
        made.bytes = made.on_disk();
        made
    }

    fn import(
        &self,
        reader: &mut dyn Read,
        progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<Imported, ImportFault> {
        let source = EvidenceSource {
            id: EvidenceId(Uuid::now_v7()),
            title: "证书".to_owned(),
            file_name: "证书.pdf".to_owned(),
            media_type: "application/pdf".to_owned(),
            claims: Vec::new(),
            settles: None,
        };
        let now = Moment::UNIX_EPOCH;
        self.vault
            .import_evidence(self.declaration, source, reader, progress, now)
    }

    fn number(&self, sql: &str) -> i64 {
        self.vault
            .read::<_, StoreFault>(
                |connection| Ok(connection.query_row(sql, [], |row| row.get(0))?),
            )
            .unwrap()
    }

    /// Bytes of the vault with its log.
    fn on_disk(&self) -> u64 {
        let mut log = self.path.clone().into_os_string();
        log.push("-wal");
        std::fs::metadata(&self.path).unwrap().len()
            + std::fs::metadata(log).map_or(0, |file| file.len())
    }

    /// Names of the files in the vault's folder, but for those of the database itself.
    fn beside(&self) -> Vec<String> {
        let mut names: Vec<_> = std::fs::read_dir(self.path.parent().unwrap())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| !name.ends_with("-wal") && !name.ends_with("-shm"))
            .collect();
        names.sort();
        names
    }

    #[track_caller]
    fn is_as_before(&self) {
        assert_eq!(
            self.beside(),
            [
                "unit.luguo",
                "unit.luguo.holder",
                "unit.luguo.keys",
                "unit.luguo.lock"
            ]
        );
        assert_eq!(self.number("SELECT count(*) FROM blob"), 1);
        assert_eq!(self.number("SELECT count(*) FROM blob_chunk"), 3);
        assert_eq!(self.number("PRAGMA secure_delete"), 1, "for what follows");
        let pages = self.number("PRAGMA page_count") - self.pages;
        assert!(pages < 8, "{pages} pages more");
        let bytes = self.on_disk().saturating_sub(self.bytes);
        assert!(bytes < 1 << 20, "{bytes} bytes more");
    }
}

fn go_on(_: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

#[test]
fn a_full_disk_gets_back_what_the_import_took() {
    let there = Measured::new();
    let most = there.pages + 1_000;
    alter(&there.vault, &format!("PRAGMA max_page_count = {most}"));
    let fault = there
        .import(&mut repeat(7).take(SIZE), &mut go_on)
        .unwrap_err();
    assert!(matches!(fault, ImportFault::Store(StoreFault::DiskFull)));
    there.is_as_before();
    there
        .import(&mut repeat(8).take(THERE), &mut go_on)
        .expect("a smaller file fits");
}

#[test]
fn a_file_that_cannot_be_read_to_its_end_takes_no_space() {
    struct Pulled;
    impl Read for Pulled {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the cable was pulled"))
        }
    }
    let there = Measured::new();
    let fault = there
        .import(&mut repeat(7).take(SIZE).chain(Pulled), &mut go_on)
        .unwrap_err();
    assert!(matches!(fault, ImportFault::Read(_)));
    there.is_as_before();
}

#[test]
fn a_cancelled_import_takes_no_space() {
    let there = Measured::new();
    let mut stop = |done| match done {
        SIZE => ControlFlow::Break(()),
        _ => ControlFlow::Continue(()),
    };
    let fault = there
        .import(&mut repeat(7).take(SIZE), &mut stop)
        .unwrap_err();
    assert!(matches!(fault, ImportFault::Cancelled));
    there.is_as_before();
}

#[test]
fn an_import_that_panics_takes_no_space() {
    let there = Measured::new();
    let mut breaks = |done| match done {
        SIZE => panic!("a defect"),
        _ => ControlFlow::Continue(()),
    };
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        there.import(&mut repeat(7).take(SIZE), &mut breaks)
    }))
    .unwrap_err();
    there.is_as_before();
}

#[test]
fn an_import_into_a_form_that_was_submitted_meanwhile_takes_no_space() {
    let there = Measured::new();
    let mut submits = |done| {
        if done == SIZE {
            let sql = "UPDATE declaration SET state = 'unit_review'";
            alter(&there.vault, sql);
        }
        ControlFlow::Continue(())
    };
    let fault = there
        .import(&mut repeat(7).take(SIZE), &mut submits)
        .unwrap_err();
    assert!(matches!(fault, ImportFault::Declaration(_)));
    there.is_as_before();
}

#[test]
fn a_content_that_is_there_already_takes_no_space_again() {
    let there = Measured::new();
    there
        .import(&mut repeat(1).take(THERE), &mut go_on)
        .unwrap();
    there.is_as_before();
}

#[test]
fn what_a_crash_left_is_swept_at_the_next_opening_and_counted() {
    let there = Measured::new();
    alter(
        &there.vault,
        "INSERT INTO blob (id, size, complete) VALUES (90, 0, 0), (91, 0, 0);
         WITH RECURSIVE n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 99)
         INSERT INTO blob_chunk (blob, position, bytes) SELECT 90, n, zeroblob(100000) FROM n;",
    );
    let reserve = crate::lock::beside(&there.path, "import-90");
    std::fs::write(reserve, b"set aside").unwrap();
    let Measured {
        _folder: folder,
        path,
        vault,
        declaration,
        pages,
        bytes,
    } = there;
    drop(vault);
    let vault = open(&path).unwrap();
    assert_eq!(
        vault.recovered(),
        [Recovery::InterruptedImports { count: 2 }]
    );
    assert!(vault.free_dropped(&|| true).unwrap());
    let again = Measured {
        _folder: folder,
        path,
        vault,
        declaration,
        pages,
        bytes,
    };
    again.is_as_before();
}
