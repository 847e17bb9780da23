//! `luguo-bridge`: prints an address for the browser and serves it.

use clap::Parser;
use luguo_bridge::{Config, serve};
use std::{io::Write as _, net::SocketAddr, path::PathBuf, process::ExitCode};

/// 鲁果 for a browser on this machine, where the window cannot run.
#[derive(Debug, Parser)]
struct Arguments {
    /// Folder of vaults.
    #[arg(long)]
    vaults: PathBuf,
    /// Folder with the built user interface.
    #[arg(long)]
    ui: PathBuf,
    /// Loopback address and port; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
}

fn main() -> anyhow::Result<ExitCode> {
    match luguo_desk::decode::serve_if_asked() {
        Some(code) => Ok(code),
        None => run().map(|()| ExitCode::SUCCESS),
    }
}

#[tokio::main]
async fn run() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    std::fs::create_dir_all(&arguments.vaults)?;
    let config = Config {
        edition: luguo_desk::VaultKind::Open,
        vaults: arguments.vaults,
        user_interface: arguments.ui,
        decoder: std::env::current_exe()?,
        listen: arguments.listen,
    };
    serve(config, |address| {
        let mut out = std::io::stdout();
        // Without a reader there is nobody to open the address.
        let _ = writeln!(out, "{address}").and_then(|()| out.flush());
    })
    .await
}
