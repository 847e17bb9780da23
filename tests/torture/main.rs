//! Every point of the torture harness, on all cores; the figures go to standard output.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a task fails by panicking and speaks to the terminal"
)]

use luguo_tests::torture::{Deed, Ground, Score, power::Disk};
use std::{process::ExitCode, sync::Mutex};

fn main() -> ExitCode {
    let every: u32 = std::env::args()
        .nth(1)
        .and_then(|every| every.parse().ok())
        .unwrap_or(1);
    let waiting: Mutex<Vec<Deed>> = Mutex::new(Deed::ALL.to_vec());
    let failed = Mutex::new(false);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let next = waiting.lock().unwrap().pop();
                    let Some(deed) = next else {
                        break;
                    };
                    let ground = Ground::new();
                    let mut score = Score::default();
                    score.add(ground.torture(deed, every));
                    println!("{deed:?}: every call killed and failed: {score}");
                    let power = ground.cut_power(deed, Disk::Honest, every as usize);
                    println!("{deed:?}: power cut: {power}");
                    let lying = ground.cut_power(deed, Disk::Lying, usize::MAX);
                    println!("{deed:?}: power cut on a lying disk, a loss is expected: {lying}");
                    if !score.is_clean() || !power.is_clean() || lying.is_clean() {
                        *failed.lock().unwrap() = true;
                    }
                }
            });
        }
    });
    ExitCode::from(u8::from(*failed.lock().unwrap()))
}
