//! A started program that ends with its owner.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::mpsc,
    time::Duration,
};

/// A running program; killed when dropped.
#[derive(Debug)]
pub struct Running {
    child: Child,
}

impl Running {
    /// Starts a program whose output nobody reads.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn start(command: &mut Command) -> Self {
        let child = command
            .stdin(Stdio::null())
            .spawn()
            .unwrap_or_else(|fault| panic!("cannot start {command:?}: {fault}"));
        Self { child }
    }

    /// Starts a program and returns the first line of its output that contains `mark`.
    ///
    /// # Panics
    /// When it ends or stays silent for a minute.
    pub fn start_until(command: &mut Command, mark: &str) -> (Self, String) {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|fault| panic!("cannot start {command:?}: {fault}"));
        let output = child.stdout.take().expect("its output was piped");
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    // Nobody waits any more; go on reading so that the program never blocks.
                }
            }
        });
        let running = Self { child };
        loop {
            match lines.recv_timeout(Duration::from_secs(60)) {
                Ok(line) if line.contains(mark) => return (running, line),
                Ok(_) => {}
                Err(_) => panic!("{command:?} did not say {mark:?}"),
            }
        }
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// SIGKILL, then waits for the end.
    pub fn kill(&mut self) {
        // An error means that it has ended already, which is what was asked for.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Waits for the end and tells the exit code; `None` when a signal ended it.
    ///
    /// # Panics
    /// When the system cannot tell.
    pub fn wait(&mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    /// Whether it has ended.
    pub fn has_ended(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(Some(_)))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Asks again and again until something is true.
///
/// # Panics
/// After the given time, naming what was waited for.
pub fn wait_until(what: &str, limit: Duration, mut is_true: impl FnMut() -> bool) {
    let start = std::time::Instant::now();
    while !is_true() {
        assert!(
            start.elapsed() < limit,
            "waited {limit:?} in vain for: {what}"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}
