//! Notices of the system's desktop.

use luguo_desk::Notices;
use tauri::AppHandle;
use tauri_plugin_notification::NotificationExt as _;

/// Notices of the running app; without a sound.
pub(crate) struct SystemNotices(pub(crate) AppHandle);

impl Notices for SystemNotices {
    fn show(&self, title: &str, words: &str) {
        // A desktop without notices is no reason to disturb anybody: the list says the same.
        if let Err(fault) = self
            .0
            .notification()
            .builder()
            .title(title)
            .body(words)
            .silent()
            .show()
        {
            eprintln!("no notice was shown: {fault}");
        }
    }
}
