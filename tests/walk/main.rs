//! Walks the main job in the real window and keeps a picture of each step; with `--stay` it
//! leaves the window open for a person instead.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a program for the terminal"
)]

use clap::Parser;
use luguo_tests::{
    endpoint::{ACCOUNT, Endpoint, PASSWORD},
    main_job::{nearly_complete_desk, picture_path, walk},
    programs::program,
    story::{PREPARER, PREPARER_PASSPHRASE, REVIEWER, REVIEWER_PASSPHRASE},
    window::{Window, home},
};
use std::{path::PathBuf, process::Command};

#[derive(Parser)]
struct Arguments {
    /// Folder for the pictures.
    #[arg(long)]
    screens: PathBuf,
    /// Leave the window open for a person.
    #[arg(long)]
    stay: bool,
}

fn main() {
    let arguments = Arguments::parse();
    let desk = nearly_complete_desk(&["basic-research.json", "major-application.json"]);
    let endpoint = Endpoint::start(&desk.folder.path().join("endpoint"));
    println!("接收端 {}，账号 {ACCOUNT}，密码 {PASSWORD}", endpoint.url);
    println!(
        "填报人 {PREPARER}，密码 {PREPARER_PASSPHRASE}；审核人 {REVIEWER}，密码 {REVIEWER_PASSPHRASE}"
    );
    if arguments.stay {
        let status = Command::new(program("luguo"))
            .arg("--vault")
            .arg(&desk.vault)
            .status()
            .unwrap();
        assert!(status.success(), "the window ended with {status}");
        return;
    }
    let (home, _) = home(desk.folder.path());
    let window = Window::open(&home, desk.vault.parent().unwrap());
    walk(&window, &endpoint.url, |window, name| {
        let path = picture_path(&arguments.screens, name);
        window.picture(&path);
        println!("{}", path.display());
    });
    window.close();
}
