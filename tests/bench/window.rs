//! The real window: opening a form with a hundred pieces of evidence, by the page's own clock.

use crate::row;
use luguo_tests::{
    main_job::unlock,
    story::{Desk, PREPARER, PREPARER_PASSPHRASE},
    window::{Window, home},
};
use std::time::Duration;

const PIECES: usize = 100;

/// Clicks what opens, and notes when a selector is there this many times.
const CLOCK: &str = "window.took = null;
const start = performance.now();
const done = () => document.querySelectorAll(SELECTOR).length >= COUNT;
const watch = new MutationObserver(() => {
  if (!done()) return;
  watch.disconnect();
  requestAnimationFrame(() => { window.took = performance.now() - start });
});
watch.observe(document.body, { childList: true, subtree: true });
document.querySelector(\"[data-testid='CLICK']\").click();";

pub(crate) fn run() {
    let took = |pieces: usize| {
        let desk = Desk::new();
        let id = desk.import("key-technology.json");
        for n in 0..pieces {
            let file = desk.file(&format!("佐证 {n}.pdf"), 20_000, n as u64 + 1);
            desk.attach(&id, &file, "summary");
        }
        let (home, _) = home(desk.folder.path());
        let window = Window::open(&home, desk.vault.parent().unwrap());
        unlock(&window, PREPARER, PREPARER_PASSPHRASE);
        window.wait_for("declaration-open");
        let form = clocked(&window, "declaration-open", "field-name", 1);
        let evidence = clocked(&window, "section-evidence", "evidence-row", pieces);
        (form, evidence)
    };
    let (form, evidence) = took(PIECES);
    let (small_form, small_evidence) = took(1);
    row(
        "open a form with 100 pieces of evidence in the window",
        form,
        "with one piece",
        small_form,
    );
    row(
        "show its 100 pieces",
        evidence,
        "show one piece",
        small_evidence,
    );
}

fn clocked(window: &Window, click: &str, wanted: &str, count: usize) -> Duration {
    let script = CLOCK
        .replace("SELECTOR", &format!("\"[data-testid='{wanted}']\""))
        .replace("COUNT", &count.to_string())
        .replace("CLICK", click);
    window.run(&script);
    for _ in 0..300 {
        if let Some(milliseconds) = window.run("return window.took").as_f64() {
            return Duration::from_secs_f64(milliseconds / 1000.0);
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("{wanted} did not appear {count} times")
}
