//! Finds the programs that `cargo xtask test` built beside this test.

use std::path::PathBuf;

/// The folder with the built programs: `target/debug` or `target/release`.
pub fn folder() -> PathBuf {
    let mut folder = std::env::current_exe().expect("a running program has a path");
    folder.pop();
    if folder.ends_with("deps") {
        folder.pop();
    }
    folder
}

/// The path of a built program.
///
/// # Panics
/// When it was not built: `cargo xtask test` builds every program first.
pub fn program(name: &str) -> PathBuf {
    let path = folder().join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(
        path.exists(),
        "{} is missing: run `cargo xtask test`, or `cargo build --workspace --bins` first",
        path.display()
    );
    path
}

/// The Python with the programs that check ours from outside.
///
/// # Panics
/// When `cargo xtask fixtures` did not equip it.
pub fn python() -> std::process::Command {
    let path = root().join("target/venv/bin/python");
    assert!(
        path.exists(),
        "target/venv is missing: run `cargo xtask fixtures`"
    );
    std::process::Command::new(path)
}

/// The repository's root.
pub fn root() -> PathBuf {
    let mut root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.pop();
    root
}
