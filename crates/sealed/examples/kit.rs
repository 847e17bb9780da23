//! Writes the kit of good and bad packages with what must be said of each, for openers that other
//! people write: `cargo run -p luguo-sealed --features raw --example kit -- FOLDER`.

#[path = "../tests/hostile/cases/mod.rs"]
mod cases;
#[path = "../tests/hostile/world.rs"]
mod world;

use cases::Holder;
use luguo_sealed::{Certificate, raw::seal_key_in_rounds};
use serde_json::json;
use std::{collections::BTreeMap, fs, path::PathBuf};
use world::{Person, World, verdict};

/// Of every key in the kit; they are for tests alone.
const PASSWORD: &str = "P@ssw0rd-kit";
/// Few, because every opener that is tested opens all of them.
const ROUNDS: u32 = 10_000;

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(
        std::env::args_os()
            .nth(1)
            .unwrap_or_else(|| "sealed-kit".into()),
    );
    fs::create_dir_all(folder.join("packages"))?;
    let world = World::new();
    let key = |name: &str, person: &Person| -> std::io::Result<()> {
        let sealed =
            seal_key_in_rounds(&person.key, PASSWORD, ROUNDS).expect("a key has an encoding");
        fs::write(folder.join(format!("{name}.key.der")), sealed)?;
        fs::write(
            folder.join(format!("{name}.cert.der")),
            person.card.as_der(),
        )
    };
    key("recipient", &world.recipient)?;
    key("recovery", &world.recovery)?;
    key("sealer", &world.sealer)?;
    key("stranger", &world.stranger)?;
    let (mut expected, mut known) = (Vec::new(), BTreeMap::new());
    for (n, case) in cases::all(&world).iter().enumerate() {
        let said = verdict(&case.bytes, &case.trust, case.holder.of(&world));
        assert_eq!(said, case.wanted, "{}", case.name);
        let file = format!("{:03}.mseal", n + 1);
        fs::write(folder.join("packages").join(&file), &case.bytes)?;
        let mut named = |cards: &[Certificate]| {
            cards
                .iter()
                .map(|card| {
                    known.insert(card.fingerprint(), hex::encode(card.as_der()));
                    card.fingerprint()
                })
                .collect::<Vec<_>>()
        };
        expected.push(json!({
            "file": file,
            "fault": case.name,
            "holder": match case.holder {
                Holder::Recipient => "recipient",
                Holder::Recovery => "recovery",
                Holder::Sealer => "sealer",
                Holder::Stranger => "stranger",
            },
            "cards": named(&case.trust.cards),
            "authorities": named(&case.trust.authorities),
            "revoked": case.trust.revoked,
            "verdict": case.wanted,
        }));
    }
    let list = json!({ "password": PASSWORD, "cards": known, "cases": expected });
    let text = serde_json::to_string_pretty(&list).expect("JSON");
    fs::write(folder.join("expected.json"), text + "\n")
}
