//! The bag's tag files: fixed text that follows from the payload.

use crate::record::{Frozen, PayloadFile};
use luguo_domain::{Sha256Digest, Sm3Digest};
use sm3::Digest as _;

/// `bagit.txt`, RFC 8493 section 2.1.1.
pub(crate) const BAGIT: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// Every tag file with its bytes, in the order of their names.
pub(crate) fn files(frozen: &Frozen) -> Vec<(String, Vec<u8>)> {
    let mut tags = vec![
        ("bag-info.txt".to_owned(), info(frozen).into_bytes()),
        ("bagit.txt".to_owned(), BAGIT.as_bytes().to_vec()),
        (
            "manifest-sha256.txt".to_owned(),
            manifest(&frozen.files, |file| file.sha256.to_hex()).into_bytes(),
        ),
        (
            "manifest-sm3.txt".to_owned(),
            manifest(&frozen.files, |file| file.sm3.to_hex()).into_bytes(),
        ),
    ];
    let list = |digest: fn(&[u8]) -> String| -> Vec<u8> {
        tags.iter()
            .map(|(name, bytes)| format!("{}  {name}\n", digest(bytes)))
            .collect::<String>()
            .into_bytes()
    };
    let sha256 = list(|bytes| Sha256Digest::of(bytes).to_hex());
    let sm3 = list(|bytes| Sm3Digest(sm3::Sm3::digest(bytes).into()).to_hex());
    tags.push(("tagmanifest-sha256.txt".to_owned(), sha256));
    tags.push(("tagmanifest-sm3.txt".to_owned(), sm3));
    tags
}

fn manifest(files: &[PayloadFile], digest: fn(&PayloadFile) -> String) -> String {
    files
        .iter()
        .map(|file| format!("{}  {}\n", digest(file), file.path))
        .collect()
}

fn info(frozen: &Frozen) -> String {
    let record = &frozen.record;
    format!(
        "Bag-Software-Agent: LuGuo\nBagging-Date: {}\nExternal-Identifier: {}\nPayload-Oxum: {}.{}\nSource-Organization: {}\n",
        record.decision.decided_at.format("%Y-%m-%d"),
        record.package_id,
        frozen.total(),
        frozen.files.len(),
        // One line: a line break would begin another label.
        record.unit.replace(['\r', '\n'], " "),
    )
}
