//! Tasks of the repository. `cargo xtask run` and `cargo xtask test` are all a newcomer needs.

#![allow(clippy::print_stdout, reason = "tasks speak to the terminal")]

mod bench;
mod check;
mod codegen;
mod fixtures;
mod prove_offline;
mod run;
mod setup;
mod shell;
mod suite;
mod tidy;
mod torture;

use clap::{Parser, Subcommand};

/// Tasks of the repository.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Installs missing system packages on Debian and the packages of the user interface.
    Setup,
    /// Builds everything and opens the window on a demonstration vault.
    Run,
    /// Runs every test.
    Test,
    /// Format, lints, generated files and the architecture's rules.
    Check,
    /// The architecture's rules: doors, sizes, headers.
    Tidy,
    /// Writes the TypeScript of the command list.
    Codegen {
        /// Fails when the file is not what would be written.
        #[arg(long)]
        check: bool,
    },
    /// Measures against peers in the same run; writes docs/benchmarks.md.
    Bench,
    /// Kills and fails every system call of a save, an import, an approval and a backup in turn.
    Torture {
        /// Only every n-th point.
        #[arg(long, default_value_t = 1)]
        every: u32,
    },
    /// Proves that nothing leaves the classified edition; writes docs/security/offline-evidence.md.
    ProveOffline,
    /// Makes evidence files with other programs into target/fixtures.
    Fixtures,
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().task {
        Task::Setup => setup::everything(),
        Task::Run => run::run(),
        Task::Test => suite::run(),
        Task::Check => check::run(),
        Task::Tidy => tidy::run(),
        Task::Codegen { check } => codegen::run(check),
        Task::Bench => bench::run(),
        Task::Torture { every } => torture::run(every),
        Task::ProveOffline => prove_offline::run(),
        Task::Fixtures => fixtures::run(),
    }
}
