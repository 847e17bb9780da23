//! The windows: their size and title, where they may go, and what is dropped on them.

use crate::switches::Switches;
use luguo_desk::{Desk, VaultKind};
use std::{path::PathBuf, sync::Arc};
use tauri::{
    App, AppHandle, DragDropEvent, Emitter, Manager, Runtime, Url, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder, WindowEvent, webview::NewWindowResponse,
};

/// Name of the window for evidence; it ends with the first.
const SECOND: &str = "second";
const TITLE_OPEN: &str = "鲁果 · 山东省重大科技成果常态化征集";
/// "Cannot" where the kernel sees to it, "does not" where only the program does.
const TITLE_CLASSIFIED: &str = if cfg!(target_os = "linux") {
    "鲁果 涉密单机版 · 不能连接任何网络"
} else {
    "鲁果 涉密单机版 · 不连接任何网络"
};

/// Opens the window.
///
/// # Errors
/// When the system cannot make one.
pub(crate) fn open(app: &App, edition: VaultKind, switches: &Switches) -> tauri::Result<()> {
    let title = match edition {
        VaultKind::Open => TITLE_OPEN,
        VaultKind::Classified => TITLE_CLASSIFIED,
    };
    let mut builder = WebviewWindowBuilder::new(app, "main", WebviewUrl::App("index.html".into()))
        .title(title)
        .inner_size(1280.0, 840.0)
        .min_inner_size(800.0, 560.0);
    if !switches.without_policy {
        builder = kept_here(builder, edition);
    }
    #[cfg(debug_assertions)]
    if let Some(script) = &switches.script {
        builder = driven(builder, &std::fs::read_to_string(script)?);
    }
    let window = builder.build()?;
    let handle = window.clone();
    window.on_window_event(move |event| {
        match event {
            WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => adopt(&handle, paths),
            WindowEvent::Destroyed => {
                if let Some(second) = handle.get_webview_window(SECOND) {
                    // It may be going away by itself.
                    let _ = second.close();
                }
            }
            _ => {}
        }
    });
    Ok(())
}

/// Opens the window for evidence on a second screen, or brings it to the front. It shows what the
/// first window tells it to.
///
/// # Errors
/// When the system cannot make one.
pub(crate) fn open_second(app: &AppHandle) -> tauri::Result<()> {
    if let Some(window) = app.get_webview_window(SECOND) {
        return window.set_focus();
    }
    let builder =
        WebviewWindowBuilder::new(app, SECOND, WebviewUrl::App("index.html#second".into()))
            .title("鲁果 · 佐证材料")
            .inner_size(960.0, 840.0)
            .min_inner_size(480.0, 400.0);
    kept_here(builder, crate::start::EDITION).build()?;
    Ok(())
}

/// Keeps a window at its own page; in the classified edition also without windows and downloads
/// that a page asks for, and out of recordings of the screen where the system can (Windows, macOS).
fn kept_here<'a, R: Runtime, M: Manager<R>>(
    builder: WebviewWindowBuilder<'a, R, M>,
    edition: VaultKind,
) -> WebviewWindowBuilder<'a, R, M> {
    let builder = builder.on_navigation(is_own_page);
    match edition {
        VaultKind::Open => builder,
        VaultKind::Classified => builder
            .content_protected(true)
            .on_new_window(|_, _| NewWindowResponse::Deny)
            .on_download(|_, _| false),
    }
}

/// Lets a test's script run in the page, and its progress, which it puts into the page's title, be
/// read from outside.
#[cfg(debug_assertions)]
fn driven<'a, R: Runtime, M: Manager<R>>(
    builder: WebviewWindowBuilder<'a, R, M>,
    script: &str,
) -> WebviewWindowBuilder<'a, R, M> {
    builder
        .initialization_script(script)
        .on_document_title_changed(|_, title| eprintln!("page: {title}"))
}

/// A content policy does not stop navigation; this does.
fn is_own_page(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => true,
        // A document is shown in a frame without scripts and without an address.
        "about" => url.path() == "srcdoc",
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

/// Turns dropped paths into tokens and tells the page.
fn adopt(window: &WebviewWindow, paths: &[PathBuf]) {
    let desk = window.state::<Arc<Desk>>();
    let picked: Vec<_> = paths
        .iter()
        .filter(|path| path.is_file())
        .map(|path| desk.adopt_file(path.clone()))
        .collect();
    // The page may be going away; then nobody is left to tell.
    let _ = window.emit("files-dropped", picked);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_goes_nowhere_but_to_its_own_page() {
        for (address, allowed) in [
            ("tauri://localhost/index.html", true),
            ("http://tauri.localhost/", true),
            ("http://127.0.0.1:8080/?secret", false),
            ("https://example.org/", false),
            ("file:///etc/passwd", false),
            ("javascript:alert(1)", false),
            ("about:srcdoc", true),
            ("about:blank", false),
        ] {
            let url = address.parse().expect("a literal address");
            assert_eq!(is_own_page(&url), allowed, "{address}");
        }
    }
}
