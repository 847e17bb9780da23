//! Environment variables that must be right before the first web view exists.

/// Removes what would open the window to other programs, and turns off a renderer that shows
/// blank windows.
///
/// Called first in `main`, before any thread exists.
#[expect(
    unsafe_code,
    reason = "the environment is changed before any other thread runs"
)]
pub(crate) fn prepare() {
    if cfg!(not(debug_assertions)) {
        // The toolkit honours it in release builds too: any local process could drive the window.
        unsafe { std::env::remove_var("TAURI_WEBVIEW_AUTOMATION") };
    }
    #[cfg(target_os = "linux")]
    if std::env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() && has_blank_window_defect() {
        unsafe { std::env::set_var("WEBKIT_DISABLE_DMABUF_RENDERER", "1") };
    }
}

/// WebKitGTK before 2.48 shows blank windows with its DMABUF renderer on some drivers.
#[cfg(target_os = "linux")]
fn has_blank_window_defect() -> bool {
    let Ok(version) = tauri::webview_version() else {
        return false;
    };
    let mut parts = version
        .split('.')
        .map(|part| part.parse::<u32>().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) < (2, 48)
}
