//! Faults of envelope, cards and seal.

use super::*;

impl Cases<'_> {
    pub(super) fn envelope(&mut self) {
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

    pub(super) fn cards(&mut self) {
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
}
