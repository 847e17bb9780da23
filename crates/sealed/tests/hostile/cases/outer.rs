//! The good ones, and faults of the outer file and its members.

use super::*;

impl Cases<'_> {
    pub(super) fn good_ones(&mut self) {
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

    pub(super) fn outer_file(&mut self) {
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

    pub(super) fn members(&mut self) {
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
}
