//! A tus client that is not ours uploads to the endpoint.

use luguo_tests::{
    endpoint::{ACCOUNT, Endpoint, PASSWORD},
    programs::{python, root},
};

#[test]
fn a_foreign_tus_client_uploads_and_the_endpoint_verifies_the_digest() {
    let folder = tempfile::tempdir().unwrap();
    let endpoint = Endpoint::start(&folder.path().join("endpoint"));
    let output = python()
        .arg(root().join("tests/interop/tus_client.py"))
        .args([&endpoint.url, ACCOUNT, PASSWORD])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
