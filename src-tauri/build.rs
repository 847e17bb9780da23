//! Builds the Tauri context from tauri.conf.json and src-tauri/capabilities; for the classified
//! edition with tauri.classified.conf.json over it, whoever builds: cargo alone or `tauri build`.

use std::error::Error;

/// What makes the classified edition another program: name, identifier, icons.
const OVERLAY: &str = "tauri.classified.conf.json";

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=ui/dist");
    println!("cargo:rerun-if-changed={OVERLAY}");
    if let Err(fault) = build() {
        println!("cargo:warning=tauri-build: {fault:#}");
        std::process::exit(1);
    }
}

fn build() -> Result<(), Box<dyn Error>> {
    if std::env::var_os("CARGO_FEATURE_CLASSIFIED").is_some() {
        lay_over()?;
    }
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*.json")
        .app_manifest(tauri_build::AppManifest::new().commands(&["rpc", "second_window"]));
    Ok(tauri_build::try_build(attributes)?)
}

/// Hands the overlay to this script and to the macro that reads the configuration.
#[expect(
    unsafe_code,
    reason = "the environment is changed before any other thread runs"
)]
fn lay_over() -> Result<(), Box<dyn Error>> {
    // One line: that is how a build script hands over a variable. JSON has no line breaks in words.
    let overlay: String = std::fs::read_to_string(OVERLAY)?
        .lines()
        .map(str::trim)
        .collect();
    println!("cargo:rustc-env=TAURI_CONFIG={overlay}");
    unsafe { std::env::set_var("TAURI_CONFIG", &overlay) };
    Ok(())
}
