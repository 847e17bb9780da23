//! The torture harness, a few points of each kind; `cargo xtask torture` tries every one.

use luguo_tests::torture::{Deed, Ground, power::Disk};

/// Points that this run tries of each deed, about.
const EVERY: u32 = 53;

fn survives(deed: Deed) {
    let score = Ground::new().torture(deed, EVERY);
    println!("{deed:?}: {score}");
    assert!(score.points > 5, "{score}");
    assert!(score.is_clean(), "{score}");
}

#[test]
fn a_save_killed_or_failed_at_any_call_loses_nothing_acknowledged() {
    survives(Deed::Save);
}

#[test]
fn an_import_killed_or_failed_at_any_call_leaves_no_orphan() {
    survives(Deed::Import);
}

#[test]
fn an_approval_killed_or_failed_at_any_call_is_whole_or_not_there() {
    survives(Deed::Approve);
}

#[test]
fn a_backup_killed_or_failed_at_any_call_leaves_the_vault_and_no_half_backup() {
    survives(Deed::Backup);
}

#[test]
fn a_power_cut_leaves_what_was_acknowledged_and_a_lying_disk_is_found_out() {
    let ground = Ground::new();
    let honest = ground.cut_power(Deed::Save, Disk::Honest, 25);
    println!("honest disk: {honest}");
    assert!(honest.is_clean(), "{honest}");
    let lying = ground.cut_power(Deed::Save, Disk::Lying, usize::MAX);
    println!("lying disk: {lying}");
    assert!(
        !lying.is_clean(),
        "without fsync the harness has to report a loss: {lying}"
    );
}
