//! SANE's own test scanner: glass, feeder, stopping, and a scanner that is not there.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use luguo_scan::{Mode, Sane, ScanDriver as _, ScanFault, Settings};
use std::ops::ControlFlow;

/// The test scanner alone.
fn sane(folder: &std::path::Path) -> Sane {
    std::fs::write(folder.join("dll.conf"), "test\n").unwrap();
    Sane::new(folder.to_owned()).configured(folder.to_owned())
}

fn settings(feeder: bool) -> Settings {
    Settings {
        mode: Mode::Gray,
        resolution: 50,
        feeder,
    }
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

#[test]
fn the_glass_gives_one_page_and_the_feeder_all_of_its_pages() {
    let folder = tempfile::tempdir().unwrap();
    let sane = sane(folder.path());
    let devices = sane.devices().unwrap();
    assert!(devices.len() >= 2, "{devices:?}");
    let count = |feeder, most: usize| {
        let mut pages = 0;
        sane.scan(&devices[0].id, settings(feeder), &mut |bytes| {
            assert!(bytes.starts_with(PNG));
            pages += 1;
            if pages == most {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })
        .unwrap();
        pages
    };
    assert_eq!(count(false, 100), 1);
    assert_eq!(count(true, 100), 10, "the test scanner holds ten sheets");
    assert_eq!(count(true, 3), 3, "stopped by the person");
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["dll.conf"], "no page stays where it passed");
}

#[test]
fn a_scanner_that_is_not_there_and_a_system_without_scanners_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let sane = sane(folder.path());
    let nothing = &mut |_| ControlFlow::Continue(());
    assert_eq!(
        sane.scan("nosuch:0", settings(false), nothing),
        Err(ScanFault::NoDevice)
    );
    std::fs::write(folder.path().join("dll.conf"), "\n").unwrap();
    assert_eq!(sane.devices().unwrap(), []);
}
