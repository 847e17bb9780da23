//! An opener in Python, from the specification and with no line of ours, opens what ours sealed and
//! says the same of every package of the published kit; ours opens an envelope that it made.

use luguo_sealed::{
    Certificate, Part, PartSource, SealOrder, SigningKey, SoftwareCustody, Trust, open_envelope,
    seal, seal_key, self_signed_certificate,
};
use luguo_tests::programs::{python, root};
use sm3::{Digest as _, Sm3};
use std::{
    io::{self, Read, Write as _},
    path::{Path, PathBuf},
    process::{Output, Stdio},
};

const NOW: u64 = 1_795_000_000;
const PASSWORD: &str = "P@ssw0rd-interop";

fn opener() -> std::process::Command {
    let mut command = python();
    command.arg(root().join("tests/interop/sealed.py"));
    command
}

fn told(output: &Output) -> String {
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

struct Person {
    custody: SoftwareCustody,
    card: Certificate,
    key_file: PathBuf,
    card_file: PathBuf,
}

/// A card with its key, and both as files under a password.
fn person(folder: &Path, name: &str) -> Person {
    let key = SigningKey::generate().unwrap();
    let card = self_signed_certificate(&key, name, NOW - 1000, NOW + 1_000_000).unwrap();
    let (key_file, card_file) = (
        folder.join(format!("{name}.key")),
        folder.join(format!("{name}.cer")),
    );
    std::fs::write(&key_file, seal_key(&key, PASSWORD).unwrap()).unwrap();
    std::fs::write(&card_file, card.as_der()).unwrap();
    Person {
        custody: SoftwareCustody::new(card.clone(), key).unwrap(),
        card,
        key_file,
        card_file,
    }
}

struct Contents(Vec<Vec<u8>>);

impl PartSource for Contents {
    fn open(&self, place: usize) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(self.0[place].as_slice()))
    }
}

#[test]
fn what_ours_sealed_is_opened_by_another_program_one_content_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let [sealer, recipient, recovery] =
        ["封装人", "接收人", "备用卡"].map(|name| person(folder.path(), name));
    let contents = Contents(vec![
        b"first".to_vec(),
        (0..200_000_u32).map(|n| (n % 251) as u8).collect(),
    ]);
    let trust = Trust {
        cards: [&sealer, &recipient, &recovery]
            .map(|one| one.card.clone())
            .to_vec(),
        ..Trust::default()
    };
    let order = SealOrder {
        custody: &sealer.custody,
        trust: &trust,
        recipients: std::slice::from_ref(&recipient.card),
        recovery: &recovery.card,
        marking: "机密★10年",
        created: NOW,
        parts: contents
            .0
            .iter()
            .enumerate()
            .map(|(n, bytes)| Part {
                name: format!("深海成果/材料 {n}.pdf"),
                size: bytes.len() as u64,
                sm3: hex::encode(Sm3::digest(bytes)),
            })
            .collect(),
        about: serde_json::json!({ "unit": "青岛海洋装备研究院" }),
    };
    let path = folder.path().join("包.mseal");
    let out = std::fs::File::create(&path).unwrap();
    seal(&order, &contents, out).unwrap();
    for holder in [&recipient, &recovery] {
        let taken = folder.path().join("taken");
        let output = opener()
            .arg("open")
            .args([&path, &holder.key_file, &holder.card_file])
            .args([PASSWORD, "1"])
            .args([&taken, &sealer.card_file])
            .output()
            .unwrap();
        assert!(told(&output).contains("深海成果/材料 1.pdf"));
        assert!(std::fs::read(&taken).unwrap() == contents.0[1]);
    }
}

#[test]
fn both_openers_agree_on_every_package_of_the_published_kit() {
    let output = opener()
        .arg("kit")
        .arg(root().join("docs/format/sealed-kit"))
        .output()
        .unwrap();
    assert!(told(&output).contains("packages"));
}

#[test]
fn an_envelope_that_another_program_made_is_opened_by_ours() {
    let folder = tempfile::tempdir().unwrap();
    let recipient = person(folder.path(), "接收人");
    let envelope = folder.path().join("envelope");
    let mut child = opener()
        .arg("envelope")
        .args([&recipient.card_file, &envelope])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(b"a key block")
        .unwrap();
    told(&child.wait_with_output().unwrap());
    let envelope = std::fs::read(&envelope).unwrap();
    let content = open_envelope(&envelope, &recipient.custody).unwrap();
    assert_eq!(content.as_slice(), b"a key block");
}
