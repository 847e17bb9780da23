//! The system's file dialogs. The paths stay here and in the desk; the page sees tokens.

use luguo_desk::Dialogs;
use rfd::AsyncFileDialog;
use std::{future::Future, path::PathBuf, sync::mpsc};
use tauri::AppHandle;

/// Dialogs of the running app.
pub(crate) struct SystemDialogs {
    app: AppHandle,
}

impl SystemDialogs {
    pub(crate) fn new(app: AppHandle) -> Self {
        Self { app }
    }

    /// Makes the dialog on the main thread, as the toolkits ask, and waits for it on this one.
    fn show<T, F>(&self, make: impl FnOnce() -> F + Send + 'static) -> Option<T>
    where
        T: Send + 'static,
        F: Future<Output = Option<T>> + Send + 'static,
    {
        let (sender, answer) = mpsc::channel();
        self.app
            .run_on_main_thread(move || {
                let dialog = make();
                std::thread::spawn(move || {
                    // The person may have closed the program meanwhile: nobody waits then.
                    let _ = sender.send(tauri::async_runtime::block_on(dialog));
                });
            })
            .ok()?;
        answer.recv().ok().flatten()
    }
}

impl Dialogs for SystemDialogs {
    fn pick_files(&self, multiple: bool, title: &str) -> Vec<PathBuf> {
        let title = title.to_owned();
        let paths = if multiple {
            self.show(move || AsyncFileDialog::new().set_title(title).pick_files())
        } else {
            self.show(move || {
                let picked = AsyncFileDialog::new().set_title(title).pick_file();
                async move { picked.await.map(|file| vec![file]) }
            })
        };
        paths
            .unwrap_or_default()
            .iter()
            .map(|file| file.path().to_owned())
            .collect()
    }

    fn pick_place(&self, file_name: &str, title: &str) -> Option<PathBuf> {
        let (file_name, title) = (file_name.to_owned(), title.to_owned());
        self.show(move || {
            AsyncFileDialog::new()
                .set_title(title)
                .set_file_name(file_name)
                .save_file()
        })
        .map(|file| file.path().to_owned())
    }

    fn pick_folder(&self, title: &str) -> Option<PathBuf> {
        let title = title.to_owned();
        self.show(move || AsyncFileDialog::new().set_title(title).pick_folder())
            .map(|folder| folder.path().to_owned())
    }
}
