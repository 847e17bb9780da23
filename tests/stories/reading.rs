//! Marks travel: back to the preparer with a return, out of the unit with the package, and to
//! whoever takes that package in. Paper becomes evidence through the scanner.

use luguo_tests::story::Desk;

#[test]
fn marks_come_back_with_a_return_and_travel_in_the_package() {
    let desk = Desk::new();
    let id = desk.import("basic-research.json");
    desk.complete(&id);
    desk.preparer.done(&["declaration", "submit", &id]);
    let mark = |words: &str, private: &[&str]| {
        let arguments = [
            &["review", "mark", &id, "--field", "name", "--words", words],
            private,
        ]
        .concat();
        desk.reviewer.done(&arguments)
    };
    mark("名称与证书不一致，请核对", &[]);
    mark("问一下科研处", &["--private"]);
    desk.reviewer
        .done(&["review", "tick", &id, "category", "unclear"]);
    // The return is drafted from what was noted.
    desk.reviewer.done(&["review", "return", &id]);

    let noted = desk.preparer.done(&["review", "show", &id]);
    let marks = noted["marks"].as_array().unwrap();
    assert_eq!(marks.len(), 1, "the private one stays: {marks:?}");
    let shown = desk.preparer.done(&["declaration", "show", &id]);
    let reason = shown["decisions"][0]["reason"].as_str().unwrap();
    assert!(
        reason.contains("名称与证书不一致") && reason.contains("看不清楚"),
        "{reason}"
    );
    let first = marks[0]["id"].as_str().unwrap();
    desk.preparer
        .done(&["review", "answer", &id, first, "--words", "已按证书改正"]);
    desk.preparer.done(&["declaration", "submit", &id]);
    let noted = desk.reviewer.done(&["review", "show", &id]);
    assert_eq!(noted["marks"][0]["answer"], "已按证书改正");
    assert_eq!(noted["returned"], 1);
    mark("改得好，同意报送", &[]);
    desk.reviewer.done(&["review", "approve", &id]);
    let package = desk.folder.path().join("成果包.zip");
    desk.preparer
        .done(&["package", "export", &id, "-o", package.to_str().unwrap()]);

    // Another vault takes it in and reads the same.
    let bureau = Desk::new();
    bureau
        .reviewer
        .done(&["package", "receive", package.to_str().unwrap()]);
    let listed = bureau.reviewer.done(&["package", "received"]);
    assert_eq!(listed["received"][0]["declaration"], id.as_str());
    let noted = bureau.reviewer.done(&["review", "show", &id]);
    let words: Vec<_> = noted["marks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|mark| mark["words"].as_str().unwrap())
        .collect();
    assert_eq!(words, ["改得好，同意报送"]);
    let decided = bureau.reviewer.call(&["review", "approve", &id]);
    assert_ne!(decided.code, 0, "the unit's decision is the unit's");
    let preparer = bureau.preparer.call(&["package", "received"]);
    assert_ne!(preparer.code, 0, "who prepares takes nothing in");

    // One byte differs: nothing is stored, and the fault stays on the list.
    let mut bytes = std::fs::read(&package).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let damaged = desk.folder.path().join("坏的.zip");
    std::fs::write(&damaged, bytes).unwrap();
    let refused = bureau
        .reviewer
        .call(&["package", "receive", damaged.to_str().unwrap()]);
    assert_ne!(refused.code, 0);
    let listed = bureau.reviewer.done(&["package", "received"]);
    assert_eq!(listed["received"].as_array().unwrap().len(), 1);
    assert_eq!(listed["refused"][0]["file_name"], "坏的.zip");
    let package = listed["received"][0]["package"].as_str().unwrap();
    bureau.reviewer.done(&["package", "let-go", package]);
    assert_ne!(bureau.reviewer.call(&["review", "show", &id]).code, 0);
}

#[test]
#[cfg(target_os = "linux")]
fn ten_sheets_in_the_feeder_become_one_piece_of_evidence() {
    let desk = Desk::new();
    let id = desk.import("key-technology.json");
    let sane = desk.folder.path().join("sane");
    std::fs::create_dir(&sane).unwrap();
    std::fs::write(sane.join("dll.conf"), "test\n").unwrap();
    let call = |arguments: &[&str]| {
        let mut command = desk.preparer.command();
        let output = command
            .env("SANE_CONFIG_DIR", &sane)
            .args(arguments)
            .output()
            .unwrap();
        luguo_tests::ctl::read(&output)
    };
    let listed = call(&["evidence", "scan", &id]);
    assert_eq!(
        listed.json["scanners"][0]["id"], "test:0",
        "{}",
        listed.said
    );
    let scanned = call(&[
        "evidence",
        "scan",
        &id,
        "--scanner",
        "test:0",
        "--feeder",
        "--resolution",
        "75",
        "--title",
        "检测报告",
        "--claim",
        "category",
    ]);
    assert_eq!(scanned.code, 0, "{}", scanned.said);
    let evidence = desk.preparer.done(&["evidence", "list", &id]);
    assert_eq!(evidence[0]["file_name"], "检测报告.pdf");
    let pdf = desk.folder.path().join("out.pdf");
    let piece = evidence[0]["id"].as_str().unwrap();
    desk.preparer.done(&[
        "evidence",
        "extract",
        &id,
        piece,
        "-o",
        pdf.to_str().unwrap(),
    ]);
    let info = std::process::Command::new("pdfinfo")
        .arg(&pdf)
        .output()
        .unwrap();
    let info = String::from_utf8_lossy(&info.stdout).into_owned();
    assert!(info.contains("Pages:           10"), "{info}");
    let gone = call(&["evidence", "scan", &id, "--scanner", "nosuch:0"]);
    assert_ne!(gone.code, 0);
    assert!(gone.said.contains("没有应答"), "{}", gone.said);
}
