//! The real window: the app under WebKitWebDriver, in a session bus and a home of its own.
//!
//! WebDriver's own screenshot call hangs without a GPU; pictures are taken of the display.

use crate::{
    process::wait_until,
    programs::{program, python, root},
};
use fantoccini::{Client, ClientBuilder, Locator, elements::Element, key::Key};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use std::{
    net::{TcpListener, TcpStream},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tokio::runtime::Runtime;

const PATIENCE: Duration = Duration::from_secs(30);

/// An open window of the app.
pub struct Window {
    runtime: Runtime,
    client: Option<Client>,
    driver: Child,
}

impl Window {
    /// Opens the app's window on a folder of vaults.
    ///
    /// # Panics
    /// Without a display (`cargo xtask test` starts a virtual one) or when the window does not open.
    pub fn open(home: &Path, vaults: &Path) -> Self {
        Self::open_program("luguo", home, vaults)
    }

    /// The same for another program: the classified edition.
    ///
    /// # Panics
    /// As [`Window::open`].
    pub fn open_program(name: &str, home: &Path, vaults: &Path) -> Self {
        assert!(
            std::env::var_os("DISPLAY").is_some(),
            "no DISPLAY: run `cargo xtask test`, which starts a virtual one"
        );
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let driver = Command::new("dbus-run-session")
            .args(["--", "WebKitWebDriver"])
            .arg(format!("--port={port}"))
            .env("HOME", home)
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            // WebDriver is TCP: a window behind the classified edition's filter is out of its reach.
            // Builds for release know no such word; tests/offline drives the filtered window.
            .env("LUGUO_TEST_WITHOUT_FILTER", "1")
            .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("NO_AT_BRIDGE", "1")
            .env("LANG", "C.UTF-8")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("dbus-run-session and WebKitWebDriver are installed by `cargo xtask test`");
        wait_until("WebKitWebDriver", PATIENCE, || {
            TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let mut window = Self {
            runtime,
            client: None,
            driver,
        };
        let capabilities = json!({
            "webkitgtk:browserOptions": {
                "binary": program(name),
                "args": ["--vaults", vaults],
            }
        });
        let client = window.runtime.block_on(async {
            ClientBuilder::new(HttpConnector::new())
                .capabilities(capabilities.as_object().unwrap().clone())
                .connect(&format!("http://127.0.0.1:{port}"))
                .await
        });
        window.client = Some(client.expect("the window opens"));
        window
    }

    fn client(&self) -> &Client {
        self.client.as_ref().expect("the window is open")
    }

    fn find(&self, selector: &str) -> Element {
        let start = Instant::now();
        loop {
            let found = self
                .runtime
                .block_on(self.client().find(Locator::Css(selector)));
            match found {
                Ok(element) => return element,
                Err(fault) if start.elapsed() > PATIENCE => {
                    panic!(
                        "{selector} did not appear: {fault}; the page says: {}",
                        self.text()
                    )
                }
                Err(_) => std::thread::sleep(Duration::from_millis(50)),
            }
        }
    }

    fn retry<T>(
        &self,
        what: &str,
        mut act: impl FnMut() -> Result<T, fantoccini::error::CmdError>,
    ) -> T {
        let start = Instant::now();
        loop {
            match act() {
                Ok(done) => return done,
                Err(fault) if start.elapsed() > PATIENCE => {
                    panic!("cannot {what}: {fault}; the page says: {}", self.text())
                }
                // The page was re-rendered between finding and acting.
                Err(_) => std::thread::sleep(Duration::from_millis(50)),
            }
        }
    }

    /// Waits for the element with this test id.
    ///
    /// # Panics
    /// When it does not appear.
    pub fn wait_for(&self, id: &str) {
        self.find(&by_id(id));
    }

    /// Whether an element with this test id stands on the page now.
    pub fn has(&self, id: &str) -> bool {
        self.runtime
            .block_on(self.client().find(Locator::Css(&by_id(id))))
            .is_ok()
    }

    /// Clicks the element with this test id.
    ///
    /// # Panics
    /// When it does not appear or cannot be clicked.
    pub fn click(&self, id: &str) {
        self.retry(&format!("click {id}"), || {
            let element = self.find(&by_id(id));
            self.runtime.block_on(element.click())
        });
    }

    /// Types into the field with this test id, after what stands there.
    ///
    /// # Panics
    /// When it does not appear or takes no text.
    pub fn type_into(&self, id: &str, text: &str) {
        self.retry(&format!("type into {id}"), || {
            let element = self.find(&by_id(id));
            self.runtime.block_on(element.send_keys(text))
        });
    }

    /// Chooses the option with this value in the select with this test id.
    ///
    /// # Panics
    /// When it does not appear or has no such option.
    pub fn choose(&self, id: &str, value: &str) {
        self.retry(&format!("choose {value} in {id}"), || {
            let element = self.find(&by_id(id));
            self.runtime.block_on(element.select_by_value(value))
        });
    }

    /// The text of the element with this test id, or its value where it is a field.
    ///
    /// # Panics
    /// When it does not appear.
    pub fn text_of(&self, id: &str) -> String {
        self.retry(&format!("read {id}"), || {
            let element = self.find(&by_id(id));
            self.runtime.block_on(async {
                match element.prop("value").await? {
                    Some(value) if !value.is_empty() => Ok(value),
                    _ => element.text().await,
                }
            })
        })
    }

    /// Waits until the element with this test id says something that contains `mark`.
    ///
    /// # Panics
    /// When it does not.
    pub fn wait_for_text(&self, id: &str, mark: &str) {
        let start = Instant::now();
        loop {
            let text = self.text_of(id);
            if text.contains(mark) {
                return;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "{id} says {text:?}, not {mark:?}; the page says: {}",
                self.text()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Everything the page says.
    pub fn text(&self) -> String {
        self.run("return document.body.innerText")
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Runs a script in the page.
    pub fn run(&self, script: &str) -> serde_json::Value {
        self.runtime
            .block_on(self.client().execute(script, Vec::new()))
            .unwrap_or_default()
    }

    /// Presses a key in the focused element.
    ///
    /// # Panics
    /// When nothing has the focus.
    pub fn press(&self, key: Key) {
        self.runtime.block_on(async {
            let active = self.client().active_element().await.unwrap();
            active
                .send_keys(&String::from(char::from(key)))
                .await
                .unwrap();
        });
    }

    /// Drops files on the window as a file manager does, by the X server's own protocol.
    ///
    /// # Panics
    /// When the window does not take them.
    pub fn drop_files(&self, files: &[&Path]) {
        let output = python()
            .arg(root().join("tests/window/drop.py"))
            .arg(self.driver.id().to_string())
            .args(files)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    /// Takes a picture of the display.
    ///
    /// # Panics
    /// When ImageMagick's `import` fails.
    pub fn picture(&self, path: &Path) {
        // What was clicked last is painted in the next frames.
        std::thread::sleep(Duration::from_millis(400));
        let status = Command::new("import")
            .args(["-window", "root"])
            .arg(path)
            .status()
            .expect("ImageMagick is installed by `cargo xtask test`");
        assert!(
            status.success(),
            "import could not write {}",
            path.display()
        );
    }

    /// Closes the window as a person would, waiting for the app's end.
    pub fn close(mut self) {
        self.end();
    }

    fn end(&mut self) {
        if let Some(client) = self.client.take() {
            // A window that is gone already is closed.
            let _ = self.runtime.block_on(client.close());
        }
        let group = format!("-{}", self.driver.id());
        let _ = Command::new("kill").args(["-TERM", "--", &group]).status();
        std::thread::sleep(Duration::from_millis(100));
        let _ = Command::new("kill")
            .args(["-KILL", "--", &group])
            .stderr(Stdio::null())
            .status();
        let _ = self.driver.wait();
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.end();
    }
}

fn by_id(id: &str) -> String {
    format!("[data-testid='{id}']")
}

/// A home folder with a place for vaults, for one window run.
///
/// # Panics
/// When the folders cannot be made.
pub fn home(folder: &Path) -> (PathBuf, PathBuf) {
    let (home, vaults) = (folder.join("home"), folder.join("vaults"));
    std::fs::create_dir_all(&home).unwrap();
    std::fs::create_dir_all(&vaults).unwrap();
    (home, vaults)
}
