//! The bridge on classified vaults, so that stories in a browser see the screens of that edition. It
//! is not shipped: the shipped bridge serves open vaults alone.

use clap::Parser;
use luguo_bridge::{Config, serve};
use std::{io::Write as _, path::PathBuf, process::ExitCode};

#[derive(Debug, Parser)]
struct Arguments {
    #[arg(long)]
    vaults: PathBuf,
    #[arg(long)]
    ui: PathBuf,
}

fn main() -> ExitCode {
    if let Some(code) = luguo_cli::decode_if_asked() {
        return code;
    }
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Runtime::new().expect("a system that runs tests runs threads");
    let config = Config {
        edition: luguo_domain::VaultKind::Classified,
        vaults: arguments.vaults,
        user_interface: arguments.ui,
        decoder: std::env::current_exe().expect("a running program has a path"),
        listen: ([127, 0, 0, 1], 0).into(),
    };
    let served = runtime.block_on(serve(config, |address| {
        let mut out = std::io::stdout();
        // Without a reader there is nobody to open the address.
        let _ = writeln!(out, "{address}").and_then(|()| out.flush());
    }));
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}
