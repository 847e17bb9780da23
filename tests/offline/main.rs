//! Nothing leaves the classified edition: the real window, a page that tries, a day's work under
//! a tracer and without a network. Each proof is taken of the open edition too, where it fails.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![cfg(target_os = "linux")]

use luguo_tests::{
    offline::{
        Around, Calls, DONE, Guard, Listener, allowed, classified_job, knows_switches, open_job,
        reaching_imports, visit,
    },
    programs::program,
};
use std::process::Command;

#[test]
fn the_self_test_holds_behind_the_filter() {
    let output = Command::new(program("luguo-classified"))
        .arg("--self-test")
        .output()
        .unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{lines}");
    for what in [
        "AF_INET ",
        "AF_INET6",
        "AF_NETLINK",
        "AF_PACKET",
        "io_uring",
    ] {
        assert!(
            lines
                .lines()
                .any(|line| line.starts_with("通过") && line.contains(what)),
            "{what}: {lines}"
        );
    }
    assert!(!lines.contains("没有通过"), "{lines}");
}

#[test]
fn without_the_filter_the_program_refuses_to_start_and_says_why() {
    for arguments in [&[] as &[&str], &["--self-test"], &["--decode"]] {
        let output = Command::new(program("luguo-classified"))
            .args(arguments)
            .env("LUGUO_TEST_WITHOUT_FILTER", "forgotten")
            .output()
            .unwrap();
        let words = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(78), "{arguments:?}: {words}");
        for what in [
            "没有启动",
            "AF_INET ",
            "AF_NETLINK",
            "io_uring",
            "没有打开任何保管库",
        ] {
            assert!(words.contains(what), "{what}: {words}");
        }
    }
}

#[test]
fn what_is_released_has_no_switch_that_would_take_the_filter_off() {
    let released = "luguo-classified-as-released";
    assert!(!knows_switches(released));
    assert!(knows_switches("luguo-classified"), "the search finds them");
    for how in ["1", "forgotten"] {
        let output = Command::new(program(released))
            .arg("--self-test")
            .env("LUGUO_TEST_WITHOUT_FILTER", how)
            .output()
            .unwrap();
        let lines = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{how}: {lines}");
        assert!(lines.contains("通过"), "{how}: {lines}");
        assert!(!lines.contains("没有通过"), "{how}: {lines}");
    }
}

#[test]
fn a_connection_that_was_brought_along_stops_the_start() {
    let listener = Listener::start();
    let stream = std::net::TcpStream::connect(&listener.address).unwrap();
    let output = Command::new(program("luguo-classified"))
        .arg("--self-test")
        .stdin(std::os::fd::OwnedFd::from(stream))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(78));
    let words = String::from_utf8(output.stderr).unwrap();
    assert!(words.contains("带入了已打开的网络连接"), "{words}");
}

#[test]
fn the_program_itself_imports_nothing_that_resolves_a_name_or_connects() {
    let imports = reaching_imports("luguo-classified");
    assert!(imports.is_empty(), "{imports:?}");
    let control = reaching_imports("luguo");
    for name in ["getaddrinfo", "connect"] {
        assert!(control.contains(name), "the open edition: {control:?}");
    }
}

#[test]
fn a_hostile_page_reaches_nobody() {
    let reached = visit("luguo-classified", Guard::All);
    assert!(reached.is_empty(), "{reached:?}");
}

#[test]
fn the_filter_alone_lets_a_hostile_page_reach_nobody() {
    let reached = visit("luguo-classified", Guard::FilterOnly);
    assert!(reached.is_empty(), "{reached:?}");
}

#[test]
fn a_hostile_page_gets_through_where_nothing_stops_it() {
    for name in ["luguo-classified", "luguo"] {
        let reached = visit(name, Guard::Nothing);
        for way in [
            "img",
            "fetch",
            "xhr",
            "websocket",
            "form",
            "iframe",
            "font",
            "navigation",
        ] {
            assert!(reached.contains_key(way), "{name}, {way}: {reached:?}");
        }
    }
}

#[test]
fn a_day_of_work_is_granted_no_socket_that_leaves_this_machine() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("trace");
    let outcome = classified_job(Around::Trace(&file));
    assert_eq!(outcome.end(), DONE, "{:?}", outcome.said);
    let calls = Calls::read(&file);
    assert!(
        calls.granted["AF_UNIX"] > 0,
        "the trace saw the window: {calls:?}"
    );
    assert_eq!(calls.granted_elsewhere(), 0, "{:?}", calls.granted);
    assert!(calls.foreign.is_empty(), "{:?}", calls.foreign);
    for socket in &calls.connected {
        assert!(
            allowed(socket).is_some(),
            "{socket} is not in the list: {:?}",
            calls.connected
        );
    }
    assert!(
        outcome.home.join("data/cn.luguo.classified").is_dir(),
        "the identifier is the classified edition's own"
    );
}

#[test]
fn the_same_trace_finds_the_sockets_of_the_open_edition() {
    let listener = Listener::start();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("trace");
    let outcome = open_job(&listener.address, Around::Trace(&file));
    assert_eq!(outcome.end(), DONE, "{:?}", outcome.said);
    assert!(
        outcome.processes.values().all(|count| count.filtered == 0),
        "{:?}",
        outcome.processes
    );
    let calls = Calls::read(&file);
    assert!(!listener.heard().is_empty(), "{:?}", outcome.said);
    assert!(
        calls.granted.contains_key("AF_INET"),
        "{:?}, {:?}",
        calls.granted,
        outcome.said
    );
    assert!(!calls.foreign.is_empty());
    assert!(outcome.home.join("data/cn.luguo.desk").is_dir());
}

#[test]
fn every_process_of_the_window_is_behind_the_filter() {
    let outcome = classified_job(Around::Nothing);
    assert_eq!(outcome.end(), DONE, "{:?}", outcome.said);
    let processes = outcome.processes;
    for name in ["luguo-classifie", "WebKitWebProces", "WebKitNetworkPr"] {
        assert!(processes.contains_key(name), "{name}: {processes:?}");
    }
    for (name, count) in &processes {
        assert_eq!(count.filtered, count.all, "{name}: {processes:?}");
    }
}

#[test]
fn a_day_of_work_needs_no_network() {
    let outcome = classified_job(Around::EmptyNetwork);
    assert_eq!(outcome.end(), DONE, "{:?}", outcome.said);
}

#[test]
fn the_open_edition_reaches_nobody_in_the_same_empty_network() {
    let listener = Listener::start();
    let outcome = open_job(&listener.address, Around::EmptyNetwork);
    assert!(
        listener.heard().is_empty(),
        "an empty network is empty: {:?}",
        listener.heard()
    );
    let words = outcome.said.join("\n");
    assert!(
        words.contains("没有应答") || words.contains("连不上"),
        "{words}"
    );
}
