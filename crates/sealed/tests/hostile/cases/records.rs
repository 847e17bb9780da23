//! Faults of header and index.

use super::*;

impl Cases<'_> {
    pub(super) fn header(&mut self) {
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

    pub(super) fn index(&mut self) {
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
}
