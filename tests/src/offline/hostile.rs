//! A page that tries to carry something out, shown in the real window in the place of the
//! program's own page.

use super::{
    listener::Listener,
    run::{Around, Program},
};
use crate::programs::root;
use std::{collections::BTreeMap, time::Duration};

/// The ways out that the page tries.
pub const VECTORS: [&str; 12] = [
    "img",
    "fetch",
    "xhr",
    "websocket",
    "webrtc",
    "preconnect",
    "dns-prefetch",
    "navigation",
    "form",
    "iframe",
    "pdf-link",
    "font",
];

/// What stands between the page and the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// Everything that a release has.
    All,
    /// The filter alone: no content policy, and the page may go anywhere.
    FilterOnly,
    /// The content policy and the list of own pages alone.
    PolicyOnly,
    /// Nothing: the page must get through, or the test could not fail.
    Nothing,
}

impl Guard {
    fn variables(self) -> &'static [(&'static str, &'static str)] {
        const NO_FILTER: (&str, &str) = ("LUGUO_TEST_WITHOUT_FILTER", "1");
        const NO_POLICY: (&str, &str) = ("LUGUO_TEST_WITHOUT_POLICY", "1");
        match self {
            Self::All => &[],
            Self::FilterOnly => &[NO_POLICY],
            Self::PolicyOnly => &[NO_FILTER],
            Self::Nothing => &[NO_FILTER, NO_POLICY],
        }
    }
}

/// Shows the page in a program's window; how often each way out reached the server. Names are
/// asked of a name server of the test's own, which takes root.
///
/// # Panics
/// When the page is not shown.
pub fn visit(name: &str, guard: Guard) -> BTreeMap<String, usize> {
    let listener = Listener::start();
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page");
    std::fs::create_dir(&page).unwrap();
    for file in ["index.html", "hostile.js"] {
        let text = std::fs::read_to_string(root().join("tests/offline/page").join(file)).unwrap();
        let text = text
            .replace("{{SERVER}}", &listener.address)
            .replace("{{SILENT}}", &listener.silent)
            .replace("{{NAME}}", "carried-out.luguo.invalid");
        std::fs::write(page.join(file), text).unwrap();
    }
    // Nothing to do but to let the page's title be read.
    let script = folder.path().join("nothing.js");
    std::fs::write(&script, "").unwrap();
    let (page, script) = (
        page.to_string_lossy().into_owned(),
        script.to_string_lossy().into_owned(),
    );
    let mut variables = vec![
        ("LUGUO_TEST_PAGE", page.as_str()),
        ("LUGUO_TEST_SCRIPT", script.as_str()),
    ];
    variables.extend(guard.variables());
    let names = folder.path().join("resolv.conf");
    let around = match &listener.name_server {
        Some(address) => {
            std::fs::write(&names, format!("nameserver {address}\n")).unwrap();
            Around::Names(&names)
        }
        None => {
            println!("not root: nobody listens for names, so dns-prefetch is not watched");
            Around::Nothing
        }
    };
    let mut program = Program::start(name, folder, around, &variables);
    program.wait_for("word of the hostile page", |line| {
        line.starts_with("all tried")
    });
    // The last try comes after the word.
    std::thread::sleep(Duration::from_secs(3));
    program.end();
    let mut reached = BTreeMap::new();
    for line in listener.heard() {
        let way = line.rsplit('/').next().unwrap_or_default().to_owned();
        *reached.entry(way).or_default() += 1;
    }
    reached
}
