//! Clause 二（一） between desks: what one unit sent, another is asked about before it submits.

use luguo_tests::{endpoint::Endpoint, story::Desk};
use serde_json::Value;

fn told(shown: &Value) -> Vec<&str> {
    shown["check"]["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["code"].as_str().unwrap())
        .filter(|code| code.starts_with("elsewhere."))
        .collect()
}

#[test]
fn what_the_endpoint_received_from_another_desk_is_asked_about_before_submission() {
    let (first, second) = (Desk::new(), Desk::new());
    let mut endpoint = Endpoint::start(&first.folder.path().join("endpoint"));
    first.approved(0);
    first.sign_in(&endpoint.url);
    first.preparer.done(&["sync", "run"]);

    let id = second.import("key-technology.json");
    second.complete(&id);
    let early = second.preparer.call(&["declaration", "elsewhere", &id]);
    assert_eq!(early.code, 2, "nobody signed in: {}", early.said);
    second.sign_in(&endpoint.url);
    let answer = second.preparer.done(&["declaration", "elsewhere", &id]);
    let twin = &answer["twins"][0];
    assert!(
        twin["number"].as_str().unwrap().starts_with("SDCG-"),
        "{twin}"
    );
    assert!(twin["grounds"].as_array().unwrap().len() > 1, "{twin}");

    // It is known without the endpoint from here on, and stands against submission.
    endpoint.kill();
    let shown = second.preparer.done(&["declaration", "show", &id]);
    let codes = told(&shown);
    assert!(codes.contains(&"elsewhere.right_number"), "{codes:?}");
    assert!(codes.contains(&"elsewhere.name"), "{codes:?}");
    assert_eq!(shown["check"]["elsewhere"]["outdated"], false);
    let refused = second.preparer.call(&["declaration", "submit", &id]);
    assert_eq!(refused.code, 1, "{}", refused.said);
    second.answer(&id);
    second.preparer.done(&["declaration", "submit", &id]);
    let reviewed = second.reviewer.done(&["declaration", "show", &id]);
    assert_eq!(told(&reviewed), codes, "the reviewer sees what was asked");
    let late = second.preparer.call(&["declaration", "elsewhere", &id]);
    assert_eq!(late.code, 1, "a submitted form asks no more: {}", late.said);
}

#[test]
fn asking_leaves_no_word_of_a_draft_at_the_endpoint() {
    let desk = Desk::new();
    let endpoint = Endpoint::start(&desk.folder.path().join("endpoint"));
    let id = desk.import("basic-research.json");
    desk.sign_in(&endpoint.url);
    let answer = desk.preparer.done(&["declaration", "elsewhere", &id]);
    assert_eq!(answer["twins"].as_array().unwrap().len(), 0);
    let shown = desk.preparer.done(&["declaration", "show", &id]);
    let name = shown["form"]["name"].as_str().unwrap();
    assert!(endpoint.packages().is_empty() && endpoint.blobs().is_empty());
    for entry in std::fs::read_dir(endpoint.data()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let holds = bytes
                .windows(name.len())
                .any(|part| part == name.as_bytes());
            assert!(!holds, "{} holds the name", path.display());
        }
    }
}

/// An endpoint that received packages before it kept prints takes them when it starts.
#[test]
fn packages_that_came_before_prints_were_kept_are_found_too() {
    let (first, second) = (Desk::new(), Desk::new());
    let mut endpoint = Endpoint::start(&first.folder.path().join("endpoint"));
    first.approved(0);
    first.sign_in(&endpoint.url);
    first.preparer.done(&["sync", "run"]);
    endpoint.kill();
    let data = rusqlite::Connection::open(endpoint.data().join("endpoint.sqlite")).unwrap();
    data.execute_batch("DROP TABLE print; DROP TABLE printed;")
        .unwrap();
    drop(data);
    endpoint.restart();
    let id = second.import("key-technology.json");
    second.sign_in(&endpoint.url);
    let answer = second.preparer.done(&["declaration", "elsewhere", &id]);
    assert_eq!(answer["twins"].as_array().unwrap().len(), 1, "{answer}");
}
