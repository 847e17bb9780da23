//! Faults of segments and manifest: what somebody can write who has the key.

use super::*;

impl Cases<'_> {
    pub(super) fn segments(&mut self) {
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

    pub(super) fn manifest(&mut self) {
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
