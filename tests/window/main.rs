//! The real window under WebDriver: few tests that prove the wiring from page to vault.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use luguo_tests::{
    endpoint::Endpoint,
    files::fixtures,
    main_job::{nearly_complete_desk, paste_picture, unlock, walk},
    process::wait_until,
    story::{
        Desk, PREPARER, PREPARER_PASSPHRASE, REVIEWER, REVIEWER_PASSPHRASE,
        holds_exactly_one_whole_package,
    },
    window::{Window, home},
};
use std::time::Duration;

fn open(desk: &Desk) -> Window {
    let (home, _) = home(desk.folder.path());
    Window::open(&home, desk.vault.parent().unwrap())
}

#[test]
fn the_first_run_makes_a_vault_and_shows_what_to_do_first() {
    let folder = tempfile::tempdir().unwrap();
    let (home, vaults) = home(folder.path());
    let window = Window::open(&home, &vaults);
    window.type_into("create-vault-person", PREPARER);
    window.type_into(
        "create-vault-unit",
        "青岛海洋装备研究院（含深海装备联合实验室与海洋观测数据中心）",
    );
    window.choose("create-vault-city", "370200");
    window.type_into("create-vault-passphrase", PREPARER_PASSPHRASE);
    window.type_into("create-vault-passphrase-again", "something else");
    window.click("create-vault-submit");
    window.wait_for_text("failure", "不一样");
    window.run(
        "document.querySelector(\"[data-testid='create-vault-passphrase-again']\").value = ''",
    );
    window.type_into("create-vault-passphrase-again", PREPARER_PASSPHRASE);
    window.click("create-vault-submit");
    window.wait_for("new-declaration");
    window.wait_for("empty");
}

#[test]
fn everything_is_shown_larger_by_choice_and_by_key() {
    let desk = Desk::new();
    let window = open(&desk);
    unlock(&window, PREPARER, PREPARER_PASSPHRASE);
    let width = || window.run("return window.innerWidth").as_f64().unwrap();
    let becomes = |wanted: f64| {
        wait_until("the size", Duration::from_secs(10), || {
            (width() / wanted - 1.0).abs() < 0.02
        });
    };
    let whole = width();
    window.click("nav-settings");
    window.click("zoom-150");
    becomes(whole / 1.5);
    let key = |name: &str| {
        window.run(&format!(
            "window.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{name}', ctrlKey: true }}))"
        ));
    };
    key("+");
    becomes(whole / 1.75);
    key("0");
    becomes(whole);
}

#[test]
fn a_classified_achievement_ends_at_the_question_and_leaves_nothing() {
    let desk = Desk::new();
    let window = open(&desk);
    unlock(&window, PREPARER, PREPARER_PASSPHRASE);
    window.click("new-declaration");
    window.click("classified-yes");
    window.wait_for_text("classified-end", "没有保存任何内容");
    window.click("nav-mine");
    window.wait_for("empty");
    window.close();
    let list = desk.preparer.done(&["declaration", "list"]);
    assert_eq!(list.as_array().unwrap().len(), 0);
}

#[test]
fn what_was_typed_is_there_after_a_restart() {
    let desk = Desk::new();
    let window = open(&desk);
    unlock(&window, PREPARER, PREPARER_PASSPHRASE);
    window.click("new-declaration");
    window.click("classified-no");
    window.type_into("field-name", "深海耐压钛合金浮力球");
    window.choose("field-field", "marine");
    window.wait_for_text("saved-at", "已保存");
    std::thread::sleep(std::time::Duration::from_millis(1500));
    window.close();
    let window = open(&desk);
    unlock(&window, PREPARER, PREPARER_PASSPHRASE);
    window.click("declaration-open");
    window.wait_for_text("field-name", "深海耐压钛合金浮力球");
    assert_eq!(window.text_of("field-field"), "marine");
}

#[test]
fn a_pasted_picture_becomes_evidence() {
    let desk = Desk::new();
    desk.import("basic-research.json");
    let window = open(&desk);
    unlock(&window, PREPARER, PREPARER_PASSPHRASE);
    window.click("declaration-open");
    window.click("section-evidence");
    window.wait_for("evidence-empty");
    paste_picture(
        &window,
        "系统截图 很长的名称用来看换行是否正常显示在一行里.png",
    );
    window.wait_for("evidence-row");
    window.click("evidence-preview");
    window.wait_for("preview");
}

/// The web view of the system shows what the browser of the stories shows.
#[test]
fn a_pdf_a_tiff_and_films_are_shown_in_the_window() {
    let desk = Desk::new();
    let id = desk.import("basic-research.json");
    let viewers = fixtures().join("viewers");
    for file in [
        viewers.join("扫描 JBIG2.pdf"),
        viewers.join("五页扫描 G4.tif"),
        fixtures().join("试验录像.webm"),
        viewers.join("试验录像.mp4"),
        viewers.join("应用证明.docx"),
    ] {
        desk.attach(&id, &file, "category");
    }
    let window = open(&desk);
    unlock(&window, PREPARER, PREPARER_PASSPHRASE);
    window.click("declaration-open");
    window.click("section-evidence");
    let becomes = |piece: usize, what: &str, script: &str| {
        window.run(&format!(
            "document.querySelectorAll(\"[data-testid='evidence-preview']\")[{piece}].click()"
        ));
        window.wait_for("viewer");
        wait_until(what, Duration::from_secs(30), || {
            window.run(&format!("return Boolean({script})")) == true
        });
        if let Ok(folder) = std::env::var("SCREENS") {
            window.picture(&std::path::Path::new(&folder).join(format!("窗口-{what}.png")));
        }
        window.click("preview-close");
    };
    // Dark pixels on the page: a scan without its decoder comes out blank.
    let inked = |drawn: &str| {
        format!(
            "(() => {{ const drawn = document.querySelector(`[data-page='1'][data-ready] {drawn}`);
            if (!drawn) return false;
            const canvas = document.createElement('canvas'); canvas.width = 100; canvas.height = 140;
            const context = canvas.getContext('2d'); context.drawImage(drawn, 0, 0, 100, 140);
            const {{ data }} = context.getImageData(0, 0, 100, 140); let dark = 0, light = 0;
            for (let at = 0; at < data.length; at += 4) if (data[at] < 160) dark += 1; else light += 1;
            return dark > 50 && light > 50 }})()"
        )
    };
    let plays = "document.querySelector(`[data-testid='viewer-video']`)?.readyState >= 2";
    becomes(0, "a scan in JBIG2", &inked("canvas"));
    becomes(1, "a TIFF in G4", &inked("img"));
    becomes(2, "a film in WebM", plays);
    becomes(3, "a film in MP4", plays);
    becomes(
        4,
        "a Word document",
        "document.querySelector(`[data-testid='viewer-word']`)",
    );
}

#[test]
fn a_second_window_opens_and_shows_what_the_reading_desk_is_at() {
    let desk = Desk::new();
    let id = desk.import("basic-research.json");
    desk.complete(&id);
    desk.preparer.done(&["declaration", "submit", &id]);
    let window = open(&desk);
    unlock(&window, REVIEWER, REVIEWER_PASSPHRASE);
    window.click("nav-review");
    window.click("declaration-open");
    window.wait_for("viewer");
    window.click("reading-second");
    // The second window said over the line between both that it is there.
    window.wait_for_text("reading-second", "材料在另一个窗口");
    assert!(!window.has("viewer"));
    if let Ok(folder) = std::env::var("SCREENS") {
        std::thread::sleep(Duration::from_secs(2));
        window.picture(&std::path::Path::new(&folder).join("窗口-两个.png"));
    }
}

#[test]
fn files_dropped_on_the_window_become_evidence() {
    let desk = Desk::new();
    desk.import("basic-research.json");
    let window = open(&desk);
    unlock(&window, PREPARER, PREPARER_PASSPHRASE);
    window.click("declaration-open");
    window.click("section-evidence");
    window.wait_for("evidence-empty");
    let proof = fixtures().join("发明专利证书 副本.pdf");
    let photo = fixtures().join("现场照片 旋转.jpg");
    window.drop_files(&[&proof, &photo]);
    window.wait_for_text("job", "完成");
    window.close();
    let id = desk.preparer.done(&["declaration", "list"])[0]["id"].clone();
    let listed = desk
        .preparer
        .done(&["evidence", "list", id.as_str().unwrap()]);
    let names: Vec<_> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["file_name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["发明专利证书 副本.pdf", "现场照片 旋转.jpg"]);
}

#[test]
fn the_main_job_goes_from_the_form_to_the_verified_receipt() {
    let desk = nearly_complete_desk(&[]);
    let endpoint = Endpoint::start(&desk.folder.path().join("endpoint"));
    let window = open(&desk);
    walk(&window, &endpoint.url, |_, _| {});
    window.close();
    holds_exactly_one_whole_package(&endpoint);
}

#[test]
fn a_wrong_passphrase_is_refused_in_the_window_too() {
    let desk = Desk::new();
    let window = open(&desk);
    window.type_into("unlock-person", PREPARER);
    window.type_into("unlock-passphrase", REVIEWER_PASSPHRASE);
    window.click("unlock-submit");
    window.wait_for_text("failure", "姓名或密码不对");
    assert!(!window.has("lock"));
}

#[test]
fn the_classified_edition_wears_its_mark_and_has_no_sync_centre() {
    let folder = tempfile::tempdir().unwrap();
    let (home, vaults) = home(folder.path());
    luguo_testkit::classified_vault(&vaults.join("涉密.luguo"), PREPARER, PREPARER_PASSPHRASE);
    let window = Window::open_program("luguo-classified", &home, &vaults);
    window.wait_for("unlock-person");
    assert!(
        window.text().contains("涉密单机版"),
        "before the vault is open"
    );
    unlock(&window, PREPARER, PREPARER_PASSPHRASE);
    assert!(window.text().contains("涉密单机版"), "and after");
    assert!(!window.has("nav-sync"));
    window.click("new-declaration");
    window.click("classified-yes");
    window.wait_for("field-name");
    window.type_into("field-name", "涉密成果");
    window.wait_for_text("saved-at", "已保存");
    window.close();
}
