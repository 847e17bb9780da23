//! The main job in the real window, as two people do it: finish a form, attach its last proof,
//! submit, approve, sign in, see the receipt.

use crate::{
    endpoint::{ACCOUNT, PASSWORD},
    story::{Desk, PREPARER, PREPARER_PASSPHRASE, REVIEWER, REVIEWER_PASSPHRASE},
    window::Window,
};
use std::path::Path;

/// A desk whose newest declaration lacks only the commitment page; `others` were imported before,
/// with all their papers.
///
/// # Panics
/// When the terminal program refuses.
pub fn nearly_complete_desk(others: &[&str]) -> Desk {
    let desk = Desk::new();
    for name in others {
        let id = desk.import(name);
        desk.prove(&id, name, None);
    }
    let name = "key-technology.json";
    let id = desk.import(name);
    desk.prove(&id, name, Some("commitment"));
    desk
}

/// Does the job on a desk made by [`nearly_complete_desk`], telling each step by name.
///
/// # Panics
/// When a step does not come about.
pub fn walk(window: &Window, endpoint: &str, mut step: impl FnMut(&Window, &str)) {
    step(window, "01-打开保管库");
    unlock(window, PREPARER, PREPARER_PASSPHRASE);
    window.wait_for("declaration-row");
    step(window, "02-我的成果");
    window.click("declaration-open");
    window.wait_for("field-name");
    step(window, "03-成果信息");
    window.click("section-summary");
    window.type_into("field-summary", "已列入省重点推广目录。");
    window.wait_for_text("saved-at", "已保存");
    step(window, "04-简介");
    window.click("section-evidence");
    window.wait_for("evidence-target");
    window.choose("evidence-target", "commitment");
    paste_picture(window, "承诺页.png");
    window.wait_for_text("job", "完成");
    step(window, "05-佐证材料");
    window.click("section-commitment");
    window.wait_for_text("open-count", "可以送审");
    window.click("submit-for-review");
    window.click("submit-confirm");
    window.wait_for_text("state", "待单位审核");
    step(window, "06-已送审");
    window.click("lock");

    unlock(window, REVIEWER, REVIEWER_PASSPHRASE);
    window.click("nav-review");
    window.click("declaration-open");
    window.wait_for("review-approve");
    step(window, "07-单位审核");
    window.click("review-approve");
    window.wait_for_text("state", "单位已通过");
    window.click("nav-sync");
    window.wait_for("sync-endpoint");
    step(window, "08-传输");
    window.type_into("sync-endpoint", endpoint);
    window.type_into("sync-account", ACCOUNT);
    window.type_into("sync-password", PASSWORD);
    window.click("sync-login");
    window.wait_for_text("outbox-step", "回执已核验");
    step(window, "09-已送达");
    window.click("receipt-open");
    window.wait_for_text("receipt-dialog", "签名已核验");
    step(window, "10-回执");
}

/// Opens the vault as one person.
///
/// # Panics
/// When it does not open.
pub fn unlock(window: &Window, person: &str, passphrase: &str) {
    window.type_into("unlock-person", person);
    window.type_into("unlock-passphrase", passphrase);
    window.click("unlock-submit");
    window.wait_for("lock");
}

/// Pastes a picture as if it came from the clipboard.
pub fn paste_picture(window: &Window, name: &str) {
    // One white pixel: a file of the clipboard has a name and bytes, nothing more is needed.
    let script = format!(
        "const text = atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTIG4gAAAABJRU5ErkJggg==');
         const bytes = Uint8Array.from(text, (c) => c.charCodeAt(0));
         const data = new DataTransfer();
         data.items.add(new File([bytes], '{name}', {{ type: 'image/png' }}));
         window.dispatchEvent(new ClipboardEvent('paste', {{ clipboardData: data, cancelable: true }}));"
    );
    window.run(&script);
}

/// Where the pictures of a walk go.
pub fn picture_path(screens: &Path, name: &str) -> std::path::PathBuf {
    screens.join(format!("{name}.png"))
}
