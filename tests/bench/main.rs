//! Measures against a peer in the same run and prints ratios: import of a large file against
//! copying it with fsync, documents against LibreOffice, the real window, sync over loopback against `curl -T` to a plain axum handler, opening and
//! listing a vault of ten thousand declarations.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a program for the terminal"
)]

mod care;
mod documents;
mod window;

use futures::StreamExt as _;
use luguo_domain::form::DeclarationFile;
use luguo_tests::{
    endpoint::Endpoint,
    files::{declaration, write_noise},
    story::{Desk, PREPARER, PREPARER_PASSPHRASE},
};
use std::{
    path::Path,
    process::Command,
    time::{Duration, Instant},
};
use tokio::io::AsyncWriteExt as _;

const SIZE: usize = 200 << 20;
const RUNS: usize = 3;
const MANY: usize = 10_000;

fn main() {
    println!("| what | ours (s) | peer | peer (s) | ratio |");
    println!("| --- | --- | --- | --- | --- |");
    // A part's name measures that part alone.
    let wanted = std::env::args().nth(1);
    let parts: [(&str, fn()); 8] = [
        ("import", import),
        ("sync", sync),
        ("vault", vault),
        ("evidence", care::evidence),
        ("scale", care::scale),
        ("search", care::search),
        ("documents", documents::run),
        ("window", window::run),
    ];
    for (name, part) in parts {
        if wanted.as_deref().is_none_or(|wanted| wanted == name) {
            part();
        }
    }
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn row(what: &str, ours: Duration, peer: &str, theirs: Duration) {
    println!(
        "| {what} | {:.3} | {peer} | {:.3} | {:.1} |",
        ours.as_secs_f64(),
        theirs.as_secs_f64(),
        ours.as_secs_f64() / theirs.as_secs_f64()
    );
}

/// The whole program is timed, opening the vault (Argon2id) included.
fn import() {
    let desk = Desk::new();
    let id = desk.import("key-technology.json");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for run in 0..RUNS {
        let file = desk.folder.path().join(format!("{run}.bin"));
        write_noise(&file, SIZE, run as u64 + 1);
        ours.push(time(|| drop(desk.attach(&id, &file, "summary"))));
        theirs.push(time(|| {
            copy_with_fsync(&file, &desk.folder.path().join("copy"))
        }));
    }
    row(
        "import of 200 MB",
        median(ours),
        "copy with fsync",
        median(theirs),
    );
}

fn copy_with_fsync(from: &Path, to: &Path) {
    let mut out = std::fs::File::create(to).unwrap();
    std::io::copy(&mut std::fs::File::open(from).unwrap(), &mut out).unwrap();
    out.sync_all().unwrap();
}

fn sync() {
    let desk = Desk::new();
    let endpoint = Endpoint::start(&desk.folder.path().join("endpoint"));
    desk.sign_in(&endpoint.url);
    desk.approved(SIZE);
    let ours = time(|| drop(desk.preparer.done(&["sync", "run"])));
    let file = desk.folder.path().join("试验录像.mp4");
    let theirs = time(|| upload_with_curl(&file, &desk.folder.path().join("uploaded")));
    row(
        "sync of 200 MB over loopback",
        ours,
        "curl -T to a plain axum handler with fsync",
        theirs,
    );
}

/// The peer: an axum handler that only writes what it is sent, and syncs it.
fn upload_with_curl(file: &Path, to: &Path) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let to = to.to_owned();
    let plain = axum::Router::new().route(
        "/upload",
        axum::routing::put(move |body: axum::body::Body| async move {
            let mut out = tokio::fs::File::create(&to).await.unwrap();
            let mut chunks = body.into_data_stream();
            while let Some(chunk) = chunks.next().await {
                out.write_all(&chunk.unwrap()).await.unwrap();
            }
            out.sync_all().await.unwrap();
        }),
    );
    let listener = runtime
        .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
        .unwrap();
    let url = format!("http://{}/upload", listener.local_addr().unwrap());
    runtime.spawn(async { axum::serve(listener, plain).await.unwrap() });
    let status = Command::new("curl")
        .args(["-sS", "--fail", "-T"])
        .arg(file)
        .arg(url)
        .status()
        .unwrap();
    assert!(status.success());
}

fn vault() {
    let form = DeclarationFile::parse(
        &std::fs::read_to_string(declaration("key-technology.json")).unwrap(),
    )
    .unwrap()
    .declaration;
    let (large, small) = (Desk::new(), Desk::new());
    let path = large.folder.path().join("many.luguo");
    luguo_testkit::large_vault(&path, PREPARER, PREPARER_PASSPHRASE, &form, MANY);
    let many =
        luguo_tests::ctl::Ctl::new(large.folder.path(), &path, PREPARER, PREPARER_PASSPHRASE);
    let times = |work: &dyn Fn()| median((0..RUNS).map(|_| time(work)).collect());
    row(
        "open with 10 000 declarations",
        times(&|| drop(many.done(&["audit", "verify"]))),
        "open with none",
        times(&|| drop(small.preparer.done(&["audit", "verify"]))),
    );
    row(
        "open and list 10 000 declarations",
        times(&|| drop(many.done(&["declaration", "list"]))),
        "open and list none",
        times(&|| drop(small.preparer.done(&["declaration", "list"]))),
    );
}
