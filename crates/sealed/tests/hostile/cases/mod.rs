//! Packages that mean harm, each named by its fault, with what must be said of it.

mod contents;
mod forged;
mod outer;
mod people;
mod records;

use crate::world::{NOW, Person, World, YEAR, trust_in};
use luguo_sealed::{
    SEGMENT, SegmentCipher as _, TAG, Trust, padded_size,
    raw::{Loose, RawKey},
    sign_message,
};
use serde_json::{Value, json};

/// A package, whose cards are known, who opens it, and what must be said.
pub struct Case {
    pub name: String,
    pub bytes: Vec<u8>,
    pub trust: Trust,
    pub holder: Holder,
    pub wanted: &'static str,
}

#[derive(Clone, Copy)]
pub enum Holder {
    Recipient,
    Recovery,
    Sealer,
    Stranger,
}

impl Holder {
    pub fn of(self, world: &World) -> &Person {
        match self {
            Holder::Recipient => &world.recipient,
            Holder::Recovery => &world.recovery,
            Holder::Sealer => &world.sealer,
            Holder::Stranger => &world.stranger,
        }
    }
}

/// Everything.
pub fn all(world: &World) -> Vec<Case> {
    let mut cases = Cases {
        world,
        found: Vec::new(),
        good: world.sealed(&[b"small".to_vec(), Vec::new()]),
        // Two segments, so that there is an order and an end to lie about.
        long: world.sealed(&[noise(SEGMENT + 1), noise(7)]),
        other: world.sealed(&[b"other".to_vec(), noise(SEGMENT + 1)]),
    };
    cases.good_ones();
    cases.outer_file();
    cases.members();
    cases.header();
    cases.envelope();
    cases.index();
    cases.cards();
    cases.segments();
    cases.manifest();
    cases.forged_keys();
    cases.forged_seals();
    cases.passed_on();
    cases.found
}

fn noise(size: usize) -> Vec<u8> {
    (0..size).map(|n| (n * 31 % 253) as u8).collect()
}

struct Cases<'a> {
    world: &'a World,
    found: Vec<Case>,
    good: Vec<u8>,
    long: Vec<u8>,
    other: Vec<u8>,
}

impl Cases<'_> {
    fn add(&mut self, name: &str, wanted: &'static str, bytes: Vec<u8>) {
        let trust = self.world.trust.clone();
        self.with(name, wanted, bytes, trust, Holder::Recipient);
    }

    fn with(
        &mut self,
        name: &str,
        wanted: &'static str,
        bytes: Vec<u8>,
        trust: Trust,
        holder: Holder,
    ) {
        self.found.push(Case {
            name: name.to_owned(),
            bytes,
            trust,
            holder,
            wanted,
        });
    }

    fn loose(&self) -> Loose {
        Loose::read(&self.good).expect("a good package")
    }

    /// The good package with a member changed; index and seal as they were.
    fn edited(&self, member: &str, edit: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
        let mut loose = self.loose();
        loose.edit(member, edit);
        loose.write()
    }

    /// The same, with index and seal made anew by the sealer's own key: what a sealer could do that
    /// lies, or somebody who stole that key.
    fn resealed(&self, edit: impl FnOnce(&mut Loose)) -> Vec<u8> {
        let mut loose = self.loose();
        edit(&mut loose);
        loose.reseal(&id(&self.good), &self.world.sealer.custody());
        loose.write()
    }
}

/// The id in a package's header.
fn id(package: &[u8]) -> String {
    let loose = Loose::read(package).expect("a good package");
    let header: Value = serde_json::from_slice(loose.get("header.json")).expect("JSON");
    header["package_id"].as_str().expect("text").to_owned()
}

fn canonical(value: &Value) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(value).expect("JSON has a canonical form")
}

fn number(bytes: &[u8], at: usize, length: usize) -> u64 {
    bytes[at..at + length]
        .iter()
        .rev()
        .fold(0, |number, byte| number << 8 | u64::from(*byte))
}
