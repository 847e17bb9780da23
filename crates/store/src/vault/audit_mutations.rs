//! Whatever is changed in the table of audit records, the verification says so.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::{
    migration::migrate,
    table::{audit, heads},
};
use luguo_domain::Moment;
use rusqlite::{Connection, params};

/// Records of the chain.
const RECORDS: i64 = 40;
/// Mutations; the figure of the project's goals.
const MUTATIONS: u64 = 10_000;

/// A small generator: the same mutations each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: i64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % sides.unsigned_abs()).unwrap()
    }
}

fn chain() -> Connection {
    let mut connection = Connection::open_in_memory().unwrap();
    migrate(&mut connection).unwrap();
    heads::ensure_key(&connection, "vault", Moment::UNIX_EPOCH).unwrap();
    for n in 1..=RECORDS {
        let head = audit::append(
            &connection,
            Moment::UNIX_EPOCH,
            "王敏",
            "declaration.submit",
            &format!("id-{n}"),
            &format!("revision {n}"),
        )
        .unwrap();
        if n == 25 {
            heads::sign(
                &connection,
                &head,
                "review.approve",
                "p",
                Moment::UNIX_EPOCH,
            )
            .unwrap();
        }
    }
    connection
        .execute_batch(
            "DROP TRIGGER audit_is_immutable; DROP TRIGGER audit_is_kept;
             CREATE TABLE old_copy AS SELECT * FROM audit WHERE seq <= 30;",
        )
        .unwrap();
    connection
}

/// Changes the table somehow; tells how.
fn mutate(connection: &Connection, dice: &mut Dice) -> String {
    let run = |sql: &str| connection.execute_batch(sql).unwrap();
    let seq = 1 + dice.roll(RECORDS);
    match dice.roll(7) {
        0 => {
            // One character of one text becomes another one.
            let column = [
                "at", "person", "action", "subject", "detail", "previous", "hash",
            ][usize::try_from(dice.roll(7)).unwrap()];
            let text: String = connection
                .query_row(
                    &format!("SELECT {column} FROM audit WHERE seq = ?1"),
                    [seq],
                    |row| row.get(0),
                )
                .unwrap();
            let mut letters: Vec<char> = text.chars().collect();
            let at = usize::try_from(dice.roll(letters.len() as i64)).unwrap();
            let other = char::from_u32(u32::from(letters[at]) ^ (1 << dice.roll(4))).unwrap_or('x');
            letters[at] = other;
            let changed: String = letters.into_iter().collect();
            connection
                .execute(
                    &format!("UPDATE audit SET {column} = ?2 WHERE seq = ?1"),
                    params![seq, changed],
                )
                .unwrap();
            format!("{column} of {seq}: {text} → {changed}")
        }
        1 => {
            run(&format!("DELETE FROM audit WHERE seq = {seq}"));
            format!("delete {seq}")
        }
        2 => {
            let at = 1 + dice.roll(RECORDS + 1);
            run(&format!(
                "UPDATE audit SET seq = -seq - 1 WHERE seq >= {at};
                 UPDATE audit SET seq = -seq WHERE seq < 0;
                 INSERT INTO audit SELECT {at}, at, person, action, subject, 'forged', previous,
                    hash, algorithm FROM audit WHERE seq <> {at} LIMIT 1"
            ));
            format!("insert at {at}")
        }
        3 => {
            let other = 1 + (seq + dice.roll(RECORDS - 1)) % RECORDS;
            run(&format!(
                "UPDATE audit SET seq = 1000 WHERE seq = {seq};
                 UPDATE audit SET seq = {seq} WHERE seq = {other};
                 UPDATE audit SET seq = {other} WHERE seq = 1000"
            ));
            format!("swap {seq} {other}")
        }
        4 => {
            run(&format!("DELETE FROM audit WHERE seq >= {seq}"));
            format!("truncate from {seq}")
        }
        5 => {
            // A copy of up to 30 records takes the table's place.
            let kept = dice.roll(31);
            run(&format!(
                "DELETE FROM audit; INSERT INTO audit SELECT * FROM old_copy WHERE seq <= {kept}"
            ));
            format!("old copy of {kept}")
        }
        _ => {
            run(&format!(
                "UPDATE audit SET algorithm = 'sha256' WHERE seq = {seq}"
            ));
            format!("digest of {seq}")
        }
    }
}

#[test]
fn ten_thousand_mutations_of_the_records_are_all_detected() {
    let connection = chain();
    assert_eq!(audit::verify(&connection).unwrap().fault, None);
    let mut dice = Dice(20_261_123);
    for n in 0..MUTATIONS {
        connection.execute_batch("SAVEPOINT before").unwrap();
        let before = connection.total_changes();
        let what = mutate(&connection, &mut dice);
        assert!(connection.total_changes() > before, "{n}: {what}");
        let fault = audit::verify(&connection).unwrap().fault;
        let swapped_with_itself = what
            .strip_prefix("swap ")
            .and_then(|pair| pair.split_once(' '))
            .is_some_and(|(one, other)| one == other);
        assert!(fault.is_some() || swapped_with_itself, "{n}: {what}");
        connection
            .execute_batch("ROLLBACK TO before; RELEASE before")
            .unwrap();
    }
    assert_eq!(audit::verify(&connection).unwrap().fault, None);
}

#[test]
fn records_written_anew_from_the_first_on_do_not_agree_with_the_signed_head() {
    let connection = chain();
    // Somebody with every key but without the signing one writes a consistent chain.
    let rows: Vec<(String, String, String, String, String)> = connection
        .prepare("SELECT at, person, action, subject, detail FROM audit ORDER BY seq")
        .unwrap()
        .query_map([], |row| {
            Ok((
                row.get(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
            ))
        })
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    connection
        .execute_batch(
            "DELETE FROM audit;
             UPDATE audit_tip SET seq = 0,
                hash = '0000000000000000000000000000000000000000000000000000000000000000'",
        )
        .unwrap();
    for (_, _, action, subject, detail) in &rows {
        audit::append(
            &connection,
            Moment::UNIX_EPOCH,
            "别人",
            action,
            subject,
            detail,
        )
        .unwrap();
    }
    let report = audit::verify(&connection).unwrap();
    assert_eq!(report.fault, Some(audit::AuditFault::Head { seq: 25 }));
}

#[test]
fn a_chain_that_began_in_sha_256_goes_on_in_sm3() {
    let connection = chain();
    connection.execute_batch("DELETE FROM audit").unwrap();
    connection
        .execute_batch("DROP TRIGGER signed_head_is_kept; DELETE FROM signed_head")
        .unwrap();
    // The first record of a vault of the first version, as an older program wrote it.
    let hash = {
        use sha2::{Digest as _, Sha256};
        let text = format!(
            "{}{}",
            "0".repeat(64),
            r#"{"action":"vault.create","at":"2026-11-05T09:30:00.000Z","detail":"open","person":"王敏","seq":1,"subject":"v"}"#
        );
        hex::encode(Sha256::digest(text))
    };
    connection
        .execute(
            "INSERT INTO audit VALUES (1, '2026-11-05T09:30:00.000Z', '王敏', 'vault.create', 'v',
                'open', ?1, ?2, 'sha256')",
            params!["0".repeat(64), hash],
        )
        .unwrap();
    connection
        .execute("UPDATE audit_tip SET seq = 1, hash = ?1", [hash])
        .unwrap();
    audit::append(&connection, Moment::UNIX_EPOCH, "王敏", "test", "", "").unwrap();
    let report = audit::verify(&connection).unwrap();
    assert_eq!((report.records, report.fault), (2, None));
}

/// The figure of the project's goals: a million records in ten seconds or less. Run it with
/// `cargo test --release -p luguo-store a_million -- --ignored --nocapture`.
#[test]
#[ignore = "writes a million records; a measurement, not a rule"]
#[allow(clippy::print_stdout, reason = "a measurement is told")]
fn a_million_records_are_verified() {
    let folder = tempfile::tempdir().unwrap();
    let vault = super::tests::make(&folder.path().join("unit.luguo"));
    vault
        .change::<_, crate::StoreFault>(|change| {
            for n in 0..1_000_000 {
                audit::append(
                    change,
                    Moment::UNIX_EPOCH,
                    "王敏",
                    "evidence.add",
                    "01a20abd-6441-7228-808d-f86e545e6246",
                    &format!(
                        "证书 {n}.pdf 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15"
                    ),
                )?;
            }
            Ok(())
        })
        .unwrap();
    let start = std::time::Instant::now();
    let report = vault.verify_audit().unwrap();
    println!(
        "{} records verified in {:.2} s",
        report.records,
        start.elapsed().as_secs_f64()
    );
    assert_eq!(report.fault, None);
}
