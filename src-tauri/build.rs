//! Builds the Tauri context from tauri.conf.json and src-tauri/capabilities.

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=ui/dist");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*.json")
        .app_manifest(tauri_build::AppManifest::new().commands(&["rpc", "second_window"]));
    if let Err(fault) = tauri_build::try_build(attributes) {
        println!("cargo:warning=tauri-build: {fault:#}");
        std::process::exit(1);
    }
}
