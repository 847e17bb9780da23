//! `luguo-decode --decode`: the decoding process by itself, for tests and measurements.

fn main() -> std::process::ExitCode {
    luguo_decode::serve_if_asked().unwrap_or(std::process::ExitCode::FAILURE)
}
