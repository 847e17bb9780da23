//! Evidence that other programs made comes in, is recognised, and comes out byte for byte.

use luguo_tests::{
    files::fixtures,
    story::{Desk, sha256},
};

#[test]
fn files_of_other_programs_come_in_and_out_unchanged() {
    let desk = Desk::new();
    let id = desk.import("key-technology.json");
    let long = format!("{}a.pdf", "长".repeat(65));
    for (name, media_type) in [
        ("发明专利证书.pdf", "application/pdf"),
        ("发明专利证书 副本.pdf", "application/pdf"),
        (long.as_str(), "application/pdf"),
        ("现场照片 旋转.jpg", "image/jpeg"),
        ("系统截图.png", "image/png"),
        ("扫描件 两页.tif", "image/tiff"),
        ("试验录像.webm", "video/webm"),
        ("大文件 200MB.bin", "application/octet-stream"),
    ] {
        let file = fixtures().join(name);
        let added = desk.attach(&id, &file, "summary");
        assert_eq!(added["media_type"], media_type, "{name}");
        assert_eq!(added["file_name"], name);
        assert_eq!(added["sha256"].as_str().unwrap(), sha256(&file), "{name}");
        let out = desk.folder.path().join("取出");
        desk.preparer.done(&[
            "evidence",
            "extract",
            &id,
            added["id"].as_str().unwrap(),
            "-o",
            out.to_str().unwrap(),
        ]);
        assert_eq!(sha256(&out), sha256(&file), "{name}");
    }
    let empty = fixtures().join("空文件.pdf");
    let refused = desk.preparer.call(&[
        "evidence",
        "add",
        &id,
        empty.to_str().unwrap(),
        "--claim",
        "summary",
    ]);
    assert_eq!(refused.code, 2);
    assert!(refused.said.contains("空文件.pdf"), "{}", refused.said);
}
