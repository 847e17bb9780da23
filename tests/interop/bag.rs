//! Python's `bagit` validates an exported package.

use luguo_tests::{
    programs::{python, root},
    story::Desk,
};

#[test]
fn python_bagit_validates_an_exported_package() {
    let desk = Desk::new();
    let id = desk.approved(500_000);
    let path = desk.folder.path().join("包.zip");
    desk.preparer
        .done(&["package", "export", &id, "-o", path.to_str().unwrap()]);
    let output = python()
        .arg(root().join("tests/interop/bag.py"))
        .arg(&path)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
