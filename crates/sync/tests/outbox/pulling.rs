//! What was assigned comes in: whole or not at all, every piece once, whatever happens to the line.

use crate::{
    fake::{Call, FakeEndpoint, unreachable},
    support::{Desk, bureau, ready},
};
use luguo_domain::{PackageId, Sha256Digest};
use luguo_sync::Connection;
use luguo_wire::Refusal;
use std::io::Read as _;

/// A unit's packages that the endpoint received.
async fn delivered(evidence: &[&[u8]]) -> (FakeEndpoint, Vec<PackageId>) {
    let mut desk = Desk::new();
    let packages = desk.approved(evidence);
    let endpoint = FakeEndpoint::new();
    desk.sign_in(&endpoint).await;
    assert_eq!(desk.pass(&endpoint).await.delivered.len(), packages.len());
    (endpoint, packages)
}

fn large() -> Vec<u8> {
    (0..3_000_000_u32).map(|n| (n % 251) as u8).collect()
}

fn content(desk: &Desk, bytes: &[u8]) -> Vec<u8> {
    let mut found = Vec::new();
    let blob = desk.vault().blob(Sha256Digest::of(bytes)).unwrap();
    blob.unwrap().read_to_end(&mut found).unwrap();
    found
}

fn received(desk: &Desk) -> Vec<PackageId> {
    let all = desk.vault().received_packages().unwrap();
    all.into_iter().map(|package| package.package).collect()
}

#[tokio::test]
async fn everything_that_was_assigned_comes_in_whole_and_is_fetched_once() {
    let large = large();
    let (endpoint, packages) = delivered(&[&large, b"small", b"other"]).await;
    let desk = bureau(&endpoint).await;
    let report = desk.pull(&endpoint).await;
    assert_eq!(report.connection, Connection::Online);
    assert_eq!(report.arrived, packages);
    assert_eq!(content(&desk, &large), large);
    let mut known = received(&desk);
    known.sort();
    assert_eq!(known, packages);
    assert_eq!(desk.vault().pulls().unwrap(), []);
    assert!(endpoint.count(Call::Assigned) > 1, "the list has parts");

    endpoint.calls();
    let again = desk.pull(&endpoint).await;
    assert_eq!((again.arrived.len(), endpoint.count(Call::Fetch)), (0, 0));
    assert!(again.next_try.unwrap() > desk.now());
}

#[tokio::test]
async fn after_a_cut_and_a_restart_it_goes_on_where_it_was() {
    let large = large();
    let (endpoint, packages) = delivered(&[&large]).await;
    let mut desk = bureau(&endpoint).await;
    endpoint.cut_at_second_piece();
    let report = desk.pull(&endpoint).await;
    assert_eq!(report.connection, Connection::Offline);
    assert_eq!(received(&desk), []);
    let row = desk.vault().pulls().unwrap().remove(0);
    assert!(row.arrived > 0);
    assert!(row.wait_message.unwrap().contains("已有的都留着"));

    endpoint.heal();
    desk.review();
    desk.later();
    endpoint.calls();
    assert_eq!(desk.pull(&endpoint).await.arrived, packages);
    let left = large.len() as u64 - row.arrived;
    let most = left.div_ceil(512 * 1024) as usize + 2;
    assert!(endpoint.count(Call::Fetch) <= most, "nothing came twice");
    assert_eq!(content(&desk, &large), large);
}

#[tokio::test]
async fn damaged_bytes_are_dropped_and_fetched_again() {
    let (endpoint, packages) = delivered(&[b"evidence"]).await;
    let desk = bureau(&endpoint).await;
    endpoint.damage_once(Sha256Digest::of(b"evidence"));
    assert_eq!(desk.pull(&endpoint).await.arrived, []);
    let row = desk.vault().pulls().unwrap().remove(0);
    assert!(row.wait_message.unwrap().contains("损坏"));
    desk.later();
    endpoint.calls();
    assert_eq!(desk.pull(&endpoint).await.arrived, packages);
    assert_eq!(endpoint.count(Call::Fetch), 1, "only the damaged content");
}

#[tokio::test]
async fn a_package_that_contradicts_itself_is_listed_with_what_is_wrong_and_stops_no_other() {
    let (endpoint, packages) = delivered(&[b"one", b"two"]).await;
    endpoint.replace_record(packages[0], "data/declaration.json", b"{}");
    let desk = bureau(&endpoint).await;
    let report = desk.pull(&endpoint).await;
    assert_eq!(report.refused, [packages[0]]);
    assert_eq!(report.arrived, [packages[1]]);
    let refused = desk.vault().refused_packages().unwrap();
    assert_eq!(refused[0].file_name, "接收端 SDCG-20261105-00001");
    assert!(refused[0].faults[0].contains("前后矛盾"), "{refused:?}");
    assert_eq!(desk.vault().pulls().unwrap(), []);
}

#[tokio::test]
async fn a_package_that_cannot_be_fetched_waits_by_itself() {
    let (endpoint, packages) = delivered(&[b"one", b"two"]).await;
    let desk = bureau(&endpoint).await;
    endpoint.poison(Call::Fetch, packages[0], Refusal::Unknown);
    let report = desk.pull(&endpoint).await;
    assert_eq!(report.arrived, [packages[1]]);
    let row = desk.vault().pulls().unwrap().remove(0);
    assert_eq!(row.package, packages[0]);
    assert!(row.next_try.unwrap() > desk.now());
    endpoint.heal();
    desk.later();
    assert_eq!(desk.pull(&endpoint).await.arrived, [packages[0]]);
}

#[tokio::test]
async fn a_silent_endpoint_and_an_ended_sign_in_lose_nothing() {
    let (endpoint, packages) = delivered(&[b"one"]).await;
    let desk = bureau(&endpoint).await;
    endpoint.refuse(Call::Info, unreachable());
    assert_eq!(desk.pull(&endpoint).await.connection, Connection::Offline);
    endpoint.refuse(Call::Fetch, Refusal::SignInEnded);
    let report = desk.pull(&endpoint).await;
    assert_eq!(report.connection, Connection::SignInNeeded);
    assert_eq!(report.next_try, None);
    let row = desk.vault().pulls().unwrap().remove(0);
    assert!(row.wait_message.unwrap().contains("重新登录"));
    desk.sign_in_as(&endpoint, crate::fake::BUREAU).await;
    desk.later();
    assert_eq!(desk.pull(&endpoint).await.arrived, packages);
}

#[tokio::test]
async fn a_units_account_asks_for_nothing() {
    let (desk, endpoint, _) = ready(b"one").await;
    let report = desk.pull(&endpoint).await;
    assert_eq!(report.connection, Connection::NotTried);
    assert_eq!(endpoint.calls(), []);
}

#[tokio::test]
async fn a_restored_endpoint_is_asked_for_its_list_anew_and_nothing_here_goes() {
    let (endpoint, packages) = delivered(&[b"one"]).await;
    let desk = bureau(&endpoint).await;
    assert_eq!(desk.pull(&endpoint).await.arrived, packages);
    endpoint.restore_empty();
    assert_eq!(desk.pull(&endpoint).await.arrived, []);
    assert_eq!(received(&desk), packages);
    assert_eq!(desk.vault().assigned_after().unwrap(), 0);
}
