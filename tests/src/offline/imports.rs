//! What stands in a built program: the names it imports from the system's libraries, and the
//! switches of tests.

use crate::programs::program;
use std::{collections::BTreeSet, process::Command};

/// Names that resolve a host, or open a connection through a library.
const REACHING: &[&str] = &[
    "connect",
    "getaddrinfo",
    "gethostbyname",
    "gethostbyname2",
    "gethostbyname_r",
    "gethostbyname2_r",
    "getnameinfo",
    "getifaddrs",
    "res_query",
    "__res_query",
    "res_nquery",
    "sendto",
    "sendmmsg",
];

/// Beginnings of such names in the libraries that come with the web view.
const REACHING_FAMILIES: &[&str] = &[
    "curl_",
    "g_network_",
    "g_resolver_",
    "g_socket_",
    "soup_session_",
    "soup_server_",
    "io_uring",
];

/// The imports of a built program that reach out, by name.
///
/// # Panics
/// When it was not built or `nm` is missing.
pub fn reaching_imports(name: &str) -> BTreeSet<String> {
    let output = Command::new("nm")
        .args(["--dynamic", "--undefined-only", "--format=just-symbols"])
        .arg(program(name))
        .output()
        .expect("binutils come with the compiler");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("socket"), "nm lists the imports of {name}");
    text.lines()
        // `connect@GLIBC_2.2.5`
        .filter_map(|line| line.split('@').next())
        .filter(|symbol| {
            REACHING.contains(symbol)
                || REACHING_FAMILIES
                    .iter()
                    .any(|family| symbol.starts_with(family))
        })
        .map(str::to_owned)
        .collect()
}

/// Whether a built program knows a switch of the tests.
///
/// # Panics
/// When it was not built.
pub fn knows_switches(name: &str) -> bool {
    const SWITCH: &[u8] = b"LUGUO_TEST_";
    std::fs::read(program(name))
        .unwrap()
        .windows(SWITCH.len())
        .any(|words| words == SWITCH)
}
