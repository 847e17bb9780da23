//! Runs one command; exit code 0 done, 1 refused with findings or by a rule, 2 error.

use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    luguo_cli::decode_if_asked()
        .unwrap_or_else(|| luguo_cli::run(luguo_cli::EDITION, luguo_cli::Arguments::parse()))
}
