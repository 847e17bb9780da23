//! Packages that mean harm, each named by its fault, with what must be said of it.

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

    fn good_ones(&mut self) {
        let world = self.world;
        for size in [0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1] {
            let bytes = world.sealed(&[noise(size)]);
            self.add(&format!("good content of {size} bytes"), "opened", bytes);
        }
        let to = [&world.recipient, &world.stranger];
        let many = world.sealed_by(&world.sealer, &to, &[noise(3), noise(9)], NOW);
        let trust = world.trust.clone();
        self.with(
            "good for two, first opens",
            "opened",
            many.clone(),
            trust.clone(),
            Holder::Recipient,
        );
        self.with(
            "good for two, second opens",
            "opened",
            many.clone(),
            trust.clone(),
            Holder::Stranger,
        );
        self.with(
            "good for two, second holder opens",
            "opened",
            many,
            trust,
            Holder::Recovery,
        );
    }

    fn outer_file(&mut self) {
        let good = self.good.clone();
        let tail = good.len() - 98;
        let directory = number(&good, tail + 48, 8) as usize;
        let cases: Vec<(&str, Vec<u8>)> = vec![
            ("file empty", Vec::new()),
            ("file of one byte", b"P".to_vec()),
            ("file of text", "不是密封包".repeat(100).into_bytes()),
            ("byte before the first member", [&b"\0"[..], &good].concat()),
            ("byte behind the end", [&good[..], b"\0"].concat()),
            (
                "two packages behind each other",
                [&good[..], &good].concat(),
            ),
            ("cut by one byte", good[..good.len() - 1].to_vec()),
            ("cut in half", good[..good.len() / 2].to_vec()),
            ("cut before the directory", good[..directory].to_vec()),
            ("without its end record", good[..good.len() - 22].to_vec()),
            ("with a comment", {
                let mut bytes = good.clone();
                let at = bytes.len() - 2;
                bytes[at] = 3;
                [&bytes[..], b"abc"].concat()
            }),
            (
                "with 32-bit records only",
                [&good[..tail], &good[tail + 76..]].concat(),
            ),
            ("a byte between two members", {
                let mut bytes = good.clone();
                bytes.insert(50 + "mimetype".len() + 34, 0);
                bytes
            }),
            ("bytes between members and directory", {
                let mut bytes = good.clone();
                bytes.splice(directory..directory, [0; 16]);
                bytes
            }),
        ];
        for (name, bytes) in cases {
            self.add(name, "not-a-package", bytes);
        }
        // Name, place and what stands there instead.
        for (name, at) in [
            ("local: other signature", 0),
            ("local: other version", 4),
            ("local: compressed", 8),
            ("local: encrypted flag", 6),
            ("local: other time", 10),
            ("local: other checksum", 14),
            ("local: other size", 18),
            ("local: other name", 30),
            ("local: other 64-bit size", 30 + 8 + 4),
        ] {
            let mut bytes = good.clone();
            bytes[at] ^= 1;
            self.add(name, "not-a-package", bytes);
        }
        let mut bytes = good.clone();
        bytes[6] |= 8;
        self.add("local: data descriptor", "not-a-package", bytes);
        for (name, at) in [
            ("directory: other signature", 0),
            ("directory: made by another system", 5),
            ("directory: encrypted flag", 8),
            ("directory: compressed", 10),
            ("directory: other checksum", 16),
            ("directory: with a comment", 32),
            ("directory: on another disk", 34),
            ("directory: with attributes", 38),
            ("directory: other name", 46),
            ("directory: other 64-bit size", 46 + 8 + 4),
            ("directory: other offset", 46 + 8 + 20),
        ] {
            let mut bytes = good.clone();
            bytes[directory + at] ^= 1;
            self.add(name, "not-a-package", bytes);
        }
        for (name, at) in [
            ("end: one entry more", 24),
            ("end: other directory size", 40),
            ("end: other directory offset", 48),
            ("locator: other offset", 56 + 8),
        ] {
            let mut bytes = good.clone();
            bytes[tail + at] ^= 1;
            self.add(name, "not-a-package", bytes);
        }
    }

    fn members(&mut self) {
        let first = |loose: &Loose| {
            loose
                .members
                .iter()
                .position(|(name, _)| name == "d/000001")
        };
        let cases: Vec<(&str, &'static str, Vec<u8>)> = vec![
            (
                "member twice",
                "not-a-package",
                self.resealed(|loose| {
                    let member = loose.members[4].clone();
                    loose.members.insert(5, member);
                }),
            ),
            (
                "member more",
                "members",
                self.resealed(|loose| {
                    loose.members.insert(4, ("extra".to_owned(), b"x".to_vec()));
                }),
            ),
            (
                "member out of the folder",
                "members",
                self.resealed(|loose| {
                    loose.members[4].0 = "../../escaped".to_owned();
                }),
            ),
            (
                "member with an absolute path",
                "members",
                self.resealed(|loose| {
                    loose.members[4].0 = "/tmp/escaped".to_owned();
                }),
            ),
            (
                "member in capitals",
                "members",
                self.resealed(|loose| {
                    loose.members[4].0 = "D/000001".to_owned();
                }),
            ),
            (
                "number left out",
                "members",
                self.resealed(|loose| {
                    loose.members[5].0 = "d/000003".to_owned();
                }),
            ),
            (
                "contents in another order",
                "members",
                self.resealed(|loose| loose.members.swap(4, 5)),
            ),
            (
                "no content",
                "members",
                self.resealed(|loose| {
                    loose.members.retain(|(name, _)| !name.starts_with("d/"));
                }),
            ),
            (
                "one content dropped",
                "not-opened",
                self.resealed(|loose| {
                    loose.members.remove(5);
                }),
            ),
            (
                "one content doubled",
                "not-opened",
                self.resealed(|loose| {
                    let copy = loose.members[4].1.clone();
                    loose.members.insert(6, ("d/000003".to_owned(), copy));
                }),
            ),
            (
                "type missing",
                "members",
                self.resealed(|loose| {
                    loose.members.remove(0);
                }),
            ),
            (
                "type other",
                "not-a-package",
                self.resealed(|loose| {
                    loose.edit("mimetype", |bytes| *bytes = b"application/zip".to_vec());
                }),
            ),
            (
                "type with a line end",
                "not-a-package",
                self.resealed(|loose| {
                    loose.edit("mimetype", |bytes| bytes.push(b'\n'));
                }),
            ),
            (
                "manifest missing",
                "members",
                self.resealed(|loose| {
                    loose.members.retain(|(name, _)| name != "m");
                }),
            ),
            ("seal missing", "members", {
                let mut loose = self.loose();
                loose.members.retain(|(name, _)| name != "seal.p7s");
                loose.write()
            }),
            ("index missing", "members", {
                let mut loose = self.loose();
                loose.members.retain(|(name, _)| name != "index.json");
                loose.write()
            }),
            (
                "envelope missing",
                "members",
                self.resealed(|loose| {
                    loose.members.retain(|(name, _)| name != "keys.p7m");
                }),
            ),
            (
                "length that no sealing gives",
                "members",
                self.resealed(|loose| {
                    let at = first(loose).expect("there");
                    loose.members[at].1.truncate(TAG - 1);
                }),
            ),
            (
                "length that is not padded",
                "members",
                self.resealed(|loose| {
                    let at = first(loose).expect("there");
                    loose.members[at].1 = vec![0; 1_001 + TAG];
                }),
            ),
        ];
        for (name, wanted, bytes) in cases {
            self.add(name, wanted, bytes);
        }
    }

    fn header(&mut self) {
        let old: Value = serde_json::from_slice(self.loose().get("header.json")).expect("JSON");
        let mut change = |name: &str, wanted: &'static str, edit: &dyn Fn(&mut Value)| {
            let mut header = old.clone();
            edit(&mut header);
            let bytes = canonical(&header);
            let package = self.resealed(|loose| loose.edit("header.json", |old| *old = bytes));
            self.add(name, wanted, package);
        };
        change("header of version 2", "version", &|header| {
            header["version"] = json!(2)
        });
        change("header of version 0", "version", &|header| {
            header["version"] = json!(0)
        });
        change("header with a downgraded suite", "suite", &|header| {
            header["suite"] = json!("SM2-SM3-SM4CBC");
        });
        change("header with no suite", "record", &|header| {
            header.as_object_mut().expect("an object").remove("suite");
        });
        change("header of another format", "record", &|header| {
            header["format"] = json!("x")
        });
        change("header with one field more", "record", &|header| {
            header["x"] = json!(1)
        });
        change("header with one field less", "record", &|header| {
            header.as_object_mut().expect("an object").remove("marking");
        });
        change("header for nobody", "record", &|header| {
            header["recipients"] = json!([])
        });
        change("header for one card twice", "record", &|header| {
            let card = header["recipients"][0].clone();
            header["recipients"] = json!([card, card]);
        });
        change(
            "header with the second holder as recipient",
            "record",
            &|header| {
                header["recipients"] = json!([header["recovery"]]);
            },
        );
        change(
            "header with capitals in a fingerprint",
            "record",
            &|header| {
                let card = header["recovery"].as_str().expect("text").to_uppercase();
                header["recovery"] = json!(card);
            },
        );
        change("header with a short id", "record", &|header| {
            header["package_id"] = json!("00")
        });
        change("header with a long marking", "record", &|header| {
            header["marking"] = json!("密".repeat(101));
        });
        change(
            "header with a marking that was lowered",
            "not-opened",
            &|header| {
                header["marking"] = json!("秘密★1年");
            },
        );
        change("header with another time", "not-opened", &|header| {
            header["created"] = json!(NOW + 1);
        });
        change("header with another id", "members", &|header| {
            header["package_id"] = json!("0".repeat(32));
        });
        change(
            "header that names another sealer",
            "other-sealer",
            &|header| {
                header["sealer"] = header["recovery"].clone();
            },
        );
        let blanks = serde_json::to_vec_pretty(&old).expect("JSON");
        let bytes = self.resealed(|loose| loose.edit("header.json", |old| *old = blanks));
        self.add("header with blanks", "record", bytes);
        let bytes = self.resealed(|loose| loose.edit("header.json", |old| *old = b"{".to_vec()));
        self.add("header that is no JSON", "record", bytes);
        let large =
            self.resealed(|loose| loose.edit("header.json", |old| old.resize(70_000, b' ')));
        self.add("header of 70 000 bytes", "not-a-package", large);
        let bytes = self.edited("header.json", |bytes| {
            let at = bytes.len() - 3;
            bytes[at] ^= 1;
        });
        self.add("header changed under the old seal", "record", bytes);
    }

    fn envelope(&mut self) {
        let other = Loose::read(&self.other).expect("a good package");
        let (envelope, mac) = (
            other.get("keys.p7m").to_vec(),
            other.get("header.mac").to_vec(),
        );
        let one = {
            let loose = self.loose();
            let id = id(&self.good);
            let key = RawKey::of(&loose, &id, &self.world.recipient.custody()).expect("the key");
            let header = loose.get("header.json").to_vec();
            let envelope = key.envelope(&header, &[&self.world.recipient.card]);
            let mac = key.mac(&header, &envelope);
            self.resealed(|loose| {
                loose.edit("keys.p7m", |old| *old = envelope);
                loose.edit("header.mac", |old| *old = mac.to_vec());
            })
        };
        let to_stranger = {
            let loose = self.loose();
            let id = id(&self.good);
            let key = RawKey::of(&loose, &id, &self.world.recipient.custody()).expect("the key");
            let header = loose.get("header.json").to_vec();
            let cards = [&self.world.recipient.card, &self.world.stranger.card];
            let envelope = key.envelope(&header, &cards);
            self.resealed(|loose| loose.edit("keys.p7m", |old| *old = envelope))
        };
        let flipped = |at: usize| {
            self.resealed(|loose| {
                loose.edit("keys.p7m", |bytes| {
                    let at = if at == 0 { bytes.len() - 1 } else { at };
                    bytes[at] ^= 1;
                });
            })
        };
        let cases: Vec<(&str, &'static str, Vec<u8>)> = vec![
            (
                "envelope empty",
                "record",
                self.resealed(|loose| loose.edit("keys.p7m", Vec::clear)),
            ),
            (
                "envelope with a byte behind it",
                "record",
                self.resealed(|loose| {
                    loose.edit("keys.p7m", |bytes| bytes.push(0));
                }),
            ),
            ("envelope with another length", "record", flipped(2)),
            (
                "envelope with its last byte changed",
                "not-opened",
                flipped(0),
            ),
            ("envelope for one card less", "record", one),
            ("envelope opened to a stranger", "not-opened", to_stranger),
            (
                "envelope of another package",
                "not-opened",
                self.resealed(|loose| {
                    loose.edit("keys.p7m", |old| *old = envelope.clone());
                }),
            ),
            (
                "envelope and code of another package",
                "not-opened",
                self.resealed(|loose| {
                    loose.edit("keys.p7m", |old| *old = envelope.clone());
                    loose.edit("header.mac", |old| *old = mac.clone());
                }),
            ),
            (
                "code of another package",
                "not-opened",
                self.resealed(|loose| {
                    loose.edit("header.mac", |old| *old = mac.clone());
                }),
            ),
            (
                "code of zeros",
                "not-opened",
                self.resealed(|loose| {
                    loose.edit("header.mac", |old| *old = vec![0; 32]);
                }),
            ),
            (
                "code too short",
                "record",
                self.resealed(|loose| {
                    loose.edit("header.mac", |old| old.truncate(16));
                }),
            ),
            (
                "code empty",
                "record",
                self.resealed(|loose| loose.edit("header.mac", Vec::clear)),
            ),
        ];
        for (name, wanted, bytes) in cases {
            self.add(name, wanted, bytes);
        }
    }

    fn index(&mut self) {
        let old: Value = serde_json::from_slice(self.loose().get("index.json")).expect("JSON");
        let mut change = |name: &str, wanted: &'static str, edit: &dyn Fn(&mut Value)| {
            let mut index = old.clone();
            edit(&mut index);
            let bytes = canonical(&index);
            let seal = sign_message(&self.world.sealer.custody(), &bytes, true).expect("signed");
            let mut loose = self.loose();
            loose.edit("index.json", |old| *old = bytes);
            loose.edit("seal.p7s", |old| *old = seal);
            let package = loose.write();
            self.add(name, wanted, package);
        };
        change("index of another format", "members", &|index| {
            index["format"] = json!("x")
        });
        change("index of another package", "members", &|index| {
            index["package_id"] = json!("0".repeat(32));
        });
        change("index with another length", "members", &|index| {
            index["members"][4]["size"] = json!(1);
        });
        change("index with another name", "members", &|index| {
            index["members"][4]["name"] = json!("d/000009");
        });
        change("index in another order", "members", &|index| {
            let all = index["members"].as_array_mut().expect("a list");
            all.swap(4, 5);
        });
        change("index with one entry less", "members", &|index| {
            index["members"].as_array_mut().expect("a list").pop();
        });
        change("index with one entry more", "members", &|index| {
            let all = index["members"].as_array_mut().expect("a list");
            all.push(all[0].clone());
        });
        change(
            "index with another digest of a content",
            "changed",
            &|index| {
                index["members"][4]["sm3"] = json!("0".repeat(64));
            },
        );
        change(
            "index with another digest of the header",
            "changed",
            &|index| {
                index["members"][1]["sm3"] = json!("0".repeat(64));
            },
        );
        change(
            "index with another digest of the manifest",
            "changed",
            &|index| {
                index["members"][6]["sm3"] = json!("0".repeat(64));
            },
        );
        change("index with one field more", "record", &|index| {
            index["x"] = json!(1)
        });
        let other = Loose::read(&self.other).expect("a good package");
        let (index, seal) = (
            other.get("index.json").to_vec(),
            other.get("seal.p7s").to_vec(),
        );
        let inside = {
            let loose = self.loose();
            let index = loose.get("index.json").to_vec();
            sign_message(&self.world.sealer.custody(), &index, false).expect("signed")
        };
        let by_stranger = {
            let mut loose = self.loose();
            loose.reseal(&id(&self.good), &self.world.stranger.custody());
            loose.write()
        };
        let cases: Vec<(&str, &'static str, Vec<u8>)> = vec![
            (
                "index swapped with that of another package",
                "seal",
                self.edited("index.json", |old| *old = index.clone()),
            ),
            ("index and seal of another package", "members", {
                let mut loose = self.loose();
                loose.edit("index.json", |old| *old = index.clone());
                loose.edit("seal.p7s", |old| *old = seal.clone());
                loose.write()
            }),
            (
                "seal of another package",
                "seal",
                self.edited("seal.p7s", |old| *old = seal.clone()),
            ),
            ("seal empty", "seal", self.edited("seal.p7s", Vec::clear)),
            (
                "seal with a byte behind it",
                "seal",
                self.edited("seal.p7s", |old| old.push(0)),
            ),
            (
                "seal with its last byte changed",
                "seal",
                self.edited("seal.p7s", |old| {
                    let at = old.len() - 1;
                    old[at] ^= 1;
                }),
            ),
            (
                "seal with its content inside",
                "seal",
                self.edited("seal.p7s", |old| *old = inside),
            ),
            ("seal of a stranger", "other-sealer", by_stranger),
            (
                "content changed under the old seal",
                "changed",
                self.edited("d/000001", |old| old[0] ^= 1),
            ),
            (
                "manifest changed under the old seal",
                "changed",
                self.edited("m", |old| old[0] ^= 1),
            ),
        ];
        for (name, wanted, bytes) in cases {
            self.add(name, wanted, bytes);
        }
    }

    fn cards(&mut self) {
        let world = self.world;
        let (good, trust) = (self.good.clone(), world.trust.clone());
        let known = |people: &[&Person]| trust_in(people);
        let recipient = Holder::Recipient;
        self.with(
            "sealer whom nobody knows",
            "card-unknown",
            good.clone(),
            Trust::default(),
            recipient,
        );
        let mut void = trust.clone();
        void.revoked.push(world.sealer.card.fingerprint());
        self.with(
            "sealer whose card is void",
            "card-revoked",
            good.clone(),
            void,
            recipient,
        );
        self.with(
            "opened by a stranger",
            "other-recipient",
            good.clone(),
            trust.clone(),
            Holder::Stranger,
        );
        self.with(
            "opened by its sealer",
            "other-recipient",
            good,
            trust,
            Holder::Sealer,
        );
        let small = [b"small".to_vec()];
        let old = Person::new("旧卡");
        let mut late = self.resealed_at(&old, &small, NOW + 2 * YEAR);
        self.with(
            "sealer whose card had run out",
            "card-expired",
            late,
            known(&[&old]),
            recipient,
        );
        late = self.resealed_at(&old, &small, NOW - 2 * YEAR);
        self.with(
            "sealer whose card did not hold yet",
            "card-not-yet",
            late,
            known(&[&old]),
            recipient,
        );
        let authority = Person::new("单位证书机构");
        let issued = Person::issued("持卡人", &authority);
        let package = world.sealed_by(&issued, &[&world.recipient], &small, NOW);
        let mut trust = Trust {
            authorities: vec![authority.card.clone()],
            ..Trust::default()
        };
        self.with(
            "good, sealed by a card of a known authority",
            "opened",
            package.clone(),
            trust.clone(),
            recipient,
        );
        trust.revoked.push(authority.card.fingerprint());
        self.with(
            "sealer whose authority is void",
            "card-revoked",
            package.clone(),
            trust,
            recipient,
        );
        let namesake = Trust {
            authorities: vec![Person::new("单位证书机构").card],
            ..Trust::default()
        };
        self.with(
            "sealer whose authority only has the name",
            "card-unknown",
            package,
            namesake,
            recipient,
        );
    }

    /// Sealed by a card, with another time in its header and everything made anew by that card's
    /// holder: the date in a header is the sealer's word.
    fn resealed_at(&self, sealer: &Person, contents: &[Vec<u8>], created: u64) -> Vec<u8> {
        let good = self
            .world
            .sealed_by(sealer, &[&self.world.recipient], contents, NOW);
        let mut loose = Loose::read(&good).expect("a good package");
        let mut header: Value = serde_json::from_slice(loose.get("header.json")).expect("JSON");
        header["created"] = json!(created);
        let bytes = canonical(&header);
        loose.edit("header.json", |old| *old = bytes);
        loose.reseal(&id(&good), &sealer.custody());
        loose.write()
    }

    fn segments(&mut self) {
        let long = Loose::read(&self.long).expect("a good package");
        let key =
            RawKey::of(&long, &id(&self.long), &self.world.recipient.custody()).expect("the key");
        let sealed = long.get("d/000001").to_vec();
        let unit = SEGMENT + TAG;
        let (first, second) = sealed.split_at(unit);
        let padded = padded_size((SEGMENT + 1) as u64) as usize;
        // What somebody can write who has the key: a recipient.
        let written = |content: &[u8], flags: [bool; 2], positions: [u32; 2]| {
            let cipher = key.cipher(1);
            let mut out = Vec::new();
            for (n, piece) in content.chunks(SEGMENT).enumerate() {
                let mut segment = piece.to_vec();
                cipher
                    .seal(positions[n], flags[n], &mut segment)
                    .expect("sealed");
                out.extend(segment);
            }
            out
        };
        let mut plain = noise(SEGMENT + 1);
        plain.resize(padded, 0);
        let put = |bytes: Vec<u8>| {
            let mut loose = Loose::read(&self.long).expect("a good package");
            loose.edit("d/000001", |old| *old = bytes);
            loose.reseal(&id(&self.long), &self.world.sealer.custody());
            loose.write()
        };
        let cases: Vec<(&str, Vec<u8>)> = vec![
            ("segment changed in one bit", {
                let mut bytes = sealed.clone();
                bytes[10] ^= 1;
                put(bytes)
            }),
            ("segment's tag changed", {
                let mut bytes = sealed.clone();
                bytes[SEGMENT] ^= 1;
                put(bytes)
            }),
            ("last segment dropped", put(first.to_vec())),
            ("segment doubled", put([first, first].concat())),
            ("last segment from another package", {
                let other = Loose::read(&self.other).expect("a good package");
                put([first, &other.get("d/000002")[unit..]].concat())
            }),
            (
                "segments without an end",
                put(written(&plain, [false, false], [0, 1])),
            ),
            (
                "segments that end twice",
                put(written(&plain, [true, true], [0, 1])),
            ),
            (
                "segments that end at the first",
                put(written(&plain, [true, false], [0, 1])),
            ),
            (
                "segments numbered backwards",
                put(written(&plain, [false, true], [1, 0])),
            ),
            (
                "segments numbered the same",
                put(written(&plain, [false, true], [0, 0])),
            ),
            (
                "segments numbered from 1",
                put(written(&plain, [false, true], [1, 2])),
            ),
            ("padding that is not zero", {
                let mut padding = plain.clone();
                padding[padded - 1] = 1;
                put(written(&padding, [false, true], [0, 1]))
            }),
            ("content that is not what the manifest says", {
                let mut content = plain.clone();
                content[0] ^= 1;
                put(written(&content, [false, true], [0, 1]))
            }),
            ("content of another package", {
                let other = Loose::read(&self.other).expect("a good package");
                put(other.get("d/000002").to_vec())
            }),
            (
                "second segment short",
                put([first, &second[..TAG + 1]].concat()),
            ),
        ];
        for (name, bytes) in cases {
            // A length that is not padded is seen before any key is used.
            let wanted = if name == "second segment short" {
                "members"
            } else {
                "not-opened"
            };
            self.add(name, wanted, bytes);
        }
        let mut swapped = Loose::read(&self.world.sealed(&[noise(5), noise(6)])).expect("good");
        let package_id = {
            let header: Value = serde_json::from_slice(swapped.get("header.json")).expect("JSON");
            header["package_id"].as_str().expect("text").to_owned()
        };
        let (one, two) = (
            swapped.get("d/000001").to_vec(),
            swapped.get("d/000002").to_vec(),
        );
        swapped.edit("d/000001", |old| *old = two);
        swapped.edit("d/000002", |old| *old = one);
        swapped.reseal(&package_id, &self.world.sealer.custody());
        self.add("two contents swapped", "not-opened", swapped.write());
    }

    fn manifest(&mut self) {
        let loose = self.loose();
        let id = id(&self.good);
        let key = RawKey::of(&loose, &id, &self.world.recipient.custody()).expect("the key");
        let header: Value = serde_json::from_slice(loose.get("header.json")).expect("JSON");
        let cards = json!([header["recipients"][0], header["recovery"]]);
        let digest = {
            use sm3::Digest as _;
            |bytes: &[u8]| hex::encode(sm3::Sm3::digest(bytes))
        };
        let good = json!({
            "format": "luguo-sealed-manifest", "package_id": id,
            "header_sm3": digest(loose.get("header.json")), "recipients": cards,
            "parts": [
                { "name": "材料 0.pdf", "size": 5, "sm3": digest(b"small") },
                { "name": "材料 1.pdf", "size": 0, "sm3": digest(b"") },
            ],
            "about": {},
        });
        let put = |signed: Vec<u8>, dirty: bool| {
            let mut plain = signed;
            plain.resize(padded_size(plain.len() as u64) as usize, 0);
            if dirty {
                plain.push(0);
                let padded = padded_size(plain.len() as u64) as usize;
                plain.resize(padded, 1);
            }
            key.cipher(0).seal(0, true, &mut plain).expect("sealed");
            self.resealed(|loose| loose.edit("m", |old| *old = plain))
        };
        let signed = |manifest: &Value, by: &Person| {
            sign_message(&by.custody(), &canonical(manifest), false).expect("signed")
        };
        let sealer = &self.world.sealer;
        let changed = |edit: &dyn Fn(&mut Value)| {
            let mut manifest = good.clone();
            edit(&mut manifest);
            put(signed(&manifest, sealer), false)
        };
        let cases: Vec<(&str, &'static str, Vec<u8>)> = vec![
            (
                "good, manifest written anew by its sealer",
                "opened",
                put(signed(&good, sealer), false),
            ),
            (
                "manifest without a signature",
                "not-opened",
                put(canonical(&good), false),
            ),
            (
                "manifest signed by a recipient",
                "not-opened",
                put(signed(&good, &self.world.recipient), false),
            ),
            (
                "manifest signed by a stranger",
                "not-opened",
                put(signed(&good, &self.world.stranger), false),
            ),
            (
                "manifest with its signature outside",
                "not-opened",
                put(
                    sign_message(&sealer.custody(), &canonical(&good), true).expect("signed"),
                    false,
                ),
            ),
            (
                "manifest with padding that is not zero",
                "not-opened",
                put(signed(&good, sealer), true),
            ),
            (
                "manifest of another package",
                "not-opened",
                changed(&|manifest| manifest["package_id"] = json!("0".repeat(32))),
            ),
            (
                "manifest of another header",
                "not-opened",
                changed(&|manifest| manifest["header_sm3"] = json!("0".repeat(64))),
            ),
            (
                "manifest for other cards",
                "not-opened",
                changed(&|manifest| manifest["recipients"] = json!([])),
            ),
            (
                "manifest of another format",
                "not-opened",
                changed(&|manifest| manifest["format"] = json!("x")),
            ),
            (
                "manifest with one part less",
                "not-opened",
                changed(&|manifest| {
                    manifest["parts"].as_array_mut().expect("a list").pop();
                }),
            ),
            (
                "manifest with a length that lies",
                "not-opened",
                changed(&|manifest| manifest["parts"][0]["size"] = json!(500)),
            ),
            (
                "manifest with another digest of a content",
                "not-opened",
                changed(&|manifest| manifest["parts"][0]["sm3"] = json!("0".repeat(64))),
            ),
            (
                "manifest with one field more",
                "not-opened",
                changed(&|manifest| manifest["x"] = json!(1)),
            ),
            (
                "manifest cut",
                "not-opened",
                self.resealed(|loose| loose.edit("m", |old| old.truncate(TAG))),
            ),
        ];
        for (name, wanted, bytes) in cases {
            self.add(name, wanted, bytes);
        }
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
