//! An approved package as a file: exported, verified, the same bytes each time.

use luguo_tests::story::Desk;

#[test]
fn an_exported_package_verifies_and_is_the_same_each_time() {
    let desk = Desk::new();
    let id = desk.approved(0);
    let (one, two) = (
        desk.folder.path().join("一.zip"),
        desk.folder.path().join("二.zip"),
    );
    for path in [&one, &two] {
        desk.reviewer
            .done(&["package", "export", &id, "-o", path.to_str().unwrap()]);
    }
    assert_eq!(std::fs::read(&one).unwrap(), std::fs::read(&two).unwrap());
    let report = desk
        .preparer
        .done(&["package", "verify", one.to_str().unwrap()]);
    assert_eq!(report["valid"], true);
}

#[test]
fn a_damaged_package_is_refused_naming_the_file() {
    let desk = Desk::new();
    let id = desk.approved(0);
    let path = desk.folder.path().join("包.zip");
    desk.preparer
        .done(&["package", "export", &id, "-o", path.to_str().unwrap()]);
    let mut bytes = std::fs::read(&path).unwrap();
    let blob = bytes
        .windows(11)
        .position(|window| window == b"data/blobs/")
        .unwrap();
    bytes[blob + 400] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let answer = desk
        .preparer
        .call(&["package", "verify", path.to_str().unwrap()]);
    assert_eq!(answer.code, 1);
    let faults = answer.json["faults"].as_array().unwrap();
    assert!(
        faults.iter().any(|fault| {
            fault["code"] == "damaged" && fault["path"].as_str().unwrap().contains("data/blobs/")
        }),
        "{faults:?}"
    );
}

#[test]
fn evidence_comes_out_as_it_went_in() {
    let desk = Desk::new();
    let id = desk.import("basic-research.json");
    let file = desk.file("名称 有空格.tif", 2_500_000, 11);
    let added = desk.attach(&id, &file, "category");
    let evidence = added["id"].as_str().unwrap().to_owned();
    let out = desk.folder.path().join("取出.tif");
    desk.preparer.done(&[
        "evidence",
        "extract",
        &id,
        &evidence,
        "-o",
        out.to_str().unwrap(),
    ]);
    assert_eq!(std::fs::read(&file).unwrap(), std::fs::read(&out).unwrap());
}
