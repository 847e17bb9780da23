//! `luguoctl` as the classified edition, for stories in a build that holds both editions. It is not
//! shipped: what is shipped takes its edition from how it was built.

use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    luguo_cli::decode_if_asked().unwrap_or_else(|| {
        luguo_cli::run(
            luguo_domain::VaultKind::Classified,
            luguo_cli::Arguments::parse(),
        )
    })
}
