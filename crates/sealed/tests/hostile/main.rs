//! Packages that mean harm, each named by its fault: what is said of each, and that nothing of it is
//! given out. `examples/kit.rs` writes the same ones for other openers.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod cases;
mod world;

use luguo_sealed::{Certificate, Trust, open_key};
use std::collections::{BTreeMap, BTreeSet};
use world::{World, verdict};

#[test]
fn every_package_gets_the_verdict_that_its_fault_asks_for() {
    let world = World::new();
    let cases = cases::all(&world);
    let mut wrong = Vec::new();
    for case in &cases {
        let said = verdict(&case.bytes, &case.trust, case.holder.of(&world));
        if said != case.wanted {
            wrong.push(format!("{}: {said}, wanted {}", case.name, case.wanted));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let hostile = cases.iter().filter(|case| case.wanted != "opened").count();
    assert!(hostile >= 100, "only {hostile}");
    let names: BTreeSet<_> = cases.iter().map(|case| &case.name).collect();
    assert_eq!(names.len(), cases.len(), "a name says one fault");
}

/// The kit that others test their openers with, as it is published.
#[test]
fn the_published_kit_gets_the_published_verdicts() {
    let kit = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/format/sealed-kit");
    let read = |name: &str| std::fs::read(kit.join(name)).unwrap();
    let listed: serde_json::Value = serde_json::from_slice(&read("expected.json")).unwrap();
    let password = listed["password"].as_str().unwrap();
    let holders: BTreeMap<&str, world::Person> = ["recipient", "recovery", "sealer", "stranger"]
        .into_iter()
        .map(|name| {
            let key = open_key(&read(&format!("{name}.key.der")), password).unwrap();
            let card = Certificate::from_der(&read(&format!("{name}.cert.der"))).unwrap();
            (name, world::Person { key, card })
        })
        .collect();
    let cards = |list: &serde_json::Value| -> Vec<Certificate> {
        let all = list.as_array().unwrap();
        all.iter()
            .map(|card| {
                let der = listed["cards"][card.as_str().unwrap()].as_str().unwrap();
                Certificate::from_der(&hex::decode(der).unwrap()).unwrap()
            })
            .collect()
    };
    let cases = listed["cases"].as_array().unwrap();
    assert!(cases.len() > 100);
    for case in cases {
        let trust = Trust {
            cards: cards(&case["cards"]),
            authorities: cards(&case["authorities"]),
            revoked: serde_json::from_value(case["revoked"].clone()).unwrap(),
        };
        let file = case["file"].as_str().unwrap();
        let said = verdict(
            &read(&format!("packages/{file}")),
            &trust,
            &holders[case["holder"].as_str().unwrap()],
        );
        assert_eq!(said, case["verdict"], "{file}: {}", case["fault"]);
    }
}
